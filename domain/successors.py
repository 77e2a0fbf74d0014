"""Who follows whom: what a unit of a day has become by now."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select

from core.extensions import db
from domain.unit_versions import day_of
from models import Unit, UnitChange, UnitSuccession

LAST = 1 << 62
"""A place in a day after all of its changes."""


class Structure(StrEnum):
    """Whose organisation reports are shown in."""

    THEN = "then"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Step:
    """What one change made of a unit; changes are in the order of their days."""

    day: date
    change_id: int
    successors: frozenset[int]


@dataclass(frozen=True, slots=True)
class Heir:
    """The unit under which the figures of a unit stand now.

    Where it was split in `parts`, or nobody followed it, they can't be handed on: they stay
    under the unit that had them.
    """

    unit_id: int
    parts: tuple[int, ...] = ()
    has_ended: bool = False


@dataclass(frozen=True)
class Successors:
    """All changes, by the units that they happened to."""

    steps: Mapping[int, list[Step]]
    ended: Mapping[int, date] = field(default_factory=dict)

    def now(self, unit_id: int, day: date) -> Heir:
        """Return where the figures that a unit had on `day` stand now.

        A unit that had ended before is taken as on its last day: what it reports late is its own.
        """
        end = self.ended.get(unit_id)
        if end is not None and end <= day:
            day = end - timedelta(days=1)
        since = (day, LAST)
        while step := self._next(unit_id, since):
            if len(step.successors) != 1:
                return Heir(unit_id, tuple(sorted(step.successors)), has_ended=not step.successors)
            (unit_id,) = step.successors
            since = (step.day, step.change_id)
        return Heir(unit_id)

    def _next(self, unit_id: int, since: tuple[date, int]) -> Step | None:
        """Return the first change after `since` that hands the unit's figures on."""
        for step in self.steps.get(unit_id, ()):
            if (step.day, step.change_id) > since and step.successors != {unit_id}:
                return step
        return None


def read() -> Successors:
    """Return all changes, in two queries."""
    found: dict[int, dict[tuple[date, int], set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = db.session.execute(
        select(UnitChange.day, UnitChange.id, UnitSuccession.old_id, UnitSuccession.new_id)
        .join(UnitSuccession, UnitSuccession.change_id == UnitChange.id)
        .order_by(UnitChange.day, UnitChange.id)
    )
    for day, change_id, old, new in rows:
        found[old][day, change_id] |= set() if new is None else {new}
    ended = db.session.execute(select(Unit.id, Unit.closed_at).where(Unit.closed_at.is_not(None)))
    steps = {
        unit: [Step(day, id_, frozenset(news)) for (day, id_), news in by_change.items()]
        for unit, by_change in found.items()
    }
    return Successors(steps, {unit: day_of(instant) for unit, instant in ended if instant})
