"""What follows from a change of units for groups, people's roles and reports that are still owed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from core import clock
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, groups, publishing, unit_versions
from domain.publishing import DONE
from domain.unit_change_plan import Plan, Reports
from models import (
    Assignment,
    Membership,
    Person,
    Response,
    Round,
    Task,
    Unit,
    UnitGroup,
    group_members,
)


def carry_over(actor: Actor | None, plan: Plan, followers: Sequence[Unit]) -> dict[str, Any]:
    """Carry groups, roles and open reports of ending units over as the plan says.

    Returns what was done, as `unit_change_undo` takes it back.
    """
    effects: dict[str, Any] = {}
    joining = followers if plan.groups_follow else ()
    effects |= _groups(plan.ending, joining, plan.day)
    effects["roles"] = _roles(actor, plan.ending, followers) if plan.roles_follow else []
    effects |= _reports(actor, plan, followers)
    return effects


def open_reports(units: Sequence[Unit], day: date) -> list[tuple[Assignment, Response]]:
    """Return what units still owe on `day` in rounds that aren't closed, round by round.

    What was overdue before that day is a matter of the old unit alone.
    """
    query = (
        select(Assignment, Response)
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Task, Task.id == Round.task_id)
        .where(
            Assignment.unit_id.in_([unit.id for unit in units]),
            Assignment.exempted_at.is_(None),
            Response.state.not_in(DONE),
            Round.published_at.is_not(None),
            or_(Round.locks_at.is_(None), Round.locks_at > clock.now()),
            func.coalesce(Assignment.due_at, Round.due_at) >= unit_versions.start_of(day),
            Task.deleted_at.is_(None),
        )
        .order_by(Assignment.round_id, Assignment.form_id, Assignment.position)
    )
    return [(assignment, response) for assignment, response in db.session.execute(query)]


def groups_of(units: Sequence[Unit]) -> dict[UnitGroup, list[int]]:
    """Return the groups that units are in now, each with the ids of those that are."""
    query = (
        select(UnitGroup, group_members.c.unit_id)
        .join(group_members, group_members.c.group_id == UnitGroup.id)
        .where(group_members.c.unit_id.in_([unit.id for unit in units]))
        .order_by(UnitGroup.position, UnitGroup.id)
    )
    found: dict[UnitGroup, list[int]] = {}
    for group, unit in db.session.execute(query):
        found.setdefault(group, []).append(unit)
    return found


def _groups(ending: Sequence[Unit], joining: Sequence[Unit], day: date) -> dict[str, Any]:
    left: list[list[Any]] = []
    joined: list[list[int]] = []
    for group, members in groups_of(ending).items():
        left += [
            [group.id, unit, since.isoformat()] for unit, since in groups.leave(group, members, day)
        ]
        new = groups.join(group, [unit.id for unit in joining], day)
        joined += [[group.id, unit] for unit in new]
    return {"left": left, "joined": joined}


def _roles(
    actor: Actor | None, ending: Sequence[Unit], followers: Sequence[Unit]
) -> list[list[Any]]:
    """Give people of ending units their roles in the following ones too; the old ones stay."""
    ids = {unit.id for unit in (*ending, *followers)}
    held = {
        (one.person_id, one.unit_id, one.role)
        for one in db.session.scalars(select(Membership).where(Membership.unit_id.in_(ids)))
    }
    given = sorted(
        {
            (person, follower.id, role)
            for person, unit, role in held
            if unit in {one.id for one in ending}
            for follower in followers
        }
        - held
    )
    for person, unit, role in given:
        db.session.add(Membership(person_id=person, unit_id=unit, role=role))
    db.session.flush()
    for id_ in sorted({person for person, _unit, _role in given}):
        person = db.session.get_one(Person, id_)
        db.session.expire(person, ["memberships"])
        roles = [f"{one.role}@{one.unit_id}" for one in person.memberships]
        audit.record(actor, "person.changed", person, changed=["roles"], roles=roles)
    return [list(one) for one in given]


def _reports(actor: Actor | None, plan: Plan, followers: Sequence[Unit]) -> dict[str, Any]:
    effects: dict[str, Any] = {"exempted": [], "owed": []}
    if plan.reports == Reports.STAY:
        return effects
    names = "; ".join(unit.name for unit in followers[:3])
    reason = plan.reason
    if plan.reports == Reports.MOVE:
        reason = _("Chuyển sang đơn vị kế tiếp: %(names)s", names=names)[:500]
    for assignment, response in open_reports(plan.ending, plan.day):
        if plan.reports == Reports.MOVE:
            effects["owed"] += [
                new.id for unit in followers if (new := _owe_too(assignment, unit)) is not None
            ]
        assignment.exempted_at, assignment.exempt_reason = clock.now(), reason
        db.session.flush()
        audit.record(actor, "report.exempted", response, unit_id=assignment.unit_id)
        effects["exempted"].append(assignment.id)
    return effects


def _owe_too(old: Assignment, unit: Unit) -> Assignment | None:
    """Let a unit owe what another owed, at its place; None if it does already."""
    same = select(func.count(Assignment.id)).where(
        Assignment.round_id == old.round_id,
        Assignment.form_id == old.form_id,
        Assignment.unit_id == unit.id,
    )
    if db.session.execute(same).scalar_one():
        return None
    new = Assignment(
        round_id=old.round_id,
        form_id=old.form_id,
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=unit.name,
        group_name=old.group_name,
        position=old.position,
        due_at=old.due_at,
    )
    db.session.add(new)
    db.session.flush()
    version = publishing.latest_version(old.form)
    assert version is not None, "what is owed was published"  # noqa: S101
    db.session.add(Response(assignment_id=new.id, version_id=version.id))
    db.session.flush()
    return new
