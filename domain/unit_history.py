"""Reading what happened to units: all changes, one change, and the history of one unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from core.extensions import db
from domain import unit_versions
from domain.paging import Page, page_of
from models import ALWAYS, PastVersion, Unit, UnitChange, UnitSuccession

PAGE_SIZE = 50
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as it was called at the time."""

    id: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Told:
    """A change with its units: as they were called the day before, and on the day."""

    change: UnitChange
    olds: Sequence[Named]
    news: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Period:
    """What a unit was called and where it stood; no days where it always was so, or still is."""

    code: str
    name: str
    kind: str
    parent: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class History:
    """What became of a unit: how it was called, and the changes that touched it."""

    periods: Sequence[Period]
    changes: Sequence[Told]

    @property
    def is_eventful(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.changes) or len(self.periods) > 1


@dataclass
class Names:
    """What units are and were called."""

    now: dict[int, Unit] = field(default_factory=dict)
    past: dict[int, list[PastVersion]] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Names":
        """Return the names of the units with these ids, in two queries."""
        wanted = set(ids)
        names = cls()
        for unit in db.session.scalars(select(Unit).where(Unit.id.in_(wanted))):
            names.now[unit.id] = unit
        query = select(PastVersion).where(PastVersion.unit_id.in_(wanted))
        for version in db.session.scalars(query.order_by(PastVersion.valid_from)):
            names.past.setdefault(version.unit_id, []).append(version)
        return names

    def on(self, unit_id: int, day: date) -> Named:
        """Return what a unit was called on a day, or nearest to it."""
        held: Unit | PastVersion = self.now[unit_id]
        for version in self.past.get(unit_id, ()):
            if day < version.valid_to:
                held = version
                break
        return Named(unit_id, held.name, held.code)

    def today(self, unit_id: int) -> Named:
        """Return what a unit is called now."""
        unit = self.now[unit_id]
        return Named(unit.id, unit.name, unit.code)


def list_changes(number: int) -> tuple[Page, list[Told]]:
    """Return a page of all changes, the newest first, and what each of them tells."""
    query = (
        select(UnitChange)
        .options(selectinload(UnitChange.successions), joinedload(UnitChange.recorded_by))
        .order_by(UnitChange.day.desc(), UnitChange.id.desc())
    )
    page = page_of(query, number, PAGE_SIZE)
    return page, told([change for (change,) in page.rows])


def history_of(unit: Unit) -> History:
    """Return what became of a unit."""
    changes = db.session.scalars(
        select(UnitChange)
        .where(
            UnitChange.id.in_(
                select(UnitSuccession.change_id).where(
                    or_(UnitSuccession.old_id == unit.id, UnitSuccession.new_id == unit.id)
                )
            )
        )
        .options(selectinload(UnitChange.successions))
        .order_by(UnitChange.day.desc(), UnitChange.id.desc())
    ).all()
    return History(_periods(unit), told(changes))


def told(changes: Sequence[UnitChange]) -> list[Told]:
    """Return changes with their units as they were called at the time."""
    pairs = [one for change in changes for one in change.successions]
    names = Names.of({one.old_id for one in pairs} | {one.new_id for one in pairs if one.new_id})
    return [
        Told(
            change,
            olds=[
                names.on(unit, change.day - A_DAY)
                for unit in dict.fromkeys(one.old_id for one in change.successions)
            ],
            news=[
                names.on(unit, change.day)
                for unit in dict.fromkeys(one.new_id for one in change.successions)
                if unit is not None
            ],
        )
        for change in changes
    ]


def _periods(unit: Unit) -> list[Period]:
    """Return what the unit was called over time, the newest first."""
    past = db.session.scalars(
        select(PastVersion)
        .where(PastVersion.unit_id == unit.id)
        .order_by(PastVersion.valid_from.desc(), PastVersion.id.desc())
    ).all()
    until = unit_versions.day_of(unit.closed_at) if unit.closed_at else None
    versions: list[tuple[Unit | PastVersion, date | None]] = [(unit, until)]
    versions += [(one, one.valid_to) for one in past]
    names = Names.of(one.parent_id for one, _until in versions if one.parent_id)
    return [
        Period(
            one.code,
            one.name,
            one.kind,
            names.on(one.parent_id, one.valid_from).name if one.parent_id else "",
            one.valid_from if one.valid_from != ALWAYS else None,
            until,
        )
        for one, until in versions
    ]
