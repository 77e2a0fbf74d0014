"""How the words of reminders look with a real unit."""

from dataclasses import dataclass

from sqlalchemy.orm import contains_eager

from core.config import Settings
from core.extensions import db
from domain import digests, owing
from models import Assignment, ReminderKind, Response, Round

KINDS = (ReminderKind.OPENING, ReminderKind.BEFORE, ReminderKind.AFTER)


@dataclass(frozen=True, slots=True)
class Example:
    """A mail as it would go out now, for a report that is owed now."""

    kind: ReminderKind
    to: str
    subject: str
    text: str


def examples(settings: Settings) -> list[Example]:
    """Return a mail of each kind about the newest report that is owed; none if nothing is."""
    query = (
        owing.reports(Response)
        .order_by(Assignment.id.desc())
        .limit(1)
        .options(
            contains_eager(Response.assignment).options(
                contains_eager(Assignment.round).contains_eager(Round.task),
                contains_eager(Assignment.form),
            )
        )
    )
    response = db.session.scalars(query).first()
    if response is None:
        return []
    assignment = response.assignment
    people = owing.contacts([assignment.unit_id])[assignment.unit_id]
    name = people[0].name if people else assignment.unit_name
    return [
        Example(kind, name, *digests.compose([digests.Line(assignment, kind)], name, settings))
        for kind in KINDS
    ]
