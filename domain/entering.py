"""Entering for a unit: the office fills in and submits what a unit sent on paper or by telephone."""

from core import clock
from core.errors import ConflictError, ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import answering, audit, drafts
from domain.drafts import Draft
from models import Response


def enters_for(actor: Actor, response: Response | Draft) -> bool:
    """Tell whether the person enters this report for its unit now, and isn't of the unit."""
    draft = drafts.of(response)
    return (
        draft.entered_at is not None
        and actor.may(Permission.REPORTS_ENTER_FOR)
        and not actor.may(Permission.REPORTS_FILL, draft.unit_id)
    )


def may_fill(actor: Actor, response: Response | Draft) -> bool:
    """Tell whether the person may fill in this report: for the own unit, or for another one."""
    draft = drafts.of(response)
    return actor.may(Permission.REPORTS_FILL, draft.unit_id) or enters_for(actor, draft)


def begin(actor: Actor, response: Response, reason: str) -> None:
    """Open the report to the office; the unit sees by whom and why. Twice changes nothing more.

    Raises ConflictError for a report that is sent or not owed; a locked one can be entered. The
    caller holds the row of the response.
    """
    if not actor.may(Permission.REPORTS_ENTER_FOR):
        raise ForbiddenError
    if closed := answering.not_owed_reason(response):
        raise ConflictError(closed)
    if not reason:
        raise InvalidError(fields={"reason": [_("Ghi lý do để đơn vị biết.")]})
    if response.entered_at is None:
        response.entered_at = clock.now()
        response.entered_by_id = actor.person_id
        response.entered_reason = reason
        _record(actor, "report.entering_began", response)


def end(actor: Actor, response: Response) -> None:
    """Leave the report to its unit again; what was entered stays."""
    if not actor.may(Permission.REPORTS_ENTER_FOR):
        raise ForbiddenError
    if response.entered_at is not None:
        close(response)
        _record(actor, "report.entering_ended", response)


def close(response: Response) -> None:
    """Take the report from the office, as when it goes back to its unit."""
    response.entered_at = None
    response.entered_by_id = None
    response.entered_reason = ""


def _record(actor: Actor, action: str, response: Response) -> None:
    db.session.flush()
    audit.record(actor, action, response, unit_id=response.assignment.unit_id)
