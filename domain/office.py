"""What the office decides for itself on screen: settings, days off and working Saturdays."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.errors import ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit
from models import OfficeDay, OfficeSetting

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Every setting with its default."""

    #: "Trước ngày 05/12" means by the end of 04/12; else by the end of 05/12.
    before_excludes_day: bool = True


def settings() -> OfficeSettings:
    """Return the settings as they are now."""
    known = {one.name for one in fields(OfficeSettings)}
    stored = db.session.execute(select(OfficeSetting.name, OfficeSetting.value))
    return OfficeSettings(**{name: value for name, value in stored if name in known})


def change(actor: Actor, wanted: OfficeSettings) -> None:
    """Set all settings; what is as it was is not recorded."""
    _check_may(actor)
    before = asdict(settings())
    rows = {one.name: one for one in db.session.scalars(select(OfficeSetting))}
    for name, value in asdict(wanted).items():
        if before[name] == value:
            continue
        row = rows.get(name) or OfficeSetting(name=name)
        row.value = value
        db.session.add(row)
        db.session.flush()
        audit.record(actor, "office.changed", row, name=name, old=before[name], new=value)


def year_of(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def own_days(first: date, last: date) -> Sequence[OfficeDay]:
    """Return the office's own days of a time, both ends included, in order."""
    query = select(OfficeDay).where(OfficeDay.day.between(first, last)).order_by(OfficeDay.day)
    return db.session.scalars(query).all()


def set_days(actor: Actor, first: date, last: date | None, *, works: bool, name: str) -> int:
    """Say of each day from `first` to `last` that it is off or worked; return how many days.

    Raises InvalidError for days in the wrong order or too many at once.
    """
    _check_may(actor)
    last = last or first
    if last < first:
        raise InvalidError(fields={"last_day": [_("Ngày cuối không được trước ngày đầu.")]})
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    if len(days) > MOST_DAYS:
        text = _("Mỗi lần nhập nhiều nhất %(most)d ngày.", most=MOST_DAYS)
        raise InvalidError(fields={"last_day": [text]})
    there = {one.day: one for one in own_days(first, last)}
    for day in days:
        row = there.get(day) or OfficeDay(day=day)
        row.works, row.name = works, name
        db.session.add(row)
    db.session.flush()
    detail: dict[str, Any] = {"first": first.isoformat(), "last": last.isoformat(), "works": works}
    audit.record(actor, "office.days_set", row, **detail)
    return len(days)


def remove_day(actor: Actor, day: OfficeDay) -> None:
    """Let the calendar decide about a day again."""
    _check_may(actor)
    audit.record(actor, "office.day_removed", day, day=day.day.isoformat(), works=day.works)
    db.session.delete(day)
    db.session.flush()


def _check_may(actor: Actor) -> None:
    if not actor.may(Permission.OFFICE_SET):
        raise ForbiddenError
