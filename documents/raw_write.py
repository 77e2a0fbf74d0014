"""The unit sheet without its looks: as CSV and as JSON, for other programs.

JSON holds every text exactly. In CSV, spreadsheets take a text that begins like a formula for one,
and nothing in the format can forbid them to: such a text begins with a character without width.
It looks the same, and whatever reads it here again takes the character away.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, Any

import orjson

from core import clock
from core.words import _
from documents.blocks import Cell, Column
from documents.workbook_cells import number_text
from documents.workbook_parts import FormPart, UnitRow

FIXED = ("code", "name", "group", "state", "submitted_at")
#: The places of these in the unit sheet, where a place comes before them.
PLACES = {name: place for place, name in enumerate(FIXED, start=1)}
#: What spreadsheets take a text for a formula by, wide letters of East Asia among it.
FORMULA_LIKE = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
NO_WIDTH = "\u200b"


def write_csv(part: FormPart, target: IO[bytes]) -> None:
    """Write a row for each unit below one row of heads, in UTF-8 with a byte order mark.

    Numbers have a decimal point and dates are ISO, as programs read them.
    """
    file = TextIOWrapper(target, "utf-8-sig", errors="replace", newline="", write_through=True)
    try:
        lines = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        shown = _shown(part)
        heads = {
            "code": _("Mã đơn vị"), "name": _("Đơn vị"), "group": _("Nhóm"),
            "state": _("Tình trạng"), "submitted_at": _("Nộp lúc"),
        }  # fmt: skip
        head = (*(heads[name] for name in shown), *map(_head, part.columns))
        lines.writerow(map(_plain, head))
        blank = [None] * len(part.columns)
        for row in part.rows:
            fixed = (getattr(row, name) for name in shown)
            lines.writerow([_plain(value) for value in (*fixed, *(row.cells or blank))])
    finally:
        file.detach()


def write_json(part: FormPart, about: Mapping[str, Any], target: IO[bytes]) -> None:
    """Write what the columns are, and each unit with its cells by column key.

    A unit that hasn't reported has no cells; a blank cell is null.
    """
    shown = _shown(part)
    columns = [
        {
            "key": one.key, "headings": one.headings, "kind": one.kind, "measure": one.measure,
            "summing": one.summing,
        }
        for one in part.columns
    ]  # fmt: skip
    head = orjson.dumps({**about, "columns": columns})
    target.write(head[:-1] + b',"units":[')
    keys = [column.key for column in part.columns]
    start = b"\n"
    for row in part.rows:
        target.write(start + orjson.dumps(_unit(row, shown, keys)))
        start = b",\n"
    target.write(b"\n]}\n")


def _unit(row: UnitRow, shown: Sequence[str], keys: Iterable[str]) -> dict[str, Any]:
    unit = {name: _exact(getattr(row, name)) for name in shown}
    cells = zip(keys, row.cells, strict=True) if row.cells else ()
    return {**unit, "cells": {key: _exact(value) for key, value in cells}}


def _shown(part: FormPart) -> list[str]:
    return [name for name in FIXED if PLACES[name] not in part.hidden]


def _head(column: Column) -> str:
    text = " – ".join(column.headings)
    return f"{text} ({column.measure})" if column.measure else text


def _plain(value: Cell) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_LIKE):
        return NO_WIDTH + value
    if isinstance(value, Decimal):
        return _Number(number_text(value))
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


class _Number(float):
    """A number that is written with the digits that it was given."""

    _text: str

    def __new__(cls, text: str) -> "_Number":
        number = super().__new__(cls, text)
        number._text = text
        return number

    def __repr__(self) -> str:
        return self._text

    __str__ = __repr__


def _exact(value: Cell) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(number_text(value))
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return clock.local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value
