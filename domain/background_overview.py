"""What the background is doing: each kind of work with its last and next run, and failures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core import clock
from core.extensions import db
from core.words import _
from domain.background import KINDS, Kind
from models import Job, JobState

SHOWN = 50
#: Work that is due is begun within seconds; what waits for longer waits for a consumer.
SOON = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of work: when it was last done, whether it fails now, and when it is due next."""

    kind: Kind
    last_done: datetime | None
    error: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the administrator wants to know of the background work."""

    lines: list[Line]
    waiting: int
    parked: list[tuple[Job, str]]
    #: Due for minutes and not begun: nothing carries work out.
    stands_still: bool


def title_of(job: Job) -> str:
    """Return what the work is called on screen."""
    return _(KINDS[job.name].title) if job.name in KINDS else job.name


def overview() -> Overview:
    """Return how the background work is doing."""
    now = clock.now()
    done = dict(
        db.session.execute(
            select(Job.name, func.max(Job.finished_at))
            .where(Job.state == JobState.DONE)
            .group_by(Job.name)
        ).all()
    )
    waiting = db.session.scalars(
        select(Job).where(Job.state == JobState.WAITING).order_by(Job.run_at)
    ).all()
    parked = db.session.scalars(
        select(Job).where(Job.state == JobState.PARKED).order_by(Job.id.desc()).limit(SHOWN)
    ).all()
    errors = {one.name: one.error for one in waiting if one.error}
    lines = [
        Line(kind, done.get(kind.name), errors.get(kind.name, ""), _next(kind, now))
        for kind in KINDS.values()
    ]
    idle = [one for one in waiting if one.held_until is None or one.held_until < now]
    return Overview(
        lines=lines,
        waiting=len(waiting),
        parked=[(one, title_of(one)) for one in parked],
        stands_still=any(one.run_at < now - SOON for one in idle) or _is_silent(done, now),
    )


def _next(kind: Kind, now: datetime) -> datetime | None:
    return kind.when.next(now) if kind.when else None


def _is_silent(done: Mapping[str, datetime | None], now: datetime) -> bool:
    """Tell whether nothing was done for so long that some periodic work must have been due."""
    periodic = [kind.when for kind in KINDS.values() if kind.when]
    newest = max((one for one in done.values() if one), default=None)
    if not periodic:
        return False
    due = max(when.last(now) for when in periodic)
    return due < now - SOON and (newest is None or newest < due)
