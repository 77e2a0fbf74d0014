"""Deadlines as instants: when a report is late, overdue, or no longer taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update

from core import clock
from core.extensions import db
from domain import audit
from models import Assignment, Round


def due_at(assignment: Assignment) -> datetime | None:
    """Return the instant after which the unit's report is late: its own, its level's, the round's."""
    return assignment.due_at or assignment.level_due_at or assignment.round.due_at


def due_column() -> ColumnElement[datetime]:
    """Return `due_at` as SQL, for queries that join Assignment and Round."""
    return func.coalesce(Assignment.due_at, Assignment.level_due_at, Round.due_at)


def locks_at(assignment: Assignment) -> datetime | None:
    """Return the instant after which the unit's report is no longer taken, if there is one."""
    return later_lock(assignment.round.locks_at, assignment.level_due_at, assignment.due_at)


def later_lock(locks_at: datetime | None, *own: datetime | None) -> datetime | None:
    """Return when a report stops being taken: the round's lock, or a later deadline of its own."""
    if locks_at is None:
        return None
    return max([locks_at, *(one for one in own if one is not None)])


def has_passed(instant: datetime | None) -> bool:
    """Tell whether there is such an instant and it is over."""
    return instant is not None and clock.now() > instant


def is_late(assignment: Assignment, submitted_at: datetime | None) -> bool:
    """Tell whether the report was submitted after its deadline."""
    due = due_at(assignment)
    return due is not None and submitted_at is not None and submitted_at > due


def is_overdue(assignment: Assignment, submitted_at: datetime | None) -> bool:
    """Tell whether the deadline has passed without a report that counts."""
    due = due_at(assignment)
    if due is None or submitted_at is not None or assignment.exempted_at is not None:
        return False
    return assignment.round.withdrawn_at is None and clock.now() > due


def latch_all(now: datetime) -> int:
    """Keep the locks of all reports whose lock has passed; return how many. Twice changes nothing."""
    rounds = db.session.scalars(
        select(Round)
        .where(
            Round.locks_at < now,
            select(Assignment.id).where(Assignment.round_id == Round.id, *_unlatched(now)).exists(),
        )
        .order_by(Round.id)
    ).all()
    count = 0
    for round_ in rounds:
        changed: Any = db.session.execute(
            update(Assignment)
            .where(Assignment.round_id == round_.id, *_unlatched(now))
            .values(locked_at=now)
            .execution_options(synchronize_session="fetch")
        )
        audit.record(None, "round.locked", round_, reports=changed.rowcount)
        count += changed.rowcount
    return count


def release(round_: Round) -> None:
    """Let the dates of a round decide again, once the office has set a new lock."""
    db.session.execute(
        update(Assignment)
        .where(Assignment.round_id == round_.id, Assignment.locked_at.is_not(None))
        .values(locked_at=None)
        .execution_options(synchronize_session="fetch")
    )


def _unlatched(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Assignment.locked_at.is_(None),
        or_(Assignment.due_at.is_(None), Assignment.due_at < now),
        or_(Assignment.level_due_at.is_(None), Assignment.level_due_at < now),
    )
