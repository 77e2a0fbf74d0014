"""Nothing typed is ever lost: dead lines, ended sessions, reloads, fast fingers and two people."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from core.extensions import db
from core.permissions import Role
from domain import sessions
from models import Form, Response
from models import Person as Account
from tests.factories import PASSWORD, make_form, make_person, make_task, make_unit, publish
from tests.journeys.conftest import Arrive
from tests.journeys.person import PATIENCE, Person

ASKED: tuple[dict[str, Any], ...] = (
    {"type": "long_text", "uid": "loi", "label": "Kết quả"},
    {"type": "integer", "uid": "so", "label": "Số buổi"},
    {"type": "free_table", "uid": "bang", "label": "Hoạt động"},
)
NOISE = ("Failed to load resource", "htmx:", "Response Status Error Code")


@dataclass
class Case:
    """A report that two people of one unit fill in."""

    report: str
    section: str

    @property
    def page(self) -> str:
        return f"{self.report}/sections/{self.section}"


@pytest.fixture
def case(app: Flask) -> Case:
    unit = make_unit("Phòng Văn hóa huyện 01")
    for name in ("nhap1", "nhap2"):
        make_person(Role.REPORTER, unit, username=name)
    form: Form = make_form(make_task("Kế hoạch năm 2026"), *ASKED)
    (assignment,) = publish(form, unit)
    db.session.commit()
    section = form.versions[0].definition["sections"][0]["uid"]
    return Case(f"/reports/{assignment.id}", section)


def stored() -> dict[str, Any]:
    """Return the answers in the database, and let others write."""
    db.session.expire_all()
    found: dict[str, Any] = Response.query.one().answers
    db.session.rollback()
    return found


def eventually(page: Page, uid: str, value: Any) -> None:
    """Wait until the database holds the value."""
    for _turn in range(PATIENCE // 100):
        if stored().get(uid) == value:
            return
        page.wait_for_timeout(100)
    assert stored().get(uid) == value


def box(person: Person) -> Locator:
    return person.page.locator("textarea[name=loi]")


def cut(route: Route) -> None:
    route.abort()


def at_the_section(arrive: Arrive, case: Case, name: str = "nhap1") -> Person:
    person = arrive(name)
    person.go(case.page)
    return person


def network_noise(person: Person) -> None:
    """Forget what the browser and htmx say of requests that this test has cut or refused."""
    assert [one for one in person.complaints if not one.startswith(NOISE)] == []
    person.complaints.clear()


def test_what_is_typed_while_the_line_is_dead_survives_a_reload_and_is_sent_later(
    case: Case, arrive: Arrive
) -> None:
    reporter = at_the_section(arrive, case)
    page = reporter.page
    page.route("**/answers/**", cut)
    box(reporter).fill("Đã họp dân ở 12 xóm\nĐạt kế hoạch")
    page.locator("input[name=so]").fill("12")
    page.locator("input[name=so]").press("Tab")
    reporter.sees("Chưa lưu được – sẽ thử lại")
    page.on("dialog", lambda dialog: dialog.accept())
    # Routes don't stop what a page sends as it goes away.
    page.evaluate("void (window.fetch = () => Promise.reject(new Error('cut')))")
    page.reload()
    expect(box(reporter)).to_have_value("Đã họp dân ở 12 xóm\nĐạt kế hoạch")
    expect(page.locator("input[name=so]")).to_have_value("12")
    assert stored() == {}
    reporter.go(case.report)
    reporter.sees("Trên máy này còn nội dung chưa gửi được")
    reporter.look()
    page.unroute("**/answers/**")
    page.locator("#unsent a").click()
    eventually(page, "loi", "Đã họp dân ở 12 xóm\nĐạt kế hoạch")
    eventually(page, "so", 12)
    expect(box(reporter)).to_have_value("Đã họp dân ở 12 xóm\nĐạt kế hoạch")
    reporter.go(case.report)
    expect(page.locator("#unsent")).to_be_hidden()
    network_noise(reporter)


def test_rows_added_while_the_line_is_dead_survive_too(case: Case, arrive: Arrive) -> None:
    reporter = at_the_section(arrive, case)
    page = reporter.page
    page.route("**/answers/**", cut)
    page.get_by_role("button", name="Thêm dòng").click()
    cells = page.locator("#q-bang tbody input:not([type=hidden])")
    cells.first.fill("Hội thi")
    cells.last.press("Tab")
    reporter.sees("Chưa lưu được – sẽ thử lại")
    page.unroute("**/answers/**")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#q-bang tbody input:not([type=hidden])").first).to_have_value("Hội thi")
    for _turn in range(PATIENCE // 100):
        if "bang" in stored():
            break
        page.wait_for_timeout(100)
    assert "Hội thi" in str(stored()["bang"])
    network_noise(reporter)


def test_an_ended_session_is_opened_again_in_place(case: Case, arrive: Arrive) -> None:
    reporter = at_the_section(arrive, case)
    sessions.end_all(Account.query.filter_by(username="nhap1").one())
    db.session.commit()
    box(reporter).fill("Gõ khi đã hết phiên")
    reporter.sees("Chưa lưu được – sẽ thử lại")
    banner = reporter.page.locator("#signed-out")
    expect(banner).to_be_visible()
    reporter.look()
    banner.get_by_label("Mật khẩu").fill(PASSWORD)
    banner.get_by_role("button", name="Đăng nhập").click()
    eventually(reporter.page, "loi", "Gõ khi đã hết phiên")
    expect(banner).to_be_hidden()
    assert box(reporter).input_value() == "Gõ khi đã hết phiên"
    network_noise(reporter)


def test_two_people_know_of_each_other_and_choose_between_their_texts(
    case: Case, arrive: Arrive
) -> None:
    one, other = at_the_section(arrive, case), at_the_section(arrive, case, "nhap2")
    expect(other.page.locator(".present")).to_contain_text("cũng đang mở báo cáo này")
    box(one).fill("Lời của người thứ nhất")
    eventually(one.page, "loi", "Lời của người thứ nhất")
    other.page.locator("input[name=so]").fill("7")
    eventually(other.page, "so", 7)
    box(other).fill("Lời của người thứ hai")
    other.sees("Người khác vừa sửa câu này.")
    other.sees("Lời của người thứ nhất")
    expect(box(other)).to_have_value("Lời của người thứ hai")
    other.look()
    # A reload in between takes nothing away: the choice is still open.
    other.page.on("dialog", lambda dialog: dialog.accept())
    other.page.reload()
    other.sees("Người khác vừa sửa câu này.")
    expect(box(other)).to_have_value("Lời của người thứ hai")
    assert stored()["loi"] == "Lời của người thứ nhất"
    other.press("Lưu nội dung vừa nhập")
    eventually(other.page, "loi", "Lời của người thứ hai")
    assert stored()["so"] == 7
    network_noise(other)


def test_fast_typing_and_composed_letters_arrive_whole(case: Case, arrive: Arrive) -> None:
    reporter = at_the_section(arrive, case)
    text = "".join(f"{place % 10}" for place in range(200))
    box(reporter).press_sequentially(text, delay=3)
    expect(box(reporter)).to_have_value(text)
    eventually(reporter.page, "loi", text)
    box(reporter).fill("")
    eventually(reporter.page, "loi", None)
    keyboard = reporter.page.context.new_cdp_session(reporter.page)
    box(reporter).focus()
    for part in ("T", "Ti", "Tiê", "Tiế", "Tiến", "Tiếng"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": part, "selectionStart": len(part), "selectionEnd": len(part)},
        )
        reporter.page.wait_for_timeout(300)
    keyboard.send("Input.insertText", {"text": "Tiếng"})
    box(reporter).press_sequentially(" Việt", delay=20)
    expect(box(reporter)).to_have_value("Tiếng Việt")
    eventually(reporter.page, "loi", "Tiếng Việt")
    assert stored() == {"loi": "Tiếng Việt"}


def test_leaving_the_page_at_once_and_coming_back_shows_what_was_typed(
    case: Case, arrive: Arrive
) -> None:
    reporter = at_the_section(arrive, case)
    box(reporter).fill("Gõ xong đi ngay")
    reporter.page.get_by_role("link", name="Báo cáo cần làm").first.click()
    eventually(reporter.page, "loi", "Gõ xong đi ngay")
    reporter.page.go_back()
    expect(box(reporter)).to_have_value("Gõ xong đi ngay")
    reporter.page.go_forward()
    reporter.sees("Những báo cáo mà đơn vị phải nộp")
    reporter.go(case.report)
    assert not reporter.page.locator("#unsent").is_visible()
