"""Two people in one report at once, and pages that were left, closed or slower than the person."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from core.extensions import db
from core.permissions import Role
from models import Form, Response, ResponseState
from tests.factories import make_form, make_person, make_task, make_unit, publish
from tests.journeys.conftest import Arrive
from tests.journeys.person import PATIENCE, Person

ASKED: tuple[dict[str, Any], ...] = (
    {"type": "long_text", "uid": "loi", "label": "Kết quả"},
    {"type": "free_table", "uid": "bang", "label": "Hoạt động"},
)

# What pages do with each other's answers doesn't depend on the engine.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def section(app: Flask) -> str:
    """The address of a section that two people fill in."""
    unit = make_unit()
    for name in ("nhap1", "nhap2"):
        make_person(Role.REPORTER, unit, username=name)
    form: Form = make_form(make_task(), *ASKED)
    (assignment,) = publish(form, unit)
    db.session.commit()
    return f"/reports/{assignment.id}/sections/{form.versions[0].definition['sections'][0]['uid']}"


def there(arrive: Arrive, section: str, name: str) -> Person:
    person = arrive(name)
    person.go(section)
    return person


def answers() -> dict[str, Any]:
    db.session.expire_all()
    found: dict[str, Any] = Response.query.one().answers
    db.session.rollback()
    return found


def eventually(page: Page, expected: Any, found: Any) -> None:
    for _turn in range(PATIENCE // 100):
        if found() == expected:
            return
        page.wait_for_timeout(100)
    assert found() == expected


def rows() -> list[Any]:
    return [row["cells"].get("ten") for row in (answers().get("bang") or {"rows": []})["rows"]]


def names(person: Person) -> list[str]:
    """Return what stands in the first cell of each row that isn't blank."""
    cells = person.page.locator("#q-bang tbody td:nth-of-type(1) > input").all()
    return [text for cell in cells if (text := cell.input_value())]


def last_cell(person: Person) -> Locator:
    return person.page.locator("#q-bang tbody tr").last.locator("td > input").first


def test_two_people_add_rows_at_once_and_see_each_other_s(arrive: Arrive, section: str) -> None:
    one, other = there(arrive, section, "nhap1"), there(arrive, section, "nhap2")
    last_cell(one).fill("Hội thi")
    last_cell(one).press("Enter")
    eventually(one.page, ["Hội thi"], rows)
    last_cell(other).fill("Triển lãm")
    # The second goes on typing in the next row while the first row is on its way.
    last_cell(other).press("Enter")
    last_cell(other).press_sequentially("Liên hoan", delay=20)
    last_cell(other).press("Tab")
    eventually(other.page, ["Hội thi", "Triển lãm", "Liên hoan"], rows)
    expect(other.page.locator("#page-saved")).to_contain_text("Đã lưu")
    assert names(other) == ["Hội thi", "Triển lãm", "Liên hoan"]
    assert not other.page.get_by_text("Người khác vừa sửa câu này.").is_visible()
    # Each may go on from what both have made, and take a row out for both.
    other.page.locator("[data-remove-row]").first.click()
    eventually(other.page, ["Triển lãm", "Liên hoan"], rows)
    last_cell(one).fill("Hội chợ")
    last_cell(one).press("Tab")
    eventually(one.page, ["Triển lãm", "Liên hoan", "Hội chợ"], rows)
    expect(one.page.locator("#page-saved")).to_contain_text("Đã lưu")
    assert names(one) == ["Triển lãm", "Liên hoan", "Hội chợ"]


