"""Taking back a change of units that was entered by mistake, while nothing rests on it."""

from datetime import date
from typing import Any

from sqlalchemy import delete, exists, or_, select, tuple_

from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, groups, unit_versions
from domain.unit_change_plan import touching
from models import (
    Assignment,
    FormTarget,
    Membership,
    PastMember,
    Response,
    ResponseState,
    Round,
    Unit,
    UnitChange,
    UnitSuccession,
    group_members,
)


def why_not(change: UnitChange) -> str:
    """Return what rests on the change, so that it can't be taken back; blank for nothing."""
    effects = change.effects
    units = {one.old_id for one in change.successions}
    units |= {one.new_id for one in change.successions if one.new_id is not None}
    if _has(
        select(UnitSuccession.id)
        .join(UnitChange, UnitChange.id == UnitSuccession.change_id)
        .where(
            touching([*units, *effects.get("changed", ())]),
            tuple_(UnitChange.day, UnitChange.id) > (change.day, change.id),
        )
    ):
        return _("Đã có thay đổi khác sau đó đối với các đơn vị này.")
    if _has(_begun(effects.get("owed", []))):
        return _("Đơn vị kế tiếp đã nhập báo cáo được chuyển sang.")
    asked_since = (
        select(Assignment.id)
        .join(Round, Round.id == Assignment.round_id)
        .where(
            Assignment.unit_id.in_(units - set(effects.get("ended", ()))),
            Assignment.id.not_in(effects.get("owed", [])),
            or_(
                Round.published_at >= change.recorded_at,
                Assignment.unit_id.in_(effects.get("created", [])),
            ),
        )
    )
    if _has(asked_since):
        return _("Đơn vị kế tiếp đã được giao báo cáo.")
    return _in_use(effects)


def undo(actor: Actor | None, change: UnitChange) -> None:
    """Take the change back with all that it did; raises ConflictError where something rests on it."""
    if reason := why_not(change):
        raise ConflictError(reason)
    effects, day = change.effects, change.day
    detail = {"kind": change.kind, "day": day.isoformat(), "ended": effects.get("ended", [])}
    _take_back_reports(effects)
    for person, unit, role in effects.get("roles", ()):
        db.session.execute(
            delete(Membership).where(
                Membership.person_id == person, Membership.unit_id == unit, Membership.role == role
            )
        )
    for group, unit in effects.get("joined", ()):
        groups.never_join(group, unit)
    for id_ in effects.get("changed", ()):
        unit_versions.take_back(db.session.get_one(Unit, id_))
    first = change.successions[0].old_id
    change_id = change.id
    db.session.delete(change)
    db.session.flush()
    for id_ in effects.get("created", ()):
        db.session.delete(db.session.get_one(Unit, id_))
    db.session.flush()
    _bring_back(effects)
    for group, unit, since in effects.get("left", ()):
        groups.come_back(group, unit, date.fromisoformat(since), day)
    db.session.flush()
    db.session.expire_all()
    unit = db.session.get_one(Unit, first)
    audit.record(actor, "unit_change.undone", unit, unit_id=first, change=change_id, **detail)


def _bring_back(effects: dict[str, Any]) -> None:
    for id_ in effects.get("ended", ()):
        unit = db.session.get_one(Unit, id_)
        try:
            unit_versions.check_code(unit.code, unit.valid_from, unit)
        except InvalidError:
            raise ConflictError(
                _("Mã %(code)s của “%(name)s” nay đã có đơn vị khác dùng.",
                  code=unit.code, name=unit.name)
            ) from None  # fmt: skip
        unit.closed_at = None
        db.session.flush()


def _take_back_reports(effects: dict[str, Any]) -> None:
    owed = effects.get("owed", [])
    db.session.execute(delete(Response).where(Response.assignment_id.in_(owed)))
    db.session.execute(delete(Assignment).where(Assignment.id.in_(owed)))
    for id_ in effects.get("exempted", ()):
        assignment = db.session.get_one(Assignment, id_)
        assignment.exempted_at, assignment.exempt_reason = None, ""
    db.session.flush()


def _begun(assignments: list[int]) -> Any:
    return select(Response.id).where(
        Response.assignment_id.in_(assignments),
        or_(Response.state != ResponseState.NOT_STARTED, Response.rev > 0),
    )


def _in_use(effects: dict[str, Any]) -> str:
    """Return what else holds on to the units that the change made."""
    created = effects.get("created", [])
    given = {(person, unit, role) for person, unit, role in effects.get("roles", ())}
    people = db.session.execute(
        select(Membership.person_id, Membership.unit_id, Membership.role).where(
            Membership.unit_id.in_(created)
        )
    )
    if any(tuple(one) not in given for one in people):
        return _("Đơn vị mới đã có người dùng.")
    joined = {(group, unit) for group, unit in effects.get("joined", ())}
    in_groups = db.session.execute(
        select(group_members.c.group_id, group_members.c.unit_id).where(
            group_members.c.unit_id.in_(created)
        )
    )
    if any(tuple(one) not in joined for one in in_groups) or _has(
        select(PastMember.id).where(PastMember.unit_id.in_(created))
    ):
        return _("Đơn vị mới đã được đưa vào nhóm khác.")
    if _has(select(Unit.id).where(Unit.parent_id.in_(created), Unit.id.not_in(effects["changed"]))):
        return _("Đơn vị mới đã có đơn vị trực thuộc.")
    if _has(select(FormTarget.id).where(FormTarget.unit_id.in_(created))):
        return _("Đơn vị mới đã được chọn nhận biểu mẫu.")
    return ""


def _has(query: Any) -> bool:
    return bool(db.session.execute(select(exists(query))).scalar())
