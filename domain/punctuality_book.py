"""Punctuality as a workbook, for the evaluation at the end of a year."""

from collections.abc import Iterator
from typing import IO

from core import clock
from core.extensions import db
from core.permissions import Actor
from core.words import N_, _, in_vietnamese
from documents import punctuality_book
from documents.punctuality_book import ReportLine, UnitLine
from domain import audit, punctuality
from domain.punctuality import Chosen, UnitRecord
from models import Person

RULE = N_(
    "Cách tính: báo cáo đúng hạn khi lần nộp đầu tiên không sau hạn nộp của đơn vị, kể cả hạn đã được "
    "gia hạn; lần nộp mà đơn vị tự rút lại không tính. Số ngày muộn làm tròn lên, tính từ hạn nộp đến "
    "lần nộp đầu tiên. Báo cáo bị trả lại vẫn tính theo lần nộp đầu tiên. Báo cáo được miễn và báo cáo "
    "chưa đến hạn không tính. Tỷ lệ đúng hạn là số báo cáo đúng hạn chia cho số báo cáo đã đến hạn."
)


def write(chosen: Chosen, target: IO[bytes]) -> None:
    """Write the workbook of what is chosen to a binary stream."""
    with in_vietnamese():
        title = _("Chấp hành thời hạn báo cáo năm %(year)s", year=chosen.year)
        punctuality_book.write(title, _(RULE), _lines(chosen), target)


def record_download(actor: Actor, chosen: Chosen) -> None:
    """Put into the audit log that the workbook has left the house."""
    person = db.session.get_one(Person, actor.person_id)
    audit.record(actor, "punctuality.downloaded", person, year=chosen.year)


def file_name(chosen: Chosen) -> str:
    """Return what the file is called."""
    return f"chap-hanh-thoi-han-{chosen.year}-{clock.today():%Y-%m-%d}.xlsx"


def _lines(chosen: Chosen) -> Iterator[UnitLine]:
    for one in punctuality.all_records(chosen):
        yield UnitLine(one.unit.code, one.unit.name, _counts(one), _reports(one))


def _counts(one: UnitRecord) -> tuple[int, ...]:
    record = one.record
    return (
        record.due, record.in_time, record.late, record.missing,
        record.days_late, record.returned, record.extended,
    )  # fmt: skip


def _reports(one: UnitRecord) -> list[ReportLine]:
    return [
        ReportLine(
            due.task, due.form, due.round, due.due_at, due.sent_at,
            due.days_late, due.returned, due.extended,
        )
        for due in one.reports
    ]  # fmt: skip
