"""The paragraphs of a plan from a Word, PDF or text file, in reading order; or a sentence why not."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from core.words import _
from documents import plan_pdf

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 120 * 1024 * 1024
MOST_MEMBERS = 3000
MOST_PAGES = 300
FEWEST_LETTERS = 40
#: What the reader of PDF raises for broken files, its own and those of the language.
BROKEN_PDF = (
    PDFException, PdfminerException, ValueError, KeyError, TypeError, IndexError, AttributeError,
    AssertionError, RecursionError, OSError, EOFError,
)  # fmt: skip
ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")


class UnreadablePlanError(ValueError):
    """The file can't be read as a plan; the message says why, in a sentence."""


def read(content: bytes) -> tuple[str, bool]:
    """Return the text of a file, and whether its paragraphs are whole: those of Word are."""
    if len(content) > LARGEST:
        raise UnreadablePlanError(_("Tệp quá lớn: nhiều nhất 20 MB."))
    if content.startswith(b"PK\x03\x04"):
        return _word(content), True
    if content.startswith(b"%PDF-"):
        return _pdf(content), False
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadablePlanError(_("Tệp Word kiểu cũ (.doc). Hãy lưu lại thành .docx rồi gửi lại."))
    return _plain(content), False


def _word(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            too_large = sum(one.file_size for one in members) > LARGEST_UNPACKED
            if too_large or len(members) > MOST_MEMBERS:
                raise UnreadablePlanError(_("Tệp Word này lớn bất thường nên không đọc."))
            if "word/document.xml" not in archive.namelist():
                raise UnreadablePlanError(_("Tệp này không phải tệp Word."))
        body = Document(BytesIO(content))
        return "\n".join(_paragraphs(body))
    except UnreadablePlanError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError) as error:
        raise UnreadablePlanError(_("Tệp Word bị hỏng nên không đọc được.")) from error


def _paragraphs(holder: Any) -> Iterator[str]:
    """Yield the paragraphs of a document or cell, with those of tables cell by cell."""
    for one in holder.iter_inner_content():
        if isinstance(one, Paragraph):
            yield one.text
        elif isinstance(one, Table):
            for row in one.rows:
                told = set()
                for cell in row.cells:
                    if id(cell._tc) not in told:
                        told.add(id(cell._tc))
                        yield from _paragraphs(cell)
            yield ""


def _pdf(content: bytes) -> str:
    try:
        found, pages = plan_pdf.paragraphs(BytesIO(content), MOST_PAGES)
    except BROKEN_PDF as error:
        raise UnreadablePlanError(
            _("Tệp PDF bị hỏng hoặc có mật khẩu nên không đọc được.")
        ) from error
    if pages > MOST_PAGES:
        raise UnreadablePlanError(_("Tệp PDF quá dài: nhiều nhất 300 trang."))
    text = "\n".join(found)
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS * max(1, pages):
        raise UnreadablePlanError(
            _("Tệp PDF là ảnh chụp, không có chữ để đọc. Hãy gửi tệp Word hoặc PDF có chữ.")
        )
    return text


def _plain(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadablePlanError(_("Không nhận ra loại tệp. Hãy gửi tệp .docx, .pdf hoặc .txt."))
