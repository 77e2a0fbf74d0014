"""Later deadlines of single units and reports that aren't owed; every refusal says why."""

from datetime import datetime, timedelta

import pytest

from core import clock
from core.clock import ZONE
from core.errors import ConflictError, ForbiddenError, InvalidError
from core.permissions import Actor, Role
from domain import answering, deadlines, entering, exemptions, extensions, submitting
from models import AuditEntry, Response
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish, response_of

pytestmark = pytest.mark.usefixtures("app")

DUE = datetime(2026, 12, 5, 23, 59, 59, tzinfo=ZONE)
LOCK = DUE + timedelta(days=2)
LATER = DUE + timedelta(days=7)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def reports() -> list[Response]:
    form = make_form(make_task(due_at=DUE, locks_at=LOCK), {"type": "integer", "uid": "q"})
    with clock.stopped_at(DUE - timedelta(days=9)):
        return [response_of(one) for one in publish(form, make_unit("Một"), make_unit("Hai"))]


@pytest.fixture
def office() -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


def reporter_of(report: Response) -> Actor:
    return actor_for(make_person(Role.REPORTER, report.assignment.unit))


def closed_at(report: Response, instant: datetime) -> str:
    with clock.stopped_at(instant):
        return answering.closed_reason(report)


def test_a_unit_asks_and_is_granted_more_time_beyond_the_lock(
    reports: list[Response], office: Actor
) -> None:
    report, other = reports
    with clock.stopped_at(DUE + timedelta(days=1)):
        asked = extensions.ask(reporter_of(report), report, LATER, "Mất điện hai ngày")
        assert extensions.waiting_in(report.assignment.round) == [asked]
        extensions.grant(office, [report.assignment], LATER, "Đồng ý")
    assert extensions.waiting(report.assignment) is None
    assert (asked.granted_until, asked.answer) == (LATER, "Đồng ý")
    assert deadlines.due_at(report.assignment) == LATER
    assert deadlines.due_at(other.assignment) == DUE
    assert closed_at(report, LATER) == ""
    assert "khoá sổ" in closed_at(report, LATER + A_SECOND)
    assert closed_at(other, LOCK) == ""
    assert "khoá sổ" in closed_at(other, LOCK + A_SECOND)


def test_a_refusal_changes_no_deadline_and_is_final(reports: list[Response], office: Actor) -> None:
    report = reports[0]
    with clock.stopped_at(DUE - timedelta(days=1)):
        asked = extensions.ask(reporter_of(report), report, LATER, "Bận")
        with pytest.raises(ConflictError):
            extensions.ask(reporter_of(report), report, LATER, "Vẫn bận")
        extensions.refuse(office, asked, "Không có lý do chính đáng")
        with pytest.raises(ConflictError):
            extensions.refuse(office, asked, "Nhắc lại")
        again = extensions.ask(reporter_of(report), report, LATER, "Lý do khác")
    assert deadlines.due_at(report.assignment) == DUE
    assert extensions.of_assignment(report.assignment) == [again, asked]


@pytest.mark.parametrize("until", [DUE, DUE - timedelta(days=30)])
def test_a_new_deadline_must_be_later_and_ahead(
    reports: list[Response], office: Actor, until: datetime
) -> None:
    report = reports[0]
    with clock.stopped_at(DUE - timedelta(days=1)):
        with pytest.raises(InvalidError):
            extensions.ask(reporter_of(report), report, until, "x")
        with pytest.raises(InvalidError):
            extensions.grant(office, [report.assignment], until, "x")
    with clock.stopped_at(LATER + A_SECOND), pytest.raises(InvalidError):
        extensions.grant(office, [report.assignment], LATER, "x")
    assert report.assignment.due_at is None


def test_many_are_extended_together_or_not_at_all(reports: list[Response], office: Actor) -> None:
    first, second = (one.assignment for one in reports)
    with clock.stopped_at(DUE):
        submitting.submit(reporter_of(reports[1]), reports[1])
        with pytest.raises(ConflictError, match="Hai"):
            extensions.grant(office, [first, second], LATER, "Bão lũ")
        assert first.due_at is None
        with pytest.raises(ConflictError):
            extensions.ask(reporter_of(reports[1]), reports[1], LATER, "x")


def test_an_exempt_report_is_not_owed_until_it_is_again(
    reports: list[Response], office: Actor
) -> None:
    report = reports[0]
    exemptions.exempt(office, [report.assignment], "Đơn vị mới sáp nhập")
    assert "miễn" in closed_at(report, DUE)
    with clock.stopped_at(LATER):
        assert not deadlines.is_overdue(report.assignment, None)
        with pytest.raises(ConflictError):
            extensions.ask(reporter_of(report), report, LATER + A_SECOND, "x")
    exemptions.require_again(office, report.assignment)
    assert closed_at(report, DUE) == ""
    actions = [one.action for one in AuditEntry.query.order_by(AuditEntry.id)][-2:]
    assert actions == ["report.exempted", "report.required"]


def test_what_was_sent_is_not_exempted(reports: list[Response], office: Actor) -> None:
    with clock.stopped_at(DUE):
        submitting.submit(reporter_of(reports[0]), reports[0])
    with pytest.raises(ConflictError):
        exemptions.exempt(office, [one.assignment for one in reversed(reports)], "x")
    assert [one.assignment.exempted_at for one in reports] == [None, None]


def test_only_the_office_decides_and_only_the_unit_asks(
    reports: list[Response], office: Actor
) -> None:
    report = reports[0]
    reporter = reporter_of(report)
    for act in (
        lambda: extensions.ask(office, report, LATER, "x"),
        lambda: extensions.grant(reporter, [report.assignment], LATER, "x"),
        lambda: exemptions.exempt(reporter, [report.assignment], "x"),
        lambda: exemptions.require_again(reporter, report.assignment),
    ):
        with pytest.raises(ForbiddenError):
            act()


def test_the_office_enters_after_the_lock_and_the_unit_can_not(
    reports: list[Response], office: Actor
) -> None:
    report = reports[0]
    with clock.stopped_at(LOCK + A_SECOND):
        with pytest.raises(ConflictError):
            answering.save_answer(reporter_of(report), report, "q", 1)
        entering.begin(office, report, "Bản giấy đến muộn")
        answering.save_answer(office, report, "q", 1)
        submission = submitting.submit(office, report)
    assert submission is not None
    assert deadlines.is_late(report.assignment, submission.submitted_at)
