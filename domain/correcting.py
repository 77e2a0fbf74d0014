"""Corrections by the office of what a unit has submitted, after the lock too."""

from core.errors import ForbiddenError
from core.permissions import Actor, Permission
from domain import closing, entering, review
from domain.closing import Closed
from models import Response


def may_correct(actor: Actor, response: Response) -> bool:
    """Tell whether the person may take a report that is sent, to correct it for its unit."""
    sent = closing.why_closed(response) in (Closed.SUBMITTED, Closed.ACCEPTED)
    return sent and actor.may(Permission.RESPONSES_REVIEW) and actor.may(Permission.REPORTS_ENTER_FOR)


def correct(actor: Actor, response: Response, reason: str) -> None:
    """Open a report that is sent to the office, to be corrected and submitted again by it.

    It counts as returned meanwhile, and its submission stays on record. The caller holds the row
    of the response.
    """
    if not may_correct(actor, response):
        raise ForbiddenError
    review.return_report(actor, response, reason, {})
    entering.begin(actor, response, reason)
