"""What both kinds of tables share."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.vietnamese import clean_text
from core.words import _
from questionnaire.definition import Summing
from questionnaire.types.base import BadValue, QuestionType, Settings, Value
from questionnaire.types.reading import Grid, Named, Plain, ReadAs
from questionnaire.types.table_columns import TableColumn, columns_of
from questionnaire.types.table_merging import merge_rows


class TableType(QuestionType):
    """The parent of tables: answers are rows of cells by column id."""

    read_as = ReadAs.LIST
    summings = (Summing.SUM, Summing.NONE)

    def table_columns(self, settings: Settings) -> tuple[TableColumn, ...]:
        """Return the columns with their types."""
        return columns_of(settings)

    def row_names(self, settings: Settings) -> tuple[Named, ...] | None:
        """Return the rows that the secretariat gives, None where units add them."""
        return None

    def catalogues(self, settings: Settings) -> dict[str, Sequence[Mapping[str, Any]]]:
        return {"columns": [{"label": one.label} for one in columns_of(settings)]}

    def grid(self, settings: Settings) -> Grid | None:
        columns = columns_of(settings)
        return Grid(
            tuple(Named(one.id, (one.label, " – ".join(one.headings))) for one in columns),
            self.row_names(settings),
            {one.id: one.as_question(one.id) for one in columns},
        )

    def plain(self, value: Value, settings: Settings) -> Plain:
        rows = self.row_names(settings)
        filled = [row for row, cells in self.typed_rows(value) if cells]
        known = set(filled) if rows is None else {row.id for row in rows}
        return [row for row in filled if row in known]

    def merge(self, before: Value, mine: Value, theirs: Value) -> Value:
        sides = (dict(self.typed_rows(one or {"rows": {}})) for one in (before, mine, theirs))
        return self.from_rows(merge_rows(*sides))

    def typed_rows(self, value: Value) -> list[tuple[str, Mapping[str, Value]]]:
        """Return each row that people have filled in: its id, and its cells by column id."""
        raise NotImplementedError

    def from_rows(self, rows: Mapping[str, Mapping[str, Value]]) -> Value:
        """Return the answer with these cells by row and column; undoes `typed_rows`."""
        raise NotImplementedError

    def parse(self, text: str, settings: Settings) -> Value:
        if clean_text(text):
            raise BadValue(_("Bảng được điền theo từng ô."))
        return None
