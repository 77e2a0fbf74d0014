"""The workbook of punctuality: one sheet of units with their records, one of the reports behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO

from core.words import N_, _
from documents.blocks import CellKind
from documents.workbook_book import Book, Sheet
from documents.workbook_cells import Formula
from documents.workbook_lists import write_head

UNIT_HEADS = (
    (N_("Số thứ tự"), 7),
    (N_("Mã đơn vị"), 12),
    (N_("Đơn vị"), 44),
    (N_("Đến hạn"), 10),
    (N_("Đúng hạn"), 10),
    (N_("Nộp muộn"), 10),
    (N_("Chưa nộp"), 10),
    (N_("Tỷ lệ đúng hạn"), 12),
    (N_("Tổng số ngày muộn"), 12),
    (N_("Bị trả lại"), 10),
    (N_("Được gia hạn"), 10),
)
REPORT_HEADS = (
    (N_("Mã đơn vị"), 12),
    (N_("Đơn vị"), 34),
    (N_("Nhiệm vụ"), 50),
    (N_("Biểu mẫu"), 34),
    (N_("Kỳ báo cáo"), 16),
    (N_("Hạn nộp"), 19),
    (N_("Nộp lần đầu"), 19),
    (N_("Số ngày muộn"), 10),
    (N_("Số lần trả lại"), 10),
    (N_("Gia hạn"), 10),
)
SHARE, FIRST_COUNT = 7, 3


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report that was due."""

    task: str
    form: str
    round: str
    due_at: datetime
    sent_at: datetime | None
    days_late: int
    returned: int
    extended: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit; `counts` are those of the columns from "Đến hạn" on, without the share."""

    code: str
    name: str
    counts: Sequence[int]
    reports: Sequence[ReportLine]


def write(title: str, rule: str, lines: Iterable[UnitLine], target: IO[bytes]) -> None:
    """Write the workbook; sums and shares are live formulas, and the rule stands below them."""
    book = Book(target)
    units = book.add_sheet(_("Chấp hành thời hạn"), [width for _head, width in UNIT_HEADS])
    reports = book.add_sheet(_("Từng báo cáo"), [width for _head, width in REPORT_HEADS])
    first = write_head(book, units, title, [_(head) for head, _width in UNIT_HEADS])
    below = write_head(book, reports, title, [_(head) for head, _width in REPORT_HEADS])
    sums = [0] * (len(UNIT_HEADS) - FIRST_COUNT - 1)
    for place, line in enumerate(lines, start=1):
        _add_unit(book, units, place, line)
        sums = [one + more for one, more in zip(sums, line.counts, strict=True)]
        for report in line.reports:
            _add_report(book, reports, line, report)
    _add_sums(book, units, first, sums)
    units.add_row()
    row = units.add_row([(rule, book.style(text_wrap=True, valign="top", italic=True))], 80)
    units.join(row, 0, 1, len(UNIT_HEADS))
    units.autofilter(first - 1, 0, max(units.next_row - 4, first), len(UNIT_HEADS) - 1)
    reports.autofilter(below - 1, 0, max(reports.next_row - 1, below), len(REPORT_HEADS) - 1)
    book.close()


def _add_unit(book: Book, sheet: Sheet, place: int, line: UnitLine) -> None:
    number, text = book.cell_style(CellKind.INTEGER), book.cell_style(CellKind.TEXT)
    due, in_time, *others = line.counts
    counts = [(one, number) for one in (due, in_time, *others)]
    row = sheet.next_row + 1
    share = (_share(row, due, in_time), book.cell_style(CellKind.PERCENT, 1))
    places = SHARE - FIRST_COUNT
    sheet.add_row(
        [
            (place, number), (line.code, text), (line.name, text),
            *counts[:places], share, *counts[places:],
        ]
    )  # fmt: skip


def _add_sums(book: Book, sheet: Sheet, first: int, sums: Sequence[int]) -> None:
    number, text = (book.cell_style(one, bold=True) for one in (CellKind.INTEGER, CellKind.TEXT))
    last, letters = sheet.next_row, sheet.letters_of(len(UNIT_HEADS))
    places = [place for place in range(FIRST_COUNT, len(UNIT_HEADS)) if place != SHARE]
    cells = {
        place: (Formula(f"SUM({letters[place]}{first + 1}:{letters[place]}{last})", value), number)
        for place, value in zip(places, sums, strict=True)
    }
    cells[SHARE] = (_share(last + 1, sums[0], sums[1]), book.cell_style(CellKind.PERCENT, 1, bold=True))
    sheet.add_row(
        [(None, text), (None, text), (_("Toàn bộ"), text)]
        + [cells[place] for place in range(FIRST_COUNT, len(UNIT_HEADS))]
    )


def _share(row: int, due: int, in_time: int) -> Formula:
    value = round(Decimal(100 * in_time) / due, 1) if due else None
    return Formula(f'IF(D{row}=0,"",ROUND(100*E{row}/D{row},1))', value)


def _add_report(book: Book, sheet: Sheet, unit: UnitLine, one: ReportLine) -> None:
    number, text = book.cell_style(CellKind.INTEGER), book.cell_style(CellKind.TEXT)
    moment = book.moment_style()
    sheet.add_row(
        [
            *((value, text) for value in (unit.code, unit.name, one.task, one.form, one.round)),
            (one.due_at, moment),
            (one.sent_at, moment),
            (one.days_late, number),
            (one.returned, number),
            (_("có") if one.extended else None, text),
        ]
    )
