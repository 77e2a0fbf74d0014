"""Columns of tables that take what stands in them from earlier rounds, until somebody types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.vietnamese import clean_text
from core.words import _
from questionnaire.answers import Since
from questionnaire.types import registry
from questionnaire.types.base import BadSettings, Value
from questionnaire.types.numeric import Number
from questionnaire.types.table_formulas import ColumnNames
from questionnaire.types.table_layout import Layout


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column takes its figures from: a round, and a column of the same table."""

    since: Since
    column: str


def sources(columns: Sequence[Mapping[str, Any]]) -> dict[str, Source]:
    """Return where columns take their figures from, by the id of the column."""
    return {
        one["id"]: Source(Since(carry["since"]), carry["column"])
        for one in columns
        if (carry := one.get("carry"))
    }


def carries(columns: Sequence[Mapping[str, Any]]) -> frozenset[Since]:
    """Return which earlier rounds columns take figures from."""
    return frozenset(one.since for one in sources(columns).values())


def carried_rows(settings: Mapping[str, Any], earlier: Mapping[str, Value]) -> Value:
    """Return a table with what its columns take from earlier rounds; None where that is nothing.

    Figures are those that the earlier answer has by the columns of today, reckoned ones among them.
    """
    layout, found = Layout(settings), dict[str, dict[str, Value]]()
    columns = {one.id: one for one in layout.columns}
    for name, source in sources(settings.get("columns", [])).items():
        value, column = earlier.get(source.since), columns[name]
        if not isinstance(value, Mapping) or "rows" not in value or source.column not in columns:
            continue
        cells = layout.all_cells(value)
        for row in layout.rows:
            cell = cells.get((row.id, source.column))
            if cell is None or isinstance(cell, Mapping):
                continue
            if columns[source.column].type is not column.type:
                cell = column.from_number(columns[source.column].number(cell))
            fits = cell is not None and not column.problems(cell)
            if fits and layout.reckoner.is_typed(row.id, name):
                found.setdefault(row.id, {})[name] = cell
    return {"rows": found} if found else None


def carry_lines(
    lines: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]], names: ColumnNames
) -> dict[int, dict[str, str]]:
    """Return how columns store what they take, by their place; raises BadSettings.

    `names` find the lines of the designer by their places.
    """
    found = {}
    for place, line in enumerate(lines):
        if line.get("compute") not in list(Since):
            continue
        part = clean_text(line.get("parts") or "")
        at = names.find(part) if part else str(place)
        if at is None:
            raise BadSettings({"columns": _(
                "Cột “%(label)s”: không có cột nào tên “%(name)s”.",
                label=line["label"], name=part[:60])})  # fmt: skip
        source, own = columns[int(at)], columns[place]
        kinds = [registry.get(one["type"]) for one in (source, own)]
        if kinds[0] is not kinds[1] and not all(isinstance(one, Number) for one in kinds):
            raise BadSettings({"columns": _(
                "Cột “%(label)s” không lấy được từ cột “%(part)s”, vì hai cột khác kiểu.",
                label=own["label"], part=source["label"])})  # fmt: skip
        found[place] = {"since": str(line["compute"]), "column": source["id"]}
    return found
