"""Calls: the units that no mail reaches, whom to call there, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core import clock
from core.errors import ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission
from domain import audit, owing
from domain.owing import Contact
from models import (
    Assignment,
    MailState,
    OutgoingMail,
    Reminder,
    Response,
    Round,
    Unit,
    UnitCall,
)


@dataclass(frozen=True, slots=True)
class Unreached:
    """A report that is owed by a unit that mail doesn't reach."""

    assignment: Assignment
    unit: Unit
    people: list[Contact]
    #: What the mail server said; empty where there is no address at all.
    error: str
    last_call: UnitCall | None


def unreached(round_: Round) -> list[Unreached]:
    """Return the reports of a round whose units have no address that mail reaches, in order."""
    rows = db.session.execute(
        owing.reports(Assignment, Unit, Response.state)
        .where(Assignment.round_id == round_.id)
        .order_by(Assignment.position, Assignment.id)
    ).all()
    people = owing.contacts({unit.id for _assignment, unit, _state in rows})
    failed = _failed(round_)
    calls = of_assignments([assignment.id for assignment, _unit, _state in rows])
    found = []
    for assignment, unit, state in rows:
        those = owing.those_who_owe(people[unit.id], state)
        reached = [one for one in those if one.email and one.addressee not in failed]
        if not reached:
            error = next((failed[one.addressee] for one in those if one.addressee in failed), "")
            last = next(iter(calls[assignment.id]), None)
            found.append(Unreached(assignment, unit, those, error, last))
    return found


def note(actor: Actor, assignment: Assignment, *, spoke_with: str, said: str) -> None:
    """Note that somebody of the office has called the unit."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    call = UnitCall(
        assignment_id=assignment.id,
        by_id=actor.person_id,
        at=clock.now(),
        spoke_with=spoke_with,
        said=said,
    )
    db.session.add(call)
    db.session.flush()
    audit.record(actor, "unit.called", call, unit_id=assignment.unit_id)


def of_assignments(ids: Sequence[int]) -> dict[int, list[UnitCall]]:
    """Return the calls about each report, the newest first."""
    found: dict[int, list[UnitCall]] = {id_: [] for id_ in ids}
    query = (
        select(UnitCall)
        .where(UnitCall.assignment_id.in_(ids))
        .order_by(UnitCall.id.desc())
        .options(joinedload(UnitCall.by))
    )
    for one in db.session.scalars(query):
        found[one.assignment_id].append(one)
    return found


def _failed(round_: Round) -> dict[str, str]:
    """Return the readers whose newest mail about the round failed, and why."""
    query = (
        select(OutgoingMail)
        .join(Reminder, Reminder.mail_id == OutgoingMail.id)
        .join(Reminder.assignment)
        .where(Assignment.round_id == round_.id)
        .order_by(OutgoingMail.id)
    )
    newest = {one.addressee: one for one in db.session.scalars(query)}
    return {
        addressee: mail.error for addressee, mail in newest.items() if mail.state == MailState.FAILED
    }
