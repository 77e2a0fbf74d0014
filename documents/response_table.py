"""A table of a unit's workbook on a sheet of its own: its head, rows, and cells that reckon."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from core.words import _
from documents.blocks import Cell, CellKind, EntryRow, EntryTable, EntryUse, HeadCell, Reckoning
from documents.response_book import Book, in_cell, make_room
from documents.response_parts import BODY, TABLE, TableSheet

LEAD_WIDTHS = (48.0, 12.0, 10.0)
NUMBER_WIDTH = 6.0
WIDTHS = {CellKind.TEXT: 30.0, CellKind.DATE: 13.0, CellKind.MONEY: 18.0}
OTHER_WIDTH = 15.0
MOST_ARGUMENTS = 200
LONGEST_FORMULA = 8000
Places = dict[str, tuple[int, int]]


def widths_of(table: EntryTable) -> list[float]:
    """Return how wide the columns are: those that name the rows, then those of the table."""
    leads = LEAD_WIDTHS[: table.leads] if table.leads else (NUMBER_WIDTH,)
    return [*leads, *(WIDTHS.get(one.kind, OTHER_WIDTH) for one in table.columns)]


def write_table(book: Book, sheet: Worksheet, content: TableSheet) -> None:
    """Write the table with its title; a free one gets as many rows as it may have."""
    table = content.table
    leads = table.leads or 1
    sheet.write_string(0, 0, f"{TABLE}:{content.uid}")
    for place, column in enumerate(table.columns):
        sheet.write_string(0, 1 + leads + place, column.key)
    plain = book.format(text_wrap=False)
    title = f"{content.number} {content.label}".strip()
    sheet.write_string(1, 1, title, book.format(bold=True, font_size=14, text_wrap=False))
    for line, text in enumerate(content.hint.splitlines()[:3], start=2):
        sheet.write_string(line, 1, text, plain)
    body = _write_head(book, sheet, table, 6)
    sheet.write_string(body - 1, 0, BODY)
    sheet.freeze_panes(body, 1 + leads)
    sheet.repeat_rows(6, body - 1)
    rows = list(table.rows)
    places = {
        f"{row.key}.{column.key}": (body + place, 1 + leads + number)
        for place, row in enumerate(rows)
        for number, column in enumerate(table.columns)
    }
    for place, row in enumerate(rows):
        _write_row(book, sheet, table, body + place, row, places)
    spare = table.most_rows - len(rows)
    for place in range(len(rows), table.most_rows):
        _write_blank_row(book, sheet, table, body + place, place)
    for number, column in enumerate(table.columns):
        open_rows = [
            body + place for place, row in enumerate(rows) if row.cells[number].use == EntryUse.OPEN
        ]
        open_rows += [body + len(rows) + place for place in range(spare)]
        areas = ((first, last, 1 + leads + number) for first, last in _runs(open_rows))
        book.offer(sheet, areas, column.choices)


def _write_head(book: Book, sheet: Worksheet, table: EntryTable, top: int) -> int:
    """Write the head from row `top`; return the first row below it."""
    head = table.head
    if not table.leads:
        number = HeadCell(_("TT"), 1, len(head))
        head = ((number, *head[0]), *head[1:])
    style, taken = book.head_format(), set[tuple[int, int]]()
    widths = widths_of(table)
    for level, cells in enumerate(head):
        column = 1
        texts: list[tuple[Cell, float]] = []
        for cell in cells:
            while (level, column) in taken:
                column += 1
            area = [
                (level + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            ]
            taken.update(area)
            if cell.rows == 1:
                texts.append((cell.text, sum(widths[column - 1 : column - 1 + cell.columns])))
            if len(area) > 1:
                sheet.merge_range(
                    top + level, column, top + area[-1][0], area[-1][1], cell.text, style
                )
            else:
                sheet.write_string(top + level, column, cell.text, style)
        make_room(sheet, top + level, texts)
    return top + len(head)


def _write_row(
    book: Book, sheet: Worksheet, table: EntryTable, at: int, row: EntryRow, places: Places
) -> None:
    sheet.write_string(at, 0, row.key)
    leads = row.leads or (str(at - min(one for one, _column in places.values()) + 1),)
    lead_look = book.format(border=1, bold=row.strong)
    texts = (*leads, *(cell.value for cell in row.cells))
    make_room(sheet, at, zip(texts, widths_of(table), strict=True))
    for place, text in enumerate(leads, start=1):
        sheet.write_string(at, place, text, lead_look)
    for place, (column, cell) in enumerate(
        zip(table.columns, row.cells, strict=True), start=1 + len(leads)
    ):
        look = book.entry_format(cell.use, column, bold=row.strong)
        formula = _formula(cell.reckoning, places, column.kind) if cell.reckoning else ""
        if formula:
            kept = cell.value if isinstance(cell.value, int | Decimal) else None
            value = "" if kept is None else float(in_cell(kept, column.kind))
            sheet.write_formula(at, place, formula, look, value)
        else:
            book.put(sheet, at, place, cell.value, look, column.kind)


def _write_blank_row(
    book: Book, sheet: Worksheet, table: EntryTable, at: int, place: int
) -> None:
    sheet.write_string(at, 1, str(place + 1), book.format(border=1))
    for number, column in enumerate(table.columns):
        sheet.write_blank(at, 2 + number, None, book.entry_format(EntryUse.OPEN, column))


def _formula(reckoning: Reckoning, places: Places, kind: CellKind) -> str:
    """Return the formula of a cell, or nothing where it would be too long for Excel."""
    plus, minus = _cells(reckoning.plus, places), _cells(reckoning.minus, places)
    over, less = _cells(reckoning.over, places), _cells(reckoning.over_minus, places)
    groups = [_cells(group, places) for group in reckoning.counted]
    if max(len(plus + minus), len(over + less), len(groups)) > MOST_ARGUMENTS:
        return ""
    figure = _sum(plus, minus)
    if over or less or groups:
        below = _sum(over, less) if over or less else "+".join(
            f"(COUNT({','.join(group)})>0)" for group in groups if group
        )  # fmt: skip
        factor = f"*{reckoning.factor}" if reckoning.factor != 1 else ""
        figure = f'IF(({below})=0,"",ROUND(({figure})/({below}){factor},{reckoning.places}))'
    given = f"COUNT({','.join(plus + minus)})"
    share = "/100" if kind == CellKind.PERCENT else ""
    if share and figure.startswith("IF("):
        figure = figure[: -len(")")] + f"{share})"
    formula = f'=IF({given}=0,"",{figure})'
    return formula if len(formula) <= LONGEST_FORMULA else ""


def _sum(plus: Sequence[str], minus: Sequence[str]) -> str:
    more = f"SUM({','.join(plus)})" if plus else "0"
    return f"{more}-SUM({','.join(minus)})" if minus else more


def _cells(keys: Sequence[str], places: Places) -> list[str]:
    """Return the cells, those one below the other as an area."""
    by_column: dict[int, list[int]] = {}
    for key in keys:
        row, column = places[key]
        by_column.setdefault(column, []).append(row)
    return [
        xl_rowcol_to_cell(first, column)
        + (f":{xl_rowcol_to_cell(last, column)}" if last > first else "")
        for column, rows in sorted(by_column.items())
        for first, last in _runs(sorted(rows))
    ]


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of numbers that follow one another."""
    first = last = -1
    for row in rows:
        if first >= 0 and row == last + 1:
            last = row
            continue
        if first >= 0:
            yield first, last
        first = last = row
    if first >= 0:
        yield first, last
