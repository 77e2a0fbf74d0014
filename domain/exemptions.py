"""Reports that single units don't owe, with the reason."""

from collections.abc import Sequence

from core import clock
from core.errors import ConflictError, ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit
from domain.extensions import SENT, response_of
from models import Assignment


def exempt(actor: Actor, assignments: Sequence[Assignment], reason: str) -> None:
    """Say that units don't owe this report; what they have typed stays.

    All or none: raises ConflictError for one that is sent. Twice changes nothing more.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    for one in assignments:
        if response_of(one).state in SENT:
            raise ConflictError(
                _("%(unit)s đã nộp nên không miễn được nữa.", unit=one.unit_name)
            )
    for one in assignments:
        if one.exempted_at is None:
            one.exempted_at, one.exempt_reason = clock.now(), reason
            _record(actor, "report.exempted", one)


def require_again(actor: Actor, assignment: Assignment) -> None:
    """Take back that a unit doesn't owe the report."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if assignment.exempted_at is not None:
        assignment.exempted_at, assignment.exempt_reason = None, ""
        _record(actor, "report.required", assignment)


def _record(actor: Actor, action: str, assignment: Assignment) -> None:
    db.session.flush()
    audit.record(actor, action, response_of(assignment), unit_id=assignment.unit_id)
