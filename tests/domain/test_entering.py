"""Entering for a unit: begun with a reason, seen by the unit, and marked on what was submitted."""

import pytest

from core.errors import ConflictError, ForbiddenError, InvalidError
from core.permissions import Actor, Role
from domain import answering, entering, review, submitting
from models import AuditEntry, Response
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish, response_of

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office() -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


@pytest.fixture
def report() -> Response:
    form = make_form(make_task(needs_sign_off=True), {"type": "integer", "uid": "q"})
    return response_of(publish(form, make_unit())[0])


def test_the_office_fills_in_only_what_it_has_opened(office: Actor, report: Response) -> None:
    assert not entering.may_fill(office, report)
    entering.begin(office, report, "Đơn vị gửi bản giấy")
    assert entering.may_fill(office, report)
    assert report.entered_by_id == office.person_id
    entering.end(office, report)
    assert (entering.may_fill(office, report), report.entered_reason) == (False, "")
    done = [one.action for one in AuditEntry.query.order_by(AuditEntry.id)]
    assert done[-2:] == ["report.entering_began", "report.entering_ended"]


def test_others_of_the_office_can_not(report: Response, office: Actor) -> None:
    clerk = actor_for(make_person(Role.CLERK))
    with pytest.raises(ForbiddenError):
        entering.begin(clerk, report, "Thử")
    entering.begin(office, report, "Bản giấy")
    assert not entering.may_fill(clerk, report)
    with pytest.raises(ForbiddenError):
        entering.end(clerk, report)


def test_a_reason_is_asked_and_a_closed_report_stays_closed(office: Actor, report: Response) -> None:
    with pytest.raises(InvalidError):
        entering.begin(office, report, "")
    report.state = "submitted"
    with pytest.raises(ConflictError):
        entering.begin(office, report, "Bản giấy")


def test_what_the_office_submits_is_marked_and_needs_no_leader(office: Actor, report: Response) -> None:
    entering.begin(office, report, "Bản giấy có chữ ký")
    answering.save_answer(office, report, "q", 3)
    submission = submitting.submit(office, report)
    assert submission is not None
    assert submission.on_behalf
    review.return_report(office, report, "Sai số", {})
    assert not entering.may_fill(office, report)


def test_what_the_unit_submits_itself_is_not_marked(office: Actor, report: Response) -> None:
    entering.begin(office, report, "Bản giấy")
    leader = actor_for(make_person(Role.LEADER, report.assignment.unit))
    submission = submitting.submit(leader, report)
    assert submission is not None
    assert not submission.on_behalf
