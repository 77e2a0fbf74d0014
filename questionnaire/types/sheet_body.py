"""The rows below a head, and what formulas say of them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from documents.sheets import Place, Sheet, SheetCell
from questionnaire.types.sheet_formulas import Formula, read_formula
from questionnaire.types.sheet_head import Figure, Head, is_lead, keys_of
from questionnaire.types.table_row_lines import CROSSES
from questionnaire.types.table_sums import Way

#: Words that end a table: who signs, where and when, and notes.
AFTER = (
    "nguoi lap", "nguoi kiem tra", "thu truong", "lanh dao", "ghi chu:", "ghi chu :", "chu thich:",
    "luu y:", "truong phong",
    "noi nhan", "ke toan", "giam doc", "chu tich", "ky ten", "(ky", "xac nhan",
)  # fmt: skip
NOTES = ("ghi chu", "chu thich", "luu y")
GAP = "…"
DATED = re.compile(r"(.{0,30}, )?ngay .{0,12}thang .{0,12}nam")
DOTS = re.compile(r"[.…\s_]+")
ENOUGH = 0.6
TITLE_ROWS = 4


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row of a table on its sheet."""

    row: int
    number: str
    label: str
    measure: str
    code: str
    indent: int
    #: Columns of the sheet whose cell doesn't apply.
    closed: tuple[int, ...] = ()


@dataclass(slots=True)
class Body:
    """All rows, and what is reckoned: by column of the sheet, and by row."""

    rows: list[BodyRow]
    #: The first row of the sheet after the table.
    end: int
    columns: dict[int, Formula] = field(default_factory=dict)
    #: The rows of the sheet that a row adds up.
    sums: dict[int, frozenset[int]] = field(default_factory=dict)
    #: Cells whose formula a table can't express.
    lost: list[Place] = field(default_factory=list)


def read_body(sheet: Sheet, head: Head) -> Body:
    """Return the rows below `head` up to where the table ends."""
    rows: list[BodyRow] = []
    row, blank = head.body, 0
    while row <= sheet.last_row:
        if _ends(sheet, row, head):
            break
        found = _row(sheet, row, head)
        if found is None:
            blank += 1
            if blank == 2 and rows:
                break
        else:
            blank = 0
            rows.append(found)
        row += 1
    body = Body(rows, row)
    _read_formulas(sheet, head, body)
    return body


def _ends(sheet: Sheet, row: int, head: Head) -> bool:
    keys = keys_of(sheet, row)
    first = next(iter(keys.values()), "")
    if first.startswith(AFTER) or DATED.search(first) or first in {*NOTES, "noi nhan"}:
        return True
    if row > head.body and (_is_head(keys) or (len(keys) == 1 and _is_title(sheet, row))):
        return True
    last = list(keys.values())[-1] if keys else ""
    return bool(DATED.search(last)) and not sheet.text(row, head.label)


def notes_below(sheet: Sheet, row: int) -> Iterator[str]:
    """Yield the lines of the notes that stand below a table, up to a blank line or who signs."""
    while row <= sheet.last_row and not keys_of(sheet, row):
        row += 1
    if not next(iter(keys_of(sheet, row).values()), "").startswith(NOTES):
        return
    while keys := keys_of(sheet, row):
        first, *others = keys.values()
        signs = first.startswith(AFTER) and not first.startswith(NOTES)
        if signs or any(DATED.search(one) for one in (first, *others)):
            return
        yield f" {GAP} ".join(sheet.text(row, column) for column in keys)
        row += 1


def _is_head(keys: Mapping[int, str]) -> bool:
    return len(keys) >= 3 and sum(is_lead(one) for one in keys.values()) >= 2


def _is_title(sheet: Sheet, row: int) -> bool:
    """Tell whether a head follows a row, with no more than single words between."""
    for below in range(row + 1, row + TITLE_ROWS + 1):
        keys = keys_of(sheet, below)
        if len(keys) > 1:
            return _is_head(keys)
    return False


