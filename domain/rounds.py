"""The rounds of a task as the secretariat handles them: dates, names, withdrawal."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from core import clock
from core.errors import ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit, recurring, tasks
from models import Assignment, PlannedRound, Response, Round, Task


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    PLANNED = "planned"
    #: Its time to open has passed, and so has its deadline: the secretariat decides.
    MISSED = "missed"
    SKIPPED = "skipped"
    COMING = "coming"
    OPEN = "open"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Line:
    """A round in the list; exactly one of `round` and `planned` is there."""

    state: RoundState
    round: Round | None = None
    planned: PlannedRound | None = None
    expected: int = 0
    submitted: int = 0

    @property
    def dates(self) -> Round | PlannedRound:
        """What holds the name and the dates."""
        found = self.round or self.planned
        if found is None:
            raise ValueError
        return found


def state_of(round_: Round) -> RoundState:
    """Return where an opened or drafted round stands."""
    now = clock.now()
    if round_.withdrawn_at is not None:
        return RoundState.WITHDRAWN
    if round_.published_at is None:
        return RoundState.DRAFT
    if round_.opens_at is not None and now < round_.opens_at:
        return RoundState.COMING
    return RoundState.ENDED if round_.due_at and round_.due_at < now else RoundState.OPEN


def lines(task: Task) -> list[Line]:
    """Return all rounds of a task, the farthest ahead first."""
    counts = _count_reports(task)
    there = [
        Line(state_of(one), round=one, expected=counts.get(one.id, (0, 0))[0],
             submitted=counts.get(one.id, (0, 0))[1])
        for one in task.rounds
    ]  # fmt: skip
    coming = [Line(_state_of_planned(one), planned=one) for one in recurring.planned(task)]
    return [*reversed(coming), *reversed(there)]


def change(
    actor: Actor,
    round_: Round,
    *,
    name: str,
    data_from: date | None,
    data_to: date | None,
    opens_at: datetime | None,
    due_at: datetime | None,
    locks_at: datetime | None,
) -> None:
    """Give a round its name and dates; raises InvalidError for a wrong order.

    What units were told may move later, but never into the past. The caller holds the row.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if not name.strip():
        raise InvalidError(fields={"name": [_("Chưa nhập mục này.")]})
    recurring.check_order(data_from, data_to, opens_at, due_at, locks_at)
    wanted: dict[str, Any] = {
        "name": name, "data_from": data_from, "data_to": data_to, "opens_at": opens_at,
        "due_at": due_at, "locks_at": locks_at,
    }  # fmt: skip
    changed = sorted(key for key, value in wanted.items() if getattr(round_, key) != value)
    if not changed:
        return
    tasks.set_deadline(round_, due_at, locks_at)
    for key, value in wanted.items():
        setattr(round_, key, value)
    db.session.flush()
    audit.record(actor, "round.changed", round_, task=round_.task_id, fields=changed)


def withdraw(actor: Actor, round_: Round, reason: str) -> None:
    """Ask units for this round no more; all that was typed and submitted stays readable.

    Twice changes nothing more.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if round_.published_at is None:
        raise InvalidError(_("Kỳ này chưa công bố nên không cần thu hồi."))
    if round_.withdrawn_at is None:
        round_.withdrawn_at, round_.withdrawn_reason = clock.now(), reason
        db.session.flush()
        audit.record(actor, "round.withdrawn", round_, task=round_.task_id)


def ask_again(actor: Actor, round_: Round) -> None:
    """Ask units again for a round that was withdrawn."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if round_.withdrawn_at is not None:
        round_.withdrawn_at, round_.withdrawn_reason = None, ""
        db.session.flush()
        audit.record(actor, "round.asked_again", round_, task=round_.task_id)


def _state_of_planned(one: PlannedRound) -> RoundState:
    if one.skipped_at is not None:
        return RoundState.SKIPPED
    return RoundState.MISSED if one.due_at <= clock.now() else RoundState.PLANNED


def _count_reports(task: Task) -> dict[int, tuple[int, int]]:
    """Return how many reports are expected and submitted, by round."""
    found = db.session.execute(
        select(Assignment.round_id, func.count(Assignment.id), func.count(Response.submitted_at))
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Round, Round.id == Assignment.round_id)
        .where(Round.task_id == task.id, Assignment.exempted_at.is_(None))
        .group_by(Assignment.round_id)
    )
    return {round_: (expected, submitted) for round_, expected, submitted in found}
