"""Reports of units, and what hangs on them."""

from collections.abc import Sequence

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager

from blueprints._access import actor
from blueprints._load.getting import get
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from domain import closing, drafts, entering
from domain.drafts import Draft
from models import Assignment, Attachment, Extension, Response, Round, Task

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
    found = get(Extension, extension_id, permission)
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


def attachment_or_404(attachment_id: int, *permissions: Permission) -> Attachment:
    """Return an attachment, deleted ones too, where one of `permissions` holds for its report."""
    found = db.session.get(Attachment, attachment_id)
    if found is None or not any(_may(found.response, one) for one in permissions):
        raise NotFoundError
    return found


def _allowed(query: Select[Response], id_: int, permission: Permission) -> Response:
    found = db.session.execute(query, {"assignment_id": id_}).scalar_one_or_none()
    if found is None or not _may(found, permission):
        raise NotFoundError
    return found


def _may(report: Response, permission: Permission) -> bool:
    if permission == Permission.REPORTS_FILL:
        return entering.may_fill(actor(), report)
    return actor().may(permission, report.assignment.unit_id)
