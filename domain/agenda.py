"""The days of rounds as a calendar shows them: when they open, are due, and are locked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from core import clock
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import deadlines, organisation
from models import Assignment, Form, PlannedRound, Response, ResponseState, Round, RoundLevel, Task

DONE = frozenset({ResponseState.SUBMITTED, ResponseState.ACCEPTED})


class What(StrEnum):
    """What happens at an instant."""

    OPENS = "opens"
    DUE = "due"
    LOCKS = "locks"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens to a round, or to what a unit owes in one.

    `who` is the level or the unit that it holds for; empty for all. One of the ids leads there.
    """

    at: datetime
    what: What
    title: str
    round_name: str = ""
    who: str = ""
    done: bool = False
    planned: bool = False
    task_id: int | None = None
    round_id: int | None = None
    assignment_id: int | None = None

    @property
    def key(self) -> str:
        """What stays the same when the instant moves."""
        place = f"a{self.assignment_id}" if self.assignment_id else f"r{self.round_id}"
        if self.planned:
            place = f"t{self.task_id}-{self.round_name}"
        return f"{self.what}-{place}-{self.who}" if self.who else f"{self.what}-{place}"

    @property
    def is_overdue(self) -> bool:
        """Whether a unit's deadline has passed without a report."""
        due = self.what == What.DUE and self.assignment_id is not None
        return due and not self.done and self.at < clock.now()


def of_person(actor: Actor, first: date, last: date) -> list[Entry]:
    """Return what lies between two days, both included, for the person: the office's, and the units'."""
    found: list[Entry] = []
    if actor.has(Permission.TASKS_READ):
        found += _of_office(first, last)
    found += of_units(actor.units_with(Permission.REPORTS_FILL), first, last)
    return sorted(found, key=lambda one: (one.at, one.title, one.key))


def of_units(units: Collection[int], first: date, last: date) -> list[Entry]:
    """Return when what `units` owe is due and locked between two days, both included."""
    start, end = _window(first, last)
    due = deadlines.due_column()
    query = (
        select(Assignment, Response.state)
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Assignment.round)
        .join(Round.task)
        .join(Assignment.form)
        .where(
            Assignment.unit_id.in_(units),
            Assignment.exempted_at.is_(None),
            Round.published_at.is_not(None),
            Round.withdrawn_at.is_(None),
            Task.deleted_at.is_(None),
            Form.deleted_at.is_(None),
            due >= start,
            due < end,
        )
        .options(
            contains_eager(Assignment.round).contains_eager(Round.task),
            contains_eager(Assignment.form),
        )
        .order_by(due, Assignment.id)
    )
    several = len(units) > 1
    return [
        Entry(
            at=deadlines.due_at(one) or start,
            what=What.DUE,
            title=one.form.title,
            round_name=one.round.name if one.round.period else "",
            who=one.unit_name if several else "",
            done=state in DONE,
            assignment_id=one.id,
        )
        for one, state in db.session.execute(query)
    ]


def _of_office(first: date, last: date) -> list[Entry]:
    start, end = _window(first, last)
    rounds = db.session.scalars(
        select(Round)
        .join(Round.task)
        .where(
            Round.published_at.is_not(None), Round.withdrawn_at.is_(None), Task.deleted_at.is_(None)
        )
        .options(contains_eager(Round.task))
    )
    levels = db.session.scalars(
        select(RoundLevel)
        .join(RoundLevel.round)
        .join(Round.task)
        .where(
            RoundLevel.due_at >= start,
            RoundLevel.due_at < end,
            Round.published_at.is_not(None),
            Round.withdrawn_at.is_(None),
            Task.deleted_at.is_(None),
        )
        .options(
            contains_eager(RoundLevel.round).contains_eager(Round.task),
            selectinload(RoundLevel.group),
        )
    )
    planned = db.session.scalars(
        select(PlannedRound)
        .join(PlannedRound.task)
        .where(
            PlannedRound.skipped_at.is_(None),
            PlannedRound.due_at >= start,
            PlannedRound.opens_at < end,
            Task.deleted_at.is_(None),
        )
        .options(contains_eager(PlannedRound.task))
    )
    found = [entry for one in rounds for entry in _of_round(one)]
    found += [entry for one in planned for entry in _of_planned(one)]
    found += [_of_level(one) for one in levels]
    return [one for one in found if start <= one.at < end]


def _of_round(round_: Round) -> Iterator[Entry]:
    moments = ((What.OPENS, round_.opens_at), (What.DUE, round_.due_at), (What.LOCKS, round_.locks_at))
    for what, at in moments:
        if at is not None:
            yield Entry(
                at,
                what,
                round_.task.title,
                round_.name if round_.period else "",
                task_id=round_.task_id,
                round_id=round_.id,
            )


def _of_planned(planned: PlannedRound) -> Iterator[Entry]:
    for what, at in ((What.OPENS, planned.opens_at), (What.DUE, planned.due_at)):
        yield Entry(
            at, what, planned.task.title, planned.name, planned=True, task_id=planned.task_id
        )


def _of_level(level: RoundLevel) -> Entry:
    kinds = {str(kind): _(name) for kind, name in organisation.KIND_NAMES.items()}
    return Entry(
        level.due_at,
        What.DUE,
        level.round.task.title,
        level.round.name if level.round.period else "",
        level.group.name if level.group else kinds.get(level.kind, level.kind),
        task_id=level.round.task_id,
        round_id=level.round_id,
    )


def _window(first: date, last: date) -> tuple[datetime, datetime]:
    start = datetime.combine(first, time.min, tzinfo=clock.ZONE)
    return start, datetime.combine(last + timedelta(days=1), time.min, tzinfo=clock.ZONE)
