"""The small pieces of a Word file that python-docx has no words for."""

import re
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
#: What XML can't hold, or a page shows as nothing; tabs and line breaks stay.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
TWIPS = 1440 / 25.4

CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def element(tag: str, **attributes: object) -> Any:
    """Return an element such as `w:tbl` with attributes of Word's own."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def twips(millimetres: float) -> int:
    """Return a length as Word's tables count it."""
    return round(millimetres * TWIPS)


def written(text: str) -> str:
    """Return text as a file can hold it: line ends of one kind, and no control characters."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))


def set_font(style: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """Give a style the one font of documents, in black."""
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def add_run(
    paragraph: Any, text: str, *, size: float = 0, bold: bool = False, italic: bool = False
) -> Any:
    """Add words to a paragraph, as they are; without a size, in that of the paragraph's style."""
    run = paragraph.add_run(written(text))
    if size:
        run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if italic:
        run.font.italic = True
    return run


def space(paragraph: Any, before: float = 0, after: float = 0) -> None:
    """Set what stands free around a paragraph, in points, with single lines in it."""
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0


def draw_line(paragraph: Any, room: float, width: float) -> None:
    """Make a paragraph without words a line of `width` in the middle of `room`, in millimetres."""
    space(paragraph, before=2)
    aside = Mm(max(room - width, 0) / 2)
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = aside
    layout.line_spacing = Pt(3)
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=6, space=1, color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_dots(paragraph: Any, room: float) -> None:
    """Let a tab in the paragraph draw dots up to `room`, in millimetres."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(room), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def add_page_number(paragraph: Any, size: float) -> None:
    """Add the number of the page, which the program that opens the file reckons."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        run = add_run(paragraph, text if kind == "shown" else "", size=size)
        if kind == "":
            instruction = element("instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind != "shown":
            run._r.append(element("fldChar", fldCharType=kind))


def plain_table(document: Any, widths: tuple[float, ...], rows: int = 1) -> Any:
    """Add a table without borders, of columns of these widths in millimetres, and return it."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    for tag in ("tblStyle", "tblW", "tblLook"):
        for known in properties.findall(qn(f"w:{tag}")):
            properties.remove(known)
    properties.insert(0, element("tblW", type="dxa", w=twips(sum(widths))))
    properties.append(cell_margins(0))
    for place, width in enumerate(widths):
        table.columns[place].width = Mm(width)
        for cell in table.columns[place].cells:
            cell.width = Mm(width)
    return table


def cell_margins(aside: float) -> Any:
    """Return what keeps `aside` millimetres free on both sides in the cells of a table."""
    margins = element("tblCellMar")
    margins.append(element("left", w=twips(aside), type="dxa"))
    margins.append(element("right", w=twips(aside), type="dxa"))
    return margins
