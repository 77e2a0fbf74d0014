"""Tasks and what belongs to them: rounds, files, forms and their questions."""

from sqlalchemy import select

from blueprints._access import actor
from blueprints._load.getting import get
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from domain import tasks
from models import Form, LibraryItem, PlannedRound, Question, Round, Section, Task, TaskFile


def task_or_404(task_id: int, permission: Permission) -> Task:
    """Return a task that isn't deleted."""
    task = get(Task, task_id, permission)
    if task.deleted_at is not None:
        raise NotFoundError
    return task


def deleted_task_or_404(task_id: int, permission: Permission) -> Task:
    """Return a task that is deleted, to take it back."""
    task = get(Task, task_id, permission)
    if task.deleted_at is None:
        raise NotFoundError
    return task


def task_file_or_404(task_id: int, file_id: int, permission: Permission) -> TaskFile:
    """Return a file of a task, removed or not, of a task that isn't deleted."""
    file = get(TaskFile, file_id, permission)
    if file.task_id != task_id or file.task.deleted_at is not None:
        raise NotFoundError
    return file


def readable_task_file_or_404(task_id: int, file_id: int) -> TaskFile:
    """Return a file for whoever may read all tasks, and for the units that owe this one a report."""
    file = db.session.get(TaskFile, file_id)
    if file is None or file.task_id != task_id or file.deleted_at or file.task.deleted_at:
        raise NotFoundError
    units = actor().units_with(Permission.REPORTS_FILL)
    if not actor().has(Permission.TASKS_READ) and not tasks.is_owed_by(file.task, units):
        raise NotFoundError
    return file


def round_or_404(round_id: int, permission: Permission) -> Round:
    """Return a round of a task that isn't deleted."""
    round_ = get(Round, round_id, permission)
    if round_.task.deleted_at is not None:
        raise NotFoundError
    return round_


def round_to_change_or_404(round_id: int, permission: Permission) -> Round:
    """Return a round as `round_or_404` does, and let nobody else change it meanwhile."""
    round_ = round_or_404(round_id, permission)
    db.session.refresh(round_, with_for_update=True)
    return round_


def planned_round_or_404(planned_id: int, permission: Permission) -> PlannedRound:
    """Return a planned round of a task that isn't deleted, held; gone once it is open."""
    query = select(PlannedRound).where(PlannedRound.id == planned_id).with_for_update()
    found = db.session.scalars(query).first() if actor().has(permission) else None
    if found is None or found.task.deleted_at is not None:
        raise NotFoundError
    return found


def form_or_404(form_id: int, permission: Permission) -> Form:
    """Return a form that isn't deleted, of a task that isn't."""
    form = get(Form, form_id, permission)
    if form.deleted_at is not None or form.task.deleted_at is not None:
        raise NotFoundError
    return form


def deleted_form_or_404(form_id: int, permission: Permission) -> Form:
    """Return a form that is deleted, to take it back."""
    form = get(Form, form_id, permission)
    if form.deleted_at is None or form.task.deleted_at is not None:
        raise NotFoundError
    return form


def section_or_404(section_id: int, permission: Permission) -> Section:
    """Return a section of a form that isn't deleted; deleted sections too, to take them back."""
    section = get(Section, section_id, permission)
    form_or_404(section.form_id, permission)
    return section


def question_or_404(question_id: int, permission: Permission) -> Question:
    """Return a question of a form that isn't deleted; deleted ones too, to take them back."""
    question = get(Question, question_id, permission)
    section_or_404(question.section_id, permission)
    return question


def library_item_or_404(item_id: int, permission: Permission) -> LibraryItem:
    """Return an item of the library; deleted ones too, to take them back."""
    return get(LibraryItem, item_id, permission)
