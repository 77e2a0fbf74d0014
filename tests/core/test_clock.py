"""There is one clock, and tests can stop it."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock

NEW_YEAR = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


def test_the_time_is_aware_and_runs() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().utcoffset() == timedelta(0)


def test_a_stopped_clock_stands_still_and_goes_on_afterwards() -> None:
    with clock.stopped_at(NEW_YEAR):
        assert clock.now() == clock.now() == NEW_YEAR
        with clock.stopped_at(NEW_YEAR + timedelta(days=1)):
            assert clock.now() == NEW_YEAR + timedelta(days=1)
        assert clock.now() == NEW_YEAR
    assert clock.now() != NEW_YEAR


def test_it_goes_on_after_an_error_too() -> None:
    with pytest.raises(ZeroDivisionError), clock.stopped_at(NEW_YEAR):
        raise ZeroDivisionError
    assert clock.now() != NEW_YEAR


def test_today_is_the_day_in_vietnam() -> None:
    with clock.stopped_at(NEW_YEAR):
        assert clock.today().date().isoformat() == "2027-01-01"
    with clock.stopped_at(NEW_YEAR - timedelta(seconds=1)):
        assert clock.today().date().isoformat() == "2026-12-31"


def test_a_time_given_in_another_zone_is_the_same_instant() -> None:
    here = NEW_YEAR.astimezone(clock.ZONE)
    with clock.stopped_at(here):
        assert clock.now() == NEW_YEAR
        assert clock.now().tzinfo is UTC
