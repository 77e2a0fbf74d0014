"""Rows and columns that a table takes over: from a catalogue, or from a whole table pasted in."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.words import _
from questionnaire.types.base import BadSettings, Settings
from questionnaire.types.options import LONGEST_LABEL
from questionnaire.types.table_columns import MOST_COLUMNS, SPARE_LINES
from questionnaire.types.table_design import pasted_over
from questionnaire.types.table_head import pasted_table
from questionnaire.types.table_row_lines import MOST_ROWS, cells_of, read_rows, row_lines
from questionnaire.types.table_rows import RowKind, TableRow

Stored = Mapping[str, Any]
#: Which row each line is isn't known.
UNKNOWN = "?"


class TakesCatalogues:
    """Settings of a table whose rows and columns may come from a catalogue, or by pasting."""

    def take_pasted(self, previous: Settings) -> tuple[int, int]:
        """Show a table pasted among the rows as it is read: its head as columns, and its rows.

        Returns how many columns and rows there are; raises BadSettings where it makes no table.
        """
        rows: Any = self.rows  # type: ignore[attr-defined]
        columns: Any = self.columns  # type: ignore[attr-defined]
        lines = cells_of(rows.data or "")
        if pasted := pasted_table(lines):
            found = pasted_over(pasted.columns, previous.get("columns", []))
            if len(found) > MOST_COLUMNS:
                raise BadSettings({"columns": _("Nhiều nhất %(most)d cột.", most=MOST_COLUMNS)})
            while columns.entries:
                columns.pop_entry()
            for line in [*found, *({} for _spare in range(SPARE_LINES))]:
                columns.append_entry(line)
            lines = pasted.rows
        named = [str(place) for place, line in enumerate(columns) if line.form.label.data]
        stored = read_rows(lines, [], named, [])
        rows.data = row_lines(stored, named)
        self.row_ids.data = UNKNOWN  # type: ignore[attr-defined]
        return len(named), len(stored)

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
