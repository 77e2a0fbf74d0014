"""The inbox of a unit: every report that it owes, sorted by what is to be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from core import clock
from core.extensions import db
from core.permissions import Actor, Permission
from domain import deadlines
from models import Assignment, Form, Response, ResponseState, ReviewNote, Round, Submission, Task

DONE = (ResponseState.SUBMITTED, ResponseState.ACCEPTED)
SHOWN_DONE = 30


@dataclass(frozen=True, slots=True)
class Item:
    """A report in the inbox."""

    response: Response
    due_at: datetime | None
    late: bool
    overdue: bool
    locks_at: datetime | None

    @property
    def coming(self) -> bool:
        """Whether the round opens only later."""
        opens = self.assignment.round.opens_at
        return opens is not None and clock.now() < opens

    @property
    def assignment(self) -> Assignment:
        """The unit's duty to report."""
        return self.response.assignment


@dataclass(frozen=True, slots=True)
class Inbox:
    """All reports of the person's units."""

    overdue: list[Item]
    returned: list[Item]
    to_do: list[Item]
    #: Those whose round hasn't opened yet.
    coming: list[Item]
    waiting: list[Item]
    done: list[Item]
    #: How many are done in all; `done` holds only the newest.
    done_count: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever asked of the units."""
        open_ones = self.overdue or self.returned or self.to_do or self.coming or self.waiting
        return not open_ones and not self.done_count


def count_to_do(actor: Actor) -> int:
    """Return how many reports wait for the person."""
    units = actor.units_with(Permission.REPORTS_FILL)
    if not units:
        return 0
    query = _reports(actor, func.count(Response.id)).where(_waits_for(actor))
    return int(db.session.execute(query).scalar_one())


def tasks_with_rounds(actor: Actor) -> list[Task]:
    """Return the tasks of which the person's units owe reports in several rounds, newest first."""
    several = (
        _reports(actor, Round.task_id)
        .group_by(Round.task_id)
        .having(func.count(Round.id.distinct()) > 1)
    )
    query = select(Task).where(Task.id.in_(several)).order_by(Task.id.desc())
    return list(db.session.scalars(query))


def rounds_of(actor: Actor, assignment: Assignment) -> list[Assignment]:
    """Return what the person's unit owes on the same form in all rounds, the newest first."""
    if not actor.may(Permission.REPORTS_FILL, assignment.unit_id):
        return []
    query = (
        select(Assignment)
        .join(Assignment.round)
        .where(
            Assignment.form_id == assignment.form_id,
            Assignment.unit_id == assignment.unit_id,
            Round.published_at.is_not(None),
        )
        .options(contains_eager(Assignment.round))
        .order_by(Round.position.desc(), Round.id.desc())
    )
    return list(db.session.scalars(query))


def inbox(actor: Actor, task_id: int | None = None) -> Inbox:
    """Return the inbox of the person: the soonest deadline first, done ones newest first.

    `task_id` narrows it to the rounds of one task.
    """
    is_done = Response.state.in_(DONE)
    exempt = Assignment.exempted_at.is_not(None)
    soonest = (deadlines.due_column(), Assignment.id)
    open_ones = _items(_reports(actor, Response, task_id).where(~is_done, ~exempt).order_by(*soonest))
    done = _reports(actor, Response, task_id).where(is_done)
    done_count = db.session.execute(
        _reports(actor, func.count(Response.id), task_id).where(is_done)
    ).scalar_one()
    returned = [one for one in open_ones if one.response.return_reason]
    waiting = [
        one for one in open_ones if one.response.state == ResponseState.AWAITING_SIGN_OFF
    ]
    rest = [one for one in open_ones if one not in returned and one not in waiting]
    return Inbox(
        overdue=[one for one in rest if one.overdue],
        returned=returned,
        to_do=[one for one in rest if not one.overdue and not one.coming],
        coming=[one for one in rest if one.coming],
        waiting=waiting,
        done=_items(done.order_by(Response.submitted_at.desc()).limit(SHOWN_DONE)),
        done_count=done_count,
    )


def item(response: Response) -> Item:
    """Return a report with what its deadline means now."""
    assignment = response.assignment
    return Item(
        response=response,
        due_at=deadlines.due_at(assignment),
        late=deadlines.is_late(assignment, response.submitted_at),
        overdue=deadlines.is_overdue(assignment, response.submitted_at),
        locks_at=deadlines.locks_at(assignment),
    )


def _items(query: Select[Any]) -> list[Item]:
    loaded = query.options(
        contains_eager(Response.assignment).options(
            contains_eager(Assignment.round).contains_eager(Round.task),
            contains_eager(Assignment.form),
        )
    )
    return [item(response) for response in db.session.scalars(loaded)]


def _reports(actor: Actor, what: Any, task_id: int | None = None) -> Select[Any]:
    query = (
        select(what)
        .select_from(Response)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Task, Task.id == Round.task_id)
        .join(Form, Form.id == Assignment.form_id)
        .where(
            Assignment.unit_id.in_(actor.units_with(Permission.REPORTS_FILL)),
            Round.published_at.is_not(None),
            Round.withdrawn_at.is_(None),
            Task.deleted_at.is_(None),
        )
    )
    return query if task_id is None else query.where(Task.id == task_id)


def _waits_for(actor: Actor) -> ColumnElement[bool]:
    """Return what is to be done: open reports, and for leaders those that wait for sign-off."""
    leads = actor.units_with(Permission.REPORTS_SIGN_OFF)
    open_states = (ResponseState.NOT_STARTED, ResponseState.DRAFT, ResponseState.RETURNED)
    locks, now = Round.locks_at, clock.now()
    in_time = or_(locks >= now, Assignment.due_at >= now, Assignment.level_due_at >= now)
    return and_(
        Assignment.exempted_at.is_(None),
        or_(Round.opens_at.is_(None), Round.opens_at <= now),
        or_(locks.is_(None), and_(in_time, Assignment.locked_at.is_(None))),
        or_(
            Response.state.in_(open_states),
            and_(
                Response.state == ResponseState.AWAITING_SIGN_OFF, Assignment.unit_id.in_(leads)
            ),
        ),
    )


def notes_by_question(response: Response) -> dict[str, list[str]]:
    """Return what reviewers asked to mend in a returned report, by question uid."""
    found: dict[str, list[str]] = {}
    if not response.return_reason:
        return found
    newest = select(func.max(Submission.id)).where(Submission.response_id == response.id)
    for uid, text in db.session.execute(
        select(ReviewNote.question, ReviewNote.text)
        .where(
            ReviewNote.response_id == response.id,
            ReviewNote.question != "",
            ReviewNote.submission_id == newest.scalar_subquery(),
        )
        .order_by(ReviewNote.id)
    ):
        found.setdefault(uid, []).append(text)
    return found
