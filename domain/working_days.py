"""Which days are off: weekends, public holidays of Vietnam, and the office's own days.

Nothing here moves a deadline: a day off is told, and people decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from core import clock
from core.vietnamese import format_date, format_weekday
from core.words import _
from domain import office

SATURDAY, SUNDAY = 5, 6
FARTHEST = 31


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why nobody is at work on a day: the weekend alone has no name."""

    day: date
    name: str = ""


def days_off(first: date, last: date) -> dict[date, DayOff]:
    """Return the days off of a time, both ends included."""
    own = {one.day: one for one in office.own_days(first, last)}
    found = {}
    for day in _days(first, last):
        if day in own:
            if not own[day].works:
                found[day] = DayOff(day, own[day].name or _("ngày nghỉ của cơ quan"))
        elif name := _holidays(day.year).get(day):
            found[day] = DayOff(day, name)
        elif day.weekday() >= SATURDAY and day not in _holidays(day.year).weekend_workdays:
            found[day] = DayOff(day)
    return found


def note(instant: datetime | None) -> str:
    """Return a sentence on a deadline that falls on a day off; empty on a working day."""
    if instant is None:
        return ""
    day = clock.local(instant).date()
    nearby = days_off(day - timedelta(days=FARTHEST), day + timedelta(days=FARTHEST))
    off = nearby.get(day)
    if off is None:
        return ""
    why = f"{format_weekday(day)}, {off.name}" if off.name else format_weekday(day)
    return _(
        "Ngày %(day)s là ngày nghỉ (%(why)s). Hạn vẫn giữ nguyên; ngày làm việc gần nhất "
        "là %(before)s và %(after)s.",
        day=format_date(day),
        why=why,
        before=_named(_nearest(nearby, day, -1)),
        after=_named(_nearest(nearby, day, 1)),
    )


def public_holidays(year: int) -> dict[date, str]:
    """Return the public holidays of a year by day, in order."""
    return dict(sorted(_holidays(year).items()))


def _nearest(nearby: dict[date, DayOff], day: date, step: int) -> date:
    while day in nearby:
        day += timedelta(days=step)
    return day


def _named(day: date) -> str:
    return f"{format_weekday(day)}, {format_date(day)}"


def _days(first: date, last: date) -> Iterator[date]:
    for place in range((last - first).days + 1):
        yield first + timedelta(days=place)


@cache
def _holidays(year: int) -> Any:
    """Return the library's calendar, loaded when first asked for: that takes half a second."""
    return import_module("holidays").country_holidays("VN", years=year, language="vi")
