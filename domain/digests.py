"""Digests: the mail of a day for one person, written as it is sent from what is still owed then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager

from core import clock
from core.config import Settings
from core.extensions import db
from core.vietnamese import format_deadline
from core.words import in_vietnamese
from domain import deadlines, outbox, owing, reminder_texts
from domain.reminder_plans import STALE
from domain.reminders import still_meant
from models import (
    Assignment,
    MailState,
    OutgoingMail,
    Person,
    Reminder,
    ReminderKind,
    Response,
    Round,
    Unit,
)

LEFT = "còn %s"
OVER = "đã quá hạn %s"
NONE_SET = "chưa đặt hạn"
DAYS = "%d ngày"
HOURS = "%d giờ"
BELOW_AN_HOUR = "dưới 1 giờ"
LINK = "  Mở báo cáo: %s/reports/%d"
NOTE = "  Lời nhắn của văn phòng: %s"
INBOX = "Tất cả báo cáo của đơn vị: %s/inbox"


@dataclass(frozen=True, slots=True)
class Line:
    """One report in a mail, and why its reader is reminded."""

    assignment: Assignment
    kind: ReminderKind
    note: str = ""


def prepare(now: datetime, settings: Settings) -> int:
    """Put every reminder that no mail carries yet into the reader's mail of today; return how many.

    A mail that still waits takes new reminders in; who has had one today gets the rest tomorrow.
    What was read on screen needs no mail.
    """
    waiting: dict[str, OutgoingMail] = {
        one.addressee: one
        for one in db.session.scalars(
            select(OutgoingMail)
            .where(
                OutgoingMail.state == MailState.WAITING, OutgoingMail.held_until.is_(None)
            )
            .with_for_update()
        )
    }
    had = had_one(now)
    count = 0
    for reminder, name, address in _unsent(now):
        mail = waiting.get(reminder.addressee)
        if mail is None and reminder.addressee not in had:
            mail = outbox.add(reminder.addressee, name, address, now, settings.mail_sender)
            waiting[reminder.addressee] = mail
        if mail is not None:
            reminder.mail_id = mail.id
            count += 1
    db.session.flush()
    return count


def write(mail: OutgoingMail, settings: Settings) -> bool:
    """Write a mail from what is still owed now; False if nothing is left to remind of."""
    lines = _lines(mail)
    if not lines:
        return False
    mail.subject, mail.text = compose(lines, mail.name, settings)
    return True


def compose(lines: Sequence[Line], name: str, settings: Settings) -> tuple[str, str]:
    """Return subject and text of a mail with these lines."""
    texts = reminder_texts.texts()
    units = list(dict.fromkeys(one.assignment.unit_name for one in lines))
    values = {
        "nguoi_nhan": name,
        "don_vi": ", ".join(units),
        "co_quan": settings.office_name,
        "so_bao_cao": str(len(lines)),
        **_about(lines[0].assignment),
    }
    parts = [reminder_texts.fill(texts["greeting"], values)]
    for place, one in enumerate(lines, start=1):
        own = {**values, **_about(one.assignment), "don_vi": one.assignment.unit_name}
        said = [f"{place}. {reminder_texts.fill(texts[_piece(one)], own)}"]
        if one.note:
            said.append(NOTE % one.note)
        said.append(LINK % (settings.address, one.assignment.id))
        parts.append("\n".join(said))
    parts += [INBOX % settings.address, reminder_texts.fill(texts["closing"], values)]
    subject = " ".join(reminder_texts.fill(texts["subject"], values).split())
    return subject[:400], "\n\n".join(parts) + "\n"


def time_left(due_at: datetime | None, now: datetime) -> str:
    """Return how long it is until the deadline, or since, in whole days or else hours."""
    if due_at is None:
        return NONE_SET
    apart = abs(due_at - now)
    said = BELOW_AN_HOUR
    if apart >= timedelta(days=1):
        said = DAYS % (apart // timedelta(days=1))
    elif apart >= timedelta(hours=1):
        said = HOURS % (apart // timedelta(hours=1))
    return (LEFT if now <= due_at else OVER) % said


def _about(assignment: Assignment) -> dict[str, str]:
    due = deadlines.due_at(assignment)
    with in_vietnamese():
        return {
            "nhiem_vu": assignment.round.task.title,
            "bieu_mau": assignment.form.title,
            "han_nop": format_deadline(due) or NONE_SET,
            "con_lai": time_left(due, clock.now()),
        }


def _piece(line: Line) -> str:
    if line.kind != ReminderKind.BY_HAND:
        return str(line.kind)
    due = deadlines.due_at(line.assignment)
    return "before" if due is None or clock.now() <= due else "after"


def _lines(mail: OutgoingMail) -> list[Line]:
    """Return one line for each report that is still owed by the reader, the soonest deadline first."""
    query = (
        owing.reports(Reminder, Response.state)
        .join(Reminder, Reminder.assignment_id == Assignment.id)
        .where(Reminder.mail_id == mail.id, still_meant())
        .order_by(deadlines.due_column(), Assignment.id, Reminder.id)
        .options(
            contains_eager(Reminder.assignment).options(
                contains_eager(Assignment.round).contains_eager(Round.task),
                contains_eager(Assignment.form),
            )
        )
    )
    rows = db.session.execute(query).all()
    people = owing.contacts({one.assignment.unit_id for one, _state in rows})
    found: dict[int, Line] = {}
    for reminder, state in rows:
        owes = owing.those_who_owe(people[reminder.assignment.unit_id], state)
        if reminder.addressee not in {one.addressee for one in owes}:
            continue
        if not owing.may_still_send(reminder.assignment):
            continue
        before = found.get(reminder.assignment_id)
        note = "; ".join(part for part in (before.note if before else "", reminder.note) if part)
        found[reminder.assignment_id] = Line(
            reminder.assignment, ReminderKind(reminder.kind), note
        )
    return list(found.values())


def _unsent(now: datetime) -> list[tuple[Reminder, str, str]]:
    """Return the reminders that no mail carries, with name and address of the reader."""
    query = (
        owing.reports(Reminder, Person, Unit)
        .join(Reminder, Reminder.assignment_id == Assignment.id)
        .outerjoin(Person, Person.id == Reminder.person_id)
        .where(
            Reminder.mail_id.is_(None),
            Reminder.read_at.is_(None),
            Reminder.created_at > now - STALE,
            still_meant(),
        )
        .order_by(Reminder.id)
    )
    found = []
    for reminder, person, unit in db.session.execute(query):
        if person is None:
            found.append((reminder, unit.name, unit.email))
        elif person.disabled_at is None:
            found.append((reminder, person.full_name, person.email))
    return [one for one in found if one[2]]


def had_one(now: datetime) -> set[str]:
    """Return who has had a mail today, whatever became of it, or has one on its way."""
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(OutgoingMail.addressee).where(
        or_(
            and_(OutgoingMail.state != MailState.WAITING, OutgoingMail.ended_at >= midnight),
            OutgoingMail.held_until.is_not(None),
        )
    )
    return set(db.session.scalars(query))

