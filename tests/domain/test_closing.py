"""Whether a report can be changed: each reason has its name, and closing is a latch."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.clock import ZONE
from core.errors import ConflictError
from core.permissions import Actor, Role
from domain import answering, closing, correcting, deadlines, extensions, review, submitting, tasks
from domain.closing import Closed
from forms.fields import instant
from models import AuditEntry, Response, ResponseState
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish, response_of

pytestmark = pytest.mark.usefixtures("app")
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

DUE = datetime(2026, 12, 4, 23, 59, 59, tzinfo=ZONE)
LOCK = DUE + timedelta(days=3)
A_SECOND = timedelta(seconds=1)
ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/New_York")


@pytest.fixture
def report() -> Response:
    form = make_form(make_task(due_at=DUE, locks_at=LOCK), {"type": "integer", "uid": "q"})
    with clock.stopped_at(DUE - timedelta(days=9)):
        return response_of(publish(form, make_unit("Bảo tàng"))[0])


@pytest.fixture
def office() -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


@pytest.fixture
def reporter(report: Response) -> Actor:
    return actor_for(make_person(Role.REPORTER, report.assignment.unit))


@pytest.fixture(params=ZONES)
def host_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The zone that the machine is set to, which must decide nothing."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def why_at(report: Response, at: datetime) -> Closed | None:
    with clock.stopped_at(at):
        return closing.why_closed(report)


def said_at(report: Response, at: datetime) -> str:
    with clock.stopped_at(at):
        return answering.closed_reason(report)


def test_before_its_round_opens_it_says_when(report: Response) -> None:
    report.assignment.round.opens_at = DUE - timedelta(days=5)
    assert why_at(report, DUE - timedelta(days=5) - A_SECOND) == Closed.NOT_OPEN
    assert "23 giờ 59 phút, Chủ nhật, ngày 29/11/2026" in said_at(report, DUE - timedelta(days=6))
    assert why_at(report, DUE - timedelta(days=5)) is None


def test_after_the_lock_it_is_locked_and_says_since_when(report: Response) -> None:
    assert why_at(report, LOCK) is None
    assert why_at(report, LOCK + A_SECOND) == Closed.LOCKED
    assert "23 giờ 59 phút, Thứ Hai, ngày 07/12/2026" in said_at(report, LOCK + A_SECOND)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (ResponseState.NOT_STARTED, None),
        (ResponseState.DRAFT, None),
        (ResponseState.RETURNED, None),
        (ResponseState.AWAITING_SIGN_OFF, Closed.AWAITING_SIGN_OFF),
        (ResponseState.SUBMITTED, Closed.SUBMITTED),
        (ResponseState.ACCEPTED, Closed.ACCEPTED),
        (ResponseState.EXEMPT, Closed.EXEMPT),
    ],
)
@on_sqlite
def test_a_state_closes_it_whatever_the_hour(
    report: Response, state: ResponseState, why: Closed | None
) -> None:
    report.state = state
    assert why_at(report, DUE) == why
    assert why_at(report, LOCK + A_SECOND) == (why or Closed.LOCKED)
    assert bool(answering.not_owed_reason(report)) == (why is not None)


def test_exempt_and_withdrawn_go_before_everything_else(report: Response) -> None:
    report.assignment.exempted_at = DUE
    assert why_at(report, LOCK + A_SECOND) == Closed.EXEMPT
    report.assignment.round.withdrawn_at = DUE
    report.assignment.round.withdrawn_reason = "Gộp vào báo cáo năm."
    assert why_at(report, LOCK + A_SECOND) == Closed.WITHDRAWN
    assert said_at(report, DUE).endswith("Gộp vào báo cáo năm.")


def test_every_reason_has_a_sentence_of_its_own(report: Response) -> None:
    assert len({closing.sentence(report, one) for one in Closed}) == len(Closed)


def test_the_last_second_is_taken_and_the_next_is_refused_on_every_machine(
    report: Response, reporter: Actor, host_zone: str
) -> None:
    assert host_zone in ZONES
    with clock.stopped_at(datetime(2026, 12, 7, 16, 59, 59, tzinfo=UTC)):
        answering.save_answer(reporter, report, "q", 1)
    with (
        clock.stopped_at(datetime(2026, 12, 7, 17, 0, 0, tzinfo=UTC)),
        pytest.raises(ConflictError, match="khoá sổ"),
    ):
        answering.save_answer(reporter, report, "q", 2)
    assert report.answers["q"] == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2028-02-29", "2028-02-29T16:59:59+00:00"),
        ("2027-02-28", "2027-02-28T16:59:59+00:00"),
        ("2026-12-31", "2026-12-31T16:59:59+00:00"),
        ("2026-04-30", "2026-04-30T16:59:59+00:00"),
    ],
)
@on_sqlite
def test_a_bare_date_ends_at_midnight_in_vietnam_on_every_machine(
    host_zone: str, typed: str, meant: str
) -> None:
    assert host_zone in ZONES
    end = instant(datetime.fromisoformat(typed).date(), None)
    assert end is not None
    assert end.astimezone(UTC).isoformat() == meant


def test_what_is_late_is_so_from_the_first_second(report: Response) -> None:
    assert not deadlines.is_late(report.assignment, DUE)
    assert deadlines.is_late(report.assignment, DUE + A_SECOND)
    with clock.stopped_at(DUE):
        assert not deadlines.is_overdue(report.assignment, None)
    with clock.stopped_at(DUE + A_SECOND):
        assert deadlines.is_overdue(report.assignment, None)


def test_a_clock_set_back_never_reopens_what_was_seen_locked(report: Response) -> None:
    with clock.stopped_at(LOCK + A_SECOND):
        assert closing.latch(report)
        assert not closing.latch(report)
    assert why_at(report, DUE) == Closed.LOCKED


def test_all_locks_that_have_passed_are_kept_once(report: Response) -> None:
    late, open_ = (publish(report.assignment.form, make_unit(name))[-1] for name in ("Hai", "Ba"))
    late.due_at, open_.due_at = LOCK - A_SECOND, LOCK + timedelta(days=2)
    later = LOCK + timedelta(days=1)
    assert deadlines.latch_all(LOCK) == 0
    assert (deadlines.latch_all(later), deadlines.latch_all(later)) == (2, 0)
    assert open_.locked_at is None
    assert report.assignment.locked_at == later
    entry = AuditEntry.query.filter_by(action="round.locked").one()
    assert (entry.object_id, entry.detail) == (report.assignment.round_id, {"reports": 2})


def test_the_office_reopens_by_a_later_deadline_or_a_later_lock(
    report: Response, office: Actor
) -> None:
    until = LOCK + timedelta(days=5)
    with clock.stopped_at(LOCK + A_SECOND):
        closing.latch(report)
        extensions.grant(office, [report.assignment], until, "Mất điện")
    assert why_at(report, until) is None
    assert why_at(report, until + A_SECOND) == Closed.LOCKED
    with clock.stopped_at(until + A_SECOND):
        deadlines.latch_all(clock.now())
        tasks.change(office, report.assignment.round.task, locks_at=until + timedelta(days=9))
    assert why_at(report, until + timedelta(days=9)) is None


def test_a_later_deadline_after_the_lock_moved_back_is_judged_anew(
    report: Response, office: Actor
) -> None:
    with clock.stopped_at(DUE):
        tasks.change(office, report.assignment.round.task, locks_at=None)
    assert why_at(report, LOCK + timedelta(days=900)) is None


def test_the_deadline_of_a_level_goes_before_the_round_s_and_keeps_the_lock_open(
    report: Response,
) -> None:
    one = report.assignment
    one.level_due_at = DUE - timedelta(days=2)
    assert deadlines.due_at(one) == DUE - timedelta(days=2)
    assert deadlines.locks_at(one) == LOCK
    one.level_due_at = LOCK + timedelta(days=2)
    assert deadlines.locks_at(one) == LOCK + timedelta(days=2)
    one.due_at = LOCK + timedelta(days=4)
    assert (deadlines.due_at(one), deadlines.locks_at(one)) == (one.due_at, one.due_at)


def test_the_office_corrects_a_sent_report_after_the_lock(
    report: Response, office: Actor, reporter: Actor
) -> None:
    with clock.stopped_at(DUE):
        answering.save_answer(reporter, report, "q", 1)
        submitting.submit(reporter, report)
        review.accept(office, report)
    with clock.stopped_at(LOCK + A_SECOND):
        correcting.correct(office, report, "Đơn vị báo nhầm số")
        answering.save_answer(office, report, "q", 2)
        submission = submitting.submit(office, report)
    assert submission is not None
    assert (submission.number, submission.answers, submission.on_behalf) == (2, {"q": 2}, True)
    actions = [one.action for one in AuditEntry.query.order_by(AuditEntry.id)]
    assert actions[-4:] == [
        "report.accepted", "report.returned", "report.entering_began", "report.submitted",
    ]  # fmt: skip
