"""Deadlines as instants: when a report is late, overdue, or no longer taken."""

from datetime import datetime

from core import clock
from models import Assignment


def due_at(assignment: Assignment) -> datetime | None:
    """Return the instant after which the unit's report is late."""
    return assignment.due_at or assignment.round.due_at


def locks_at(assignment: Assignment) -> datetime | None:
    """Return the instant after which the unit's report is no longer taken, if there is one."""
    return later_lock(assignment.round.locks_at, assignment.due_at)


def later_lock(locks_at: datetime | None, own_due_at: datetime | None) -> datetime | None:
    """Return when a report stops being taken: the round's lock, or a later deadline of its own."""
    if locks_at is None or own_due_at is None:
        return locks_at
    return max(locks_at, own_due_at)


def is_locked(assignment: Assignment) -> bool:
    """Tell whether the unit's report is no longer taken."""
    return has_passed(locks_at(assignment))


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
    return clock.now() > due
