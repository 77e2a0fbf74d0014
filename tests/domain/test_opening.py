"""Tasks that come again: rounds are planned, open by themselves, once, with the units of the day."""

from datetime import date, datetime, timedelta

import pytest

from core import clock
from core.clock import ZONE
from core.errors import ConflictError, ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Role
from domain import (
    answering,
    cycles,
    levels,
    opening,
    previous,
    recurring,
    rounds,
    submitting,
)
from domain.cycles import Cycle, Dates, Period, Schedule
from domain.recurring import Wanted
from domain.rounds import RoundState
from models import Assignment, AuditEntry, FormTarget, PlannedRound, Round, Task, Unit, UnitKind
from tests.factories import (
    actor_for,
    make_form,
    make_group,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)

pytestmark = pytest.mark.usefixtures("app")

START = datetime(2026, 3, 1, 8, 0, tzinfo=ZONE)
QUARTERLY = Wanted(
    Schedule(Cycle.QUARTER, cycles.DECREE_09.rules[Cycle.QUARTER], locks_after=5),
    Period(2026, 1, Cycle.QUARTER),
)
SECOND_OPENS = datetime(2026, 6, 15, 0, 0, tzinfo=ZONE)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def office() -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


@pytest.fixture
def units() -> list[Unit]:
    return [make_unit("Phòng Một"), make_unit("Phòng Hai", kind=UnitKind.COMMUNE)]


@pytest.fixture
def task(office: Actor, units: list[Unit]) -> Task:
    """A quarterly task whose first round units owe already."""
    with clock.stopped_at(START):
        form = make_form(make_task(due_at=None), {"type": "integer", "uid": "q"})
        recurring.change(office, form.task, QUARTERLY)
        publish(form, *units)
    return form.task


def open_at(now: datetime) -> list[str]:
    with clock.stopped_at(now):
        return [one.name for one in opening.open_due_rounds(now)]


def owing(round_: Round) -> list[str]:
    query = db.session.query(Assignment).filter_by(round_id=round_.id)
    return [one.unit_name for one in query.order_by(Assignment.position)]


def test_the_draft_becomes_the_first_round_and_the_coming_year_is_planned(task: Task) -> None:
    first = task.rounds[0]
    assert (first.name, first.data_from, first.data_to) == (
        "Quý I/2026", date(2025, 12, 15), date(2026, 3, 14),
    )  # fmt: skip
    assert first.due_at == datetime(2026, 3, 25, 23, 59, 59, tzinfo=ZONE)
    names = [one.name for one in recurring.planned(task)]
    assert names == ["Quý II/2026", "Quý III/2026", "Quý IV/2026", "Quý I/2027"]


def test_the_next_round_opens_at_its_hour_with_the_units_of_that_day(
    task: Task, units: list[Unit]
) -> None:
    new = make_unit("Phòng Ba")
    db.session.add(FormTarget(form_id=task.forms[0].id, unit_id=new.id))
    units[0].closed_at = SECOND_OPENS - timedelta(days=1)
    assert open_at(SECOND_OPENS - A_SECOND) == []
    assert open_at(SECOND_OPENS) == ["Quý II/2026"]
    assert open_at(SECOND_OPENS) == []
    assert [owing(one) for one in task.rounds] == [
        ["Phòng Một", "Phòng Hai"], ["Phòng Hai", "Phòng Ba"],
    ]  # fmt: skip
    assert recurring.planned(task)[0].name == "Quý III/2026"
    assert AuditEntry.query.filter_by(action="round.opened").one().detail["units"] == 2


def test_the_plan_goes_on_over_the_turn_of_the_year(task: Task) -> None:
    for month, year in ((6, 2026), (9, 2026), (12, 2026), (3, 2027)):
        open_at(datetime(year, month, 15, 0, 0, tzinfo=ZONE))
    assert [one.name for one in task.rounds][-2:] == ["Quý IV/2026", "Quý I/2027"]
    last = task.rounds[-1]
    assert (last.data_from, last.data_to) == (date(2026, 12, 15), date(2027, 3, 14))
    assert [one.name for one in recurring.planned(task)][-1] == "Quý I/2028"


def test_a_round_is_compared_with_the_one_before_it(task: Task, units: list[Unit]) -> None:
    reporter = actor_for(make_person(Role.REPORTER, units[0]))
    first = response_of(Assignment.query.filter_by(unit_id=units[0].id).one())
    with clock.stopped_at(START):
        answering.save_answer(reporter, first, "q", 7)
        submitting.submit(reporter, first)
    open_at(SECOND_OPENS)
    second = Assignment.query.filter_by(unit_id=units[0].id, round_id=task.rounds[-1].id).one()
    assert previous.of_report(response_of(second)) == {"q": 7}


def test_nothing_opens_that_is_skipped_stopped_deleted_or_never_published(
    task: Task, office: Actor
) -> None:
    one = recurring.planned(task)[0]
    recurring.leave_out(office, one)
    assert open_at(SECOND_OPENS) == []
    recurring.take_in(office, one)
    task.deleted_at = SECOND_OPENS
    assert open_at(SECOND_OPENS) == []
    task.deleted_at = None
    task.rounds[0].published_at = None
    assert open_at(SECOND_OPENS) == []
    task.rounds[0].published_at = START
    with clock.stopped_at(START):
        rule = recurring.of_task(task)
        assert rule is not None
        recurring.stop(office, rule)
    assert open_at(SECOND_OPENS) == []
    assert recurring.planned(task) == []


