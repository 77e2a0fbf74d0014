"""Pages for later deadlines and exemptions, one unit or many at once."""

from datetime import timedelta

import pytest
from flask import Flask

from core import clock
from core.extensions import db
from core.permissions import Role
from core.vietnamese import format_date
from models import Assignment, Extension
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish


@pytest.fixture
def owed(app: Flask) -> list[Assignment]:
    form = make_form(make_task("Kế hoạch", due_at=clock.now() + timedelta(days=1)), "integer")
    found = publish(form, make_unit("Phòng Một"), make_unit("Phòng Hai"))
    db.session.commit()
    return found


@pytest.fixture
def later() -> str:
    return format_date((clock.today() + timedelta(days=9)).date())


def test_a_unit_asks_and_sees_the_answer(browser: Browser, owed: list[Assignment], later: str) -> None:
    one = owed[0]
    url = f"/reports/{one.id}"
    browser.sign_in(make_person(Role.REPORTER, one.unit))
    assert f"{url}/extension" in browser.get(url).text
    assert browser.post(f"{url}/extension", data={"until_date": "", "reason": ""}).status_code == 422
    sent = browser.post(f"{url}/extension", data={"until_date": later, "reason": "Mưa <b>lũ</b>"})
    assert sent.location == url
    page = browser.get(url).text
    assert "đang chờ trả lời" in page
    assert f"{url}/extension" not in page
    again = browser.post(f"{url}/extension", data={"until_date": later, "reason": "Lại xin"})
    assert "đang chờ trả lời" in again.text
    office = make_person(Role.SECRETARIAT)
    browser.sign_in(office)
    board = browser.get(f"/rounds/{one.round_id}/board").text
    assert "1 đơn vị xin gia hạn" in board
    assert "Mưa &lt;b&gt;lũ&lt;/b&gt;" in board
    form = browser.get(f"/rounds/{one.round_id}/extend?report={one.id}").text
    assert f'value="{later}"' in form
    granted = browser.post(
        f"/rounds/{one.round_id}/extend",
        data={"report": one.id, "until_date": later, "until_hour": "17h", "reason": "Đồng ý"},
    )
    assert granted.location == f"/rounds/{one.round_id}/board"
    browser.sign_in(make_person(Role.REPORTER, one.unit))
    assert "Được gia hạn đến 17 giờ 00 phút" in browser.get(url).text


def test_a_refusal_asks_for_a_reason_and_shows_it(
    browser: Browser, owed: list[Assignment], later: str
) -> None:
    one = owed[0]
    browser.sign_in(make_person(Role.REPORTER, one.unit))
    browser.post(f"/reports/{one.id}/extension", data={"until_date": later, "reason": "Bận"})
    extension = Extension.query.one()
    browser.sign_in(make_person(Role.SECRETARIAT))
    asked = browser.post(f"/extensions/{extension.id}/refuse")
    assert (asked.status_code, "Bận" in asked.text) == (422, True)
    browser.post(f"/extensions/{extension.id}/refuse", data={"reason": "Không được"})
    assert "Từ chối" in browser.get(f"/reports/{one.id}/review").text
    browser.sign_in(make_person(Role.REPORTER, one.unit))
    page = browser.get(f"/reports/{one.id}").text
    assert "Không được gia hạn" in page
    assert f"/reports/{one.id}/extension" in page


def test_many_are_extended_at_once(browser: Browser, owed: list[Assignment], later: str) -> None:
    browser.sign_in(make_person(Role.SECRETARIAT))
    url = f"/rounds/{owed[0].round_id}/extend"
    ids = [one.id for one in owed]
    board = browser.get(f"/rounds/{owed[0].round_id}/board").text
    assert board.count('name="report"') == 2
    page = browser.get(f"{url}?report={ids[0]}&report={ids[1]}").text
    assert ("Phòng Một" in page, "Phòng Hai" in page) == (True, True)
    late = browser.post(url, data={"report": ids, "until_date": "01/01/2020", "reason": "x"})
    assert (late.status_code, "phía trước" in late.text) == (422, True)
    browser.post(url, data={"report": ids, "until_date": later, "reason": "Bão số 3"})
    db.session.expire_all()
    assert {one.due_at.date() for one in Assignment.query if one.due_at} == {
        (clock.today() + timedelta(days=9)).date()
    }
    assert Extension.query.count() == 2


def test_nothing_chosen_is_said_and_another_round_s_reports_are_not_there(
    browser: Browser, owed: list[Assignment]
) -> None:
    browser.sign_in(make_person(Role.SECRETARIAT))
    none = browser.get(f"/rounds/{owed[0].round_id}/extend")
    assert (none.status_code, "Chưa chọn đơn vị nào" in none.text) == (422, True)
    (other,) = publish(make_form(make_task(), "integer"), make_unit())
    db.session.commit()
    assert browser.get(f"/rounds/{owed[0].round_id}/exempt?report={other.id}").status_code == 404


def test_units_are_exempted_and_required_again(browser: Browser, owed: list[Assignment]) -> None:
    one = owed[0]
    browser.sign_in(make_person(Role.SECRETARIAT))
    url = f"/rounds/{one.round_id}/exempt"
    assert browser.post(url, data={"report": one.id, "reason": ""}).status_code == 422
    browser.post(url, data={"report": one.id, "reason": "Mới <i>sáp nhập</i>"})
    review = browser.get(f"/reports/{one.id}/review").text
    assert "Bỏ miễn" in review
    assert "Mới &lt;i&gt;sáp nhập&lt;/i&gt;" in review
    browser.post(f"/reports/{one.id}/require")
    assert "Bỏ miễn" not in browser.get(f"/reports/{one.id}/review").text
