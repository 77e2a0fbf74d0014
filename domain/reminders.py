"""Reminders: made once for each reason, shown to whom they are for, and read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload

from core import clock
from core.errors import ConflictError, ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit, background, deadlines, owing, reminder_plans
from domain.owing import Contact
from domain.reminder_plans import STALE, Reason
from models import Assignment, Reminder, ReminderKind, Response, Round, Task

#: Between these hours in Vietnam anything is sent.
FIRST_HOUR, LAST_HOUR = 7, 18
SHOWN = 100
SEND = "mail.send"


def make_due(now: datetime) -> int:
    """Make the reminders whose moment has come, and return how many; again makes none twice."""
    made = 0
    for task_id, round_, due_at in _deadlines(now):
        plan = reminder_plans.of_task(task_id)
        for reason in reminder_plans.reasons(
            plan, opened_at=_opened_at(round_, now), due_at=due_at, now=now
        ):
            made += _make(_owed_until(round_, due_at), reason, due_at)
    return made


def remind(actor: Actor, assignments: Sequence[Assignment], note: str, token: str) -> int:
    """Remind units by hand and return how many people; `token` tells one click from the next.

    The mail goes out with the next digest: at once, unless one has gone out to them today.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    ids = [one.id for one in assignments]
    rows = db.session.execute(
        owing.reports(Assignment.id, Assignment.unit_id, Response.state)
        .where(Assignment.id.in_(ids))
        .order_by(Assignment.id)
    ).all()
    if not rows:
        raise ConflictError(_("Các đơn vị đã chọn không còn báo cáo nào phải nộp."))
    due = {one.id: deadlines.due_at(one) for one in assignments}
    made = 0
    for row in rows:
        reason = Reason(ReminderKind.BY_HAND)
        made += _make([row], reason, due[row.id], mark=token, note=note, by_id=actor.person_id)
    if made:
        background.ask(SEND, f"{SEND}:{token}")
        for one in assignments:
            audit.record(actor, "report.reminded", one, unit_id=one.unit_id)
    return made


def count_unread(actor: Actor) -> int:
    """Return how many reminders of reports that are still owed the person hasn't read."""
    query = owing.reports(func.count(Reminder.id)).join(
        Reminder, Reminder.assignment_id == Assignment.id
    )
    mine = and_(Reminder.person_id == actor.person_id, Reminder.read_at.is_(None))
    return int(db.session.execute(query.where(mine, still_meant())).scalar_one())


def of_person(actor: Actor) -> list[tuple[Reminder, Response]]:
    """Return the newest reminders of a person with their reports."""
    query = (
        select(Reminder, Response)
        .join(Reminder.assignment)
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Assignment.round)
        .join(Round.task)
        .where(Reminder.person_id == actor.person_id, Task.deleted_at.is_(None))
        .order_by(Reminder.id.desc())
        .limit(SHOWN)
        .options(
            contains_eager(Reminder.assignment).options(
                contains_eager(Assignment.round).contains_eager(Round.task),
                joinedload(Assignment.form),
            ),
            joinedload(Reminder.by),
        )
    )
    return [(one, response) for one, response in db.session.execute(query)]


def mark_read(actor: Actor, reminder: Reminder | None = None) -> None:
    """Note that the person has read a reminder, or all of them."""
    query = update(Reminder).where(
        Reminder.person_id == actor.person_id, Reminder.read_at.is_(None)
    )
    if reminder is not None:
        query = query.where(Reminder.id == reminder.id)
    db.session.execute(query.values(read_at=clock.now()))


def of_assignments(ids: Sequence[int]) -> dict[int, list[Reminder]]:
    """Return every reminder of each report, the newest first."""
    found: dict[int, list[Reminder]] = {id_: [] for id_ in ids}
    query = (
        select(Reminder)
        .where(Reminder.assignment_id.in_(ids))
        .order_by(Reminder.id.desc())
        .options(joinedload(Reminder.person), joinedload(Reminder.mail), joinedload(Reminder.by))
    )
    for one in db.session.scalars(query):
        found[one.assignment_id].append(one)
    return found


def still_meant() -> ColumnElement[bool]:
    """Return the condition for a reminder whose deadline has not been changed since."""
    due = deadlines.due_column()
    return or_(
        Reminder.kind.in_((ReminderKind.OPENING, ReminderKind.BY_HAND)), Reminder.due_at == due
    )


def is_hour_to_send(now: datetime) -> bool:
    """Tell whether people are at work, so that a mail is no disturbance."""
    return FIRST_HOUR <= clock.local(now).hour < LAST_HOUR


def _deadlines(now: datetime) -> list[tuple[int, Round, datetime | None]]:
    """Return the rounds in which anything may be due, once for each deadline in them."""
    due = deadlines.due_column()
    first, last = reminder_plans.horizon(now)
    query = (
        owing.reports(Task.id, Round, due)
        .where(
            or_(
                due.between(first, last),
                Round.published_at > now - STALE,
                Round.opens_at > now - STALE,
            )
        )
        .distinct()
    )
    return [(task_id, round_, due_at) for task_id, round_, due_at in db.session.execute(query)]


def _opened_at(round_: Round, now: datetime) -> datetime:
    """Return since when units can fill in, and know it."""
    return max(one for one in (round_.published_at or now, round_.opens_at) if one is not None)


def _owed_until(round_: Round, due_at: datetime | None) -> list[Any]:
    due = deadlines.due_column()
    same = due.is_(None) if due_at is None else due == due_at
    rows = db.session.execute(
        owing.reports(Assignment, Assignment.id, Assignment.unit_id, Response.state)
        .where(Assignment.round_id == round_.id, same)
        .order_by(Assignment.id)
    )
    return [one for one in rows if owing.may_still_send(one.Assignment)]


def _make(
    rows: Sequence[Any],
    reason: Reason,
    due_at: datetime | None,
    mark: str = "",
    **values: Any,
) -> int:
    """Make reminders of reports for one reason, but for those that are there."""
    people = owing.contacts({row.unit_id for row in rows})
    wanted: dict[str, tuple[int, Contact]] = {}
    for row in rows:
        for one in owing.those_who_owe(people[row.unit_id], row.state):
            key = f"{row.id}:{one.addressee}:{mark or reason.key(due_at)}"
            wanted[key] = (row.id, one)
    there = set(
        db.session.scalars(
            select(Reminder.key).where(Reminder.assignment_id.in_({row.id for row in rows}))
        )
    )
    new = [
        {
            "key": key, "assignment_id": id_, "addressee": one.addressee, "person_id": one.person_id,
            "kind": reason.kind, "days": reason.days, "due_at": due_at, "created_at": clock.now(),
            "note": "", "by_id": None, **values,
        }
        for key, (id_, one) in wanted.items()
        if key not in there
    ]  # fmt: skip
    if new:
        db.session.execute(insert(Reminder), new)
    return len(new)
