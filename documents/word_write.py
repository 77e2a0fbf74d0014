"""Writing an official document as a Word file, laid out as Decree 30/2020/NĐ-CP says."""

from pathlib import Path
from typing import IO, Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core import clock
from documents.blocks import Blank, Block, Heading, Paragraph, Table
from documents.official import Appendix, OfficialDocument, Part
from documents.paper_tables import UPRIGHT_ROOM, WIDE_ROOM
from documents.word_frame import add_edges, add_end, add_head
from documents.word_tables import table_element
from documents.word_xml import (
    CENTRE,
    JUSTIFIED,
    LANGUAGE,
    LEFT,
    add_dots,
    add_run,
    element,
    set_font,
    space,
    written,
)

PAPER = (210, 297)
TOP, BOTTOM, LEFT_MARGIN, RIGHT_MARGIN = 20, 20, 30, 15
PAGE_NUMBER_FROM_TOP = 10
BODY_SIZE = 14
FIRST_LINE = 10
PARAGRAPH_GAP = 6
#: Headings from the highest down: their size, and whether they stand in capitals.
HEADINGS = ((14, True), (14, False), (14, False))


def write(document: OfficialDocument, target: Path | IO[bytes]) -> None:
    """Write the document to a path or a binary stream."""
    file = Document()
    _set_styles(file)
    _set_properties(file, document)
    parts = document.parts
    section = file.sections[0]
    _lay(section, wide=False)
    add_edges(section, document.frame)
    add_head(file, document.frame, UPRIGHT_ROOM)
    for place, part in enumerate(parts):
        if place:
            section = file.add_section(WD_SECTION.NEW_PAGE)
            section.different_first_page_header_footer = False
            _lay(section, wide=part.wide)
        _add_part(file, part)
    add_end(file, document.frame, _room(parts[-1]))
    if document.appendix is not None:
        _add_appendix(file, document.appendix)
    file.save(str(target) if isinstance(target, Path) else target)


def _add_appendix(file: Any, appendix: Appendix) -> None:
    """Add it on pages of its own, numbered from 1 (Appendix I, section IV)."""
    section = file.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    section._sectPr.append(element("pgNumType", start="1"))
    _lay(section, wide=appendix.wide)
    for text, bold in ((appendix.title.upper(), True), (appendix.note, False)):
        paragraph = file.add_paragraph()
        paragraph.alignment = CENTRE
        add_run(paragraph, text, bold=bold, italic=not bold)
    _add_part(file, Part(appendix.wide, appendix.blocks))


def _room(part: Part) -> float:
    return WIDE_ROOM if part.wide else UPRIGHT_ROOM


def _set_styles(file: Any) -> None:
    normal = file.styles["Normal"]
    set_font(normal, BODY_SIZE)
    normal.element.get_or_add_rPr().append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE))
    layout = normal.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(PARAGRAPH_GAP), 1.0
    for level, (size, _capitals) in enumerate(HEADINGS, start=1):
        style = file.styles[f"Heading {level}"]
        set_font(style, size, bold=True)
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(PARAGRAPH_GAP), Pt(PARAGRAPH_GAP)
        layout.first_line_indent, layout.keep_with_next = Mm(FIRST_LINE), True
    for name in ("Header", "Footer"):
        set_font(file.styles[name], BODY_SIZE)


def _set_properties(file: Any, document: OfficialDocument) -> None:
    """Say what the file is; the library's own words about itself go."""
    about = file.core_properties
    about.title = written(f"{document.frame.doc_type} {document.frame.title}".strip())[:255]
    about.author = about.last_modified_by = written(document.frame.issuer)[:255]
    about.comments, about.language = "", LANGUAGE
    about.created = about.modified = clock.now().replace(tzinfo=None)


def _lay(section: Any, *, wide: bool) -> None:
    short, long = (Mm(side) for side in PAPER)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT_MARGIN), Mm(RIGHT_MARGIN)
    section.header_distance = section.footer_distance = Mm(PAGE_NUMBER_FROM_TOP)


def _add_part(file: Any, part: Part) -> None:
    for block in part.blocks:
        _add(file, block, _room(part))


def _add(file: Any, block: Block, room: float) -> None:
    if isinstance(block, Heading):
        level = min(max(block.level, 1), len(HEADINGS))
        _size, capitals = HEADINGS[level - 1]
        heading = file.add_paragraph(style=f"Heading {level}")
        heading.alignment = JUSTIFIED
        add_run(heading, block.text.upper() if capitals else block.text)
    elif isinstance(block, Paragraph):
        _add_paragraph(file, block)
    elif isinstance(block, Blank):
        _add_blank(file, block, room)
    elif isinstance(block, Table):
        _add_table(file, block, room)


def _add_paragraph(file: Any, block: Paragraph) -> None:
    """Add each line as a paragraph of its own, so that none is stretched."""
    for place, line in enumerate(written(block.text).split("\n")):
        paragraph = file.add_paragraph()
        paragraph.alignment = JUSTIFIED
        paragraph.paragraph_format.first_line_indent = Mm(FIRST_LINE)
        if block.lead and not place:
            add_run(paragraph, block.lead, bold=True)
        add_run(paragraph, line, bold=block.bold, italic=block.italic)


def _add_blank(file: Any, block: Blank, room: float) -> None:
    for place in range(block.lines):
        paragraph = file.add_paragraph()
        paragraph.alignment = LEFT
        space(paragraph, after=PARAGRAPH_GAP)
        add_dots(paragraph, room)
        if not place:
            paragraph.paragraph_format.first_line_indent = Mm(FIRST_LINE)
            add_run(paragraph, block.lead, bold=bool(block.lead))
        last = place == block.lines - 1
        add_run(paragraph, f"\t {block.after}" if block.after and last else "\t")


def _add_table(file: Any, block: Table, room: float) -> None:
    body = file.element.body
    body.insert(list(body).index(body.find(qn("w:sectPr"))), table_element(block, room))
    # Two tables in a row would grow together.
    space(file.add_paragraph(), after=2)
