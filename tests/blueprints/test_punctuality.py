from datetime import timedelta

import pytest

from core import clock
from core.permissions import Role
from models import AuditEntry
from tests.blueprints.test_list_queries import counted
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish


def owe(count: int) -> None:
    """Let units owe a report that is overdue since yesterday."""
    task = make_task("Báo cáo quá hạn", due_at=clock.now() - timedelta(days=1))
    publish(make_form(task, "long_text"), *(make_unit() for _place in range(count)))


def test_units_are_listed_with_a_chart_and_the_figures_beside_it(browser: Browser) -> None:
    owe(2)
    browser.sign_in(make_person(Role.CLERK))
    page = browser.get("/punctuality")
    assert page.text.count("<rect") > 1
    assert "Số liệu của biểu đồ" in page.text
    assert "Cách tính" in page.text
    piece = browser.get("/punctuality?q=không-có", headers={"HX-Request": "true"})
    assert "Không có đơn vị nào khớp" in piece.text
    assert "<html" not in piece.text


def test_before_anything_was_due_the_page_says_so_whatever_the_address_asks(browser: Browser) -> None:
    browser.sign_in(make_person(Role.CLERK))
    for query in ("", "?year=1", "?year=x&page=99"):
        assert "Chưa có báo cáo nào đến hạn" in browser.get(f"/punctuality{query}").text


def test_the_list_asks_the_database_as_often_for_many_units_as_for_few(browser: Browser) -> None:
    owe(2)
    browser.sign_in(make_person(Role.CLERK))
    browser.get("/punctuality")
    with counted() as few:
        browser.get("/punctuality")
    owe(40)
    with counted() as many:
        browser.get("/punctuality")
    assert len(many) == len(few)


@pytest.mark.usefixtures("app")
def test_the_download_is_written_to_the_log(browser: Browser) -> None:
    owe(1)
    browser.sign_in(make_person(Role.SECRETARIAT))
    answer = browser.get("/punctuality.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data.startswith(b"PK")
    assert AuditEntry.query.filter_by(action="punctuality.downloaded").count() == 1


def test_a_unit_sees_its_own_record(browser: Browser) -> None:
    owe(1)
    owing = make_person(Role.LEADER, make_unit())
    browser.sign_in(owing)
    own = browser.get(f"/punctuality/{owing.memberships[0].unit_id}")
    assert "Chưa có báo cáo nào đến hạn" in own.text
    assert browser.get("/punctuality/1").status_code == 404
