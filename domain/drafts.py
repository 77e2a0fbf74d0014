"""A report as far as a save has to know it: what decides whether it is taken, and what it changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm.attributes import set_committed_value

from core.extensions import db
from domain import deadlines
from models import Assignment, Response, Round, Task


@dataclass(slots=True)
class Draft:
    """The columns of a report, of what its unit owes, and of the round that a save reads."""

    id: int
    version_id: int
    unit_id: int
    state: str
    answers: dict[str, Any]
    marks: dict[str, Any]
    rev: int
    #: Since when the office enters the report for its unit; none while the unit does it alone.
    entered_at: datetime | None
    exempted_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    opens_at: datetime | None
    #: After this instant the report is no longer taken; none where it always is.
    locks_at: datetime | None
    #: When that was seen to have passed.
    locked_at: datetime | None


_HELD = (
    select(
        Response.id,
        Response.version_id,
        Assignment.unit_id,
        Response.state,
        Response.answers,
        Response.marks,
        Response.rev,
        Response.entered_at,
        Assignment.exempted_at,
        Assignment.due_at,
        Assignment.level_due_at,
        Assignment.locked_at,
        Round.withdrawn_at,
        Round.withdrawn_reason,
        Round.opens_at,
        Round.locks_at,
    )
    .join(Response.assignment)
    .join(Assignment.round)
    .join(Round.task)
    .where(
        Assignment.id == bindparam("assignment_id"),
        Round.published_at.is_not(None),
        Task.deleted_at.is_(None),
    )
    .with_for_update(of=Response)
)


def held(assignment_id: int) -> Draft | None:
    """Read the report of an assignment in one statement, and let nobody else change it meanwhile.

    None where the report isn't asked for (yet, or any more). Beside the unit of work, which
    takes longer to load the rows than the save takes altogether.
    """
    row = db.session.connection().execute(_HELD, {"assignment_id": assignment_id}).one_or_none()
    if row is None:
        return None
    return Draft(
        id=row.id,
        version_id=row.version_id,
        unit_id=row.unit_id,
        state=row.state,
        answers=row.answers,
        marks=row.marks,
        rev=row.rev,
        entered_at=row.entered_at,
        exempted_at=row.exempted_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        opens_at=row.opens_at,
        locks_at=deadlines.later_lock(row.locks_at, row.level_due_at, row.due_at),
        locked_at=row.locked_at,
    )


def of(report: Response | Draft) -> Draft:
    """Return what a save has to know of a report that may be loaded whole."""
    if isinstance(report, Draft):
        return report
    assignment = report.assignment
    return Draft(
        id=report.id,
        version_id=report.version_id,
        unit_id=assignment.unit_id,
        state=report.state,
        answers=report.answers,
        marks=report.marks,
        rev=report.rev,
        entered_at=report.entered_at,
        exempted_at=assignment.exempted_at,
        withdrawn_at=assignment.round.withdrawn_at,
        withdrawn_reason=assignment.round.withdrawn_reason,
        opens_at=assignment.round.opens_at,
        locks_at=deadlines.locks_at(assignment),
        locked_at=assignment.locked_at,
    )


def follow(report: Response | Draft, changed: dict[str, Any]) -> None:
    """Let `report` show what has just been written to its row."""
    for name, new in changed.items():
        if isinstance(report, Response):
            set_committed_value(report, name, new)
        elif name in Draft.__slots__:
            setattr(report, name, new)
