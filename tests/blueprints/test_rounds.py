"""Pages for rounds: how a task comes again, the list, dates of one round, and the switcher."""

from datetime import date, datetime, time, timedelta

import pytest

from core import clock
from core.clock import ZONE
from core.extensions import db
from core.permissions import Role
from core.vietnamese import format_date
from domain import cycles, opening, recurring
from domain.cycles import Cycle, Schedule
from domain.recurring import Wanted
from models import Assignment, PlannedRound, Recurrence, Round, RoundLevel, Task, Unit, UnitKind
from tests.conftest import Browser
from tests.factories import actor_for, make_form, make_group, make_person, make_task, make_unit, publish

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]


@pytest.fixture
def office(browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


@pytest.fixture
def unit() -> Unit:
    return make_unit("Bảo tàng", kind=UnitKind.PUBLIC_UNIT)


def rule_of(office: Browser, task: Task, **changed: object) -> dict[str, object]:
    """Return what the page would send, with the year's last choice of a first period."""
    first = recurring.first_periods(task, Cycle.MONTH)[-1].key
    sent = {
        "cycle": "month", "first": first, "cut_off_day": "14", "due_day": "25", "due_later": "0",
        "due_hour": "17:00", "opens_before": "10", "locks_after": "5",
    }  # fmt: skip
    assert office.get(f"/tasks/{task.id}/recurrence").status_code == 200
    return {**sent, **changed}


def again(task: Task, unit: Unit) -> Task:
    """Publish the task as a monthly one and open its second round."""
    actor = actor_for(make_person(Role.SECRETARIAT))
    today = clock.today().date()
    first = cycles.period_around(Cycle.MONTH, today).next
    schedule = Schedule(Cycle.MONTH, cycles.CALENDAR.rules[Cycle.MONTH])
    recurring.change(actor, task, Wanted(schedule, first))
    publish(task.forms[0], unit)
    opening.open_now(actor, recurring.planned(task)[0])
    db.session.commit()
    return task


def test_a_preset_fills_the_dates_and_shows_the_first_rounds(office: Browser) -> None:
    task = make_task()
    page = office.get(f"/tasks/{task.id}/recurrence?cycle=quarter&preset=decree_09").text
    schedule = Schedule(Cycle.QUARTER, cycles.DECREE_09.rules[Cycle.QUARTER])
    period = recurring.first_ahead(schedule, recurring.first_periods(task, Cycle.QUARTER))
    assert period is not None
    dates = cycles.dates(schedule, period)
    assert f"{format_date(dates.data_from)} – {format_date(dates.data_to)}" in page
    assert '<option selected value="14">' in page
    weekly = office.get(f"/tasks/{task.id}/recurrence?cycle=week&preset=decree_09").text
    assert '<option selected value="2">Thứ Tư</option>' in weekly
    piece = office.get(
        f"/tasks/{task.id}/recurrence?cycle=year&preset=calendar", headers={"HX-Request": "true"}
    ).text
    assert piece.lstrip().startswith('<div id="rule"')


def test_a_task_is_set_to_come_again_and_stopped(office: Browser, unit: Unit) -> None:
    task = make_form(make_task(due_at=None), "integer").task
    group = make_group(unit, name="Nhóm <b>một</b>")
    sent = rule_of(office, task, **{"levels-0-who": f"group:{group.id}", "levels-0-days": "-3"})
    saved = office.post(f"/tasks/{task.id}/recurrence", data=sent)
    assert saved.location == f"/tasks/{task.id}/rounds"
    rule = Recurrence.query.one()
    assert (rule.locks_after, rule.levels) == (5, [{"who": f"group:{group.id}", "days": -3}])
    page = office.get(saved.location).text
    assert page.count("Dự kiến") == PlannedRound.query.count() > 3
    office.post(f"/tasks/{task.id}/recurrence/stop")
    assert PlannedRound.query.count() == 0
    assert "báo cáo một lần" in office.get(saved.location).text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"levels-0-who": "kind:commune"}, "cần cả cấp và hạn"),
        ({"levels-0-who": "", "levels-0-days": "3"}, "cần cả cấp và hạn"),
        ({"levels-0-days": "x", "levels-0-who": "kind:commune"}, "chưa đúng"),
        ({"opens_before": "0"}, "Nhập số từ 1 đến 366"),
        ({"cut_off_day": "25"}, "ít nhất một ngày"),
        ({"first": "2020-M01"}, "Kỳ đầu tiên"),
        ({"ends_on": "01/01/2020"}, "sau hạn của kỳ đầu tiên"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    office: Browser, changed: dict[str, str], told: str
) -> None:
    task = make_task()
    answer = office.post(f"/tasks/{task.id}/recurrence", data=rule_of(office, task, **changed))
    assert (answer.status_code, told in answer.text) == (422, True)
    assert Recurrence.query.count() == 0


