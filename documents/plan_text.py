"""The paragraphs of a plan from a Word, PDF or text file, in reading order; or a sentence why not."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from core.words import N_, _
from documents import legacy_text, plan_pdf
from documents.legacy_text import Encoding

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 120 * 1024 * 1024
MOST_MEMBERS = 3000
#: Pages after the one with "Nơi nhận" are annexes, and not read.
MOST_PAGES = 60
MOST_LINES = 20_000
FEWEST_LETTERS = 40
MOSTLY = 0.3
#: What the reader of PDF raises for broken files, its own and those of the language.
BROKEN_PDF = (
    PDFException, PdfminerException, ValueError, KeyError, TypeError, IndexError, AttributeError,
    AssertionError, RecursionError, OSError, EOFError,
)  # fmt: skip
ENCODINGS = ("utf-8-sig", "utf-16", "cp1258", "cp1252")
REASONS = {
    "large": N_("Tệp quá lớn: nhiều nhất 20 MB."),
    "old_word": N_("Tệp Word kiểu cũ (.doc). Hãy lưu lại thành .docx rồi gửi lại."),
    "huge_word": N_("Tệp Word này lớn bất thường nên không đọc."),
    "no_word": N_("Tệp này không phải tệp Word."),
    "broken_word": N_("Tệp Word bị hỏng nên không đọc được."),
    "broken_pdf": N_("Tệp PDF bị hỏng hoặc có mật khẩu nên không đọc được."),
    "scan": N_("Tệp PDF là ảnh chụp, không có chữ để đọc. Hãy gửi tệp Word hoặc PDF có chữ."),
    "unknown": N_("Không nhận ra loại tệp. Hãy gửi tệp .docx, .pdf hoặc .txt."),
    "too_much": N_("Tệp có quá nhiều nội dung nên không đọc được trong thời gian cho phép."),
}


class UnreadablePlanError(ValueError):
    """The file can't be read as a plan; `reason` is a key of REASONS, the text its sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return _(REASONS[self.reason])


@dataclass(frozen=True, slots=True)
class PlanText:
    """The text of a file."""

    text: str
    #: Paragraphs are whole: those of Word are, others are broken into lines.
    whole: bool
    #: The encoding of old fonts that the text is still in; none for Unicode.
    encoding: Encoding | None = None


def read(content: bytes, *, convert: bool = False) -> PlanText:
    """Return the text of a file, old fonts made Unicode only where `convert` asks for it."""
    if len(content) > LARGEST:
        raise UnreadablePlanError("large")
    if content.startswith(b"PK\x03\x04"):
        return _word(content, convert=convert)
    if content.startswith(b"%PDF-"):
        return _pdf(content, convert=convert)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadablePlanError("old_word")
    return _told(_plain(content), whole=False, convert=convert)


def _told(text: str, *, whole: bool, convert: bool, encoding: Encoding | None = None) -> PlanText:
    encoding = encoding or legacy_text.guessed(text[:40_000])
    if encoding and convert:
        return PlanText(legacy_text.converted(text, encoding), whole)
    return PlanText(text, whole, encoding)


def _word(content: bytes, *, convert: bool) -> PlanText:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            too_large = sum(one.file_size for one in members) > LARGEST_UNPACKED
            if too_large or len(members) > MOST_MEMBERS:
                raise UnreadablePlanError("huge_word")
            if "word/document.xml" not in archive.namelist():
                raise UnreadablePlanError("no_word")
        found = _Pieces(convert=convert)
        lines = list(found.lines(Document(BytesIO(content))))[:MOST_LINES]
    except UnreadablePlanError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError) as error:
        raise UnreadablePlanError("broken_word") from error
    if found.encoding:
        return PlanText("\n".join(lines), True, None if convert else found.encoding)
    return _told("\n".join(lines), whole=True, convert=convert)


class _Pieces:
    """The paragraphs of a Word file, and how many of its letters old fonts draw."""

    def __init__(self, *, convert: bool) -> None:
        self.convert = convert
        self.letters = dict.fromkeys((None, *Encoding), 0)

    @property
    def encoding(self) -> Encoding | None:
        """The encoding of fonts that draw much of the text."""
        old = max(Encoding, key=lambda one: self.letters[one])
        return old if self.letters[old] > MOSTLY * sum(self.letters.values()) else None

    def lines(self, holder: Any) -> Iterator[str]:
        """Yield the paragraphs of a document or cell, with those of tables cell by cell."""
        for one in holder.iter_inner_content():
            if isinstance(one, Paragraph):
                yield "".join(self._pieces(one))
            elif isinstance(one, Table):
                for row in one.rows:
                    told = set()
                    for cell in row.cells:
                        if id(cell._tc) not in told:
                            told.add(id(cell._tc))
                            yield from self.lines(cell)
                yield ""

    def _pieces(self, paragraph: Paragraph) -> Iterator[str]:
        style = paragraph.style.font.name if paragraph.style else None
        for one in paragraph.iter_inner_content():
            runs = getattr(one, "runs", None) or [one]
            for run in runs:
                font = (run.font.name if hasattr(run, "font") else None) or style or ""
                encoding = legacy_text.of_font(font)
                self.letters[encoding] += sum(map(str.isalpha, run.text))
                old = encoding is not None and self.convert
                yield legacy_text.converted(run.text, encoding, font) if old and encoding else run.text


def _pdf(content: bytes, *, convert: bool) -> PlanText:
    try:
        found = plan_pdf.read(BytesIO(content), MOST_PAGES)
    except BROKEN_PDF as error:
        raise UnreadablePlanError("broken_pdf") from error
    text = "\n".join(found.paragraphs)
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS * max(1, found.pages):
        raise UnreadablePlanError("scan")
    encoding = legacy_text.of_font(found.font)
    return _told(text, whole=False, convert=convert, encoding=encoding)


def _plain(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1258" and legacy_text.guessed(content.decode("latin-1")[:40_000]):
            text = content.decode("latin-1")
        if "\x00" not in text and not _is_noise(text):
            return "\n".join(text.splitlines()[:MOST_LINES])
    raise UnreadablePlanError("unknown")


def _is_noise(text: str) -> bool:
    """Tell whether a text is bytes of something else."""
    start = text[:4000]
    strange = sum((one < " " and one not in "\t\n\r\f") or "\x7f" <= one <= "\x9f" for one in start)
    return strange > len(start) // 50
