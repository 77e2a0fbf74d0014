"""Units and groups: making, changing, ordering and closing them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from core import clock, database
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import N_, _, ngettext
from domain import audit, groups, unit_versions
from models import (
    ALWAYS,
    Form,
    FormTarget,
    Task,
    Unit,
    UnitChange,
    UnitGroup,
    UnitKind,
    UnitSuccession,
)

KIND_NAMES: dict[UnitKind, str] = {
    UnitKind.DEPARTMENT: N_("Cơ quan sở"),
    UnitKind.DIVISION: N_("Phòng thuộc sở"),
    UnitKind.PUBLIC_UNIT: N_("Đơn vị sự nghiệp"),
    UnitKind.DISTRICT: N_("Cơ quan cấp huyện"),
    UnitKind.COMMUNE: N_("Cơ quan cấp xã"),
    UnitKind.OTHER: N_("Cơ quan khác"),
}


def has_units() -> bool:
    """Tell whether there is any unit, in a read of its own."""
    with database.only_reading(), db.engine.connect() as connection:
        return connection.execute(select(Unit.id).limit(1)).first() is not None


def add_unit(
    actor: Actor | None,
    *,
    code: str,
    name: str,
    short_name: str = "",
    kind: UnitKind = UnitKind.OTHER,
    parent: Unit | None = None,
    phone: str = "",
    email: str = "",
    since: date | None = None,
) -> Unit:
    """Add a unit at the end of the official order; raises InvalidError for a code in use.

    It is there from the day `since` on, or as far back as anybody asks.
    """
    values = {
        "code": code,
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "parent_id": parent.id if parent else None,
        "phone": phone,
        "email": email,
    }
    try:
        with db.session.begin_nested():
            unit = unit_versions.begin(values, since or ALWAYS, position=next_position(Unit))
    except IntegrityError:
        raise _code_taken() from None
    audit.record(actor, "unit.created", unit, unit_id=unit.id, code=code)
    return unit


def change_unit(
    actor: Actor | None,
    unit: Unit,
    *,
    code: str,
    name: str,
    short_name: str = "",
    kind: UnitKind = UnitKind.OTHER,
    parent: Unit | None = None,
    phone: str = "",
    email: str = "",
) -> None:
    """Mend what is known of the unit; raises InvalidError for a code in use or a circle of parents.

    That the unit was renamed or moved on some day is for `unit_changes` to record. Reports keep
    the code and name that the unit had when they were asked for.
    """
    check_parent(unit, parent)
    values: dict[str, Any] = {
        "code": code,
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "parent_id": parent.id if parent else None,
        "phone": phone,
        "email": email,
    }
    changed = sorted(key for key, value in values.items() if getattr(unit, key) != value)
    if not changed:
        return
    try:
        with db.session.begin_nested():
            unit_versions.correct(unit, **{key: values[key] for key in changed})
    except IntegrityError:
        raise _code_taken() from None
    audit.record(actor, "unit.changed", unit, unit_id=unit.id, code=code, changed=changed)


def reopen_unit(actor: Actor | None, unit: Unit) -> None:
    """Open a closed unit again from today on, at the place that it had."""
    today = clock.today().date()
    if unit.closed_at and unit_versions.day_of(unit.closed_at) >= today and _has_changed(unit, today):
        raise ConflictError(_("Đơn vị ngừng hoạt động từ hôm nay: hãy huỷ thay đổi đó."))
    unit_versions.resume(unit, today)
    audit.record(actor, "unit.reopened", unit, unit_id=unit.id, code=unit.code)


def move_unit(actor: Actor | None, unit: Unit, place: int) -> None:
    """Put an open unit at `place` among the open ones, counted from 1; too far means the end."""
    if unit.closed_at is not None:
        raise ConflictError(_("Đơn vị đã đóng không có chỗ trong thứ tự. Hãy mở lại trước."))
    units = _in_order()
    before = [one.id for one in units]
    units.remove(unit)
    still_open = [one for one in units if one.closed_at is None]
    following = still_open[max(place, 1) - 1 :]
    units.insert(units.index(following[0]) if following else len(units), unit)
    if [one.id for one in units] == before:
        return
    _renumber(units)
    audit.record(actor, "unit.moved", unit, unit_id=unit.id, code=unit.code)


def place_after(units: Sequence[Unit], other: Unit) -> None:
    """Put units after another one in the official order."""
    if not units:
        return
    order = [one for one in _in_order() if one not in units]
    place = order.index(other) + 1
    _renumber([*order[:place], *units, *order[place:]])


def add_group(
    actor: Actor | None, *, name: str, units: Iterable[Unit], since: date | None = None
) -> UnitGroup:
    """Add a group of units, the last in the list; raises InvalidError for a name in use.

    The units are in it from the day `since` on, or as far back as anybody asks.
    """
    _check_group_name(name)
    group = UnitGroup(name=name, position=next_position(UnitGroup))
    try:
        with db.session.begin_nested():
            db.session.add(group)
    except IntegrityError:
        raise _name_taken() from None
    groups.join(group, [unit.id for unit in units], since or ALWAYS)
    audit.record(actor, "group.created", group, count=len(group.units))
    return group


def change_group(
    actor: Actor | None,
    group: UnitGroup,
    *,
    name: str,
    units: Iterable[Unit],
    day: date | None = None,
) -> None:
    """Give the group a new name, and other units from `day` on, which is today if not given.

    What is published already stays as it is.
    """
    _check_group_name(name, group)
    wanted = list(units)
    if group.name == name and set(group.units) == set(wanted):
        return
    try:
        with db.session.begin_nested():
            group.name = name
    except IntegrityError:
        raise _name_taken() from None
    ids = {unit.id for unit in wanted}
    day = day or clock.today().date()
    groups.leave(group, [unit.id for unit in group.units if unit.id not in ids], day)
    groups.join(group, ids, day)
    audit.record(actor, "group.changed", group, count=len(wanted))


def delete_group(actor: Actor | None, group: UnitGroup) -> None:
    """Delete a group; refused while a form goes to it, which would lose its recipients."""
    uses = db.session.execute(
        select(func.count(FormTarget.id))
        .join(Form, Form.id == FormTarget.form_id)
        .join(Task, Task.id == Form.task_id)
        .where(
            FormTarget.group_id == group.id, Form.deleted_at.is_(None), Task.deleted_at.is_(None)
        )
    ).scalar_one()
    if uses:
        raise ConflictError(
            ngettext(
                "Chưa xoá được: nhóm này đang nhận %(num)d biểu mẫu. "
                "Hãy bỏ nhóm khỏi biểu mẫu trước.",
                "Chưa xoá được: nhóm này đang nhận %(num)d biểu mẫu. "
                "Hãy bỏ nhóm khỏi các biểu mẫu trước.",
                uses,
            )
        )
    audit.record(actor, "group.deleted", group, name=group.name)
    db.session.delete(group)
    db.session.flush()


def _has_changed(unit: Unit, day: date) -> bool:
    found = db.session.execute(
        select(UnitSuccession.id)
        .join(UnitChange, UnitChange.id == UnitSuccession.change_id)
        .where(UnitSuccession.old_id == unit.id, UnitChange.day >= day)
        .limit(1)
    )
    return found.first() is not None


def _in_order() -> list[Unit]:
    return list(db.session.scalars(select(Unit).order_by(Unit.position, Unit.id)))


def _renumber(units: Iterable[Unit]) -> None:
    for position, one in enumerate(units, start=1):
        one.position = position
    db.session.flush()


def next_position(model: type[Unit] | type[UnitGroup]) -> int:
    """Return the place after all others."""
    last = db.session.execute(select(func.max(model.position))).scalar_one()
    return (last or 0) + 1


def check_parent(unit: Unit, parent: Unit | None) -> None:
    """Refuse a parent that stands under the unit; raises InvalidError."""
    ancestor = parent
    while ancestor is not None:
        if ancestor.id == unit.id:
            raise InvalidError(
                fields={"parent": [_("Đơn vị không thể thuộc chính nó hoặc cấp dưới của nó.")]}
            )
        ancestor = ancestor.parent


def _check_group_name(name: str, group: UnitGroup | None = None) -> None:
    same = select(UnitGroup.id).where(UnitGroup.name == name)
    if group is not None:
        same = same.where(UnitGroup.id != group.id)
    if db.session.execute(same.limit(1)).first() is not None:
        raise _name_taken()


def _code_taken() -> InvalidError:
    return InvalidError(fields={"code": [_("Mã này đã có đơn vị khác dùng.")]})


def _name_taken() -> InvalidError:
    return InvalidError(fields={"name": [_("Tên này đã có nhóm khác dùng.")]})
