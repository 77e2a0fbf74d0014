"""The workbook in which a unit fills in its report: a sheet for each section and each table.

Column A and row 1 are hidden: they hold the ids by which cells are found again, wherever they are
moved to.
"""

from collections.abc import Mapping
from typing import IO

from xlsxwriter.worksheet import Worksheet

from core.words import _
from documents.blocks import EntryUse
from documents.response_book import Book, make_room
from documents.response_parts import ANSWER, LINES, EntryLine, ResponseBook, SectionSheet
from documents.response_table import widths_of, write_table

WIDTHS = (8.0, 56.0, 46.0, 14.0, 50.0)
KEY, NUMBER, LABEL, ANSWERED, MEASURE, HINT = range(6)


def write(content: ResponseBook, target: IO[bytes]) -> None:
    """Write the workbook to a binary stream."""
    book = Book(target)
    for place, section in enumerate(content.sections, start=1):
        sheet = book.new_sheet(f"{place}. {section.title}", WIDTHS)
        tables = [
            (book.new_sheet(f"{one.number} {one.label}", widths_of(one.table)), one)
            for one in section.tables
        ]
        names = {one.uid: table_sheet.get_name() for table_sheet, one in tables}
        _write_section(book, sheet, content, section, names)
        for table_sheet, one in tables:
            write_table(book, table_sheet, one)
    book.finish(content)


def _write_section(
    book: Book,
    sheet: Worksheet,
    content: ResponseBook,
    section: SectionSheet,
    names: Mapping[str, str],
) -> None:
    sheet.write_string(0, 0, f"{LINES}:{section.uid}")
    sheet.write_string(0, ANSWERED, ANSWER)
    plain = book.format(text_wrap=False)
    sheet.write_string(1, NUMBER, content.title, book.format(text_wrap=False, bold=True, font_size=14))
    sheet.write_string(2, NUMBER, content.unit, plain)
    row = 3
    for text in content.remarks:
        sheet.write_string(row, NUMBER, text, book.format(text_wrap=False, italic=True))
        row += 1
    for text in section.intro.splitlines():
        sheet.write_string(row, NUMBER, text, plain)
        row += 1
    row += 1
    heads = (_("Số"), _("Câu hỏi"), _("Trả lời"), _("Đơn vị tính"), _("Hướng dẫn"))
    for place, head in enumerate(heads, start=NUMBER):
        sheet.write_string(row, place, head, book.head_format())
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)
    for place, line in enumerate(section.lines, start=row + 1):
        _write_line(book, sheet, place, line, names)


def _write_line(
    book: Book, sheet: Worksheet, row: int, line: EntryLine, names: Mapping[str, str]
) -> None:
    words = line.column is None and not line.table
    text = book.format(border=1, bold=words)
    sheet.write_string(row, KEY, line.key)
    sheet.write_string(row, NUMBER, line.number, text)
    sheet.write_string(row, LABEL, line.label, text)
    sheet.write_string(row, MEASURE, line.measure, text)
    sheet.write_string(row, HINT, line.hint, book.format(border=1, font_size=11))
    texts = (line.number, line.label, line.value, line.measure, line.hint)
    make_room(sheet, row, zip(texts, WIDTHS, strict=True))
    look = book.entry_format(line.use, line.column)
    if line.table:
        name = names[line.table]
        target = "internal:'{}'!A1".format(name.replace("'", "''"))
        said = _("Điền ở trang “%(name)s”", name=name)
        link = book.format(border=1, font_color="#1F4E9E", underline=1, bg_color="#EEF2F6")
        sheet.write_url(row, ANSWERED, target, link, said)
    elif line.column is None:
        sheet.write_blank(row, ANSWERED, None, text)
    else:
        book.put(sheet, row, ANSWERED, line.value, look, line.column.kind)
        if line.use == EntryUse.OPEN:
            book.offer(sheet, [(row, row, ANSWERED)], line.column.choices)
