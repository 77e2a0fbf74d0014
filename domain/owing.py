"""What is still owed: which reports, and by whom their units can be reached."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from core.extensions import db
from core.permissions import Role
from domain import deadlines
from models import Assignment, Form, Membership, Person, Response, ResponseState, Round, Task, Unit

OPEN = (ResponseState.NOT_STARTED, ResponseState.DRAFT, ResponseState.RETURNED)
FILLERS = (Role.REPORTER, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to reach about a unit's reports: a person, or the address of the unit itself."""

    addressee: str
    person_id: int | None
    name: str
    email: str
    phone: str
    signs_off: bool


def reports(*columns: Any) -> Select[Any]:
    """Return a query over the reports that are owed: published, not withdrawn, exempt or sent."""
    return (
        select(*columns)
        .select_from(Response)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Task, Task.id == Round.task_id)
        .join(Form, Form.id == Assignment.form_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(is_owed())
    )


def is_owed() -> ColumnElement[bool]:
    """Return the condition for a report that somebody still has to do something about."""
    return and_(
        Round.published_at.is_not(None),
        Round.withdrawn_at.is_(None),
        Task.deleted_at.is_(None),
        Assignment.exempted_at.is_(None),
        Response.state.in_((*OPEN, ResponseState.AWAITING_SIGN_OFF)),
    )


def may_still_send(assignment: Assignment) -> bool:
    """Tell whether reminding is of any use: nobody can mend what is locked."""
    locks = deadlines.locks_at(assignment)
    latched = assignment.locked_at is not None and locks is not None
    return not latched and not deadlines.has_passed(locks)


def contacts(units: Collection[int]) -> dict[int, list[Contact]]:
    """Return the people of each unit who fill in or sign off, reporters first.

    Where none of them has an e-mail address and the unit has one, it comes last.
    """
    rows = db.session.execute(
        select(Membership.unit_id, Membership.role, Person)
        .join(Membership.person)
        .where(
            Membership.unit_id.in_(units),
            Membership.role.in_(FILLERS),
            Person.disabled_at.is_(None),
        )
        .order_by(Membership.role.desc(), Membership.id)
    )
    found: dict[int, dict[int, Contact]] = {unit: {} for unit in units}
    for unit, role, person in rows:
        before = found[unit].get(person.id)
        found[unit][person.id] = Contact(
            f"person:{person.id}", person.id, person.full_name, person.email, person.phone,
            signs_off=role == Role.LEADER or (before is not None and before.signs_off),
        )  # fmt: skip
    people = {unit: list(those.values()) for unit, those in found.items()}
    for unit in db.session.scalars(select(Unit).where(Unit.id.in_(units), Unit.email != "")):
        if not any(one.email for one in people[unit.id]):
            people[unit.id].append(
                Contact(f"unit:{unit.id}", None, unit.name, unit.email, unit.phone, True)
            )
    return people


def those_who_owe(people: list[Contact], state: str) -> list[Contact]:
    """Return whom a report waits for: everybody, or once it waits for sign-off, the leaders."""
    if state == ResponseState.AWAITING_SIGN_OFF:
        return [one for one in people if one.signs_off]
    return people
