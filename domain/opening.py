"""Opening the next rounds by themselves, once each, however many processes try at once."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from core.errors import ConflictError, ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit, levels, publishing, recurring
from models import PlannedRound, Recurrence, Round, Task


def open_due_rounds(now: datetime) -> list[Round]:
    """Open every planned round whose time has come, with the units of that day; return them.

    Twice, or in two processes at once, opens nothing twice: a planned round is held while it is
    opened, is gone afterwards, and its period is unique in its task. A round whose deadline has
    passed already is left to the secretariat. Plans further rounds, too. The caller commits.
    """
    query = (
        select(PlannedRound)
        .join(Task, Task.id == PlannedRound.task_id)
        .where(
            PlannedRound.opens_at <= now,
            PlannedRound.due_at > now,
            PlannedRound.skipped_at.is_(None),
            Task.deleted_at.is_(None),
            select(Round.id)
            .where(Round.task_id == Task.id, Round.published_at.is_not(None))
            .exists(),
        )
        .order_by(PlannedRound.opens_at, PlannedRound.id)
        .with_for_update(of=PlannedRound)
    )
    opened = [_open(None, one) for one in db.session.scalars(query).all()]
    for recurrence in _going_on():
        recurring.plan_ahead(recurrence, now)
    return [one for one in opened if one is not None]


def open_now(actor: Actor, planned: PlannedRound) -> Round:
    """Open a planned round before its time, or after it was left out; its deadline must lie ahead.

    The caller holds the row of the planned round.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if planned.task.rounds[-1].published_at is None:
        raise ConflictError(_("Hãy công bố kỳ đầu tiên trước."))
    round_ = _open(actor, planned)
    if round_ is None:
        raise ConflictError(_("Kỳ này đã mở."))
    return round_


def _open(actor: Actor | None, planned: PlannedRound) -> Round | None:
    """Turn a planned round into one that units owe; None where its period is there already."""
    last = select(func.max(Round.position)).where(Round.task_id == planned.task_id)
    round_ = Round(
        task_id=planned.task_id,
        name=planned.name,
        period=planned.period,
        position=(db.session.execute(last).scalar_one() or 0) + 1,
        data_from=planned.data_from,
        data_to=planned.data_to,
        due_at=planned.due_at,
        locks_at=planned.locks_at,
        published_by_id=actor.person_id if actor else None,
    )
    task, is_new = planned.task, _add_once(round_)
    db.session.delete(planned)
    db.session.flush()
    if not is_new:
        return None
    if (recurrence := recurring.of_task(task)) is not None:
        levels.begin(round_, recurrence)
    units = publishing.open_round(task, round_)
    db.session.expire(task, ["rounds"])
    audit.record(actor, "round.opened", round_, task=task.id, period=round_.period, units=units)
    return round_


def _add_once(round_: Round) -> bool:
    """Add the round unless its period is there already."""
    try:
        with db.session.begin_nested():
            db.session.add(round_)
    except IntegrityError:
        return False
    return True


def _going_on() -> list[Recurrence]:
    query = (
        select(Recurrence)
        .join(Task, Task.id == Recurrence.task_id)
        .where(Recurrence.stopped_at.is_(None), Task.deleted_at.is_(None))
        .order_by(Recurrence.id)
        .with_for_update(of=Recurrence)
    )
    return list(db.session.scalars(query))
