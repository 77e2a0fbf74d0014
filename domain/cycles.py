"""Periods that reports are asked for again and again, their names, and the dates that go with each.

Nothing here knows tasks or the clock. The presets are data: the cut-off dates of Decree
09/2019/NĐ-CP, articles 12 and 13, and plain periods of the calendar.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.clock import ZONE
from core.words import N_

END_OF_DAY = time(23, 59, 59)
ROMAN = ("", "I", "II", "III", "IV")
NAME_OF_WEEK = "Tuần {number}/{year}"
NAME_OF_MONTH = "Tháng {number}/{year}"
NAME_OF_QUARTER = "Quý {number}/{year}"
NAMES_OF_HALVES = ("", "6 tháng đầu năm {year}", "6 tháng cuối năm {year}")
NAME_OF_NINE_MONTHS = "9 tháng năm {year}"
NAME_OF_YEAR = "Năm {year}"


class Cycle(StrEnum):
    """How often a report is asked for; the stored value never changes."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


CYCLE_NAMES: Mapping[Cycle, str] = {
    Cycle.WEEK: N_("Hằng tuần"),
    Cycle.MONTH: N_("Hằng tháng"),
    Cycle.QUARTER: N_("Hằng quý"),
    Cycle.HALF_YEAR: N_("6 tháng một lần"),
    Cycle.NINE_MONTHS: N_("9 tháng đầu năm, mỗi năm một lần"),
    Cycle.YEAR: N_("Hằng năm"),
}
LETTERS: Mapping[Cycle, str] = {
    Cycle.WEEK: "W",
    Cycle.MONTH: "M",
    Cycle.QUARTER: "Q",
    Cycle.HALF_YEAR: "H",
    Cycle.NINE_MONTHS: "N",
    Cycle.YEAR: "Y",
}
#: Months of one period, and periods in a year; weeks are counted by the calendar.
LENGTHS: Mapping[Cycle, tuple[int, int]] = {
    Cycle.MONTH: (1, 12),
    Cycle.QUARTER: (3, 4),
    Cycle.HALF_YEAR: (6, 2),
    Cycle.NINE_MONTHS: (9, 1),
    Cycle.YEAR: (12, 1),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of a cycle: the `number`th of its year, counted from 1."""

    year: int
    number: int
    cycle: Cycle

    @property
    def key(self) -> str:
        """The period as it is stored, such as "2026-Q1"."""
        return f"{self.year}-{LETTERS[self.cycle]}{self.number:02d}"

    @property
    def name(self) -> str:
        """The period as reports are headed, such as "Quý I/2026"; in Vietnamese for everybody."""
        match self.cycle:
            case Cycle.WEEK:
                return NAME_OF_WEEK.format(number=self.number, year=self.year)
            case Cycle.MONTH:
                return NAME_OF_MONTH.format(number=self.number, year=self.year)
            case Cycle.QUARTER:
                return NAME_OF_QUARTER.format(number=ROMAN[self.number], year=self.year)
            case Cycle.HALF_YEAR:
                return NAMES_OF_HALVES[self.number].format(year=self.year)
            case Cycle.NINE_MONTHS:
                return NAME_OF_NINE_MONTHS.format(year=self.year)
        return NAME_OF_YEAR.format(year=self.year)

    @property
    def next(self) -> "Period":
        """The period after this one."""
        if self.number < _periods_in(self.cycle, self.year):
            return Period(self.year, self.number + 1, self.cycle)
        return Period(self.year + 1, 1, self.cycle)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which day ends the figures and which day they are due, in every period.

    Both are days of a month, 31 for its end: of the period's last month, or for `due_day` that
    many months later. In a weekly cycle they are weekdays, 0 for Monday, and `due_later` counts weeks.
    """

    cut_off_day: int
    due_day: int
    due_later: int = 0


@dataclass(frozen=True, slots=True)
class Preset:
    """Rules that an office may start from, and where they come from."""

    key: str
    name: str
    rules: Mapping[Cycle, Rule]


#: Điều 12: figures end on the 14th; Điều 13: sent by the 25th of the last month. The decree has
#: neither nine months, which provinces cut off alike, nor weeks, which are as Circular
#: 55/2020/TT-BCT, article 8 counts them: Thursday to Wednesday, sent on Friday.
DECREE_09 = Preset(
    "decree_09",
    N_("Theo Nghị định 09/2019/NĐ-CP (chốt số liệu ngày 14, gửi trước ngày 25)"),
    {
        Cycle.WEEK: Rule(2, 4),
        Cycle.MONTH: Rule(14, 25),
        Cycle.QUARTER: Rule(14, 25),
        Cycle.HALF_YEAR: Rule(14, 25),
        Cycle.NINE_MONTHS: Rule(14, 25),
        Cycle.YEAR: Rule(14, 25),
    },
)
CALENDAR = Preset(
    "calendar",
    N_("Theo lịch (đến hết kỳ, gửi đầu kỳ sau)"),
    {
        Cycle.WEEK: Rule(6, 1, 1),
        Cycle.MONTH: Rule(31, 5, 1),
        Cycle.QUARTER: Rule(31, 5, 1),
        Cycle.HALF_YEAR: Rule(31, 5, 1),
        Cycle.NINE_MONTHS: Rule(31, 5, 1),
        Cycle.YEAR: Rule(31, 10, 1),
    },
)
PRESETS: Mapping[str, Preset] = {one.key: one for one in (DECREE_09, CALENDAR)}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dates of every period of a cycle: figures, opening, deadline and lock."""

    cycle: Cycle
    rule: Rule
    #: None means the end of the day.
    due_hour: time | None = None
    #: How many days before the deadline's day units may begin.
    opens_before: int = 10
    #: How many days after the deadline's day the round is locked; None for never.
    locks_after: int | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one period."""

    data_from: date
    data_to: date
    opens_at: datetime
    due_at: datetime
    locks_at: datetime | None


def dates(schedule: Schedule, period: Period) -> Dates:
    """Return the dates of `period`: a day that its month doesn't have is the month's last."""
    rule = schedule.rule
    if period.cycle == Cycle.WEEK:
        monday = date.fromisocalendar(period.year, period.number, 1)
        data_to = monday + timedelta(days=rule.cut_off_day)
        data_from = data_to - timedelta(days=6)
        due_on = monday + timedelta(weeks=rule.due_later, days=rule.due_day)
    else:
        length, _count = LENGTHS[period.cycle]
        last = length * period.number
        data_to = _day(period.year, last, rule.cut_off_day)
        data_from = _day(period.year, last - length, rule.cut_off_day) + timedelta(days=1)
        due_on = _day(period.year, last + rule.due_later, rule.due_day)
    locks = schedule.locks_after
    return Dates(
        data_from=data_from,
        data_to=data_to,
        opens_at=_at(due_on - timedelta(days=schedule.opens_before), time.min),
        due_at=_at(due_on, schedule.due_hour or END_OF_DAY),
        locks_at=None if locks is None else _at(due_on + timedelta(days=locks), END_OF_DAY),
    )


def period_of(key: str) -> Period:
    """Return the period that is stored as `key`; raises ValueError for none."""
    year, _dash, rest = key.partition("-")
    cycle = next((one for one, letter in LETTERS.items() if rest.startswith(letter)), None)
    if cycle is None or not (year.isdecimal() and rest[1:].isdecimal()):
        raise ValueError(key)
    period = Period(int(year), int(rest[1:]), cycle)
    if not 1 <= period.number <= _periods_in(cycle, period.year):
        raise ValueError(key)
    return period


def period_around(cycle: Cycle, day: date) -> Period:
    """Return the period of the calendar that `day` lies in; nine months go on to the year's end."""
    if cycle == Cycle.WEEK:
        year, week, _weekday = day.isocalendar()
        return Period(year, week, cycle)
    length, count = LENGTHS[cycle]
    return Period(day.year, min((day.month - 1) // length + 1, count), cycle)


def moved(instant: datetime, days: int) -> datetime:
    """Return the same hour in Vietnam so many days later."""
    here = instant.astimezone(ZONE)
    return _at(here.date() + timedelta(days=days), here.time())


def _periods_in(cycle: Cycle, year: int) -> int:
    if cycle == Cycle.WEEK:
        return date(year, 12, 28).isocalendar().week
    return LENGTHS[cycle][1]


def _day(year: int, month: int, day: int) -> date:
    """Return a day of a month counted from January of `year`: 0 is December before, 13 January after."""
    years, place = divmod(month - 1, 12)
    last = monthrange(year + years, place + 1)[1]
    return date(year + years, place + 1, min(day, last))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZONE)
