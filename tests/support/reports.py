"""Submitted reports for tests that only read them."""

from datetime import datetime
from typing import Any

from core import clock
from core.extensions import db
from models import Assignment, ResponseState, Submission
from tests.factories import make_person, response_of


def submit(
    assignment: Assignment,
    answers: dict[str, Any],
    *,
    at: datetime | None = None,
    state: ResponseState = ResponseState.SUBMITTED,
) -> Submission:
    """Put a submission that counts into an assignment."""
    response = response_of(assignment)
    number = len(response.submissions) + 1
    submission = Submission(
        response_id=response.id,
        number=number,
        version_id=response.version_id,
        answers=answers,
        receipt=f"BN-{response.id}-{number}",
        fingerprint="0" * 64,
        submitted_at=at or clock.now(),
        submitted_by_id=make_person().id,
    )
    db.session.add(submission)
    db.session.flush()
    response.answers = answers
    response.state = state
    response.current_submission_id = submission.id
    response.submitted_at = submission.submitted_at
    db.session.flush()
    return submission