def test_rows_that_met_another_s_change_stand_on_the_page_again(arrive: Arrive, section: str) -> None:
    one, other = there(arrive, section, "nhap1"), there(arrive, section, "nhap2")
    page = one.page
    last_cell(one).fill("Hội thi")
    last_cell(one).press("Tab")
    eventually(page, ["Hội thi"], rows)
    other.page.reload()
    page.route("**/answers/**", lambda route: route.abort())
    first = page.locator("#q-bang tbody td > input").first
    first.fill("Hội thi xã")
    first.press("Enter")
    last_cell(one).fill("Triển lãm")
    last_cell(one).press("Tab")
    one.sees("Chưa lưu được – sẽ thử lại")
    other.page.locator("#q-bang tbody td > input").first.fill("Hội thi huyện")
    eventually(other.page, ["Hội thi huyện"], rows)
    page.unroute("**/answers/**")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    one.sees("Người khác vừa sửa câu này.")
    assert names(one) == ["Hội thi xã", "Triển lãm"]
    assert rows() == ["Hội thi huyện"]
    one.press("Lưu nội dung vừa nhập")
    eventually(page, ["Hội thi xã", "Triển lãm"], rows)
    one.complaints.clear()


def test_a_page_that_is_come_back_to_shows_what_others_have_written_since(
    arrive: Arrive, section: str
) -> None:
    one, other = there(arrive, section, "nhap1"), there(arrive, section, "nhap2")
    box = one.page.locator("textarea[name=loi]")
    box.fill("Lời đầu")
    expect(one.page.locator("#page-saved")).to_contain_text("Đã lưu")
    one.go("/reports")
    other.page.reload()
    other.page.locator("textarea[name=loi]").fill("Lời sau")
    eventually(other.page, "Lời sau", lambda: answers().get("loi"))
    one.page.go_back()
    expect(box).to_have_value("Lời sau")
    one.page.wait_for_timeout(1000)
    assert answers()["loi"] == "Lời sau"


def test_a_report_that_was_closed_meanwhile_says_why_and_keeps_the_text(
    arrive: Arrive, section: str
) -> None:
    reporter = there(arrive, section, "nhap1")
    Response.query.one().state = ResponseState.SUBMITTED
    db.session.commit()
    box = reporter.page.locator("textarea[name=loi]")
    box.fill("Gõ sau khi đã nộp")
    expect(reporter.page.locator("#saved-loi")).to_contain_text("Báo cáo đã nộp", timeout=PATIENCE)
    expect(reporter.page.locator("#page-saved")).to_contain_text("Chưa lưu được: Báo cáo đã nộp")
    reporter.look()
    Response.query.one().state = ResponseState.DRAFT
    db.session.commit()
    box.press_sequentially(" và rút lại")
    expect(reporter.page.locator("#page-saved")).to_contain_text("Đã lưu", timeout=PATIENCE)
    assert answers()["loi"] == "Gõ sau khi đã nộp và rút lại"
    reporter.complaints.clear()


def test_what_was_typed_before_the_scripts_came_is_saved_when_they_do(
    arrive: Arrive, section: str
) -> None:
    reporter = arrive("nhap1")
    waiting: list[Route] = []
    reporter.page.route("**/static/**/*.js*", lambda route: waiting.append(route))
    reporter.page.goto(section, wait_until="commit")
    reporter.page.locator("textarea[name=loi]").fill("Nhanh hơn mạng")
    last_cell(reporter).fill("Hội thi")
    reporter.page.wait_for_timeout(500)
    for route in waiting:
        route.continue_()
    reporter.page.route("**/static/**/*.js*", lambda route: route.continue_())
    eventually(reporter.page, "Nhanh hơn mạng", lambda: answers().get("loi"))
    eventually(reporter.page, ["Hội thi"], rows)
    assert names(reporter) == ["Hội thi"]


def test_what_was_left_on_the_way_out_is_sent_by_the_next_page(arrive: Arrive, section: str) -> None:
    reporter = there(arrive, section, "nhap1")
    page = reporter.page
    page.route("**/answers/**", lambda route: route.abort())
    page.locator("textarea[name=loi]").fill("Gõ khi mất mạng")
    reporter.sees("Chưa lưu được – sẽ thử lại")
    page.unroute("**/answers/**")
    page.on("dialog", lambda dialog: dialog.accept())
    reporter.go(section.partition("/sections/")[0])
    eventually(page, "Gõ khi mất mạng", lambda: answers().get("loi"))
    expect(page.locator("#unsent")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('unsent'))") == []
    reporter.complaints.clear()
