"""What units are called and where they stand, from a day on; what was before is kept."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from core import clock, vietnamese
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.vietnamese import format_date
from core.words import _
from models import PastVersion, Unit

FIELDS = ("code", "name", "short_name", "kind", "parent_id")
KEPT = (*FIELDS, "search_key", "valid_from")


def begin(values: Mapping[str, Any], day: date, *, position: int) -> Unit:
    """Add a unit that is there from `day` on; raises InvalidError for a code in use since then."""
    check_code(values["code"], day)
    unit = Unit(**values, position=position, valid_from=day, created_at=clock.now())
    unit.search_key = key_of(unit)
    db.session.add(unit)
    db.session.flush()
    return unit


def correct(unit: Unit, **values: Any) -> None:
    """Mend what the unit is called or where it stands, as if it had always been so."""
    until = day_of(unit.closed_at) if unit.closed_at else None
    check_code(values.get("code", unit.code), unit.valid_from, unit, until=until)
    _set(unit, values)


def change(unit: Unit, day: date, **values: Any) -> None:
    """Let the unit be called otherwise, or stand elsewhere, from `day` on.

    Raises ConflictError unless the unit was there the day before under what holds now.
    """
    check_order(unit, day)
    check_code(values.get("code", unit.code), day, unit)
    db.session.add(PastVersion(unit_id=unit.id, valid_to=day, **_kept(unit)))
    unit.valid_from = day
    _set(unit, values)


def end(unit: Unit, day: date) -> None:
    """Let the unit be no more from `day` on."""
    check_order(unit, day)
    unit.closed_at = start_of(day)
    db.session.flush()


def resume(unit: Unit, day: date) -> None:
    """Let a unit that was no more be there again from `day` on, as it was."""
    if unit.closed_at is None:
        raise ConflictError(_("Đơn vị này đang hoạt động."))
    last = day_of(unit.closed_at)
    check_code(unit.code, max(day, last), unit)
    if last < day:
        db.session.add(PastVersion(unit_id=unit.id, valid_to=last, **_kept(unit)))
        unit.valid_from = day
    unit.closed_at = None
    db.session.flush()


def take_back(unit: Unit) -> None:
    """Let the unit be as it was before its newest version."""
    before = db.session.scalars(
        select(PastVersion)
        .where(PastVersion.unit_id == unit.id)
        .order_by(PastVersion.valid_from.desc(), PastVersion.id.desc())
        .limit(1)
    ).one()
    check_code(before.code, before.valid_from, unit)
    for name in KEPT:
        setattr(unit, name, getattr(before, name))
    db.session.delete(before)
    db.session.flush()


def check_order(unit: Unit, day: date) -> None:
    """Refuse a change that isn't after all that is known of the unit; raises ConflictError."""
    if unit.closed_at is not None:
        raise ConflictError(
            _("“%(name)s” đã ngừng hoạt động từ %(day)s.",
              name=unit.name, day=format_date(day_of(unit.closed_at)))
        )  # fmt: skip
    if day <= unit.valid_from:
        raise ConflictError(
            _("“%(name)s” có thay đổi từ ngày %(day)s; thay đổi sau phải có ngày muộn hơn.",
              name=unit.name, day=format_date(unit.valid_from))
        )  # fmt: skip


def check_code(
    code: str,
    day: date,
    unit: Unit | None = None,
    *,
    until: date | None = None,
    leaving: Collection[int] = (),
) -> None:
    """Refuse a code that another unit has between `day` and `until`; raises InvalidError.

    A code may be used again, by another unit, once nobody has it any more; `leaving` are the
    units that end on `day`.
    """
    now = select(Unit.id).where(
        _same(Unit.code, code), or_(_is_open(), Unit.closed_at > start_of(day))
    )
    then = select(PastVersion.unit_id).where(
        _same(PastVersion.code, code), PastVersion.valid_to > day
    )
    if until is not None:
        now = now.where(Unit.valid_from < until)
        then = then.where(PastVersion.valid_from < until)
    taken = set(db.session.scalars(now.union(then))) - set(leaving)
    if taken - ({unit.id} if unit is not None else set()):
        raise InvalidError(fields={"code": [_("Mã này đã có đơn vị khác dùng.")]})


def existing_on(day: date) -> Select[Any]:
    """Return a query of the units there on `day`, each with its past version where that held then.

    `held` picks the column that held from the two.
    """
    then = and_(
        PastVersion.unit_id == Unit.id, PastVersion.valid_from <= day, PastVersion.valid_to > day
    )
    now = and_(Unit.valid_from <= day, or_(_is_open(), Unit.closed_at > start_of(day)))
    both: tuple[Any, ...] = (Unit, PastVersion)
    query: Select[Any] = select(*both)
    return query.outerjoin(PastVersion, then).where(or_(PastVersion.id.is_not(None), now))


def held(name: str) -> ColumnElement[Any]:
    """Return a column of what held on the day of `existing_on`."""
    return case(
        (PastVersion.id.is_not(None), getattr(PastVersion, name)), else_=getattr(Unit, name)
    )


def start_of(day: date) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(day, time.min, clock.ZONE)


def day_of(instant: datetime) -> date:
    """Return the day of an instant."""
    return clock.local(instant).date()


def key_of(unit: Unit) -> str:
    """Return by what the unit is searched."""
    return vietnamese.search_key(f"{unit.name} {unit.short_name or ''} {unit.code}")[:300]


def _kept(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in KEPT}


def _set(unit: Unit, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(unit, name, value)
    unit.search_key = key_of(unit)
    db.session.flush()


def _is_open() -> ColumnElement[bool]:
    return Unit.closed_at.is_(None)


def _same(column: Any, code: str) -> ColumnElement[bool]:
    return or_(column == code, func.lower(column) == code.lower())
