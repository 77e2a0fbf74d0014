"""The one door to things by id: each loader gives the thing only to whom it may be shown.

Whatever a person may not see is as if it didn't exist: 404.
"""

from typing import TypeVar

from blueprints._access import actor
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from models import (
    Assignment,
    Form,
    Person,
    Response,
    Round,
    Task,
    Unit,
    UnitGroup,
)

Model = TypeVar("Model", bound=db.Model)  # type: ignore[name-defined]


def _get(model: type[Model], id_: int, permission: Permission) -> Model:
    found = db.session.get(model, id_) if actor().has(permission) else None
    if found is None:
        raise NotFoundError
    return found


def task_or_404(task_id: int, permission: Permission) -> Task:
    """Return a task that isn't deleted."""
    task = _get(Task, task_id, permission)
    if task.deleted_at is not None:
        raise NotFoundError
    return task


def deleted_task_or_404(task_id: int, permission: Permission) -> Task:
    """Return a task that is deleted, to take it back."""
    task = _get(Task, task_id, permission)
    if task.deleted_at is None:
        raise NotFoundError
    return task


def round_or_404(round_id: int, permission: Permission) -> Round:
    """Return a round of a task that isn't deleted."""
    round_ = _get(Round, round_id, permission)
    if round_.task.deleted_at is not None:
        raise NotFoundError
    return round_


def form_or_404(form_id: int, permission: Permission) -> Form:
    """Return a form that isn't deleted, of a task that isn't."""
    form = _get(Form, form_id, permission)
    if form.deleted_at is not None or form.task.deleted_at is not None:
        raise NotFoundError
    return form


def deleted_form_or_404(form_id: int, permission: Permission) -> Form:
    """Return a form that is deleted, to take it back."""
    form = _get(Form, form_id, permission)
    if form.deleted_at is None or form.task.deleted_at is not None:
        raise NotFoundError
    return form


def report_or_404(assignment_id: int, permission: Permission) -> Response:
    """Return the report of an assignment, where the person may do this to its unit's reports."""
    found = (
        db.session.query(Response)
        .join(Response.assignment)
        .join(Assignment.round)
        .join(Round.task)
        .filter(Assignment.id == assignment_id, Task.deleted_at.is_(None))
        .one_or_none()
    )
    if found is None or not actor().may(permission, found.assignment.unit_id):
        raise NotFoundError
    return found


def unit_or_404(unit_id: int, permission: Permission) -> Unit:
    """Return a unit."""
    return _get(Unit, unit_id, permission)


def group_or_404(group_id: int, permission: Permission) -> UnitGroup:
    """Return a group of units."""
    return _get(UnitGroup, group_id, permission)


def person_or_404(person_id: int, permission: Permission) -> Person:
    """Return a person."""
    return _get(Person, person_id, permission)
