"""The sheets after the units: free tables, narratives, who is missing, and what columns mean."""

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import IO

import orjson

from core.words import N_, _
from documents.blocks import Cell, CellKind
from documents.workbook_book import KEPT_IN_MEMORY, LINE, Book, Row, Sheet, lines_of
from documents.workbook_figures import FUNCTIONS, Figures, over_area
from documents.workbook_parts import FormPart, Reminder, RowList, UnitRow
from documents.workbook_units import UnitSheet, figure_style

LIST_HEADS = (N_("Số thứ tự"), N_("Mã đơn vị"), N_("Đơn vị"), N_("Dòng"))
LIST_WIDTHS = (7, 12, 34, 7)
COLUMN_WIDTHS = {CellKind.TEXT: 30.0, CellKind.DATE: 13.0}
REMINDER_HEADS = (
    (N_("Số thứ tự"), 7),
    (N_("Mã đơn vị"), 12),
    (N_("Đơn vị"), 34),
    (N_("Nhóm"), 20),
    (N_("Biểu mẫu"), 24),
    (N_("Tình trạng"), 24),
    (N_("Hạn nộp"), 19),
    (N_("Nộp lúc"), 19),
    (N_("Ghi chú"), 30),
    (N_("Điện thoại đơn vị"), 18),
    (N_("Người phụ trách"), 42),
)
NOTE_HEADS = (
    (N_("Trang tính"), 20),
    (N_("Cột"), 10),
    (N_("Số câu"), 8),
    (N_("Mã chỉ tiêu"), 14),
    (N_("Nội dung"), 60),
    (N_("Kiểu"), 20),
    (N_("Đơn vị tính"), 14),
    (N_("Có từ phiên bản"), 12),
    (N_("Ẩn từ phiên bản"), 12),
)


class RowListSheet:
    """One free table: the rows of all units, one below the other."""

    def __init__(self, book: Book, content: RowList) -> None:
        self.book, self.content = book, content
        widths = [COLUMN_WIDTHS.get(column.kind, 14.0) for column in content.columns]
        self.sheet: Sheet = book.add_sheet(content.title, [*LIST_WIDTHS, *widths])
        heads = [
            " – ".join(column.headings) + (f" ({column.measure})" if column.measure else "")
            for column in content.columns
        ]
        self.first = write_head(
            book, self.sheet, content.title, [*(_(head) for head in LIST_HEADS), *heads]
        )
        self.styles = [book.cell_style(one.kind, one.decimals) for one in content.columns]
        self.figures = Figures(content.columns)
        self.count = 0

    def add(self, unit: UnitRow) -> None:
        """Write the rows of the next unit."""
        number, text = self.book.cell_style(CellKind.INTEGER), self.book.cell_style(CellKind.TEXT)
        for place, cells in enumerate(unit.lists.get(self.content.uid, ()), start=1):
            self.count += 1
            self.sheet.add_row(
                [
                    (self.count, number),
                    (unit.code, text),
                    (unit.name, text),
                    (place, number),
                    *zip(cells, self.styles, strict=True),
                ]
            )
            self.figures.take("", cells)

    def finish(self) -> None:
        """Write the figures below."""
        last, width = self.sheet.next_row, len(LIST_HEADS)
        columns = self.content.columns
        letters = self.sheet.letters_of(width + len(columns))
        self.sheet.autofilter(self.first - 1, 0, max(last - 1, self.first), width + len(columns) - 1)
        if not self.count or not any(column.summing in FUNCTIONS for column in columns):
            return
        text = self.book.cell_style(CellKind.TEXT, bold=True)
        self.sheet.add_row(
            [
                *((value, text) for value in (None, None, _("Toàn bộ"), None)),
                *(
                    (
                        over_area(
                            column.summing,
                            f"{letter}{self.first + 1}:{letter}{last}",
                            self.figures.of_all(place),
                        )
                        if column.summing in FUNCTIONS
                        else None,
                        figure_style(self.book, column),
                    )
                    for place, (letter, column) in enumerate(
                        zip(letters[width:], columns, strict=False)
                    )
                ),
            ]
        )


