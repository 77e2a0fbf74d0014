"""Deadlines as instants: when a report is late, overdue, or no longer taken."""

from datetime import datetime

from core import clock
from models import Assignment


def due_at(assignment: Assignment) -> datetime | None:
    """Return the instant after which the unit's report is late."""
    return assignment.due_at or assignment.round.due_at


def locks_at(assignment: Assignment) -> datetime | None:
    """Return the instant after which the unit's report is no longer taken, if there is one.

    A later deadline of the unit's own keeps its report open until then.
    """
    locks, own = assignment.round.locks_at, assignment.due_at
    if locks is None or own is None:
        return locks
    return max(locks, own)


def is_locked(assignment: Assignment) -> bool:
    """Tell whether the unit's report is no longer taken."""
    locks = locks_at(assignment)
    return locks is not None and clock.now() > locks


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
