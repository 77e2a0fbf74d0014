"""Workbooks that people send: read without running, fetching or unpacking anything dangerous."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from core.vietnamese import clean_text, format_date
from core.words import _
from documents.sheets import Area, Place, Sheet, SheetCell

MOST_BYTES = 15 * 1024 * 1024
MOST_UNPACKED = 120 * 1024 * 1024
MOST_PARTS = 1000
#: A part that unpacks to more times its size is a bomb; real sheets of numbers stay below 60.
MOST_TIMES = 200
SMALL_PART = 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 400, 60
MOST_MERGED, MOST_CHOICES = 20_000, 500
PROLOG = 4096
SPACES_A_STEP = 2
MACROS = ("xl/vbaProject.bin", "xl/macrosheets/", "xl/embeddings/", "xl/activeX/")
MERGES = re.compile(rb'<(?:\w+:)?mergeCell[^>]*?ref="([A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?)"')
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)([0-9]+)"')
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
SHEET_REFERENCE = re.compile(r"^'?([^'!]+)'?!(.+)$")


class UnreadableWorkbookError(ValueError):
    """A file can't be read as a workbook; the message says why, in a sentence."""


def read_sheets(content: bytes) -> list[Sheet]:
    """Return the sheets of an .xlsx file in order; raises UnreadableWorkbookError."""
    refuse_dangerous(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
        shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError,
            AttributeError, IndexError, SyntaxError, OSError) as error:  # fmt: skip
        raise UnreadableWorkbookError(_("Tệp bị hỏng hoặc không phải tệp Excel (.xlsx).")) from error
    return [
        _sheet(one, shown[one.title], book)
        for one in book.worksheets
    ]


def refuse_dangerous(content: bytes) -> None:
    """Refuse a file that isn't an .xlsx one, or might do harm; raises UnreadableWorkbookError."""
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbookError(_("Tệp quá lớn: nhiều nhất %(most)d MB.", most=MOST_BYTES >> 20))
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableWorkbookError(
            _(
                "Đây là tệp Excel kiểu cũ (.xls) hoặc có mật khẩu. "
                "Hãy lưu lại thành .xlsx không mật khẩu."
            )
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise UnreadableWorkbookError(_("Tệp bị hỏng hoặc không phải tệp Excel (.xlsx).")) from error
    with archive:
        parts = archive.infolist()
        names = [one.filename for one in parts]
        if "xl/workbook.xml" not in names:
            raise UnreadableWorkbookError(_("Đây không phải tệp Excel (.xlsx)."))
        if any(name.startswith(MACROS) for name in names):
            raise UnreadableWorkbookError(
                _("Tệp có macro hoặc tệp nhúng. Hãy lưu lại thành .xlsx thường rồi tải lên.")
            )
        if (
            len(parts) > MOST_PARTS
            or sum(one.file_size for one in parts) > MOST_UNPACKED
            or any(_is_bomb(one) for one in parts)
        ):
            raise UnreadableWorkbookError(_("Tệp bung ra quá lớn nên không được đọc."))
        for name in names:
            if name.endswith((".xml", ".rels")):
                _refuse_part(archive, name)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL_PART and part.file_size > MOST_TIMES * max(1, part.compress_size)


def _refuse_part(archive: zipfile.ZipFile, name: str) -> None:
    try:
        content = archive.read(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableWorkbookError(_("Tệp bị hỏng hoặc có mật khẩu.")) from error
    if DECLARED.search(content[:PROLOG]):
        raise UnreadableWorkbookError(_("Tệp có phần khai báo XML không được phép."))
    if not name.startswith("xl/worksheets/"):
        return
    for found in MERGES.finditer(content):
        left, top, right, bottom = range_boundaries(found[1].decode())
        if (bottom - top + 1) * (right - left + 1) > MOST_MERGED:
            raise UnreadableWorkbookError(
                _("Tệp có vùng gộp ô quá lớn (%(area)s).", area=found[1].decode())
            )
    for found in CELL.finditer(content):
        letters, row = found.groups()
        if int(row) > MOST_ROWS or len(letters) > 2:
            raise UnreadableWorkbookError(
                _("Có ô quá xa (%(cell)s). Hãy xoá các dòng, cột thừa rồi tải lại.",
                  cell=letters.decode() + row.decode())
            )  # fmt: skip


def _sheet(sheet: Any, shown: Any, book: Any) -> Sheet:
    cells: dict[Place, SheetCell] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or cell.column > MOST_COLUMNS:
                continue
            read = _cell(cell, shown.cell(cell.row, cell.column).value)
            if read.text or read.formula or read.truth is not None:
                cells[cell.row, cell.column] = read
    merges = [(top, left, bottom, right)
              for left, top, right, bottom in (one.bounds for one in sheet.merged_cells.ranges)]
    return Sheet(
        title=clean_text(sheet.title),
        cells=cells,
        merges=tuple(sorted(merges)),
        choices=tuple(_choices(sheet, book)),
        hidden=sheet.sheet_state != "visible",
    )  # fmt: skip


def _cell(cell: Any, shown: Any) -> SheetCell:
    formula = _formula(cell.value)
    value = shown if formula else cell.value
    number = day = None
    if isinstance(value, bool) or value is None:
        text = ""
    elif isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        text = f"{number.normalize():f}" if number.is_finite() else ""
    elif isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        text = format_date(day)
    elif isinstance(value, time):
        text = value.strftime("%H:%M")
    else:
        text = str(value)
    alignment = cell.alignment
    spaces = len(text) - len(text.replace("\xa0", " ").lstrip(" "))
    return SheetCell(
        text=clean_text(text),
        lines=clean_text(text, lines=True) if "\n" in text else "",
        truth=value if isinstance(value, bool) else None,
        number=number,
        day=day,
        formula=formula,
        format=str(cell.number_format or "General"),
        indent=int(alignment.indent or 0) or spaces // SPACES_A_STEP,
    )


def _formula(value: Any) -> str:
    text = getattr(value, "text", None) or value
    return text if isinstance(text, str) and text.startswith("=") and len(text) > 1 else ""


def _choices(sheet: Any, book: Any) -> Iterator[tuple[Area, tuple[str, ...]]]:
    for rule in sheet.data_validations.dataValidation:
        if rule.type != "list" or not rule.formula1:
            continue
        options = _options(str(rule.formula1), sheet, book)
        if not options:
            continue
        for area in rule.sqref.ranges:
            left, top, right, bottom = area.bounds
            yield (top, left, bottom, right), options


def _options(source: str, sheet: Any, book: Any) -> tuple[str, ...]:
    """Return the choices of a list: written out, in cells of this or another sheet, or by name."""
    if source.startswith('"'):
        found = [clean_text(one) for one in source.strip('"').split(",")]
        return tuple(one for one in found if one)[:MOST_CHOICES]
    named = book.defined_names.get(source)
    source = named.attr_text if named is not None else source
    other = SHEET_REFERENCE.match(source)
    target = sheet
    if other:
        if other[1] not in book.sheetnames:
            return ()
        target, source = book[other[1]], other[2]
    try:
        left, top, right, bottom = range_boundaries(source.replace("$", ""))
    except (ValueError, TypeError):
        return ()
    if None in (left, top, right, bottom) or (bottom - top + 1) * (right - left + 1) > MOST_CHOICES:
        return ()
    cells = target.iter_rows(top, bottom, left, right, values_only=True)
    texts = [clean_text(str(value)) for row in cells for value in row if value is not None]
    return tuple(dict.fromkeys(one for one in texts if one))
