"""A workbook of the office with figures in the place of its marks, everything else as it was."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from core import clock
from core.vietnamese import format_date, format_datetime, format_number
from core.words import _
from documents.blocks import Cell
from documents.template_marks import MARK, Mark, marks_of, plain_name
from documents.template_rows import Repeats, repeat_rows
from documents.workbook_read import UnreadableWorkbookError, refuse_dangerous

Values = Mapping[str, Cell]
LONGEST_TEXT = 32_767
DAY, MOMENT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy"
PLAIN_FORMATS = ("General", "@")
MOST_CELLS = 400_000


class TooManyCellsError(Exception):
    """The filled workbook would have more cells than can be held."""


def marks(content: bytes) -> list[Mark]:
    """Return the marks of a workbook; raises UnreadableWorkbookError."""
    return list(marks_of(_opened(content)))


def filled(content: bytes, values: Values, units: Sequence[Values]) -> bytes:
    """Return the workbook with `values` at its marks, and rows with marks of units once for each.

    A mark whose name isn't known stays. Raises UnreadableWorkbookError and TooManyCellsError.
    """
    book = _opened(content)
    found = list(marks_of(book))
    rows: dict[str, dict[int, int]] = {}
    for mark in found:
        if mark.is_of_unit:
            rows.setdefault(mark.sheet, {})[mark.row] = max(len(units), 1)
    if sum(len(one) for one in rows.values()) * len(units) * _widest(book) > MOST_CELLS:
        raise TooManyCellsError
    repeats = Repeats(rows)
    repeat_rows(book, repeats)
    blank: Values = dict.fromkeys((mark.name for mark in found if mark.is_of_unit), None)
    for mark in found:
        sheet, column = book[mark.sheet], mark.cell.rstrip("0123456789")
        start = repeats.start(mark.sheet, mark.row)
        for place in range(rows.get(mark.sheet, {}).get(mark.row, 1)):
            known = {**values, **(units[place] if place < len(units) else blank)}
            _fill(sheet[f"{column}{start + place}"], mark, known)
    book.calculation.fullCalcOnLoad = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _opened(content: bytes) -> Any:
    refuse_dangerous(content)
    try:
        return openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError,
            AttributeError, IndexError, SyntaxError, OSError) as error:  # fmt: skip
        raise UnreadableWorkbookError(_("Tệp bị hỏng hoặc không phải tệp Excel (.xlsx).")) from error


def _widest(book: Any) -> int:
    return max((sheet.max_column for sheet in book.worksheets), default=1)


def _fill(cell: Any, mark: Mark, known: Values) -> None:
    if isinstance(cell, MergedCell) or mark.name not in known:
        return
    text = cell.value if isinstance(cell.value, str) else ""
    if mark.bears or text.strip() == mark.text:
        _put(cell, known[mark.name])
    elif MARK.search(text):
        told = MARK.sub(lambda found: _told(found, known), text)
        _put(cell, told)


def _told(found: Any, known: Values) -> str:
    name = plain_name(found[1])
    return str(found[0]) if name not in known else in_words(known[name])


def in_words(value: Cell) -> str:
    """Return a value as it stands inside a text."""
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int | Decimal):
        return format_number(value)
    return value or ""


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, datetime):
        value = clock.local(value).replace(tzinfo=None) if value.tzinfo else value
    if not isinstance(value, str):
        is_plain = cell.number_format in PLAIN_FORMATS
        cell.value = value
        if isinstance(value, date) and is_plain:
            cell.number_format = MOMENT if isinstance(value, datetime) else DAY
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
    # Whatever a text begins with, it is no formula.
    cell.data_type = "s"
