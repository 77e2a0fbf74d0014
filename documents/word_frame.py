"""What stands around the body of an official document in Word: its head, its title and its end."""

from typing import Any

from docx.shared import Mm

from documents.official import OfficialFrame
from documents.word_xml import (
    CENTRE,
    LEFT,
    add_page_number,
    add_run,
    draw_line,
    plain_table,
    space,
)

#: The two columns of the head, in millimetres: the issuer's, and the wider one of the nation.
HEAD = (70.0, 95.0)
#: How wide "Độc lập - Tự do - Hạnh phúc" is, in millimetres: its line is as long.
MOTTO_WIDTH = 55.4
#: The width of a bold letter over the size in points, in millimetres: capitals and small ones.
CAPITAL, SMALL = 0.204, 0.164
#: Lines below the issuer and the title are between a third and a half as long as their words.
LINE = 0.42
HEAD_SIZE, MOTTO_SIZE, NUMBER_SIZE, DATE_SIZE, SUBJECT_SIZE, TITLE_SIZE = 12, 13, 13, 13, 12, 14
SENT_TO_SIZE, RECIPIENT_SIZE, SIGNER_SIZE, FOOTNOTE_SIZE = 12, 11, 14, 9
ROOM_TO_SIGN = 84


def add_head(document: Any, frame: OfficialFrame, room: float) -> None:
    """Add all that comes before the body."""
    if frame.mark:
        space(_line(document, frame.mark), after=6)
    table = plain_table(document, HEAD, 2)
    (left, right), (number, place) = (row.cells for row in table.rows)
    first = _first(left)
    if frame.parent:
        add_run(first, frame.parent.upper(), size=HEAD_SIZE)
        first = _next(left)
    add_run(first, frame.issuer.upper(), size=HEAD_SIZE, bold=True)
    draw_line(_next(left), HEAD[0], line_below(frame.issuer, HEAD_SIZE, CAPITAL, HEAD[0]))
    add_run(_first(right), frame.nation, size=HEAD_SIZE, bold=True)
    add_run(_next(right), frame.motto, size=MOTTO_SIZE, bold=True)
    draw_line(_next(right), HEAD[1], MOTTO_WIDTH)
    add_run(_first(number), frame.number_line, size=NUMBER_SIZE)
    add_run(_first(place), frame.place_line, size=DATE_SIZE, italic=True)
    if frame.title and not frame.doc_type:
        subject = _next(number)
        add_run(subject, frame.title, size=SUBJECT_SIZE)
        space(subject, before=6)
    _add_title(document, frame, room)
    _add_addressees(document, frame)


def line_below(text: str, size: float, letter: float, room: float) -> float:
    """Return how long the line below `text` is, in millimetres."""
    longest = max((len(line) for line in text.split("\n")), default=0)
    return min(longest * letter * size, room) * LINE


def _add_title(document: Any, frame: OfficialFrame, room: float) -> None:
    if frame.doc_type:
        name = _line(document, frame.doc_type.upper(), size=TITLE_SIZE)
        space(name, before=14)
        if frame.title:
            _line(document, frame.title, size=TITLE_SIZE)
            line = document.add_paragraph()
            draw_line(line, room, line_below(frame.title, TITLE_SIZE, SMALL, room))
    if frame.note:
        note = document.add_paragraph()
        note.alignment = CENTRE
        note.paragraph_format.first_line_indent = Mm(0)
        add_run(note, frame.note, italic=True)
        space(note, before=2, after=6)


def _add_addressees(document: Any, frame: OfficialFrame) -> None:
    lines = frame.addressee_lines
    if not lines:
        return
    first = document.add_paragraph()
    first.paragraph_format.first_line_indent = Mm(0)
    first.alignment = CENTRE if len(lines) == 1 else LEFT
    space(first, before=12, after=6)
    add_run(first, frame.addressed_to)
    if len(lines) == 1:
        add_run(first, f" {lines[0]}")
        return
    first.paragraph_format.left_indent = Mm(30)
    for line in lines:
        one = document.add_paragraph()
        one.alignment = LEFT
        one.paragraph_format.left_indent, one.paragraph_format.first_line_indent = Mm(45), Mm(0)
        space(one, after=3)
        add_run(one, line)


def add_end(document: Any, frame: OfficialFrame, room: float) -> None:
    """Add who gets the document, and where it is signed."""
    gap = document.add_paragraph()
    space(gap)
    table = plain_table(document, (room * 0.47, room * 0.53))
    left, right = table.rows[0].cells
    if frame.recipients:
        words = _first(left)
        words.alignment = LEFT
        add_run(words, frame.sent_to, size=SENT_TO_SIZE, bold=True, italic=True)
        for line in frame.recipient_lines:
            one = _next(left)
            one.alignment = LEFT
            add_run(one, line, size=RECIPIENT_SIZE)
    title = _first(right)
    add_run(title, frame.signer_title.upper(), size=SIGNER_SIZE, bold=True)
    name = _next(right)
    space(name, before=ROOM_TO_SIGN)
    add_run(name, frame.signer, size=SIGNER_SIZE, bold=True)
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(row.makeelement(row.tag.replace("trPr", "cantSplit"), {}))


def add_edges(section: Any, frame: OfficialFrame) -> None:
    """Number the pages from the second on, in the middle of the top margin; add the foot note."""
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    number.paragraph_format.first_line_indent = Mm(0)
    add_page_number(number, TITLE_SIZE)
    if frame.footnote:
        for foot in (section.footer, section.first_page_footer):
            words = foot.paragraphs[0]
            words.alignment = CENTRE
            words.paragraph_format.first_line_indent = Mm(0)
            add_run(words, frame.footnote, size=FOOTNOTE_SIZE)


def _line(document: Any, text: str, size: float = TITLE_SIZE) -> Any:
    """Add a line of bold words in the middle."""
    line = document.add_paragraph()
    line.alignment = CENTRE
    line.paragraph_format.first_line_indent = Mm(0)
    line.paragraph_format.keep_with_next = True
    space(line)
    add_run(line, text, size=size, bold=True)
    return line


def _first(cell: Any) -> Any:
    return _centred(cell.paragraphs[0])


def _next(cell: Any) -> Any:
    return _centred(cell.add_paragraph())


def _centred(paragraph: Any) -> Any:
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.first_line_indent = Mm(0)
    space(paragraph)
    return paragraph
