"""Periods and their dates, held against a table that was written by hand from the decree."""

import csv
from datetime import date, datetime, time
from pathlib import Path

import pytest

from core.clock import ZONE
from domain import cycles
from domain.cycles import CALENDAR, DECREE_09, Cycle, Period, Rule, Schedule

TABLE = Path(__file__).with_name("decree_09.csv")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["period"])
def test_the_dates_of_decree_09_are_those_of_the_table(row: dict[str, str]) -> None:
    period = cycles.period_of(row["period"])
    dates = cycles.dates(Schedule(period.cycle, DECREE_09.rules[period.cycle]), period)
    shown = [f"{one:%d/%m/%Y}" for one in (dates.data_from, dates.data_to, dates.due_at)]
    assert [period.key, period.name, *shown] == list(row.values())
    assert f"{dates.due_at:%H:%M:%S%z}" == "23:59:59+0700"


@pytest.mark.parametrize("cycle", Cycle)
def test_periods_follow_each_other_without_a_gap_for_three_years(cycle: Cycle) -> None:
    period, end = Period(2025, 1, cycle), date(2024, 12, 31)
    for preset in cycles.PRESETS.values():
        schedule, period = Schedule(cycle, preset.rules[cycle]), Period(2025, 1, cycle)
        end = cycles.dates(schedule, period).data_to
        while (period := period.next).year < 2028:
            dates = cycles.dates(schedule, period)
            gap = (dates.data_from - end).days
            assert gap in ((92, 93) if cycle == Cycle.NINE_MONTHS else (1,))
            end = dates.data_to
            assert cycles.period_of(period.key) == period
    assert end.year in {2027, 2028}


@pytest.mark.parametrize(
    ("key", "data_from", "data_to", "due"),
    [
        ("2028-M02", "2028-02-01", "2028-02-29", "2028-03-05"),
        ("2027-M02", "2027-02-01", "2027-02-28", "2027-03-05"),
        ("2026-M12", "2026-12-01", "2026-12-31", "2027-01-05"),
        ("2026-Q04", "2026-10-01", "2026-12-31", "2027-01-05"),
        ("2026-Y01", "2026-01-01", "2026-12-31", "2027-01-10"),
        ("2026-W53", "2026-12-28", "2027-01-03", "2027-01-05"),
    ],
)
def test_plain_periods_end_with_their_month_leap_years_and_years_too(
    key: str, data_from: str, data_to: str, due: str
) -> None:
    period = cycles.period_of(key)
    dates = cycles.dates(Schedule(period.cycle, CALENDAR.rules[period.cycle]), period)
    assert (str(dates.data_from), str(dates.data_to)) == (data_from, data_to)
    assert str(dates.due_at.date()) == due


@pytest.mark.parametrize(("year", "last"), [(2026, 28), (2028, 29)])
def test_a_day_that_the_month_lacks_is_its_last(year: int, last: int) -> None:
    dates = cycles.dates(Schedule(Cycle.MONTH, Rule(30, 31)), Period(year, 2, Cycle.MONTH))
    assert (dates.data_to.day, dates.due_at.day) == (last, last)
    assert dates.data_from == date(year, 1, 31)


def test_opening_and_lock_are_counted_from_the_day_of_the_deadline() -> None:
    schedule = Schedule(Cycle.QUARTER, Rule(14, 25), time(17), opens_before=10, locks_after=5)
    dates = cycles.dates(schedule, Period(2026, 1, Cycle.QUARTER))
    assert dates.opens_at == datetime(2026, 3, 15, 0, 0, tzinfo=ZONE)
    assert dates.due_at == datetime(2026, 3, 25, 17, 0, tzinfo=ZONE)
    assert dates.locks_at == datetime(2026, 3, 30, 23, 59, 59, tzinfo=ZONE)


@pytest.mark.parametrize("key", ["", "2026", "2026-X1", "2026-M13", "2026-M00", "2025-W53", "x-M1"])
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"^$|2|x"):
        cycles.period_of(key)


@pytest.mark.parametrize(
    ("cycle", "day", "key"),
    [
        (Cycle.WEEK, date(2027, 1, 3), "2026-W53"),
        (Cycle.MONTH, date(2028, 2, 29), "2028-M02"),
        (Cycle.QUARTER, date(2026, 12, 31), "2026-Q04"),
        (Cycle.NINE_MONTHS, date(2026, 12, 31), "2026-N01"),
        (Cycle.YEAR, date(2026, 1, 1), "2026-Y01"),
    ],
)
def test_a_day_lies_in_a_period_of_the_calendar(cycle: Cycle, day: date, key: str) -> None:
    assert cycles.period_around(cycle, day).key == key
