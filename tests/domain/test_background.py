"""Background work: asked for once, done once, tried again, and parked where a person must look."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from core import clock
from core.clock import ZONE
from core.errors import ConflictError, ForbiddenError
from core.extensions import db
from core.permissions import Role
from domain import background
from domain.schedule import Daily
from models import Job, JobState
from tests.factories import actor_for, make_person

pytestmark = pytest.mark.usefixtures("app")

MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Know a daily and an ordinary kind of work and no other."""
    monkeypatch.setattr(background, "KINDS", {})
    background.carries_out("test.daily", "Hằng ngày", when=Daily(7))(lambda: None)
    background.carries_out("test.work", "Việc", tries=2)(lambda: None)
    with clock.stopped_at(MORNING):
        yield


def asked() -> Job:
    background.ask("test.work", "lý do")
    return db.session.query(Job).one()


def test_the_same_reason_is_asked_for_once() -> None:
    background.ask("test.work", "lý do", number=7)
    background.ask("test.work", "lý do", number=8)
    assert [one.arguments for one in db.session.query(Job)] == [{"number": 7}]


def test_a_tick_is_due_once_a_day_and_what_was_missed_is_made_up_for_once() -> None:
    def work_of(moment: datetime) -> list[str]:
        with clock.stopped_at(moment):
            found = background.due_ticks()
            background.ask_for_ticks(found)
            for one in db.session.query(Job):
                one.state = JobState.DONE
            return [key for _kind, key in found]

    assert work_of(MORNING) == ["test.daily@2026-03-02T00:00Z"]
    assert work_of(MORNING + timedelta(hours=5)) == []
    assert work_of(MORNING + timedelta(days=3)) == ["test.daily@2026-03-05T00:00Z"]


def test_no_second_tick_is_asked_for_while_the_first_waits() -> None:
    background.ask_for_ticks(background.due_ticks())
    with clock.stopped_at(MORNING + timedelta(days=1)):
        assert background.due_ticks() == []


def test_work_is_in_one_hand_alone_and_done_once() -> None:
    job = asked()
    assert background.claim(job.id, "một") is not None
    assert background.claim(job.id, "hai") is None
    background.finish(job.id, "một")
    assert background.claim(job.id, "hai") is None
    assert background.ready() == []


def test_work_whose_worker_died_is_taken_up_and_the_dead_one_changes_nothing_more() -> None:
    job = asked()
    background.claim(job.id, "chết")
    with clock.stopped_at(MORNING + background.HELD + timedelta(seconds=1)):
        assert background.ready() == [job.id]
        assert background.claim(job.id, "mới") is not None
        with pytest.raises(ConflictError):
            background.finish(job.id, "chết")
        background.fail(job.id, "chết", "muộn")
        background.finish(job.id, "mới")
    db.session.refresh(job)
    assert (job.state, job.attempts, job.error) == (JobState.DONE, 2, "")


def test_long_work_stays_in_hand_as_long_as_its_worker_lives() -> None:
    job = asked()
    background.claim(job.id, "sống")
    with clock.stopped_at(MORNING + background.HELD - timedelta(seconds=1)):
        background.keep_alive([job.id], "sống")
    with clock.stopped_at(MORNING + background.HELD + timedelta(seconds=1)):
        assert background.claim(job.id, "khác") is None


def test_failed_work_waits_longer_each_time_and_is_parked_in_the_end() -> None:
    job = asked()
    background.claim(job.id, "một")
    background.fail(job.id, "một", "hỏng")
    assert background.ready() == []
    with clock.stopped_at(MORNING + background.pause(1)):
        assert background.claim(job.id, "một") is not None
        background.fail(job.id, "một", "lại hỏng")
    db.session.refresh(job)
    assert (job.state, job.error) == (JobState.PARKED, "lại hỏng")
    assert [background.pause(one) // timedelta(minutes=1) for one in (1, 2, 3, 9)] == [1, 2, 4, 60]


def test_work_that_kills_its_process_each_time_is_parked_too() -> None:
    job = asked()
    for attempt in range(3):
        with clock.stopped_at(MORNING + (background.HELD * 2) * attempt):
            background.claim(job.id, f"lần {attempt}")
    db.session.refresh(job)
    assert job.state == JobState.PARKED
    assert job.error


def test_parked_work_is_run_again_by_the_administrator_alone() -> None:
    job = asked()
    job.state, job.attempts = JobState.PARKED, 2
    with pytest.raises(ForbiddenError):
        background.run_again(actor_for(make_person(Role.SECRETARIAT)), job)
    background.run_again(actor_for(make_person(Role.ADMIN)), job)
    assert background.ready() == [job.id]
    with pytest.raises(ConflictError):
        background.run_again(actor_for(make_person(Role.ADMIN)), job)


def test_what_was_done_long_ago_is_forgotten() -> None:
    job = asked()
    background.claim(job.id, "một")
    background.finish(job.id, "một")
    with clock.stopped_at(MORNING + timedelta(days=2)):
        background.forget_old()
        assert db.session.query(Job).count() == 1
    with clock.stopped_at(MORNING + timedelta(days=4)):
        background.forget_old()
        assert db.session.query(Job).count() == 0
