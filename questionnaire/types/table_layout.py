"""A fixed table as a whole: which cells are typed, which are worked out, and what stands in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.words import _
from questionnaire.types.base import Settings, Value
from questionnaire.types.table_columns import TableColumn, columns_of
from questionnaire.types.table_rows import TOTAL, RowTree, TableRow, rows_of
from questionnaire.types.table_sums import Place, Reckoned, Reckoner

FIRST, LAST = "first", "last"


@dataclass(frozen=True, slots=True)
class ScreenCell:
    """A cell as pages show it; `use` is "typed", "computed", "closed" or "blank"."""

    column: TableColumn
    use: str
    value: Value = None
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """A row as pages show it: what names it, and its cells."""

    row: TableRow
    leads: tuple[str, ...]
    cells: tuple[ScreenCell, ...]

    @property
    def is_total(self) -> bool:
        """Whether it is the total row, or adds up others."""
        return self.row.id == TOTAL or self.row.kind == "sum"


class Layout:
    """The rows and columns of a table's settings."""

    def __init__(self, settings: Settings) -> None:
        self.columns = columns_of(settings)
        self.rows = rows_of(settings)
        self.reckoner = Reckoner([one.reckoned for one in self.columns], self.rows)
        self.breakdowns = RowTree(self.rows).breakdowns()
        total = settings.get("total")
        self.total = "" if not total else FIRST if total == FIRST else LAST
        self.has_measures = any(one.measure for one in self.rows)
        self.has_codes = any(one.code for one in self.rows)

    @property
    def leads(self) -> tuple[str, ...]:
        """What heads the columns that name the rows."""
        named = [_("Chỉ tiêu") if self.has_codes or self.has_measures else _("Nội dung")]
        if self.has_measures:
            named.append(_("Đơn vị tính"))
        if self.has_codes:
            named.append(_("Mã số"))
        return tuple(named)

    def lead_cells(self, row: TableRow) -> tuple[str, ...]:
        """Return what names a row, one text for each of `leads`."""
        cells = [row.title]
        if self.has_measures:
            cells.append(row.measure)
        if self.has_codes:
            cells.append(row.code)
        return tuple(cells)

    @property
    def total_row(self) -> TableRow:
        """A stand-in for the total row."""
        return TableRow(TOTAL, _("Tổng cộng"))

    def with_total(self) -> Iterator[TableRow]:
        """Yield the rows with the total row, if there is one, where it stands."""
        if self.total == FIRST:
            yield self.total_row
        yield from self.rows
        if self.total == LAST:
            yield self.total_row

    def places(self) -> Iterator[tuple[TableRow, TableColumn]]:
        """Yield every cell that holds something, typed or worked out, row by row."""
        for row in self.rows:
            if row.has_cells:
                for column in self.columns:
                    if column.id not in row.closed:
                        yield row, column

    def typed_places(self) -> Iterator[tuple[TableRow, TableColumn]]:
        """Yield every cell that people type."""
        for row, column in self.places():
            if self.reckoner.is_typed(row.id, column.id):
                yield row, column

    def reckon(self, value: Value) -> Reckoned:
        """Return every figure of an answer."""
        given = (value or {}).get("rows", {})
        columns = {one.id: one for one in self.columns}
        return self.reckoner.reckon(
            lambda row, column: columns[column].number(given.get(row, {}).get(column))
        )

    def all_cells(self, value: Value) -> dict[Place, Value]:
        """Return what stands in every cell but those of the total row, as it is stored."""
        given: Mapping[str, Mapping[str, Any]] = (value or {}).get("rows", {})
        figures = self.reckon(value).values if self.reckoner.reckons else {}
        found: dict[Place, Value] = {}
        for row, column in self.places():
            place = (row.id, column.id)
            if self.reckoner.is_typed(*place):
                found[place] = given.get(row.id, {}).get(column.id)
            else:
                found[place] = column.from_number(figures.get(place))
        return found

    def screen(self, value: Value) -> list[ScreenRow]:
        """Return the rows as pages show them, with the total row where it stands."""
        given = (value or {}).get("rows", {})
        reckoned = self.reckon(value)
        return [
            ScreenRow(
                row,
                self.lead_cells(row),
                tuple(self._cell(row, column, given, reckoned) for column in self.columns),
            )
            for row in self.with_total()
        ]

    def _cell(
        self, row: TableRow, column: TableColumn, given: Mapping[str, Any], reckoned: Reckoned
    ) -> ScreenCell:
        if not row.has_cells:
            return ScreenCell(column, "blank")
        if column.id in row.closed:
            return ScreenCell(column, "closed", text="x")
        if self.reckoner.is_typed(row.id, column.id):
            value = given.get(row.id, {}).get(column.id)
            return ScreenCell(column, "typed", value, column.as_text(value))
        if not self.is_figure(column):
            return ScreenCell(column, "blank")
        value = column.from_number(reckoned.values.get((row.id, column.id)))
        reason = reckoned.reasons.get((row.id, column.id), "")
        return ScreenCell(column, "computed", value, column.as_text(value), _(reason) if reason else "")

    def is_figure(self, column: TableColumn) -> bool:
        """Tell whether the total row has a figure for the column."""
        return column.adds_up or column.compute is not None

    def definition(self) -> dict[str, Any]:
        """Return how pages reckon, as `static/js/table.js` reads it."""
        return {
            "columns": {
                one.id: {"adds": one.adds_up, **(one.compute.to_json() if one.compute else {})}
                for one in self.columns
            },
            "rows": {name: list(ids) for name, ids in self.reckoner.addends.items()},
        }

    def row_titles(self) -> dict[str, str]:
        """Return what to call each row where the others aren't seen: no two are called the same."""
        seen: dict[str, int] = {}
        for row in self.rows:
            seen[row.title] = seen.get(row.title, 0) + 1
        found: dict[str, str] = {}
        above: list[TableRow] = []
        for row in self.rows:
            while above and above[-1].level >= row.level:
                above.pop()
            title = row.title
            if seen[title] > 1 and row.code:
                title = f"{title} ({row.code})"
            elif seen[title] > 1 and above:
                title = f"{above[-1].title} – {title}"
            found[row.id] = title
            above.append(row)
        return found


