"""The only clock of the product, so that every deadline is judged by one time that tests can set."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: list[Callable[[], datetime]] = [_system_time]


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _source[-1]()


def local(instant: datetime) -> datetime:
    """Return `instant` as clocks in Vietnam show it."""
    return instant.astimezone(ZONE)


def today() -> datetime:
    """Return this instant as clocks in Vietnam show it."""
    return local(now())


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Stop the clock at `instant` until the block ends."""
    _source.append(lambda: instant.astimezone(UTC))
    try:
        yield
    finally:
        _source.pop()
