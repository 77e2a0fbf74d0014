"""The calendar on screen and as a private link, read back by a library that isn't ours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from core import clock
from core.clock import ZONE
from core.extensions import db
from core.permissions import Role
from core.rate import Rate
from domain import agenda, exemptions, levels, months, rounds, submitting
from domain.agenda import What
from models import Assignment, AuditEntry, CalendarFeed, OfficeDay, PlannedRound, Unit
from tests.conftest import Browser
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

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
DUE = datetime(2026, 12, 4, 23, 59, 59, tzinfo=ZONE)
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@pytest.fixture
def owed() -> list[Assignment]:
    task = make_task("Kế hoạch", due_at=DUE, locks_at=DUE + timedelta(days=3))
    with clock.stopped_at(NOW):
        form = make_form(task, "integer", title="Biểu một")
        return publish(form, make_unit("Phòng Một"), make_unit("Phòng Hai"))


def plan(task_id: int) -> PlannedRound:
    planned = PlannedRound(
        task_id=task_id, period="2026-Y01", name="Năm 2026", data_from=DECEMBER[0],
        data_to=DECEMBER[1], opens_at=DUE + timedelta(days=5), due_at=DUE + timedelta(days=15),
    )  # fmt: skip
    db.session.add(planned)
    db.session.flush()
    return planned


def test_the_office_sees_rounds_levels_and_plans_and_a_unit_its_own_deadlines(
    owed: list[Assignment],
) -> None:
    office = actor_for(make_person(Role.SECRETARIAT))
    plan(owed[0].round.task_id)
    group = make_group(owed[0].unit, name="Khối một")
    with clock.stopped_at(NOW):
        levels.change(office, owed[0].round, {f"group:{group.id}": DUE - timedelta(days=2)})
    seen = agenda.of_person(office, *DECEMBER)
    assert [(one.what, one.at.astimezone(ZONE).day, one.who) for one in seen] == [
        (What.DUE, 2, "Khối một"), (What.DUE, 4, ""), (What.LOCKS, 7, ""),
        (What.OPENS, 9, ""), (What.DUE, 19, ""),
    ]  # fmt: skip
    assert len({one.key for one in seen}) == 5
    first, second = (agenda.of_units({one.unit_id}, *DECEMBER) for one in owed)
    assert [one.at for one in first] == [DUE - timedelta(days=2)]
    assert [one.at for one in second] == [DUE]


def test_what_is_exempt_withdrawn_or_outside_is_left_out_and_what_is_sent_is_marked(
    owed: list[Assignment],
) -> None:
    office = actor_for(make_person(Role.SECRETARIAT))
    units = {one.unit_id for one in owed}
    with clock.stopped_at(NOW):
        submitting.submit(actor_for(make_person(Role.REPORTER, owed[0].unit)), response_of(owed[0]))
    assert [one.done for one in agenda.of_units(units, *DECEMBER)] == [True, False]
    with clock.stopped_at(DUE + timedelta(days=1)):
        assert [one.is_overdue for one in agenda.of_units(units, *DECEMBER)] == [False, True]
    assert agenda.of_units(units, date(2026, 12, 5), date(2026, 12, 9)) == []
    exemptions.exempt(office, [owed[1]], "x")
    assert len(agenda.of_units(units, *DECEMBER)) == 1
    rounds.withdraw(office, owed[0].round, "x")
    assert agenda.of_person(office, *DECEMBER) == agenda.of_units(units, *DECEMBER) == []


@pytest.mark.parametrize(
    ("key", "first", "last", "before", "after"),
    [
        ("2026-12", "2026-11-30", "2027-01-03", "2026-11", "2027-01"),
        ("2027-01", "2026-12-28", "2027-01-31", "2026-12", "2027-02"),
        ("2028-02", "2028-01-31", "2028-03-05", "2028-01", "2028-03"),
        ("x", "2026-10-26", "2026-12-06", "2026-10", "2026-12"),
        ("2026-13", "2026-10-26", "2026-12-06", "2026-10", "2026-12"),
    ],
)
def test_a_month_is_shown_in_whole_weeks(
    key: str, first: str, last: str, before: str, after: str
) -> None:
    month = months.month_of(key, date(2026, 11, 20))
    assert [str(one) for one in month.shown] == [first, last]
    assert (month.before.key, month.after.key) == (before, after)


def test_the_page_shows_the_month_and_the_list(browser: Browser, owed: list[Assignment]) -> None:
    db.session.add(OfficeDay(day=date(2026, 12, 10), works=False, name="Ngày <hội>"))
    browser.sign_in(make_person(Role.REPORTER, owed[0].unit))
    month = browser.get("/calendar?month=2026-12").text
    assert f'href="/reports/{owed[0].id}"' in month
    assert f'href="/reports/{owed[1].id}"' not in month
    assert "Ngày &lt;hội&gt;" in month
    listed = browser.get("/calendar?month=2026-12&view=list").text
    assert "Thứ Sáu, 04/12/2026" in listed
    assert "Tháng này chưa có hạn nào" in browser.get("/calendar?month=2020-01&view=list").text
    browser.sign_in(make_person(Role.CLERK))
    assert f'href="/rounds/{owed[0].round_id}/board"' in browser.get("/calendar?month=2026-12").text


def link_of(browser: Browser, **sent: object) -> str:
    page = browser.post("/calendar/links", data=sent).text
    return page.split('value="http://localhost')[1].split('"')[0]


def test_a_link_gives_a_calendar_that_others_can_read(
    browser: Browser, owed: list[Assignment]
) -> None:
    person = make_person(Role.REPORTER, owed[0].unit)
    browser.sign_in(person)
    with clock.stopped_at(NOW):
        link = link_of(browser)
        answer = browser.application.test_client().get(link)
        file = Calendar.from_ical(answer.data)
    assert answer.mimetype == "text/calendar"
    assert file["X-WR-CALNAME"] == f"Hạn báo cáo: {person.full_name}"
    (event,) = file.walk("VEVENT")
    assert event["SUMMARY"] == "Hạn nộp: Biểu một"
    assert event.decoded("DTSTART") == DUE.astimezone(UTC)
    assert "23 giờ 59 phút, Thứ Sáu, ngày 04/12/2026" in str(event["DESCRIPTION"])
    assert event["STATUS"] == "CONFIRMED"
    assert link.split("/")[-1][:-4] not in str(db.session.query(CalendarFeed.token_hash).all())
    with clock.stopped_at(NOW):
        owed[0].due_at = DUE + timedelta(days=2)
        db.session.commit()
        again = Calendar.from_ical(browser.application.test_client().get(link).data)
    (moved,) = again.walk("VEVENT")
    assert moved["UID"] == event["UID"]
    assert moved.decoded("DTSTART") == (DUE + timedelta(days=2)).astimezone(UTC)


def test_a_new_link_ends_the_old_one_and_so_does_removing_it(
    browser: Browser, owed: list[Assignment]
) -> None:
    unit = owed[0].unit
    browser.sign_in(make_person(Role.LEADER, unit))
    stranger = browser.application.test_client()
    old, new = link_of(browser, unit=unit.id), link_of(browser, unit=unit.id)
    assert [stranger.get(one).status_code for one in (old, new)] == [404, 200]
    feed = CalendarFeed.query.one()
    assert (feed.unit_id, feed.person_id) == (unit.id, None)
    other = browser.application.test_client()
    assert isinstance(other, Browser)
    other.sign_in(make_person(Role.REPORTER, owed[1].unit))
    assert other.post("/calendar/links", data={"unit": unit.id}).status_code == 404
    assert other.post(f"/calendar/links/{feed.id}/remove").status_code == 404
    browser.post(f"/calendar/links/{feed.id}/remove")
    assert stranger.get(new).status_code == 404
    actions = [one.action for one in AuditEntry.query if one.action.startswith("calendar")]
    assert actions == ["calendar.link_made", "calendar.link_made", "calendar.link_removed"]


def test_the_link_of_somebody_who_left_opens_nothing(
    browser: Browser, owed: list[Assignment]
) -> None:
    person = make_person(Role.REPORTER, owed[0].unit)
    link = link_of(browser.sign_in(person))
    with clock.stopped_at(NOW):
        db.session.delete(person.memberships[0])
        db.session.commit()
        emptied = Calendar.from_ical(browser.application.test_client().get(link).data)
    assert emptied.walk("VEVENT") == []
    person.disabled_at = clock.now()
    db.session.commit()
    assert browser.application.test_client().get(link).status_code == 404


def test_a_link_is_not_read_without_an_end(app: Flask, browser: Browser, owed: list[Assignment]) -> None:
    link = link_of(browser.sign_in(make_person(Role.REPORTER, owed[0].unit)))
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        told = [app.test_client().get(link).status_code for _time in range(61)]
    assert told == [200] * 60 + [429]
    with clock.stopped_at(clock.now() + timedelta(days=500)):
        guessed = [app.test_client().get(f"/calendar/x{place}.ics") for place in range(31)]
    assert [one.status_code for one in guessed] == [404] * 30 + [429]


def test_a_rate_forgets_what_is_long_ago() -> None:
    rate = Rate(2, timedelta(minutes=1))
    with clock.stopped_at(NOW):
        assert [rate.take("a"), rate.take("a"), rate.take("a"), rate.take("b")] == [
            True, True, False, True,
        ]  # fmt: skip
    with clock.stopped_at(NOW + timedelta(minutes=1)):
        assert rate.take("a")


def test_units_are_named_where_a_person_reports_for_several(owed: list[Assignment]) -> None:
    units: list[Unit] = [one.unit for one in owed]
    found = agenda.of_units({one.id for one in units}, *DECEMBER)
    assert [one.who for one in found] == ["Phòng Một", "Phòng Hai"]
