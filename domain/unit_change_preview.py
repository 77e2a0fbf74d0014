"""What a change of units would do to open rounds, groups, people and forms, before it is made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from core.extensions import db
from domain.publishing import DONE
from domain.unit_change_effects import groups_of, open_reports
from domain.unit_change_plan import Plan
from domain.unit_changes import children_of
from models import (
    Assignment,
    Form,
    FormTarget,
    Membership,
    Person,
    Response,
    Round,
    Task,
    Unit,
    UnitGroup,
)


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round in which ending units still owe reports: how many, and in how many something is typed."""

    round: Round
    owed: int
    begun: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do.

    `sent` counts the reports of ending units that stay as they are, `people` those with a role in
    each ending unit, `alone` the forms that go to an ending unit by itself and not by a group.
    """

    ending: Sequence[Unit]
    rounds: Sequence[OpenRound]
    sent: int
    groups: Sequence[tuple[UnitGroup, int]]
    people: Sequence[tuple[Unit, int]]
    children: Sequence[Unit]
    alone: Sequence[Form]

    @property
    def owed(self) -> int:
        """How many reports the ending units still owe."""
        return sum(one.owed for one in self.rounds)


def preview(plan: Plan) -> Preview:
    """Return what the change would do."""
    ending = plan.ending
    ids = [unit.id for unit in ending]
    return Preview(
        ending=ending,
        rounds=_open_rounds(plan),
        sent=db.session.execute(
            select(func.count(Response.id))
            .join(Assignment, Assignment.id == Response.assignment_id)
            .where(Assignment.unit_id.in_(ids), Response.state.in_(DONE))
        ).scalar_one(),
        groups=[(group, len(members)) for group, members in groups_of(ending).items()],
        people=_people(ending),
        children=children_of(ending),
        alone=db.session.scalars(
            select(Form)
            .join(FormTarget, FormTarget.form_id == Form.id)
            .join(Task, Task.id == Form.task_id)
            .where(
                FormTarget.unit_id.in_(ids),
                FormTarget.excluded.is_(False),
                Form.deleted_at.is_(None),
                Task.deleted_at.is_(None),
            )
            .distinct()
            .order_by(Form.id)
        ).all(),
    )


def _open_rounds(plan: Plan) -> list[OpenRound]:
    owed, begun = Counter[Round](), Counter[Round]()
    for assignment, response in open_reports(plan.ending, plan.day):
        owed[assignment.round] += 1
        begun[assignment.round] += response.rev > 0
    return [OpenRound(round_, count, begun[round_]) for round_, count in owed.items()]


def _people(ending: Sequence[Unit]) -> list[tuple[Unit, int]]:
    counted = db.session.execute(
        select(Membership.unit_id, func.count(Membership.person_id.distinct()))
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.unit_id.in_([unit.id for unit in ending]), Person.disabled_at.is_(None)
        )
        .group_by(Membership.unit_id)
    )
    by_unit: dict[int, int] = dict(counted.all())
    return [(unit, by_unit[unit.id]) for unit in ending if unit.id in by_unit]
