"""Two edits of one table, made from the same beginning, put together cell by cell."""

from collections.abc import Mapping
from typing import Any

Rows = Mapping[str, Mapping[str, Any]]


class ApartError(ValueError):
    """Two edits change the same cell, or one removes a row in which the other has changed something."""


def merge_rows(before: Rows, mine: Rows, theirs: Rows) -> dict[str, dict[str, Any]]:
    """Return the rows with both edits in them, theirs first; raises ApartError.

    Rows are cells by column id; one without cells, or that isn't there, is no row.
    """
    merged = {}
    for row in dict.fromkeys((*theirs, *mine)):
        cells = _merge_cells(before.get(row, {}), mine.get(row, {}), theirs.get(row, {}))
        if cells:
            merged[row] = cells
    return merged


def _merge_cells(
    before: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    if mine == before:
        return dict(theirs)
    if theirs in (before, mine):
        return dict(mine)
    if before and not (mine and theirs):
        raise ApartError
    merged = {}
    for column in dict.fromkeys((*theirs, *mine)):
        own, other, old = mine.get(column), theirs.get(column), before.get(column)
        if own not in (old, other) and other != old:
            raise ApartError
        cell = other if own == old else own
        if cell is not None:
            merged[column] = cell
    return merged
