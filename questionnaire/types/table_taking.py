"""Rows and columns of a table taken from a catalogue: other tables, options, units."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.words import _
from questionnaire.types.base import BadSettings
from questionnaire.types.options import LONGEST_LABEL
from questionnaire.types.table_columns import MOST_COLUMNS
from questionnaire.types.table_row_lines import MOST_ROWS, row_lines
from questionnaire.types.table_rows import RowKind, TableRow

Stored = Mapping[str, Any]


class TakesCatalogues:
    """Settings of a table whose rows and columns may come from a catalogue."""

    def take_rows(self, rows: Sequence[Stored], untouched: Sequence[str]) -> int:
        """Put rows after those of the editor; rows that a new table begins with make room.

        Returns how many have come; raises BadSettings where they would be too many.
        """
        field: Any = self.rows  # type: ignore[attr-defined]
        there = [line for line in (field.data or "").splitlines() if line.strip()]
        there = [] if there == list(untouched) else there
        new = [line for line in row_lines(rows, []).split("\n") if line not in there]
        if len(there) + len(new) > MOST_ROWS:
            raise BadSettings({"rows": _("Nhiều nhất %(most)d dòng.", most=MOST_ROWS)})
        field.data = "\n".join([*there, *new])
        return len(new)

    def take_columns(self, rows: Sequence[Stored], untouched: Sequence[str]) -> int:
        """Put columns after those of the editor, as `take_rows` does with rows."""
        field: Any = self.columns  # type: ignore[attr-defined]
        lines = [entry.form for entry in field]
        if [line.label.data for line in lines if line.label.data] == list(untouched):
            for line in lines:
                line.label.data = ""
        there = {line.label.data.casefold() for line in lines if line.label.data}
        new = [label for label in _labels_of(rows) if label.casefold() not in there]
        last = max((place for place, line in enumerate(lines) if line.label.data), default=-1)
        if last + 1 + len(new) > MOST_COLUMNS:
            raise BadSettings({"columns": _("Nhiều nhất %(most)d cột.", most=MOST_COLUMNS)})
        free = iter(lines[last + 1 :])
        for label in new:
            line = next(free, None) or field.append_entry().form
            line.label.data = label
        return len(new)


def _labels_of(rows: Sequence[Stored]) -> list[str]:
    """Return what the rows are called, without those of words only, each once."""
    labels = [
        row["label"][:LONGEST_LABEL]
        for row in rows
        if TableRow("", "", kind=RowKind(row.get("kind", RowKind.INPUT))).has_cells
    ]
    return list({label.casefold(): label for label in reversed(labels)}.values())[::-1]