def test_a_round_whose_deadline_has_passed_waits_for_the_secretariat(
    task: Task, office: Actor
) -> None:
    late = datetime(2026, 7, 2, 8, 0, tzinfo=ZONE)
    assert open_at(late) == []
    with clock.stopped_at(late):
        missed = next(one for one in rounds.lines(task) if one.state == RoundState.MISSED)
        assert missed.planned is not None
        planned = missed.planned
        due = late + timedelta(days=5)
        dates = Dates(planned.data_from, planned.data_to, late, due, None)
        recurring.change_planned(office, planned, name=planned.name, dates=dates)
    assert open_at(late + A_SECOND) == ["Quý II/2026"]
    assert task.rounds[-1].due_at == due


def test_dates_of_its_own_outlive_a_new_rule(task: Task, office: Actor) -> None:
    first, second = recurring.planned(task)[:2]
    due = datetime(2026, 6, 20, 17, 0, tzinfo=ZONE)
    dates = Dates(first.data_from, first.data_to, SECOND_OPENS, due, None)
    recurring.change_planned(office, first, name="Quý II (gộp)", dates=dates)
    second_due = second.due_at
    wanted = Wanted(
        Schedule(Cycle.QUARTER, cycles.CALENDAR.rules[Cycle.QUARTER]), Period(2026, 2, Cycle.QUARTER)
    )
    with clock.stopped_at(START):
        recurring.change(office, task, wanted)
    found = recurring.planned(task)
    assert (found[0].name, found[0].due_at) == ("Quý II (gộp)", due)
    assert found[1].due_at == datetime(2026, 10, 5, 23, 59, 59, tzinfo=ZONE) != second_due
    assert len({one.period for one in found}) == len(found)


def test_a_round_may_be_opened_early_once(task: Task, office: Actor) -> None:
    planned = recurring.planned(task)[0]
    with clock.stopped_at(START):
        round_ = opening.open_now(office, planned)
    assert (round_.period, PlannedRound.query.filter_by(period="2026-Q02").count()) == ("2026-Q02", 0)
    days = {"data_from": date(2026, 1, 1), "data_to": date(2026, 1, 2)}
    again = PlannedRound(
        task_id=task.id, period="2026-Q02", name="x", opens_at=START, due_at=SECOND_OPENS, **days
    )
    db.session.add(again)
    db.session.flush()
    with pytest.raises(ConflictError):
        opening.open_now(office, again)


def test_levels_report_earlier_or_later_group_before_kind(
    office: Actor, units: list[Unit]
) -> None:
    first, second = units
    group = make_group(first, second, name="Khối một")
    wanted = Wanted(
        QUARTERLY.schedule,
        QUARTERLY.first,
        levels=((f"kind:{UnitKind.COMMUNE}", -5), ("group:999", 3)),
    )
    with clock.stopped_at(START):
        form = make_form(make_task(due_at=None), "integer")
        recurring.change(office, form.task, wanted)
        one, two = publish(form, first, second)
    assert one.level_due_at is None
    assert two.level_due_at == datetime(2026, 3, 20, 23, 59, 59, tzinfo=ZONE)
    later = datetime(2026, 3, 28, 17, 0, tzinfo=ZONE)
    with clock.stopped_at(START):
        kinds = {f"kind:{UnitKind.COMMUNE}": later + timedelta(days=1)}
        levels_of(office, one.round, {f"group:{group.id}": later, **kinds})
        assert {one.level_due_at, two.level_due_at} == {later}
        with pytest.raises(InvalidError):
            levels_of(office, one.round, {"group:999": later})
        with pytest.raises(InvalidError):
            levels_of(office, one.round, {f"group:{group.id}": START - timedelta(days=1)})
        levels_of(office, one.round, {})
    assert {one.level_due_at, two.level_due_at} == {None}


def levels_of(office: Actor, round_: Round, wanted: dict[str, datetime]) -> None:
    levels.change(office, round_, wanted)


def test_a_withdrawn_round_is_owed_no_more_until_it_is_asked_for_again(
    task: Task, office: Actor, units: list[Unit]
) -> None:
    reporter = actor_for(make_person(Role.REPORTER, units[0]))
    report = response_of(Assignment.query.filter_by(unit_id=units[0].id).one())
    with clock.stopped_at(START):
        rounds.withdraw(office, task.rounds[0], "Gộp vào báo cáo năm")
        with pytest.raises(ConflictError, match="Gộp vào báo cáo năm"):
            answering.save_answer(reporter, report, "q", 1)
        rounds.ask_again(office, task.rounds[0])
        answering.save_answer(reporter, report, "q", 1)
    assert rounds.state_of(task.rounds[0]) == RoundState.ENDED


def test_only_the_secretariat_plans(task: Task) -> None:
    clerk = actor_for(make_person(Role.CLERK))
    planned = recurring.planned(task)[0]
    for act in (
        lambda: recurring.change(clerk, task, QUARTERLY),
        lambda: recurring.leave_out(clerk, planned),
        lambda: recurring.take_in(clerk, planned),
        lambda: opening.open_now(clerk, planned),
        lambda: rounds.withdraw(clerk, task.rounds[0], "x"),
        lambda: rounds.ask_again(clerk, task.rounds[0]),
    ):
        with pytest.raises(ForbiddenError):
            act()


def test_dates_that_contradict_each_other_are_refused(task: Task, office: Actor) -> None:
    one = recurring.planned(task)[0]
    wrong = Dates(one.data_to, one.data_from, one.due_at, one.due_at, one.due_at - A_SECOND)
    with pytest.raises(InvalidError) as refused:
        recurring.change_planned(office, one, name="x", dates=wrong)
    assert set(refused.value.fields) == {"data_to", "opens_at", "locks_at"}
