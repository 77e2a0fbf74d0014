"""The workbook that a clerk downloads: written in one pass over the units, in little memory."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from core.words import _
from documents.workbook_book import Book
from documents.workbook_charts import ChartsSheet
from documents.workbook_lists import (
    RowListSheet,
    Texts,
    write_narratives,
    write_notes,
    write_reminders,
)
from documents.workbook_parts import FormPart, SummaryBook
from documents.workbook_summary import SummarySheet
from documents.workbook_units import UnitSheet


def write(content: SummaryBook, target: Path | IO[bytes]) -> None:
    """Write the summary workbook to a path or a binary stream."""
    with Texts() as texts:
        book = Book(target)
        summary = SummarySheet(book)
        units = [
            UnitSheet(book, part, _unit_sheet_name(place, content.forms))
            for place, part in enumerate(content.forms)
        ]
        for place, (part, unit_sheet) in enumerate(zip(content.forms, units, strict=True)):
            _write_units(book, place, part, unit_sheet, texts)
        if any(part.narratives for part in content.forms):
            write_narratives(book, content.forms, texts)
        write_reminders(book, content.reminders())
        write_notes(book, content.forms, units)
        summary.write(content, units)
        ChartsSheet(book).write(content.progress(), summary.bars)
        book.close()


def _write_units(
    book: Book, place: int, part: FormPart, units: UnitSheet, texts: Texts
) -> None:
    lists = [RowListSheet(book, one) for one in part.row_lists]
    for row in part.rows:
        units.add(row, row.group or _("Không thuộc nhóm"))
        texts.add(place, row)
        for one in lists:
            one.add(row)
    units.finish()
    for one in lists:
        one.finish()


def _unit_sheet_name(place: int, forms: Sequence[FormPart]) -> str:
    return _("Theo đơn vị") + (f" {place + 1}" if len(forms) > 1 else "")
