"""When periodic work is due: moments on the clock, the same for every process that asks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core import clock


@dataclass(frozen=True, slots=True)
class Every:
    """Due every so many minutes, counted from midnight UTC."""

    minutes: int

    def last(self, now: datetime) -> datetime:
        """Return the newest moment that isn't after `now`."""
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(minutes=self.minutes)
        return midnight + (now - midnight) // step * step

    def next(self, now: datetime) -> datetime:
        """Return the first moment after `now`."""
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return min(self.last(now) + timedelta(minutes=self.minutes), midnight + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Daily:
    """Due each day at this time in Vietnam."""

    hour: int
    minute: int = 0

    def last(self, now: datetime) -> datetime:
        """Return the newest moment that isn't after `now`."""
        moment = self._on_the_day_of(now)
        return moment if moment <= now else moment - timedelta(days=1)

    def next(self, now: datetime) -> datetime:
        """Return the first moment after `now`."""
        return self.last(now) + timedelta(days=1)

    def _on_the_day_of(self, now: datetime) -> datetime:
        day = clock.local(now)
        return day.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)


When = Every | Daily
