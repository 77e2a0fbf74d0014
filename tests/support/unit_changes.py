"""Changes of units as tests make them, and a round that is open meanwhile."""

from datetime import date, datetime
from typing import Any

from core.clock import ZONE
from core.extensions import db
from core.permissions import Role
from domain import answering, unit_changes
from domain.unit_change_plan import Plan
from models import Assignment, Unit, UnitChange, UnitChangeKind
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)

JULY = date(2025, 7, 1)


def plan(kind: UnitChangeKind, *units: Unit, **values: Any) -> Plan:
    """Return a change of 1 July 2025, unless another `day` is given."""
    return Plan(kind, values.pop("day", JULY), units, **values)


def merge(*units: Unit, **values: Any) -> UnitChange:
    """Merge units."""
    return unit_changes.record(None, plan(UnitChangeKind.MERGE, *units, **values))


def unit_named(name: str) -> Unit:
    """Return the unit that is called so now."""
    return db.session.query(Unit).filter_by(name=name).one()


class OpenRound:
    """A round with two reports: the first has begun, the second is submitted."""

    def __init__(self) -> None:
        self.a, self.b = make_unit("A"), make_unit("B")
        due = datetime(2030, 12, 5, tzinfo=ZONE)
        self.form = make_form(make_task(due_at=due), "integer")
        self.first, self.second = publish(self.form, self.a, self.b)
        self.question = f"f{self.form.id}q1"
        self.actor = actor_for(make_person(Role.REPORTER, self.a))
        answering.save_answer(self.actor, response_of(self.first), self.question, 5)
        response_of(self.second).state = "submitted"
        db.session.flush()

    def owed(self) -> list[tuple[str, bool]]:
        """Return who owes a report in official order, and whether it isn't exempt."""
        found = db.session.query(Assignment).order_by(Assignment.position, Assignment.id)
        return [(one.unit_name, one.exempted_at is None) for one in found]