def _row(sheet: Sheet, row: int, head: Head) -> BodyRow | None:
    def lead(column: int) -> SheetCell:
        area = sheet.merged(row, column)
        return sheet.at(row, column) if area is None else sheet.at(area[0], area[1])

    label_cell = lead(head.label) if head.label else SheetCell()
    number = lead(head.number).text if head.number else ""
    label = label_cell.text
    if not label and number and not _is_short(number):
        label, number, label_cell = number, "", lead(head.number)
    elif label and label == number:
        number = ""
    label = "" if DOTS.fullmatch(label) else label
    if not label:
        return None
    return BodyRow(
        row,
        number,
        label,
        "" if not head.measure else _own(lead(head.measure).text, label),
        "" if not head.code else _own(lead(head.code).text, label),
        label_cell.indent,
        tuple(
            one.column
            for one in head.figures
            if sheet.text(row, one.column).casefold() in CROSSES
        ),
    )


def _is_short(text: str) -> bool:
    return len(text) <= 10 and " " not in text


def _own(text: str, label: str) -> str:
    """Return the text of a lead cell; a label merged across isn't its measure or code too."""
    return "" if text == label else text


def _read_formulas(sheet: Sheet, head: Head, body: Body) -> None:
    """Find the columns that are reckoned the same way in all rows, and the rows that add up others."""
    known = {one.row for one in body.rows}
    figures = [one.column for one in head.figures]
    found = {
        (one.row, column): read_formula(cell.formula, cell.format)
        for one in body.rows
        for column in figures
        if (cell := sheet.at(one.row, column)).formula
    }
    down = {place: _rows_added(place, formula, known) for place, formula in found.items()}
    for column in figures:
        across = {
            place: moved
            for place, formula in found.items()
            if place[1] == column and (moved := _across(place, formula, figures))
        }
        if across:
            formula, times = Counter(across.values()).most_common(1)[0]
            own = [place for place in found if place[1] == column and not down[place]]
            if times >= ENOUGH * len(own):
                body.columns[column] = formula
    for one in body.rows:
        sums = Counter(
            rows for column in figures if (rows := down.get((one.row, column))) is not None
        )
        if sums:
            body.sums[one.row] = sums.most_common(1)[0][0]
    body.lost = [
        place
        for place, formula in found.items()
        if not _is_kept(place, formula, down[place], body, figures)
    ]


def _is_kept(
    place: Place,
    formula: Formula | None,
    rows: frozenset[int] | None,
    body: Body,
    figures: Sequence[int],
) -> bool:
    row, column = place
    across = _across(place, formula, figures)
    if across is not None:
        return body.columns.get(column) == across
    return rows is not None and body.sums.get(row) == rows


def _across(place: Place, formula: Formula | None, figures: Sequence[int]) -> Formula | None:
    """Return a formula over other columns of its own row, with row 0 in place of the row."""
    if formula is None:
        return None
    sides = (formula.plus, formula.minus, formula.over)
    if any(row != place[0] or column not in figures for row, column in formula.cells):
        return None
    if place in formula.cells:
        return None
    return Formula(formula.way, *(tuple((0, column) for _row, column in side) for side in sides))


def _rows_added(
    place: Place, formula: Formula | None, known: set[int]
) -> frozenset[int] | None:
    """Return the rows whose cells of the same column a formula adds up; rows of words count not."""
    if formula is None or formula.way != Way.SUM or formula.minus:
        return None
    if any(column != place[1] for _row, column in formula.plus) or place in formula.plus:
        return None
    rows = frozenset(row for row, _column in formula.plus) & known
    return rows or None


def text_share(sheet: Sheet, head: Head, rows: Sequence[BodyRow]) -> float:
    """Return how much of what stands in the figures' cells is words."""
    cells = [cell for one in rows for cell in _given(sheet, head.figures, one)]
    words = [one for one in cells if one.number is None and one.day is None and not one.formula]
    return len(words) / len(cells) if cells else 0.0


def _given(sheet: Sheet, figures: Sequence[Figure], row: BodyRow) -> Iterator[SheetCell]:
    for figure in figures:
        cell = sheet.at(row.row, figure.column)
        if (cell.text or cell.formula) and figure.column not in row.closed:
            yield cell
