"""Before reminding by hand: whom it reaches and how, and who was reminded and called when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core import clock
from core.extensions import db
from domain import calls, deadlines, digests, extensions, owing, reminders
from domain.owing import Contact
from models import Assignment, Reminder, Response, UnitCall


@dataclass(frozen=True, slots=True)
class Chosen:
    """One report at hand: whether it is owed, whom a reminder reaches, and what was done before."""

    assignment: Assignment
    due_at: datetime | None
    is_owed: bool
    is_locked: bool
    people: list[Contact]
    last: Reminder | None
    times: int
    last_call: UnitCall | None

    @property
    def is_reminded(self) -> bool:
        """Whether reminding now makes sense."""
        return self.is_owed and bool(self.people)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a reminder reaches, by what."""

    people: int
    mails: int
    #: They have had a mail today, so that the next one goes out tomorrow.
    tomorrow: int


def chosen(assignments: Sequence[Assignment]) -> list[Chosen]:
    """Return what is to be known of each report before its unit is reminded."""
    ids = [one.id for one in assignments]
    query = select(Response.assignment_id, Response.state).where(Response.assignment_id.in_(ids))
    states: dict[int, str] = dict(db.session.execute(query).all())
    people = owing.contacts({one.unit_id for one in assignments})
    before, called = reminders.of_assignments(ids), calls.of_assignments(ids)
    return [
        Chosen(
            assignment=one,
            due_at=deadlines.due_at(one),
            is_owed=one.exempted_at is None and states[one.id] not in extensions.SENT,
            is_locked=not owing.may_still_send(one),
            people=owing.those_who_owe(people[one.unit_id], states[one.id]),
            last=next(iter(before[one.id]), None),
            times=len({(made.kind, made.created_at) for made in before[one.id]}),
            last_call=next(iter(called[one.id]), None),
        )
        for one in assignments
    ]


def reach(rows: Sequence[Chosen]) -> Reach:
    """Return how many people would be reminded now, each counted once."""
    people = {one.addressee: one for row in rows if row.is_owed for one in row.people}
    with_mail = {addressee for addressee, one in people.items() if one.email}
    had = digests.had_one(clock.now())
    return Reach(len(people), len(with_mail - had), len(with_mail & had))
