"""A sheet that is a list to which people add rows: one head, and no rows that name anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.vietnamese import search_key
from documents.sheets import Sheet
from questionnaire.types.options import repeated
from questionnaire.types.sheet_columns import column_type
from questionnaire.types.sheet_head import NUMBER_WORDS, Head, is_mark_row, path_of
from questionnaire.types.table_columns import MOST_COLUMNS
from questionnaire.types.table_design import clean_columns
from questionnaire.types.table_head import BETWEEN_GROUPS

REQUIRED = re.compile(r"\s*\(?\*+\)?\s*$")
FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
FEWEST_COLUMNS = 2
#: More rows than that aren't examples, but a catalogue.
MOST_EXAMPLES = 20
LOOKED_AT = 60
LEAST_ROOM = 50


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list."""

    column: int
    path: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class ListHead:
    """The head of a list, from its first row to its last."""

    top: int
    bottom: int
    columns: tuple[ListColumn, ...]


def list_head(sheet: Sheet, start: int, known: Head | None) -> ListHead | None:
    """Return the head of a list: the one that was found, or the first row of words side by side."""
    if known is not None:
        return _head(sheet, known.top, known.bottom)
    for row in range(start, min(sheet.last_row, start + LOOKED_AT) + 1):
        columns = [one for one in range(1, sheet.last_column + 1) if sheet.text(row, one)]
        side_by_side = len(columns) > FEWEST_COLUMNS and columns[-1] - columns[0] < 2 * len(columns)
        words = all(sheet.at(row, one).number is None for one in columns)
        if side_by_side and words and not is_mark_row(sheet, row):
            return _head(sheet, row, row)
    return None


def _head(sheet: Sheet, top: int, bottom: int) -> ListHead | None:
    columns = []
    for column in range(1, sheet.last_column + 1):
        path = tuple(path_of(sheet, top, bottom, column))
        if not path or search_key(path[-1]).strip(" .") in NUMBER_WORDS:
            continue
        label = REQUIRED.sub("", path[-1])
        if label:
            columns.append(ListColumn(column, (*path[:-1], label), label != path[-1]))
    found = tuple(columns[:MOST_COLUMNS])
    return ListHead(top, bottom, found) if len(found) >= FEWEST_COLUMNS else None


def example_rows(sheet: Sheet, head: ListHead) -> list[int]:
    """Return the filled rows below the head: examples, where they are few."""
    rows = [
        row
        for row in range(head.bottom + 1, sheet.last_row + 1)
        if any(sheet.text(row, one.column) for one in head.columns)
    ]
    return [row for row in rows if not _is_technical(sheet, row, head) and not is_mark_row(sheet, row)]


def _is_technical(sheet: Sheet, row: int, head: ListHead) -> bool:
    """Tell whether a row names the columns for a program, such as fullName or birthday."""
    texts = [text for one in head.columns if (text := sheet.text(row, one.column))]
    return (
        row == head.bottom + 1
        and len(texts) * 2 >= len(head.columns)
        and all(FIELD_NAME.fullmatch(text) for text in texts)
        and any(text[:1].islower() for text in texts)
    )


def list_settings(sheet: Sheet, head: ListHead, examples: list[int]) -> dict[str, Any]:
    """Return the settings of a table to which units add rows; raises BadSettings."""
    lines = list(_lines(sheet, head, examples))
    while twice := repeated([f"{one['group']} / {one['label']}" for one in lines]):
        same = [one for one in lines if f"{one['group']} / {one['label']}" == twice]
        for again, one in enumerate(same[1:], start=2):
            one["label"] = f"{one['label']} ({again})"
    return {"columns": clean_columns(lines, []), "most_rows": max(LEAST_ROOM, len(examples))}


def _lines(sheet: Sheet, head: ListHead, examples: list[int]) -> Iterator[dict[str, Any]]:
    rows = examples or list(range(head.bottom + 1, head.bottom + 3))
    for one in head.columns:
        cells = [(row, one.column) for row in rows]
        kind, options = column_type(sheet, one.path, cells, listed=True)
        *groups, label = (text.replace(";", ",").replace(">", "›") for text in one.path)
        yield {
            "group": BETWEEN_GROUPS.join(groups),
            "label": label,
            "type": kind,
            "options": "; ".join(option.replace(";", ",") for option in options),
        }
