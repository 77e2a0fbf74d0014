"""Review: a submitted report is accepted, or returned with what is to be mended."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from core import clock
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, entering, versions
from models import Assignment, Form, Response, ResponseState, ReviewNote, Round, Submission

DONE = (ResponseState.SUBMITTED, ResponseState.ACCEPTED)


def accept(actor: Actor, response: Response) -> None:
    """Accept a submitted report; doing it twice changes nothing more."""
    if response.state == ResponseState.ACCEPTED:
        return
    if response.state != ResponseState.SUBMITTED:
        raise ConflictError(_("Chỉ tiếp nhận được báo cáo đã nộp. Báo cáo này đã thay đổi."))
    response.state = ResponseState.ACCEPTED
    _record(actor, "report.accepted", response)


def return_report(
    actor: Actor, response: Response, reason: str, notes: Mapping[str, str]
) -> None:
    """Return a report to its unit with the reason, and notes by question uid.

    The submission stays on record but counts no more.
    """
    if response.state not in DONE:
        raise ConflictError(_("Chỉ trả lại được báo cáo đã nộp. Báo cáo này đã thay đổi."))
    if not reason:
        raise InvalidError(fields={"reason": [_("Ghi lý do để đơn vị biết cần sửa gì.")]})
    known = versions.definition(response.version_id).questions
    said = {"": reason, **{uid: text for uid, text in notes.items() if uid in known and text}}
    db.session.add_all(
        ReviewNote(
            response_id=response.id,
            submission_id=response.current_submission_id,
            question=uid,
            text=text,
            by_id=actor.person_id,
            at=clock.now(),
        )
        for uid, text in said.items()
    )
    response.return_reason = reason
    response.current_submission = None
    response.submitted_at = None
    response.state = ResponseState.RETURNED
    entering.close(response)
    _record(actor, "report.returned", response, notes=len(said) - 1)


def said_before(submission: Submission, notes: Iterable[ReviewNote]) -> dict[str, list[str]]:
    """Return what was said of the answers of the submission before this one, by question uid."""
    earlier = [one.id for one in submission.response.submissions if one.number < submission.number]
    found: dict[str, list[str]] = {}
    for note in notes:
        if note.question and earlier and note.submission_id == earlier[-1]:
            found.setdefault(note.question, []).append(note.text)
    return found


def neighbours(response: Response) -> tuple[int | None, int | None]:
    """Return the assignments of the submitted reports before and after this one, on the board."""
    ids = db.session.scalars(
        select(Assignment.id)
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Form, Form.id == Assignment.form_id)
        .where(
            Assignment.round_id == response.assignment.round_id,
            (Response.state.in_(DONE)) | (Response.id == response.id),
        )
        .order_by(Form.position, Form.id, Assignment.position, Assignment.id)
    ).all()
    place = ids.index(response.assignment_id)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return before, after


def _record(actor: Actor, action: str, response: Response, **detail: object) -> None:
    db.session.flush()
    audit.record(actor, action, response, unit_id=response.assignment.unit_id, **detail)
