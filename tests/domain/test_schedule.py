"""Moments at which periodic work is due."""

from datetime import UTC, datetime

import pytest

from core.clock import ZONE
from domain.schedule import Daily, Every, When


@pytest.mark.parametrize(
    ("when", "now", "last", "following"),
    [
        (Every(5), "2026-03-01T10:07", "2026-03-01T10:05", "2026-03-01T10:10"),
        (Every(5), "2026-03-01T10:05", "2026-03-01T10:05", "2026-03-01T10:10"),
        (Every(7), "2026-03-01T06:58", "2026-03-01T06:55", "2026-03-01T07:00"),
        (Daily(7, 30), "2026-03-01T07:30", "2026-03-01T07:30", "2026-03-02T07:30"),
        (Daily(7, 30), "2026-03-01T07:29", "2026-02-28T07:30", "2026-03-01T07:30"),
        (Daily(0), "2028-02-29T23:59", "2028-02-29T00:00", "2028-03-01T00:00"),
    ],
)
def test_the_moments_around_now(when: When, now: str, last: str, following: str) -> None:
    here = [datetime.fromisoformat(one).replace(tzinfo=ZONE) for one in (now, last, following)]
    assert when.last(here[0]) == here[1]
    assert when.next(here[0]) == here[2]
    in_utc = here[0].astimezone(UTC)
    assert (when.last(in_utc), when.next(in_utc)) == (here[1], here[2])
