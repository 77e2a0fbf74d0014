"""The settings page, and a deadline in words while it is typed."""

import re
from datetime import datetime

import pytest

from core.clock import ZONE
from core.extensions import db
from core.permissions import Role
from models import OfficeDay
from tests.conftest import Browser
from tests.factories import make_person, make_task

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]


@pytest.fixture
def office(browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


def due_of_new_task(office: Browser, word: str, hour: str = "") -> str:
    sent = office.post(
        "/tasks/new",
        data={"title": "Việc", "due_date": "05/12/2026", "due_hour": hour, "due_word": word},
    )
    assert sent.status_code == 303
    page = office.get(sent.location).text
    return page.split('id="due-title"')[1].split("<b>")[1].split("</b>")[0]


def test_before_a_day_excludes_it_until_the_office_says_otherwise(office: Browser) -> None:
    assert due_of_new_task(office, "on") == "23 giờ 59 phút, Thứ Bảy, ngày 05/12/2026"
    assert due_of_new_task(office, "before") == "23 giờ 59 phút, Thứ Sáu, ngày 04/12/2026"
    assert due_of_new_task(office, "before", "17h") == "17 giờ 00 phút, Thứ Bảy, ngày 05/12/2026"
    assert office.post("/settings", data={"before_day": "includes"}).location == "/settings"
    (chosen,) = re.findall("<input checked[^>]*>", office.get("/settings").text)[:1]
    assert 'value="includes"' in chosen
    assert due_of_new_task(office, "before") == "23 giờ 59 phút, Thứ Bảy, ngày 05/12/2026"
    assert "đến hết chính ngày đó" in office.get("/tasks/new").text


def test_a_deadline_saved_again_as_it_is_does_not_move(office: Browser) -> None:
    due = datetime(2026, 12, 5, 17, 0, 12, tzinfo=ZONE)
    task = make_task(due_at=due)
    sent = {"title": "Tên khác", "due_date": "05/12/2026", "due_hour": "17:00", "due_word": "on"}
    office.post(f"/tasks/{task.id}/edit", data=sent)
    db.session.expire_all()
    assert (task.title, task.rounds[0].due_at) == ("Tên khác", due)


def test_a_deadline_is_said_while_it_is_typed(office: Browser) -> None:
    said = office.get("/deadline-words/due?due_date=05/12/2026&due_hour=&due_word=before").text
    assert "Hạn nộp: 23 giờ 59 phút, Thứ Sáu, ngày 04/12/2026" in said
    said = office.get("/deadline-words/lock?lock_date=20/12/2026&lock_hour=17h").text
    assert "Khoá sổ: 17 giờ 00 phút, Chủ nhật, ngày 20/12/2026" in said
    assert "Thứ Sáu, 18/12/2026 và Thứ Hai, 21/12/2026" in said
    assert "<b>" not in office.get("/deadline-words/due?due_date=99/99/2026").text


def test_days_off_are_added_and_taken_back(office: Browser) -> None:
    wrong = office.post("/settings/days", data={"first_day": "", "kind": "off"})
    assert wrong.status_code == 422
    wrong = office.post("/settings/days", data={"first_day": "05/12/2026", "last_day": "01/12/2026"})
    assert (wrong.status_code, "trước ngày đầu" in wrong.text) == (422, True)
    sent = {"first_day": "05/12/2026", "kind": "works", "name": "Làm bù <b>x</b>"}
    office.post("/settings/days", data=sent)
    page = office.get("/settings?year=2026").text
    assert "Làm bù &lt;b&gt;x&lt;/b&gt;" in page
    assert "Quốc khánh" in page
    day = OfficeDay.query.one()
    office.post(f"/settings/days/{day.id}/remove")
    assert OfficeDay.query.count() == 0