class Texts:
    """Narratives on their way from unit by unit to question by question, kept on the disk."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 -- closed by __exit__.
        self._places: dict[tuple[int, str], array[int]] = {}

    def __enter__(self) -> "Texts":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, form: int, unit: UnitRow) -> None:
        """Keep the texts of a unit."""
        for uid, text in unit.texts.items():
            self._places.setdefault((form, uid), array("Q")).append(self._file.tell())
            kept = text.encode("utf-8", "replace").decode()
            self._file.write(orjson.dumps([unit.code, unit.name, kept]) + b"\n")

    def of_question(self, form: int, uid: str) -> Iterator[tuple[str, str, str]]:
        """Yield the code and name of each unit that answered, with its text."""
        for place in self._places.get((form, uid), ()):
            self._file.seek(place)
            code, name, text = orjson.loads(self._file.readline())
            yield code, name, text


def write_narratives(book: Book, forms: Sequence[FormPart], texts: Texts) -> None:
    """Write the narratives by question, unit by unit."""
    sheet = book.add_sheet(_("Nội dung báo cáo"), (7, 12, 34, 110))
    write_head(
        book, sheet, _("Nội dung báo cáo"),
        [_("Số thứ tự"), _("Mã đơn vị"), _("Đơn vị"), _("Nội dung")],
    )  # fmt: skip
    number, text = book.cell_style(CellKind.INTEGER), book.cell_style(CellKind.TEXT)
    question = book.style(border=1, bold=True, valign="top", text_wrap=True, bg_color="#F3F6F9")
    for form, part in enumerate(forms):
        for narrative in part.narratives:
            title = f"{part.title}: {narrative.title}" if len(forms) > 1 else narrative.title
            row = sheet.add_row(
                [(title, question), *[(None, question)] * 3], LINE * lines_of(title, 160)
            )
            sheet.join(row, 0, 1, 4)
            place = 0
            for place, (code, name, told) in enumerate(
                texts.of_question(form, narrative.uid), start=1
            ):
                sheet.add_row([(place, number), (code, text), (name, text), (told, text)])
            if not place:
                sheet.add_row(
                    [(None, number), (None, text), (None, text), (_("Chưa có nội dung"), text)]
                )


def write_reminders(book: Book, reminders: Iterable[Reminder]) -> None:
    """Write who is missing, late, returned or has more time, and whom to call."""
    sheet = book.add_sheet(_("Chưa nộp"), [width for _head, width in REMINDER_HEADS])
    title = _("Đơn vị chưa nộp, nộp muộn, được gia hạn hoặc bị trả lại")
    first = write_head(book, sheet, title, [_(head) for head, _width in REMINDER_HEADS])
    number, text, moment = (
        book.cell_style(CellKind.INTEGER),
        book.cell_style(CellKind.TEXT),
        book.moment_style(),
    )
    for place, one in enumerate(reminders, start=1):
        row: Row = (
            (place, number),
            *((value, text) for value in (one.code, one.name, one.group, one.form, one.state)),
            (one.due_at, moment),
            (one.submitted_at, moment),
            *((value, text) for value in (one.remark, one.phone, one.people)),
        )
        sheet.add_row(row)
    sheet.autofilter(first - 1, 0, max(sheet.next_row - 1, first), len(REMINDER_HEADS) - 1)


def write_notes(book: Book, forms: Sequence[FormPart], units: Sequence[UnitSheet]) -> None:
    """Write what question stands behind each column."""
    sheet = book.add_sheet(_("Chú thích"), [width for _head, width in NOTE_HEADS])
    write_head(book, sheet, _("Chú thích các cột"), [_(head) for head, _width in NOTE_HEADS])
    text, number = book.cell_style(CellKind.TEXT), book.cell_style(CellKind.INTEGER)
    for part, unit_sheet in zip(forms, units, strict=True):
        for note in part.notes:
            values: tuple[Cell, ...] = (
                unit_sheet.sheet.get_name(),
                unit_sheet.letters_for(note.keys),
                note.number,
                note.code,
                note.text,
                note.type,
                note.measure,
            )
            sheet.add_row(
                [*((value, text) for value in values), (note.added, number), (note.hidden, number)]
            )


def write_head(book: Book, sheet: Sheet, title: str, heads: Sequence[str]) -> int:
    """Write the title and the head of a plain list; return the first row below it."""
    sheet.add_row([(title, book.title_style(size=14))], 24)
    sheet.add_row()
    row = sheet.add_row([(head, book.head_style()) for head in heads], 36)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)
    return row + 1
