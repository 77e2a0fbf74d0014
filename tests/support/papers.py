"""Word files as other programs see them: python-docx part by part, LibreOffice as pages."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
from docx import Document
from docx.oxml.ns import qn

from documents import word_write
from documents.official import OfficialDocument
from tests.support import libreoffice


def written(document: OfficialDocument) -> Any:
    """Write a document and open it with python-docx."""
    file = BytesIO()
    word_write.write(document, file)
    file.seek(0)
    return Document(file)


def read(content: bytes) -> Any:
    """Open the content of a Word file with python-docx."""
    return Document(BytesIO(content))


def millimetres(length: Any) -> float:
    """Return a length of python-docx in millimetres."""
    return round(float(length.mm), 1)


def size_of(paragraph: Any) -> float:
    """Return the size of the words of a paragraph in points."""
    size = paragraph.runs[0].font.size or paragraph.style.font.size
    return float((size or paragraph.part.document.styles["Normal"].font.size).pt)


def font_of(style: Any) -> set[str]:
    """Return the fonts that a style names, for every script."""
    fonts = style.element.rPr.rFonts
    return {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}


def texts(document: Any) -> list[str]:
    """Return every text of the body in reading order, those in cells of tables too."""
    found = (
        "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )
    return [text for text in found if text]


def pages(content: bytes, folder: Path) -> list[str]:
    """Return the text of each page as LibreOffice prints it."""
    source = folder / "paper.docx"
    source.write_bytes(content)
    with pdfplumber.open(libreoffice.convert(source, "pdf", folder)) as paper:
        return [page.extract_text() for page in paper.pages]
