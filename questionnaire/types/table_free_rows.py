"""The rows that units add to a table, with what is reckoned from their own cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.words import _
from questionnaire.types.base import Value
from questionnaire.types.table_columns import TableColumn
from questionnaire.types.table_rows import TableRow
from questionnaire.types.table_sums import Reckoner

ROW = TableRow("row", "")


@dataclass(frozen=True, slots=True)
class FreeRow:
    """A row: all its cells by column, and why some that are reckoned are blank."""

    id: str
    cells: Mapping[str, Value]
    reasons: Mapping[str, str] = field(default_factory=dict)


def typed_columns(columns: Iterable[TableColumn]) -> list[TableColumn]:
    """Return the columns that people fill in."""
    return [one for one in columns if one.compute is None]


def complete(columns: Sequence[TableColumn], rows: Iterable[Mapping[str, Any]]) -> list[FreeRow]:
    """Return stored rows with the cells that follow from others."""
    by_id = {one.id: one for one in columns}
    computed = [one for one in columns if one.compute is not None]
    reckoner = Reckoner([one.reckoned for one in columns], [ROW])
    found = []
    for row in rows:
        cells: dict[str, Value] = dict(row["cells"])
        if not computed:
            found.append(FreeRow(row["id"], cells))
            continue
        reckoned = reckoner.reckon(
            lambda _row, column, cells=cells: by_id[column].number(cells.get(column))  # type: ignore[misc]
        )
        for one in computed:
            cells.pop(one.id, None)
            value = one.from_number(reckoned.values.get((ROW.id, one.id)))
            if value is not None:
                cells[one.id] = value
        reasons = {
            name: _(reason) for (row_id, name), reason in reckoned.reasons.items() if row_id == ROW.id
        }
        found.append(FreeRow(row["id"], cells, reasons))
    return found


def rows_together(values: Sequence[Value]) -> Value:
    """Return the rows of several answers, one below the other, each with an id of its own."""
    return {
        "rows": [
            {**row, "id": f"{place}-{row['id']}"}
            for place, value in enumerate(values)
            for row in value["rows"]
        ]
    }
