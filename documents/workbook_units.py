"""The sheet with one row per unit, in the official order, and figures below."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from core.words import _
from documents.blocks import Cell, CellKind, Column
from documents.workbook_book import LINE, Book, Sheet, lines_of, most_lines, sheet_reference
from documents.workbook_cells import Formula, cell_xml
from documents.workbook_charts import Bars
from documents.workbook_figures import FUNCTIONS, Figures, over_area, over_group
from documents.workbook_parts import FormPart, UnitRow

FIXED_WIDTHS = (7, 12, 34, 24, 24, 19)
FIXED = len(FIXED_WIDTHS)
GROUP_COLUMN = 3
WIDTHS = {CellKind.TEXT: 28.0, CellKind.DATE: 13.0, CellKind.MONEY: 18.0}
OTHER_WIDTH = 14.0
TALLEST = 200.0
#: Longer texts are whole in their cells, and shown whole in the sheet of narratives.
MOST_LINES = 3
#: With more units than these, a chart of units would show nothing.
MOST_BARS = 30


class UnitSheet:
    """The sheet of one form; asks for its rows one by one, then answers where things stand."""

    def __init__(self, book: Book, part: FormPart, name: str) -> None:
        self.book, self.part, self.columns = book, part, part.columns
        widths = [WIDTHS.get(column.kind, OTHER_WIDTH) for column in self.columns]
        self.sheet: Sheet = book.add_sheet(name, [*FIXED_WIDTHS, *widths])
        for place in part.hidden:
            self.sheet.set_column(place, place, FIXED_WIDTHS[place], None, {"hidden": True})
        self.letters = self.sheet.letters_of(FIXED + len(self.columns))[:]
        self.places = {column.key: FIXED + place for place, column in enumerate(self.columns)}
        self.figures = Figures(self.columns)
        self.count = 0
        self._bars: list[tuple[str, Sequence[Cell]]] = []
        self._head()
        self.first = self.sheet.next_row
        text = book.cell_style(CellKind.TEXT)
        styles = [book.cell_style(CellKind.INTEGER), text, text, text, text, book.moment_style()]
        styles += [book.cell_style(column.kind, column.decimals) for column in self.columns]
        self._openings = [
            (f'<c r="{letter}', f'" s="{style}')
            for letter, style in zip(self.letters, styles, strict=True)
        ]
        kinds = (*(CellKind.TEXT,) * FIXED, *(column.kind for column in self.columns))
        self._text_widths = [
            (place, width)
            for place, (kind, width) in enumerate(zip(kinds, self.sheet.widths, strict=True))
            if kind == CellKind.TEXT
        ]
        self._no_answers: Sequence[Cell] = (None,) * len(self.columns)

    def add(self, row: UnitRow, group: str) -> None:
        """Write the row of the next unit."""
        self.count += 1
        number = self.sheet.next_row + 1
        fixed = (self.count, row.code, row.name, group, row.state, row.submitted_at)
        cells = (*fixed, *(row.cells or self._no_answers))
        parts = [
            f'{start}{number}{style}"><v>{value}</v></c>'
            if type(value) is int
            else f"{start}{number}{style}{cell_xml(value)}"
            for (start, style), value in zip(self._openings, cells, strict=True)
        ]
        texts = ((cells[place], width) for place, width in self._text_widths)
        lines = min(most_lines(texts), MOST_LINES)
        self.sheet.add_row_xml("".join(parts), len(parts), lines=lines)
        self.figures.take(group, row.cells)
        if self.count <= MOST_BARS + 1:
            self._bars.append((row.name, row.cells))

    def finish(self) -> None:
        """Write the figures below the units and set how the sheet is read and printed."""
        self.last = max(self.sheet.next_row - 1, self.first)
        if not self.count:
            self.sheet.add_row([(None, self.book.cell_style(CellKind.TEXT))] * len(self.letters))
        self.subtotal_row = self.sheet.next_row
        if len(self.figures.groups) > 1:
            for group in self.figures.groups:
                self._subtotal(group)
        self.total_row = self.sheet.next_row
        self._total()
        self.sheet.autofilter(self.first - 1, 0, self.last, len(self.letters) - 1)
        self.sheet.freeze_panes(self.first, 3)
        self.sheet.repeat_rows(self.top, self.first - 1)
        self.sheet.repeat_columns(0, 2)

    def has(self, keys: Iterable[str]) -> bool:
        """Tell whether the sheet has all these columns."""
        return all(key in self.places for key in keys)

    def area(self, key: str) -> str:
        """Return the cells of all units in a column, as formulas of other sheets write them."""
        return sheet_reference(self.sheet) + self._area(self.places[key])

    def total_cell(self, key: str) -> str:
        """Return the figure below a column, as formulas of other sheets write it."""
        return f"{sheet_reference(self.sheet)}${self.letters[self.places[key]]}${self.total_row + 1}"

    def bars(self, key: str, title: str, measure: str) -> Bars | None:
        """Return the chart of a column by group, or else by unit; None for too many units."""
        place = self.places[key] - FIXED
        groups = list(self.figures.groups)
        if len(groups) > 1:
            names = [(group, self.figures.of_group(group, place)) for group in groups]
            column, first, last = GROUP_COLUMN, self.subtotal_row, self.total_row - 1
        elif 0 < self.count <= MOST_BARS:
            names = [(name, _number(cells, place)) for name, cells in self._bars]
            column, first, last = GROUP_COLUMN - 1, self.first, self.last
        else:
            return None
        here = sheet_reference(self.sheet)
        areas = [
            f"{here}${letter}${first + 1}:${letter}${last + 1}"
            for letter in (self.letters[column], self.letters[FIXED + place])
        ]
        known_names, known_figures = zip(*names, strict=True)
        return Bars(title, areas[0], areas[1], known_names, known_figures, measure)

    def letters_for(self, keys: Sequence[str]) -> str:
        """Return the letters of adjoining columns, such as "G" or "G–K"."""
        first, last = self.letters[self.places[keys[0]]], self.letters[self.places[keys[-1]]]
        return first if first == last else f"{first}–{last}"

    def _head(self) -> None:
        self.sheet.add_row([(self.part.title, self.book.title_style(size=14))], 24)
        self.sheet.add_row()
        self.top = self.sheet.next_row
        fixed = (_("Số thứ tự"), _("Mã đơn vị"), _("Đơn vị"), _("Nhóm"), _("Tình trạng"), _("Nộp lúc"))
        depth = max((len(column.headings) for column in self.columns), default=1)
        style = self.book.head_style()
        grid: list[list[Cell]] = [[None] * len(self.letters) for _level in range(depth)]
        for place, text in enumerate(fixed):
            grid[0][place] = text
            self.sheet.join(self.top, place, depth, 1)
        heights = [LINE] * depth
        for level in range(depth):
            for place, width, column in _runs(self.columns, level):
                leaf = level == len(column.headings) - 1
                text = _leaf_text(column) if leaf else column.headings[level]
                rows = depth - level if leaf else 1
                grid[level][FIXED + place] = text
                self.sheet.join(self.top + level, FIXED + place, rows, width)
                room = sum(
                    WIDTHS.get(one.kind, OTHER_WIDTH) for one in self.columns[place : place + width]
                )
                heights[level] = max(heights[level], LINE * lines_of(text, room) / rows)
        for row, height in zip(grid, heights, strict=True):
            self.sheet.add_row([(text, style) for text in row], min(height, TALLEST))

    def _area(self, place: int) -> str:
        letter = self.letters[place]
        return f"${letter}${self.first + 1}:${letter}${self.last + 1}"

    def _subtotal(self, group: str) -> None:
        row = self.sheet.next_row + 1
        where = (self._area(GROUP_COLUMN), f"${self.letters[GROUP_COLUMN]}${row}")
        figures: list[Formula | None] = [
            over_group(
                column.summing, self._area(FIXED + place), where,
                f"{self.letters[FIXED + place]}{row}", self.figures.of_group(group, place),
            )
            if column.summing in FUNCTIONS
            else None
            for place, column in enumerate(self.columns)
        ]  # fmt: skip
        self._figure_row([None, None, _("Cộng nhóm"), group, None, None], figures)

    def _total(self) -> None:
        figures: list[Formula | None] = [
            over_area(column.summing, self._area(FIXED + place), self.figures.of_all(place))
            if column.summing in FUNCTIONS
            else None
            for place, column in enumerate(self.columns)
        ]
        self._figure_row([None, None, _("Toàn bộ"), None, None, None], figures)

    def _figure_row(self, fixed: Sequence[Cell], figures: Sequence[Formula | None]) -> None:
        text = self.book.cell_style(CellKind.TEXT, bold=True)
        row: list[tuple[Cell | Formula, int]] = [(value, text) for value in fixed]
        row += [
            (figure, figure_style(self.book, column))
            for figure, column in zip(figures, self.columns, strict=True)
        ]
        self.sheet.add_row(row)


def figure_style(book: Book, column: Column) -> int:
    """Return the style of the figure below a column."""
    if column.summing == "mean":
        return book.cell_style(CellKind.DECIMAL, column.decimals + 2, bold=True)
    return book.cell_style(column.kind, column.decimals, bold=True)


def _number(cells: Sequence[Cell], place: int) -> int | Decimal | None:
    value = cells[place] if cells else None
    return value if isinstance(value, int | Decimal) else None


def _leaf_text(column: Column) -> str:
    text = column.headings[-1]
    return f"{text} ({column.measure})" if column.measure else text


def _runs(columns: Sequence[Column], level: int) -> Iterator[tuple[int, int, Column]]:
    """Yield the headings at `level`: where each starts, how many columns it covers, its column."""
    numbered = (one for one in enumerate(columns) if len(one[1].headings) > level)

    def path(numbered_column: tuple[int, Column]) -> tuple[object, ...]:
        place, column = numbered_column
        leaf = level == len(column.headings) - 1
        return (column.key.partition(".")[0], column.headings[: level + 1], leaf and place)

    for _path, run in groupby(numbered, key=path):
        members = list(run)
        yield members[0][0], len(members), members[0][1]
