"""The letter that reminds units of a report (công văn đôn đốc), in the layout of Decree 30/2020."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from core import clock
from core.config import Settings
from core.extensions import db
from core.vietnamese import format_date, format_deadline, format_time
from core.words import _, in_vietnamese
from documents.blocks import Block, HeadCell, Paragraph, Table
from documents.official import BLANK_DAY, Appendix, OfficialDocument, OfficialFrame
from domain import deadlines, papers
from domain.summary_reminders import STATES
from models import Assignment, Form, Response, ResponseState, Round

SUBJECT = "V/v đôn đốc %s"
LISTED = "Các đơn vị có tên trong danh sách kèm theo"
MOST_ADDRESSEES = 5
BEFORE_THE_DEADLINE = "%(opening)s, các đơn vị phải gửi báo cáo chậm nhất %(due)s."
AFTER_THE_DEADLINE = "%(opening)s, hạn gửi báo cáo là %(due)s."
OPENING = "Thực hiện %s"
OPENING_ALONE = "Về nhiệm vụ “%s”"
STANDING = (
    "Đến %(hour)s ngày %(day)s, đã có %(done)d trên %(all)d báo cáo; "
    "còn %(left)d báo cáo chưa nộp (có danh sách kèm theo)."
)
REQUEST = (
    "%s đề nghị thủ trưởng các đơn vị chưa nộp chỉ đạo khẩn trương hoàn thành và gửi báo cáo %s "
    "để kịp tổng hợp. %s đơn vị chịu trách nhiệm về việc số liệu không được tổng hợp./."
)
PAST_THE_DEADLINE = "Quá thời hạn trên,"
STILL_NOT_SENT = "Trường hợp không gửi,"
WITH_THE_LETTER = "(Kèm theo Công văn %s %s của %s)"
BY_THE_DEADLINE = "đúng hạn"
AT_ONCE = "ngay khi nhận được văn bản này"
LIST = "DANH SÁCH ĐƠN VỊ CHƯA NỘP BÁO CÁO"
LATE = "Chậm (ngày)"
HEADS = ("STT", "Đơn vị", "Biểu mẫu", "Hạn nộp", LATE, "Tình trạng")
SENT = (ResponseState.SUBMITTED, ResponseState.ACCEPTED)
ARCHIVED = "VT, VP"


@dataclass(frozen=True, slots=True)
class Owing:
    """A report that a unit still owes; `days_late` is 0 before its deadline."""

    unit: str
    form: str
    due_at: datetime | None
    days_late: int
    state: str


def owing(round_: Round) -> list[Owing]:
    """Return every report of a round that is still owed, in official order."""
    return [
        Owing(
            unit=one.assignment.unit_name,
            form=one.assignment.form.title,
            due_at=deadlines.due_at(one.assignment),
            days_late=_days_late(one.assignment),
            state=_(STATES[ResponseState(one.state)]),
        )
        for one in _reports(round_)
        if one.state not in SENT
    ]


def letter(round_: Round, settings: Settings) -> OfficialDocument:
    """Return the letter to all who still owe a report of the round; number and day stay blank."""
    with in_vietnamese():
        found, count = owing(round_), len(_reports(round_))
        units = tuple(dict.fromkeys(one.unit for one in found))
        frame = OfficialFrame(
            parent=settings.office_parent,
            issuer=settings.office_name,
            place=settings.office_place,
            symbol=papers.office_symbol(round_.task),
            title=SUBJECT % _lower(round_.task.title),
            addressees=units if len(units) <= MOST_ADDRESSEES else (LISTED,),
            recipients=(papers.AS_ABOVE, papers.ARCHIVED % ARCHIVED),
            signer_title=papers.HEAD_OF_OFFICE,
        )
        body = _words(round_, settings, len(found), count)
        note = WITH_THE_LETTER % (_lower(frame.number_line), BLANK_DAY, settings.office_name)
        return OfficialDocument(frame, body, Appendix(LIST, note, [_table(found)]))


def file_name(round_: Round) -> str:
    """Return what the letter's file is called."""
    return papers.file_name("cong-van-don-doc", papers.mark_of(round_.task) or str(round_.task_id))


def _reports(round_: Round) -> Sequence[Response]:
    query = (
        select(Response)
        .join(Response.assignment)
        .join(Assignment.form)
        .where(Assignment.round_id == round_.id, Assignment.exempted_at.is_(None))
        .order_by(Form.position, Form.id, Assignment.position, Assignment.id)
        .options(contains_eager(Response.assignment).contains_eager(Assignment.form))
    )
    return db.session.scalars(query).all()


def _words(round_: Round, settings: Settings, left: int, count: int) -> list[Block]:
    now, due = clock.today(), round_.due_at
    document = papers.reference(round_.task)
    opening = OPENING % document if document else OPENING_ALONE % round_.task.title
    overdue = due is not None and clock.now() > due
    words: list[Block] = []
    if due is not None:
        told = AFTER_THE_DEADLINE if overdue else BEFORE_THE_DEADLINE
        words.append(Paragraph(told % {"opening": opening, "due": format_deadline(due)}))
    standing = {"hour": format_time(now), "day": format_date(now.date()), "done": count - left,
                "all": count, "left": left}  # fmt: skip
    when, or_else = BY_THE_DEADLINE, PAST_THE_DEADLINE
    if overdue or due is None:
        when, or_else = AT_ONCE, STILL_NOT_SENT
    asked = REQUEST % (settings.office_name, when, or_else)
    return [*words, Paragraph(STANDING % standing), Paragraph(asked)]


def _table(found: Sequence[Owing]) -> Table:
    rows = tuple(
        (place, one.unit, one.form, format_deadline(one.due_at), one.days_late or None, one.state)
        for place, one in enumerate(found, start=1)
    )
    head = tuple(HeadCell(text) for text in HEADS)
    return Table((head,), rows, figures=frozenset({0, HEADS.index(LATE)}))


def _days_late(assignment: Assignment) -> int:
    due = deadlines.due_at(assignment)
    if due is None:
        return 0
    return max(0, (_day(clock.now()) - _day(due)).days)


def _day(instant: datetime) -> date:
    return clock.local(instant).date()


def _lower(title: str) -> str:
    """Return a title as it goes on inside a sentence; names and abbreviations stay as they are."""
    first = title.split(" ", 1)[0]
    return title if first.isupper() else title[:1].lower() + title[1:]