def test_a_planned_round_gets_dates_of_its_own_or_is_left_out(office: Browser, unit: Unit) -> None:
    task = again(make_form(make_task(), "integer").task, unit)
    planned = recurring.planned(task)[0]
    url = f"/planned-rounds/{planned.id}"
    shown = office.get(f"{url}/edit").text
    assert format_date(planned.data_to) in shown
    new_due = (planned.due_at + timedelta(days=2)).astimezone(ZONE)
    sent = {
        "name": "Kỳ gộp", "data_from": "", "data_to": "", "opens_date": "", "due_word": "on",
        "due_date": format_date(new_due), "due_hour": "17h", "lock_date": "",
    }  # fmt: skip
    office.post(f"{url}/edit", data=sent)
    db.session.expire_all()
    assert (planned.name, planned.has_own_dates) == ("Kỳ gộp", True)
    assert planned.due_at == new_due.replace(hour=17, minute=0, second=0)
    wrong = office.post(f"{url}/edit", data={**sent, "opens_date": "01/01/2090"})
    assert (wrong.status_code, "mở trước hạn nộp" in wrong.text) == (422, True)
    office.post(f"{url}/skip")
    assert "Thôi bỏ qua" in office.get(f"/tasks/{task.id}/rounds").text
    office.post(f"{url}/unskip")
    opened = office.post(f"{url}/open")
    assert opened.location == f"/tasks/{task.id}/rounds"
    assert [one.name for one in Round.query.order_by(Round.position)][-1] == "Kỳ gộp"
    assert office.post(f"{url}/open").status_code == 404


def test_a_round_gets_new_dates_and_levels(office: Browser, unit: Unit) -> None:
    due = datetime.combine(clock.today().date() + timedelta(days=20), time(17), ZONE)
    form = make_form(make_task(due_at=due), "integer")
    (owed,) = publish(form, unit)
    url = f"/rounds/{owed.round_id}/edit"
    day = clock.today().date() + timedelta(days=15)
    sent = {
        "name": "Kỳ 1", "data_from": "15/12/2025", "data_to": "14/03/2026", "due_word": "on",
        "due_date": format_date(due), "due_hour": "17:00", "lock_date": "", "opens_date": "",
        "levels-0-who": f"kind:{unit.kind}", "levels-0-date": format_date(day), "levels-0-hour": "",
    }  # fmt: skip
    assert office.post(url, data=sent).location == f"/tasks/{form.task_id}/rounds"
    db.session.expire_all()
    assert owed.round.data_to == date(2026, 3, 14)
    assert owed.level_due_at == datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=ZONE)
    assert format_date(day) in office.get(url).text
    past = office.post(url, data={**sent, "levels-0-date": "01/01/2020"})
    assert (past.status_code, RoundLevel.query.count()) == (422, 1)
    twice = {"levels-1-who": f"kind:{unit.kind}", "levels-1-date": format_date(day)}
    assert "chỉ có một dòng" in office.post(url, data={**sent, **twice}).text


def test_a_round_is_withdrawn_with_a_reason_and_asked_for_again(office: Browser, unit: Unit) -> None:
    (owed,) = publish(make_form(make_task(), "integer"), unit)
    url = f"/rounds/{owed.round_id}"
    assert office.post(f"{url}/withdraw", data={"reason": ""}).status_code == 422
    office.post(f"{url}/withdraw", data={"reason": "Gộp <i>vào</i> năm"})
    assert "Gộp &lt;i&gt;vào&lt;/i&gt; năm" in office.get(f"{url}/board").text
    office.sign_in(make_person(Role.REPORTER, unit))
    assert "Chưa có báo cáo nào" in office.get("/reports").text
    page = office.get(f"/reports/{owed.id}").text
    assert "thu hồi kỳ báo cáo này" in page
    assert "Bắt đầu nhập" not in page
    office.sign_in(make_person(Role.SECRETARIAT))
    office.post(f"{url}/ask-again")
    assert "đã thu hồi" not in office.get(f"{url}/board").text


def test_pages_lead_to_the_other_rounds(office: Browser, unit: Unit) -> None:
    task = again(make_form(make_task("Việc hằng tháng"), "integer").task, unit)
    first, second = task.rounds
    for page in ("board", "summary"):
        text = office.get(f"/rounds/{first.id}/{page}").text
        assert f"Kỳ: {first.name}" in text
        assert f'href="/rounds/{second.id}/{page}"' in text
    office.sign_in(make_person(Role.REPORTER, unit))
    inbox = office.get("/reports").text
    assert (first.name in inbox, second.name in inbox) == (True, True)
    assert f'value="{task.id}"' in inbox
    assert "Việc hằng tháng" in office.get(f"/reports?task={task.id}").text
    assert "Chưa có báo cáo nào" in office.get("/reports?task=999").text
    owed = Assignment.query.order_by(Assignment.id).all()
    assert f'href="/reports/{owed[1].id}"' in office.get(f"/reports/{owed[0].id}").text


def test_periods_that_were_opened_are_not_offered_again(unit: Unit) -> None:
    task = again(make_form(make_task(), "integer").task, unit)
    keys = {one.key for one in recurring.first_periods(task, Cycle.MONTH)}
    assert not keys & {one.period for one in task.rounds}
