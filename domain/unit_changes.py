"""Changes of the organisation: units are merged, split, renamed, moved and closed on a day.

History is never rewritten: a unit that ends keeps its id, its people and all that it reported, and
a unit that is renamed keeps what it was called before.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from core import clock
from core.extensions import db
from core.permissions import Actor
from domain import audit, organisation, unit_change_effects, unit_versions
from domain.unit_change_plan import NewUnit, Plan, check
from models import Unit, UnitChange, UnitChangeKind, UnitSuccession


def record(actor: Actor | None, plan: Plan) -> UnitChange:
    """Make the change, with all that follows from it; raises InvalidError."""
    check(plan)
    change = UnitChange(
        kind=plan.kind,
        day=plan.day,
        document=plan.document,
        recorded_by_id=actor.person_id if actor else None,
        recorded_at=clock.now(),
    )
    db.session.add(change)
    db.session.flush()
    effects: dict[str, Any] = {"ended": [], "created": [], "changed": []}
    for unit in plan.ending:
        unit_versions.end(unit, plan.day)
        effects["ended"].append(unit.id)
    created = [_create(plan, new) for new in plan.new_units]
    effects["created"] = [unit.id for unit in created]
    organisation.place_after(created, plan.units[-1])
    followers = [*plan.successors, *created]
    effects["changed"] = _change_units(plan, followers)
    if plan.ending:
        effects |= unit_change_effects.carry_over(actor, plan, followers)
    _record_successions(change, plan, followers)
    change.effects = effects
    db.session.flush()
    audit.record(
        actor, "unit_change.recorded", change,
        unit_id=plan.units[0].id, kind=plan.kind, day=plan.day.isoformat(),
        units=[unit.id for unit in plan.units], successors=[unit.id for unit in followers],
    )  # fmt: skip
    return change


def _create(plan: Plan, new: NewUnit) -> Unit:
    values = {
        "code": new.code,
        "name": new.name,
        "short_name": new.short_name,
        "kind": plan.unit_kind,
        "parent_id": plan.parent.id if plan.parent else None,
    }
    return unit_versions.begin(values, plan.day, position=organisation.next_position(Unit))


def _change_units(plan: Plan, followers: Sequence[Unit]) -> list[int]:
    """Rename or move units; those under a unit that ends go to the one that follows it."""
    changes: list[tuple[Unit, dict[str, Any]]] = []
    if plan.called is not None:
        one = plan.called
        called = {"code": one.code, "name": one.name, "short_name": one.short_name}
        changes = [(plan.units[0], called)]
    elif plan.kind == UnitChangeKind.MOVE:
        values = {"parent_id": plan.parent.id if plan.parent else None, "kind": plan.unit_kind}
        changes = [(unit, values) for unit in plan.units]
    elif plan.kind == UnitChangeKind.MERGE:
        changes = [
            (child, {"parent_id": followers[0].id})
            for child in children_of(plan.ending)
            if child.valid_from < plan.day and child not in followers
        ]
    for unit, values in changes:
        unit_versions.change(unit, plan.day, **values)
    return [unit.id for unit, _values in changes]


def children_of(units: Sequence[Unit]) -> Sequence[Unit]:
    """Return the open units that stand under one of `units`, but for `units` themselves."""
    ids = [unit.id for unit in units]
    return db.session.scalars(
        select(Unit)
        .where(Unit.parent_id.in_(ids), Unit.closed_at.is_(None), Unit.id.not_in(ids))
        .order_by(Unit.position, Unit.id)
    ).all()


def _record_successions(change: UnitChange, plan: Plan, followers: Sequence[Unit]) -> None:
    for unit in plan.units:
        if plan.kind == UnitChangeKind.CLOSE:
            news: list[int | None] = [None]
        elif plan.kind == UnitChangeKind.MERGE:
            news = [followers[0].id]
        elif plan.kind == UnitChangeKind.SPLIT:
            news = [one.id for one in followers]
        else:
            news = [unit.id]
        change.successions += [UnitSuccession(old_id=unit.id, new_id=new) for new in news]
    db.session.flush()
