"""A plan's text as the files that an office sends: Word, and PDF with text."""

from io import BytesIO

import typst
from docx import Document


def _parted(text: str) -> tuple[list[str], list[str], list[str]]:
    """Return the left and the right column of the head, and the lines below."""
    lines = text.strip().split("\n")
    start = next(place for place, line in enumerate(lines) if not line)
    right = [one for one in lines[:start] if one.startswith(("CỘNG", "Độc", "ĐẢNG")) or ", ngày" in one]
    return [one for one in lines[:start] if one not in right], right, lines[start:]


def as_word(text: str, font: str = "") -> bytes:
    """Return a text as a Word file, its head in a table of two columns."""
    left, right, body = _parted(text)
    document = Document()
    cells = document.add_table(1, 2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        for line in lines:
            cell.add_paragraph(line)
    for line in body:
        document.add_paragraph(line)
    if font:
        document.styles["Normal"].font.name = font
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def as_pdf(text: str) -> bytes:
    """Return a text as a PDF file, its head in two columns, its paragraphs broken into lines."""
    left, right, body = _parted(text)
    source = [
        '#set page(paper: "a4", margin: (left: 3cm, right: 2cm, y: 2cm))',
        '#set text(font: ("Liberation Serif", "DejaVu Serif"), size: 13pt, hyphenate: false)',
        "#set par(justify: true, first-line-indent: 1cm)",
        f"#grid(columns: (1fr, 1.3fr), align: center, gutter: 1em, [{_typed(left)}], [{_typed(right)}])",
        *(_typed([line]) for line in body),
    ]
    return typst.compile("\n\n".join(source).encode(), format="pdf")


def _typed(lines: list[str]) -> str:
    return " \\ ".join(f"#text({_quoted(line)})" for line in lines if line)


def _quoted(line: str) -> str:
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
