"""Months as a calendar shows them: whole weeks from Monday, each day with what happens on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from domain.agenda import Entry
from domain.working_days import DayOff

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """The month as it stands in addresses, such as "2026-11"."""
        return f"{self.year}-{self.number:02d}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return _month(self.year * 12 + self.number - 2)

    @property
    def after(self) -> "Month":
        """The month after."""
        return _month(self.year * 12 + self.number)

    @property
    def shown(self) -> tuple[date, date]:
        """The first and last day of the weeks that the month touches."""
        first = date(self.year, self.number, 1)
        last = date(self.after.year, self.after.number, 1) - timedelta(days=1)
        return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what happens on it."""

    day: date
    entries: Sequence[Entry]
    off: DayOff | None
    is_of_month: bool


def month_of(text: str, today: date) -> Month:
    """Return the month that an address names, or today's."""
    year, _dash, number = text.partition("-")
    if year.isdecimal() and number.isdecimal():
        found = Month(int(year), int(number))
        if FIRST_YEAR <= found.year <= LAST_YEAR and 1 <= found.number <= 12:
            return found
    return Month(today.year, today.month)


def weeks(
    month: Month, entries: Iterable[Entry], days_off: Mapping[date, DayOff]
) -> list[list[Day]]:
    """Return the weeks of a month, seven days each."""
    by_day: dict[date, list[Entry]] = {}
    for one in entries:
        by_day.setdefault(clock.local(one.at).date(), []).append(one)
    first, last = month.shown
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    found = [
        Day(day, by_day.get(day, []), days_off.get(day), day.month == month.number) for day in days
    ]
    return [found[place : place + 7] for place in range(0, len(found), 7)]


def _month(count: int) -> Month:
    return Month(count // 12, count % 12 + 1)
