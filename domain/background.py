"""Background work: kept in the database until it is done, carried out by one worker at a time.

The queue only wakes the workers up. What is to be done stands in the table, in the transaction
that wants it, so that neither a killed process nor a lost queue loses or doubles any work.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from core import clock
from core.errors import ConflictError, ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit
from domain.schedule import When
from models import Job, JobState

#: How long a worker is taken to be alive without a sign of life.
HELD = timedelta(seconds=60)
#: After how long what was handed to the queue and not begun is handed over again.
QUEUED = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
KEPT_DONE = timedelta(days=3)
KEPT_PARKED = timedelta(days=90)
LONGEST_ERROR = 500

Work = TypeVar("Work", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: what carries it out, and for periodic work when it is due."""

    name: str
    title: str
    work: Callable[..., None]
    when: When | None
    tries: int


KINDS: dict[str, Kind] = {}


def carries_out(
    name: str, title: str, *, when: When | None = None, tries: int = 6
) -> Callable[[Work], Work]:
    """Register a function as the work called `name`; with `when`, it is periodic.

    What it changes is committed together with the note that it is done. If it commits by itself
    in between, it must be safe to run twice.
    """

    def register(work: Work) -> Work:
        KINDS[name] = Kind(name, title, work, when, tries)
        return work

    return register


def ask(name: str, key: str, *, at: datetime | None = None, **arguments: Any) -> None:
    """Ask for work in the current transaction; the same `key` again asks for nothing more."""
    moment = clock.now()
    job = Job(name=name, key=key, arguments=arguments, created_at=moment, run_at=at or moment)
    if db.session.scalar(select(Job.id).where(Job.key == key)) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError:
        # Another process has asked for it a moment ago.
        return


def due_ticks() -> list[tuple[Kind, str]]:
    """Return the periodic work that is due and not asked for yet, with its key.

    What was missed while nothing ran is made up for once; while work of a kind still waits,
    no more of it is asked for.
    """
    now = clock.now()
    ticks = {
        _key(kind.name, kind.when.last(now)): kind for kind in KINDS.values() if kind.when
    }
    asked = set(db.session.scalars(select(Job.key).where(Job.key.in_(ticks))))
    waiting = set(
        db.session.scalars(select(Job.name).where(Job.state == JobState.WAITING).distinct())
    )
    return [
        (kind, key)
        for key, kind in ticks.items()
        if key not in asked and kind.name not in waiting
    ]


def ask_for_ticks(ticks: Iterable[tuple[Kind, str]]) -> None:
    """Ask for periodic work that is due; of several processes that ask, one succeeds."""
    for kind, key in ticks:
        ask(kind.name, key)


def ready() -> list[int]:
    """Return the ids of work that is due, is in nobody's hands and isn't in the queue."""
    now = clock.now()
    query = (
        select(Job.id)
        .where(_free(now), or_(Job.queued_at.is_(None), Job.queued_at < now - QUEUED))
        .order_by(Job.run_at, Job.id)
        .limit(100)
    )
    return list(db.session.scalars(query))


def mark_queued(ids: Iterable[int]) -> None:
    """Note that work was handed to the queue."""
    db.session.execute(update(Job).where(Job.id.in_(list(ids))).values(queued_at=clock.now()))


def claim(job_id: int, holder: str) -> Job | None:
    """Take work into the hands of `holder`; None if it is done, not due or in other hands.

    The caller commits before it begins.
    """
    now = clock.now()
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, _free(now))
        .values(
            holder=holder, held_until=now + HELD, started_at=now, attempts=Job.attempts + 1
        )
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    job = db.session.get_one(Job, job_id, populate_existing=True)
    if job.attempts > _tries(job.name):
        # Each attempt ended with its process.
        _park(job, job.error or _("Chương trình dừng giữa chừng."))
        return None
    return job


def keep_alive(ids: Iterable[int], holder: str) -> None:
    """Say that `holder` is still working on what it has in hand."""
    db.session.execute(
        update(Job)
        .where(Job.id.in_(list(ids)), _held_by(holder))
        .values(held_until=clock.now() + HELD)
    )


def finish(job_id: int, holder: str) -> None:
    """Note that work is done; raises ConflictError if it was taken out of the holder's hands."""
    noted = db.session.execute(
        update(Job)
        .where(Job.id == job_id, _held_by(holder))
        .values(state=JobState.DONE, finished_at=clock.now(), held_until=None, error="")
    )
    if not noted.rowcount:  # type: ignore[attr-defined]
        raise ConflictError(_("Việc này đã được tiến trình khác làm."))


def fail(job_id: int, holder: str, error: str) -> None:
    """Note why an attempt failed: it is tried again after a pause, and parked after the last try."""
    job = db.session.get(Job, job_id, populate_existing=True)
    if job is None or job.holder != holder or job.state != JobState.WAITING:
        return
    if job.attempts >= _tries(job.name):
        _park(job, error)
        return
    job.error = error[:LONGEST_ERROR]
    job.run_at = clock.now() + pause(job.attempts)
    job.held_until, job.queued_at = None, None
    db.session.flush()


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts: 1, 2, 4… minutes, at most an hour."""
    return min(LONGEST_PAUSE, timedelta(minutes=2 ** min(attempts - 1, 10)))


def run_again(actor: Actor, job: Job) -> None:
    """Let parked work be tried again from the start."""
    if not actor.may(Permission.JOBS_MANAGE):
        raise ForbiddenError
    if job.state != JobState.PARKED:
        raise ConflictError(_("Việc này không còn chờ ai xử lý."))
    job.state, job.attempts, job.run_at = JobState.WAITING, 0, clock.now()
    job.finished_at, job.queued_at = None, None
    db.session.flush()
    audit.record(actor, "job.run_again", job, name=job.name)


def forget_old() -> None:
    """Delete what was done days ago, and what was parked months ago."""
    now = clock.now()
    for state, kept in ((JobState.DONE, KEPT_DONE), (JobState.PARKED, KEPT_PARKED)):
        old = and_(Job.state == state, Job.finished_at < now - kept)
        db.session.execute(delete(Job).where(old))


def arguments_of(job: Job) -> Mapping[str, Any]:
    """Return what the work was asked for with."""
    return dict(job.arguments)


def _key(name: str, moment: datetime) -> str:
    return f"{name}@{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _tries(name: str) -> int:
    return KINDS[name].tries if name in KINDS else 1


def _free(now: datetime) -> ColumnElement[bool]:
    return and_(
        Job.state == JobState.WAITING,
        Job.run_at <= now,
        or_(Job.held_until.is_(None), Job.held_until < now),
    )


def _held_by(holder: str) -> ColumnElement[bool]:
    return and_(
        Job.holder == holder, Job.state == JobState.WAITING, Job.held_until.is_not(None)
    )


def _park(job: Job, error: str) -> None:
    job.state, job.error = JobState.PARKED, error[:LONGEST_ERROR]
    job.finished_at, job.held_until = clock.now(), None
    db.session.flush()
