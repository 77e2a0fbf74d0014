from datetime import timedelta
from typing import Any

import pytest

from core import clock
from core.errors import ConflictError, ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Role
from domain import answering, inbox, submitting
from models import AuditEntry, Response, ResponseState, Submission
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)

pytestmark = pytest.mark.usefixtures("app")


def filled(**task_values: Any) -> tuple[Actor, Actor, Response]:
    """Return the reporter and the leader of a unit, and its complete report."""
    unit = make_unit()
    form = make_form(make_task(**task_values), {"type": "integer", "uid": "q", "required": True})
    response = response_of(publish(form, unit)[0])
    reporter = actor_for(make_person(Role.REPORTER, unit))
    answering.save_answer(reporter, response, "q", 12)
    return reporter, actor_for(make_person(Role.LEADER, unit)), response


def test_a_submission_is_a_copy_with_a_receipt() -> None:
    reporter, _leader, response = filled()
    submission = submitting.submit(reporter, response)
    assert submission is not None
    assert (response.state, response.current_submission) == (ResponseState.SUBMITTED, submission)
    assert submission.receipt == f"TH-{clock.local(clock.now()):%Y}-{response.id:06d}-01"
    assert submission.answers == {"q": 12}
    db.session.commit()
    db.session.refresh(submission)
    assert submission.fingerprint == submitting.fingerprint(submission)
    submission.answers = {"q": 13}
    assert submission.fingerprint != submitting.fingerprint(submission)


def test_submitting_twice_gives_one_submission() -> None:
    reporter, _leader, response = filled()
    first = submitting.submit(reporter, response)
    assert submitting.submit(reporter, response) is first
    assert Submission.query.count() == 1


def test_an_unfinished_report_is_refused_and_stays_open() -> None:
    reporter, _leader, response = filled()
    answering.save_answer(reporter, response, "q", None)
    with pytest.raises(InvalidError):
        submitting.submit(reporter, response)
    assert response.state == ResponseState.DRAFT
    assert Submission.query.count() == 0


def test_where_the_task_asks_the_leader_signs_off() -> None:
    reporter, leader, response = filled(needs_sign_off=True)
    assert submitting.submit(reporter, response) is None
    assert submitting.submit(reporter, response) is None
    assert response.state == ResponseState.AWAITING_SIGN_OFF
    with pytest.raises(ConflictError):
        answering.save_answer(reporter, response, "q", 1)
    submission = submitting.submit(leader, response)
    assert submission is not None
    assert submission.submitted_by_id == leader.person_id
    actions = [one.action for one in AuditEntry.query.order_by(AuditEntry.id)]
    assert actions[-2:] == ["report.sent_for_sign_off", "report.submitted"]


def test_the_leader_sends_back_with_a_reason() -> None:
    reporter, leader, response = filled(needs_sign_off=True)
    submitting.submit(reporter, response)
    with pytest.raises(ForbiddenError):
        submitting.send_back(reporter, response, "Thiếu")
    submitting.send_back(leader, response, "Thiếu số liệu")
    assert response.state == ResponseState.DRAFT
    assert [one.text for one in submitting.notes(response)] == ["Thiếu số liệu"]
    with pytest.raises(ConflictError):
        submitting.send_back(leader, response, "Nữa")


def test_a_report_can_be_taken_back_until_the_deadline() -> None:
    due = clock.now() + timedelta(hours=1)
    reporter, _leader, response = filled(due_at=due)
    submission = submitting.submit(reporter, response)
    with clock.stopped_at(due + timedelta(seconds=1)):
        assert not submitting.may_withdraw(response)
        with pytest.raises(ConflictError):
            submitting.withdraw(reporter, response)
    with clock.stopped_at(due):
        submitting.withdraw(reporter, response)
    assert submission is not None
    assert submission.withdrawn_at == due
    assert (response.state, response.submitted_at) == (ResponseState.DRAFT, None)
    again = submitting.submit(reporter, response)
    assert again is not None
    assert again.number == 2


def test_only_who_may_sign_off_takes_a_signed_report_back() -> None:
    reporter, leader, response = filled(needs_sign_off=True)
    submitting.submit(leader, response)
    with pytest.raises(ForbiddenError):
        submitting.withdraw(reporter, response)


def test_late_is_taken_until_the_lock_and_not_after_it() -> None:
    due = clock.now() + timedelta(hours=1)
    locks = due + timedelta(days=1)
    reporter, _leader, response = filled(due_at=due, locks_at=locks)
    with clock.stopped_at(locks + timedelta(seconds=1)), pytest.raises(ConflictError):
        submitting.submit(reporter, response)
    with clock.stopped_at(locks):
        submitting.submit(reporter, response)
        assert inbox.item(response).late


def test_the_inbox_sorts_by_what_is_to_be_done() -> None:
    reporter, _leader, response = filled(due_at=clock.now() + timedelta(days=1))
    assert [one.response for one in inbox.inbox(reporter).to_do] == [response]
    assert inbox.count_to_do(reporter) == 1
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert [one.response for one in inbox.inbox(reporter).overdue] == [response]
    submitting.submit(reporter, response)
    found = inbox.inbox(reporter)
    assert [one.response for one in found.done] == [response]
    assert (found.done_count, found.is_empty, inbox.count_to_do(reporter)) == (1, False, 0)


def test_what_waits_for_sign_off_counts_for_the_leader_alone() -> None:
    reporter, leader, response = filled(needs_sign_off=True)
    submitting.submit(reporter, response)
    assert inbox.count_to_do(reporter) == 0
    assert inbox.count_to_do(leader) == 1
    assert [one.response for one in inbox.inbox(reporter).waiting] == [response]


def test_another_unit_sees_nothing() -> None:
    filled()
    stranger = actor_for(make_person(Role.REPORTER, make_unit()))
    assert inbox.inbox(stranger).is_empty
    assert inbox.count_to_do(stranger) == 0
