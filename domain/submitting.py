"""Submitting: an immutable copy with a receipt, signed off by the leader where the task asks."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.errors import ConflictError, ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit, closing, deadlines, entering, previous, versions
from models import Response, ResponseState, ReviewNote, Submission
from questionnaire import checks

DONE = frozenset({ResponseState.SUBMITTED, ResponseState.ACCEPTED})


def signs_off(actor: Actor, response: Response) -> bool:
    """Tell whether the person may submit this report: a leader where the task asks for one.

    Whoever enters for a unit holds what its leader has signed.
    """
    if entering.enters_for(actor, response):
        return True
    unit = response.assignment.unit_id
    if response.assignment.round.task.needs_sign_off:
        return actor.may(Permission.REPORTS_SIGN_OFF, unit)
    return actor.may(Permission.REPORTS_FILL, unit)


def submit(
    actor: Actor, response: Response, reasons: Mapping[str, str] | None = None
) -> Submission | None:
    """Submit the report, or send it to the leader where the person may not sign it off.

    `reasons` say, by check id, why doubted answers stand. Doing it twice gives the same
    submission. Raises InvalidError for an unfinished report or a doubt without a reason, and
    ConflictError for a closed one. The caller holds the row of the response. None means that it
    now waits for the leader.
    """
    if response.state in DONE:
        return response.current_submission
    may_sign = signs_off(actor, response)
    if response.state == ResponseState.AWAITING_SIGN_OFF and not may_sign:
        return None
    if why := closing.why_closed(response, signing_off=may_sign):
        raise ConflictError(closing.sentence(response, why))
    definition = versions.definition(response.version_id)
    assignment = response.assignment
    before = previous.submission_before(assignment)
    last = previous.of_round_before(assignment, before, definition)
    if checks.errors(definition, response.answers, last):
        raise InvalidError(_("Báo cáo còn câu chưa xong. Hãy xem danh sách rồi sửa."))
    _keep_reasons(response, checks.warnings(definition, response.answers, last), reasons or {})
    if may_sign:
        return _submit(actor, response, before, last)
    response.state = ResponseState.AWAITING_SIGN_OFF
    _record(actor, "report.sent_for_sign_off", response)
    return None


def send_back(actor: Actor, response: Response, reason: str) -> None:
    """Give a report that waits for sign-off back to those who fill it in, with the reason."""
    if not actor.may(Permission.REPORTS_SIGN_OFF, response.assignment.unit_id):
        raise ForbiddenError
    if response.state != ResponseState.AWAITING_SIGN_OFF:
        raise ConflictError(_("Báo cáo không còn chờ duyệt."))
    response.state = ResponseState.DRAFT
    db.session.add(
        ReviewNote(response_id=response.id, text=reason, by_id=actor.person_id, at=clock.now())
    )
    _record(actor, "report.sent_back", response)


def notes(response: Response) -> list[ReviewNote]:
    """Return everything that was said of the report, the newest first."""
    return list(
        db.session.scalars(
            select(ReviewNote)
            .where(ReviewNote.response_id == response.id)
            .order_by(ReviewNote.id.desc())
            .options(joinedload(ReviewNote.by))
        )
    )


def may_withdraw(response: Response) -> bool:
    """Tell whether a submitted report can still be taken back: until its deadline."""
    due = deadlines.due_at(response.assignment)
    in_time = due is None or clock.now() <= due
    asked_for = response.assignment.round.withdrawn_at is None
    return response.state == ResponseState.SUBMITTED and in_time and asked_for


def withdraw(actor: Actor, response: Response) -> None:
    """Take a submitted report back to go on filling it in; the submission stays on record."""
    submission = response.current_submission
    if submission is None or not may_withdraw(response):
        raise ConflictError(_("Chỉ rút được báo cáo đã nộp, chưa tiếp nhận và còn trong hạn."))
    if not signs_off(actor, response):
        raise ForbiddenError(_("Chỉ lãnh đạo đơn vị rút được báo cáo đã duyệt."))
    submission.withdrawn_at = clock.now()
    response.current_submission = None
    response.submitted_at = None
    response.state = ResponseState.DRAFT
    _record(actor, "report.withdrawn", response, receipt=submission.receipt)


def fingerprint(submission: Submission) -> str:
    """Return the SHA-256 over everything that the receipt stands for."""
    return _fingerprint(
        submission.receipt,
        submission.version_id,
        submission.answers,
        submission.submitted_at,
        submission.submitted_by_id,
    )


def _submit(
    actor: Actor,
    response: Response,
    before: Submission | None,
    last: Mapping[str, Any] | None,
) -> Submission:
    definition = versions.definition(response.version_id)
    number = 1 + db.session.execute(
        select(func.count(Submission.id)).where(Submission.response_id == response.id)
    ).scalar_one()
    now = clock.now()
    submission = Submission(
        response_id=response.id,
        number=number,
        version_id=response.version_id,
        answers=checks.submitted_answers(definition, response.answers, last),
        reasons=response.reasons,
        receipt=f"TH-{clock.local(now):%Y}-{response.id:06d}-{number:02d}",
        submitted_at=now,
        submitted_by_id=actor.person_id,
        on_behalf=entering.enters_for(actor, response),
        previous=before,
    )
    submission.fingerprint = fingerprint(submission)
    db.session.add(submission)
    db.session.flush()
    response.current_submission = submission
    response.submitted_at = now
    response.state = ResponseState.SUBMITTED
    response.return_reason = ""
    response.carried_from_id = None
    _record(actor, "report.submitted", response, receipt=submission.receipt)
    return submission


def _keep_reasons(
    response: Response, warnings: Sequence[checks.Problem], given: Mapping[str, str]
) -> None:
    """Keep a reason for every doubt; raises InvalidError where one is missing."""
    known = {**response.reasons, **{check: text for check, text in given.items() if text}}
    doubted = {one.check for one in warnings}
    response.reasons = {check: known[check] for check in doubted if check in known}
    if doubted - known.keys():
        raise InvalidError(_("Có số liệu cần giải thích. Hãy ghi lý do rồi nộp lại."))


def _fingerprint(
    receipt: str, version_id: int, answers: object, at: datetime, person_id: int
) -> str:
    content = [receipt, version_id, answers, at.isoformat(timespec="microseconds"), person_id]
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _record(actor: Actor, action: str, response: Response, **detail: object) -> None:
    db.session.flush()
    audit.record(actor, action, response, unit_id=response.assignment.unit_id, **detail)
