"""Tables of a Word file: heads that repeat on each page, rows that stay whole, figures on the right."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml.ns import qn

from documents.blocks import Table
from documents.paper_tables import CELL_EDGES, cell_text, fit, is_figure, placed, width_of
from documents.word_xml import cell_margins, element, twips, written

EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
ROW_HEIGHT = 7


def table_element(table: Table, room: float) -> Any:
    """Return the table as Word has it, as wide as `room` in millimetres."""
    look = fit(table, room)
    widths = [twips(width) for width in look.widths]
    made = element("tbl")
    made.append(_properties(sum(widths)))
    grid = element("tblGrid")
    grid.extend(element("gridCol", w=width) for width in widths)
    made.append(grid)
    made.extend(_head_rows(table, widths, look.size))
    for place, row in enumerate(table.rows):
        strong = place in table.strong_rows
        cells = []
        for column in range(len(widths)):
            cell = row[column] if column < len(row) else None
            text = cell_text(cell)
            side = "right" if is_figure(cell) or column in table.figures else "left"
            # A mark in a column of figures, such as "x", stands in the middle.
            side = "center" if side == "right" and text.isalpha() else side
            cells.append(_cell(text, widths[column], side, look.size, bold=strong))
        made.append(_row(cells))
    return made


def _properties(width: int) -> Any:
    made = element("tblPr")
    made.append(element("tblW", type="dxa", w=width))
    made.append(element("jc", val="center"))
    borders = element("tblBorders")
    borders.extend(element(edge, val="single", sz=4, space=0, color="000000") for edge in EDGES)
    made.append(borders)
    made.append(element("tblLayout", type="fixed"))
    made.append(cell_margins(CELL_EDGES / 2))
    return made


def _head_rows(table: Table, widths: Sequence[int], size: int) -> Iterable[Any]:
    columns = width_of(table)
    owner = {}
    for one in placed(table.head):
        for down in range(one.cell.rows):
            owner[one.row + down, one.column] = (one.cell, down)
    for row in range(len(table.head)):
        cells, column = [], 0
        while column < columns:
            head, down = owner.get((row, column), (None, 0))
            across = min(head.columns, columns - column) if head else 1
            text = head.text if head and not down else ""
            cell = _cell(text, sum(widths[column : column + across]), "center", size, bold=True)
            properties = cell.find(qn("w:tcPr"))
            middle = properties[-1]
            if across > 1:
                middle.addprevious(element("gridSpan", val=across))
            if head and head.rows > 1:
                merge = element("vMerge")
                if not down:
                    merge.set(qn("w:val"), "restart")
                middle.addprevious(merge)
            cells.append(cell)
            column += across
        yield _row(cells, is_head=True)


def _row(cells: Sequence[Any], *, is_head: bool = False) -> Any:
    made = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    properties.append(element("trHeight", val=twips(ROW_HEIGHT), hRule="atLeast"))
    if is_head:
        properties.append(element("tblHeader"))
    made.append(properties)
    made.extend(cells)
    return made


def _cell(text: str, width: int, side: str, size: int, *, bold: bool) -> Any:
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=width, type="dxa"))
    properties.append(element("vAlign", val="center"))
    made.append(properties)
    for line in written(text).split("\n"):
        made.append(_line(line, side, size, bold=bold))
    return made


def _line(text: str, side: str, size: int, *, bold: bool) -> Any:
    paragraph = element("p")
    layout = element("pPr")
    layout.append(element("spacing", before=20, after=20, line=240, lineRule="auto"))
    layout.append(element("ind", firstLine=0))
    layout.append(element("jc", val=side))
    paragraph.append(layout)
    run = element("r")
    look = element("rPr")
    if bold:
        look.append(element("b"))
    look.append(element("sz", val=size * 2))
    run.append(look)
    words = element("t")
    words.text = text.replace("\t", " ")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    paragraph.append(run)
    return paragraph
