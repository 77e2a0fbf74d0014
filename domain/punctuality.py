"""Punctuality: what each unit sent in time, late or not at all, over a year of deadlines.

A report counts by its first submission that the unit did not withdraw, against the deadline that
held for the unit in the end. What was exempted, and what isn't due yet, counts nowhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from core import clock, vietnamese
from core.extensions import db
from domain import deadlines
from domain.paging import Page, page_of
from domain.search import has_words
from models import Assignment, Extension, Form, Response, ReviewNote, Round, Submission, Task, Unit

PAGE_SIZE = 50
UNITS_AT_ONCE = 500
A_DAY = timedelta(days=1)
LEVELS_APART = timedelta(days=31)
OFFICIAL_ORDER = (Unit.position, Unit.id)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The year of deadlines, and the units that are looked at; empty parts narrow nothing."""

    year: int
    words: str = ""
    #: The name of the group that the unit stood under when it got the form.
    group: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One report that was due: when, and when it came."""

    unit_id: int
    assignment_id: int
    task: str
    form: str
    round: str
    due_at: datetime
    sent_at: datetime | None
    returned: int
    extended: bool

    @property
    def days_late(self) -> int:
        """Return how many days it came too late, begun days counted whole; for none, until now."""
        late = (self.sent_at or clock.now()) - self.due_at
        return max(0, -(-late // A_DAY))

    @property
    def in_time(self) -> bool:
        """Tell whether it came by its deadline."""
        return self.sent_at is not None and self.sent_at <= self.due_at


@dataclass(slots=True)
class Record:
    """How punctual a unit was, or several together."""

    in_time: int = 0
    late: int = 0
    missing: int = 0
    returned: int = 0
    extended: int = 0
    #: Days late of the reports that came late, all together.
    days_late: int = 0

    @property
    def due(self) -> int:
        """Return how many reports were due."""
        return self.in_time + self.late + self.missing

    @property
    def share(self) -> Decimal | None:
        """Return the percentage that came in time, to one place; none where nothing was due."""
        return round(Decimal(100 * self.in_time) / self.due, 1) if self.due else None

    @property
    def mean_days(self) -> Decimal | None:
        """Return by how many days the late ones were late on average, to one place."""
        return round(Decimal(self.days_late) / self.late, 1) if self.late else None

    def add(self, other: "Record") -> None:
        """Count what another record counts as well."""
        for name in fields(self):
            setattr(self, name.name, getattr(self, name.name) + getattr(other, name.name))

    def take(self, one: Due) -> None:
        """Count a report in."""
        if one.in_time:
            self.in_time += 1
        elif one.sent_at is None:
            self.missing += 1
        else:
            self.late += 1
            self.days_late += one.days_late
        self.returned += one.returned > 0
        self.extended += one.extended


@dataclass(slots=True)
class UnitRecord:
    """A unit with its record and the reports behind it."""

    unit: Unit
    record: Record = field(default_factory=Record)
    reports: list[Due] = field(default_factory=list)


def years() -> list[int]:
    """Return the years that deadlines may have fallen into, the newest first; this one always."""
    published = Round.published_at.is_not(None)
    first = db.session.execute(select(func.min(Round.due_at)).where(published)).scalar_one()
    newest = clock.today().year
    # A level may have had to send its reports some weeks before the others.
    oldest = clock.local(first - LEVELS_APART).year if first is not None else newest
    return list(range(newest, min(oldest, newest) - 1, -1))


def groups(year: int) -> list[str]:
    """Return the names of the groups that owed something in a year, in alphabetical order."""
    query = _due(Assignment.group_name).where(*_in_year(year), Assignment.group_name != "").distinct()
    return sorted(db.session.scalars(query), key=vietnamese.sort_key)


def page(chosen: Chosen, number: int = 1) -> Page:
    """Return units with their records, in official order: a page of those that owed something."""
    found = page_of(_units(chosen), number, PAGE_SIZE)
    records = _records(chosen, [unit for (unit,) in found.rows])
    return Page(records, found.number, found.pages, found.total)


def all_records(chosen: Chosen) -> Iterator[UnitRecord]:
    """Yield every unit that owed something with its record, in official order, in little memory."""
    ids = list(db.session.scalars(_units(chosen).with_only_columns(Unit.id)))
    for start in range(0, len(ids), UNITS_AT_ONCE):
        query = select(Unit).where(Unit.id.in_(ids[start : start + UNITS_AT_ONCE]))
        yield from _records(chosen, db.session.scalars(query.order_by(*OFFICIAL_ORDER)).all())


def of_unit(unit: Unit, year: int) -> UnitRecord:
    """Return the record of one unit in a year, with every report behind it."""
    return _records(Chosen(year), [unit])[0]


def by_month(chosen: Chosen) -> dict[int, Record]:
    """Return what came in time, late and not at all, of all units, by the month of the deadline."""
    due, sent = deadlines.due_column(), _first_sent()
    counts = [func.sum(case((one, 1), else_=0)) for one in (sent <= due, sent > due)]
    query = _due(due, func.count(), *counts).where(*_narrowed(chosen)).group_by(due).order_by(due)
    months: dict[int, Record] = {}
    for due_at, count, in_time, late in db.session.execute(query):
        found = Record(in_time=in_time, late=late, missing=count - in_time - late)
        months.setdefault(clock.local(due_at).month, Record()).add(found)
    return months


def together(records: Iterable[Record]) -> Record:
    """Return what several records count together."""
    total = Record()
    for one in records:
        total.add(one)
    return total


def _units(chosen: Chosen) -> Select[Any]:
    owing = _due(Assignment.unit_id).where(*_narrowed(chosen))
    return select(Unit).where(Unit.id.in_(owing)).order_by(*OFFICIAL_ORDER)


def _records(chosen: Chosen, units: Sequence[Unit]) -> list[UnitRecord]:
    found = {unit.id: UnitRecord(unit) for unit in units}
    for one in _reports(chosen, list(found)):
        found[one.unit_id].record.take(one)
        found[one.unit_id].reports.append(one)
    return list(found.values())


def _reports(chosen: Chosen, unit_ids: list[int]) -> Iterator[Due]:
    due = deadlines.due_column()
    returned = (
        select(func.count(ReviewNote.id))
        .where(
            ReviewNote.response_id == Response.id,
            ReviewNote.question == "",
            ReviewNote.submission_id.is_not(None),
        )
        .scalar_subquery()
    )
    extended = (
        select(Extension.id)
        .where(Extension.assignment_id == Assignment.id, Extension.granted_until.is_not(None))
        .exists()
    )
    query = (
        _due(
            Assignment.unit_id, Assignment.id, Task.title, Form.title, Round.name,
            due, _first_sent(), returned, extended,
        )
        .join(Form, Form.id == Assignment.form_id)
        .where(*_narrowed(chosen), Assignment.unit_id.in_(unit_ids))
        .order_by(due, Assignment.id)
    )  # fmt: skip
    for row in db.session.execute(query):
        yield Due(*row)


def _due(*columns: Any) -> Select[Any]:
    """Return a query over the reports whose deadline has passed, without those that were exempted."""
    return (
        select(*columns)
        .select_from(Assignment)
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Task, Task.id == Round.task_id)
        .where(
            Round.published_at.is_not(None),
            Round.withdrawn_at.is_(None),
            Task.deleted_at.is_(None),
            Assignment.exempted_at.is_(None),
            deadlines.due_column() < clock.now(),
        )
    )


def _narrowed(chosen: Chosen) -> list[ColumnElement[bool]]:
    found = _in_year(chosen.year)
    if chosen.words:
        named = select(Unit.id).where(has_words(Unit.search_key, chosen.words))
        found.append(Assignment.unit_id.in_(named))
    if chosen.group:
        found.append(Assignment.group_name == chosen.group)
    return found


def _in_year(year: int) -> list[ColumnElement[bool]]:
    due = deadlines.due_column()
    start, end = (datetime(one, 1, 1, tzinfo=clock.ZONE) for one in (year, year + 1))
    return [due >= start, due < end]


def _first_sent() -> ColumnElement[datetime]:
    return (
        select(func.min(Submission.submitted_at))
        .where(Submission.response_id == Response.id, Submission.withdrawn_at.is_(None))
        .scalar_subquery()
    )
