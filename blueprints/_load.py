"""The one door to things by id: each loader gives the thing only to whom it may be shown.

Whatever a person may not see is as if it didn't exist: 404.
"""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager

from blueprints._access import actor
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from domain import closing, drafts, entering, tasks
from domain.drafts import Draft
from models import (
    Assignment,
    Attachment,
    Extension,
    Form,
    LibraryItem,
    OfficeDay,
    Person,
    PlannedRound,
    PreparedFile,
    Question,
    Response,
    Round,
    Section,
    SummaryTemplate,
    SummaryView,
    Task,
    TaskFile,
    Unit,
    UnitChange,
    UnitGroup,
)

Model = TypeVar("Model", bound=db.Model)  # type: ignore[name-defined]

_REPORT = (
    select(Response)
    .join(Response.assignment)
    .join(Assignment.round)
    .join(Round.task)
    .where(
        Assignment.id == bindparam("assignment_id"),
        Round.published_at.is_not(None),
        Task.deleted_at.is_(None),
    )
    .options(
        contains_eager(Response.assignment).contains_eager(Assignment.round).contains_eager(
            Round.task
        )
    )
)


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


def task_file_or_404(task_id: int, file_id: int, permission: Permission) -> TaskFile:
    """Return a file of a task, removed or not, of a task that isn't deleted."""
    file = _get(TaskFile, file_id, permission)
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
    round_ = _get(Round, round_id, permission)
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


def section_or_404(section_id: int, permission: Permission) -> Section:
    """Return a section of a form that isn't deleted; deleted sections too, to take them back."""
    section = _get(Section, section_id, permission)
    form_or_404(section.form_id, permission)
    return section


def question_or_404(question_id: int, permission: Permission) -> Question:
    """Return a question of a form that isn't deleted; deleted ones too, to take them back."""
    question = _get(Question, question_id, permission)
    section_or_404(question.section_id, permission)
    return question


def summary_view_or_404(
    round_: Round, view_id: int, permission: Permission, *, deleted: bool = False
) -> SummaryView:
    """Return a named view of the round's task; a deleted one to take it back."""
    view = _get(SummaryView, view_id, permission)
    if view.task_id != round_.task_id or (view.deleted_at is not None) != deleted:
        raise NotFoundError
    return view


def summary_template_or_404(
    round_: Round, template_id: int, permission: Permission, *, deleted: bool = False
) -> SummaryTemplate:
    """Return a template for a form of the round's task; a deleted one to take it back."""
    template = _get(SummaryTemplate, template_id, permission)
    other = template.form.task_id != round_.task_id or template.form.deleted_at is not None
    if other or (template.deleted_at is not None) != deleted:
        raise NotFoundError
    return template


def prepared_file_or_404(round_: Round, prepared_id: int, permission: Permission) -> PreparedFile:
    """Return a prepared file to the one who has asked for it, and to nobody else."""
    file = _get(PreparedFile, prepared_id, permission)
    if file.person_id != actor().person_id or file.round_id != round_.id:
        raise NotFoundError
    return file


def library_item_or_404(item_id: int, permission: Permission) -> LibraryItem:
    """Return an item of the library; deleted ones too, to take them back."""
    return _get(LibraryItem, item_id, permission)


def office_day_or_404(day_id: int, permission: Permission) -> OfficeDay:
    """Return a day of the office's own."""
    return _get(OfficeDay, day_id, permission)


def report_or_404(assignment_id: int, permission: Permission) -> Response:
    """Return the report of an assignment, where the person may do this to its unit's reports."""
    return _allowed(_REPORT, assignment_id, permission)


def report_to_change_or_404(assignment_id: int, permission: Permission) -> Response:
    """Return a report as `report_or_404` does, and let nobody else change it meanwhile."""
    held = _REPORT.with_for_update(of=Response)
    report = _allowed(held, assignment_id, permission)
    if closing.latch(report):
        # That it is locked stays known though this request will be refused and rolled back.
        db.session.commit()
        report = _allowed(held, assignment_id, permission)
    return report


def draft_or_404(assignment_id: int) -> Draft:
    """Return of a report what a save must know, as `report_to_change_or_404` returns all of it."""
    found = drafts.held(assignment_id)
    if found is None or not entering.may_fill(actor(), found):
        raise NotFoundError
    if closing.latch(found):
        db.session.commit()
        return draft_or_404(assignment_id)
    return found


def assignments_or_404(
    round_: Round, ids: Sequence[int], permission: Permission
) -> list[Assignment]:
    """Return what units owe in a published round, held, in official order; all of `ids` or nothing."""
    query = (
        select(Assignment)
        .where(Assignment.round_id == round_.id, Assignment.id.in_(ids))
        .order_by(Assignment.form_id, Assignment.position)
        .with_for_update()
    )
    found = list(db.session.scalars(query)) if round_.published_at else []
    if not found or len(found) != len(set(ids)) or not actor().may(permission):
        raise NotFoundError
    return found


def extension_or_404(extension_id: int, permission: Permission) -> Extension:
    """Return a request for a later deadline, of a task that isn't deleted."""
    found = _get(Extension, extension_id, permission)
    if found.assignment.round.task.deleted_at is not None:
        raise NotFoundError
    return found


def report_to_read_or_404(assignment_id: int) -> Response:
    """Return a report for its unit, and for those who read what was submitted, once it was."""
    found = db.session.execute(_REPORT, {"assignment_id": assignment_id}).scalar_one_or_none()
    if found is None:
        raise NotFoundError
    submitted = found.current_submission_id is not None
    if _may(found, Permission.REPORTS_FILL) or (
        submitted and _may(found, Permission.RESPONSES_READ)
    ):
        return found
    raise NotFoundError


def _allowed(query: Select[Response], id_: int, permission: Permission) -> Response:
    found = db.session.execute(query, {"assignment_id": id_}).scalar_one_or_none()
    if found is None or not _may(found, permission):
        raise NotFoundError
    return found


def _may(report: Response, permission: Permission) -> bool:
    if permission == Permission.REPORTS_FILL:
        return entering.may_fill(actor(), report)
    return actor().may(permission, report.assignment.unit_id)


def unit_or_404(unit_id: int, permission: Permission) -> Unit:
    """Return a unit."""
    return _get(Unit, unit_id, permission)


def unit_change_or_404(change_id: int, permission: Permission) -> UnitChange:
    """Return a change of units."""
    return _get(UnitChange, change_id, permission)


def unit_to_read_or_404(unit_id: int) -> Unit:
    """Return a unit for its own people, and for those who read the reports of all."""
    unit = db.session.get(Unit, unit_id)
    own = actor().units_with(Permission.REPORTS_FILL)
    if unit is None or not (unit.id in own or actor().has(Permission.RESPONSES_READ)):
        raise NotFoundError
    return unit


def group_or_404(group_id: int, permission: Permission) -> UnitGroup:
    """Return a group of units."""
    return _get(UnitGroup, group_id, permission)


def person_or_404(person_id: int, permission: Permission) -> Person:
    """Return a person."""
    return _get(Person, person_id, permission)


def attachment_or_404(attachment_id: int, *permissions: Permission) -> Attachment:
    """Return an attachment, deleted ones too, where one of `permissions` holds for its report."""
    found = db.session.get(Attachment, attachment_id)
    if found is None or not any(_may(found.response, one) for one in permissions):
        raise NotFoundError
    return found
