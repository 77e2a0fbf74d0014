"""The list of tasks: found by words and state, each with its counts."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from core import clock, vietnamese
from core.extensions import db
from domain import deadlines
from domain.paging import Page, page_of
from models import Assignment, Form, Response, Round, Task

PAGE_SIZE = 30
MOST_WORDS = 8


class TaskState(StrEnum):
    """Where a task stands, judged by its last round and the clock."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Row:
    """A task in the list; `expected` leaves exempt units out."""

    task: Task
    round: Round
    state: TaskState
    forms: int
    expected: int
    submitted: int
    overdue: int


def state_of(round_: Round) -> TaskState:
    """Return where the task of `round_` stands."""
    if round_.published_at is None:
        return TaskState.DRAFT
    if round_.due_at is not None and round_.due_at < clock.now():
        return TaskState.ENDED
    return TaskState.OPEN


def find(words: str = "", state: str = "", number: int = 1) -> Page:
    """Return a page of rows: the tasks whose text holds all `words`, newest first."""
    query = (
        _joined(select(Task))
        .options(selectinload(Task.rounds))
        .order_by(Task.created_at.desc(), Task.id.desc())
    )
    for word in vietnamese.search_key(words).split()[:MOST_WORDS]:
        query = query.where(Task.search_key.contains(word, autoescape=True))
    if state in set(TaskState):
        query = query.where(_is(TaskState(state)))
    page = page_of(query, number, PAGE_SIZE)
    return replace(page, rows=_rows([task for (task,) in page.rows]))


def counts() -> dict[TaskState, int]:
    """Return how many tasks are in each state."""
    figures: list[Any] = [func.count(Task.id).filter(_is(state)) for state in TaskState]
    query: Select[Any] = select(*figures)
    found = db.session.execute(_joined(query.select_from(Task))).one()
    return dict(zip(TaskState, found, strict=True))


def row_of(task: Task) -> Row:
    """Return one task with its counts."""
    return _rows([task])[0]


def _joined(query: Select[Any]) -> Select[Any]:
    last = (
        select(func.max(Round.position))
        .where(Round.task_id == Task.id)
        .correlate(Task)
        .scalar_subquery()
    )
    return query.join(
        Round, and_(Round.task_id == Task.id, Round.position == last)
    ).where(Task.deleted_at.is_(None))


def _is(state: TaskState) -> ColumnElement[bool]:
    if state == TaskState.DRAFT:
        return Round.published_at.is_(None)
    ended = Round.due_at < clock.now()
    in_time = or_(Round.due_at.is_(None), Round.due_at >= clock.now())
    return and_(Round.published_at.is_not(None), ended if state == TaskState.ENDED else in_time)


def _rows(tasks: list[Task]) -> list[Row]:
    rounds = {task.id: task.rounds[-1] for task in tasks}
    forms = _count_forms(list(rounds))
    reports = _count_reports([one.id for one in rounds.values()], clock.now())
    return [
        Row(
            task,
            rounds[task.id],
            state_of(rounds[task.id]),
            forms.get(task.id, 0),
            *reports.get(rounds[task.id].id, (0, 0, 0)),
        )
        for task in tasks
    ]


def _count_forms(tasks: list[int]) -> dict[int, int]:
    found = db.session.execute(
        select(Form.task_id, func.count(Form.id))
        .where(Form.task_id.in_(tasks), Form.deleted_at.is_(None))
        .group_by(Form.task_id)
    )
    return {task: int(number) for task, number in found}


def _count_reports(rounds: list[int], now: datetime) -> dict[int, tuple[int, int, int]]:
    """Return expected, submitted and overdue by round."""
    waited_for = and_(
        Response.submitted_at.is_(None), deadlines.due_column() < now, Round.withdrawn_at.is_(None)
    )
    found = db.session.execute(
        select(
            Assignment.round_id,
            func.count(Assignment.id),
            func.count(Response.submitted_at),
            func.count(Assignment.id).filter(waited_for),
        )
        .join(Round, Round.id == Assignment.round_id)
        .join(Response, Response.assignment_id == Assignment.id)
        .where(Assignment.round_id.in_(rounds), Assignment.exempted_at.is_(None))
        .group_by(Assignment.round_id)
    )
    return {round_: (expected, sent, overdue) for round_, expected, sent, overdue in found}
