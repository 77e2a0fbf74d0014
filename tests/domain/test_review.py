import pytest

from core.errors import ConflictError, InvalidError
from core.permissions import Actor, Role
from domain import answering, inbox, review, submitting
from models import AuditEntry, Response, ResponseState, ReviewNote
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


def submitted() -> tuple[Actor, Actor, Response]:
    """Return the reporter, the secretary and a submitted report."""
    unit = make_unit()
    response = response_of(publish(make_form(make_task(), {"type": "integer", "uid": "q"}), unit)[0])
    reporter = actor_for(make_person(Role.REPORTER, unit))
    answering.save_answer(reporter, response, "q", 12)
    submitting.submit(reporter, response)
    return reporter, actor_for(make_person(Role.SECRETARIAT)), response


def test_a_report_is_accepted_once() -> None:
    reporter, secretary, response = submitted()
    review.accept(secretary, response)
    review.accept(secretary, response)
    assert response.state == ResponseState.ACCEPTED
    assert [one.action for one in AuditEntry.query].count("report.accepted") == 1
    with pytest.raises(ConflictError):
        submitting.withdraw(reporter, response)


def test_only_what_was_submitted_is_accepted_or_returned() -> None:
    reporter, secretary, response = submitted()
    submitting.withdraw(reporter, response)
    with pytest.raises(ConflictError):
        review.accept(secretary, response)
    with pytest.raises(ConflictError):
        review.return_report(secretary, response, "Sai", {})


def test_a_returned_report_counts_no_more_and_names_what_to_mend() -> None:
    reporter, secretary, response = submitted()
    review.return_report(secretary, response, "Số liệu lệch", {"q": "Xem lại", "zz": "x", "r": ""})
    assert response.state == ResponseState.RETURNED
    assert (response.current_submission, response.submitted_at) == (None, None)
    assert inbox.notes_by_question(response) == {"q": ["Xem lại"]}
    assert ReviewNote.query.count() == 2
    answering.save_answer(reporter, response, "q", 13)
    assert response.state == ResponseState.DRAFT
    assert [one.response for one in inbox.inbox(reporter).returned] == [response]
    again = submitting.submit(reporter, response)
    assert again is not None
    assert (again.number, again.answers) == (2, {"q": 13})
    assert [one.answers for one in response.submissions] == [{"q": 12}, {"q": 13}]
    assert inbox.notes_by_question(response) == {}


def test_a_return_needs_a_reason() -> None:
    _reporter, secretary, response = submitted()
    with pytest.raises(InvalidError):
        review.return_report(secretary, response, "", {"q": "Xem lại"})
    assert response.state == ResponseState.SUBMITTED


def test_an_accepted_report_can_still_be_returned() -> None:
    _reporter, secretary, response = submitted()
    review.accept(secretary, response)
    review.return_report(secretary, response, "Sai đơn vị tính", {})
    assert response.state == ResponseState.RETURNED


def test_the_audit_log_holds_no_reason_and_no_note() -> None:
    _reporter, secretary, response = submitted()
    review.return_report(secretary, response, "Lý do riêng", {"q": "Ghi chú riêng"})
    details = [str(one.detail) for one in AuditEntry.query]
    assert not [one for one in details if "riêng" in one]


def test_neighbours_are_the_submitted_reports_around_it() -> None:
    units = [make_unit() for _unit in range(3)]
    form = make_form(make_task(), {"type": "integer", "uid": "q"})
    first, second, third = publish(form, *units)
    for assignment in (first, third):
        reporter = actor_for(make_person(Role.REPORTER, assignment.unit))
        submitting.submit(reporter, response_of(assignment))
    assert review.neighbours(response_of(first)) == (None, third.id)
    assert review.neighbours(response_of(second)) == (first.id, third.id)
    assert review.neighbours(response_of(third)) == (first.id, None)
