"""Designers at work: a large table pasted, questions moved about, steps undone, two in one form."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from core.extensions import db
from core.permissions import Role
from domain import builder, working_copy
from models import Form, Question, Response, Unit
from tests.factories import make_form, make_person, make_task, make_unit, publish
from tests.journeys.conftest import Arrive
from tests.journeys.person import PATIENCE, Person
from tests.support.reports import submit

ROWS, COLUMNS = 40, 12
PASTE = """(element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""

# The engine of the database does not show.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def form(app: Flask) -> Form:
    """A form of four questions, two designers and a unit that will report."""
    unit = make_unit("Phòng Văn hóa huyện 01")
    make_person(Role.SECRETARIAT, username="thuky")
    make_person(Role.SECRETARIAT, username="thuky2")
    make_person(Role.REPORTER, unit, username="nhap1")
    asked = [
        {"type": "integer", "uid": uid, "label": label}
        for uid, label in (("a", "Số buổi"), ("b", "Số lượt"), ("c", "Số tin"), ("d", "Số bài"))
    ]
    form = make_form(make_task("Kế hoạch năm 2026"), *asked)
    db.session.commit()
    return form


def order(designer: Person) -> list[str]:
    """Return the uids of the questions as the page shows them."""
    rows = designer.page.locator(".q-row").all()
    return [(row.get_attribute("id") or "").removeprefix("r-") for row in rows]


def stored_order(form_id: int) -> list[str]:
    """Return the uids of the questions as they are stored, and let others write."""
    db.session.expire_all()
    found = [*working_copy.definition_of(db.session.get_one(Form, form_id)).questions]
    db.session.rollback()
    return found


def row(designer: Person, uid: str) -> Locator:
    return designer.page.locator(f"#r-{uid}")


def eventually(designer: Person, holds: Callable[[], bool]) -> None:
    """Wait until something holds; the page's own clock does the waiting."""
    for _turn in range(PATIENCE // 100):
        if holds():
            return
        designer.page.wait_for_timeout(100)
    raise AssertionError


def pasted_table() -> str:
    """Return a table as Excel copies it: two heads, a row of marks with a sum, and forty rows."""
    leaves = [f"Cột {place}" for place in range(1, COLUMNS + 1)]
    head = ["TT", "Chỉ tiêu", "Đơn vị tính", "Mã số", leaves[0], "Chia ra", *[""] * (COLUMNS - 2)]
    below = ["", "", "", "", "", *leaves[1:]]
    parts = "+".join(str(place) for place in range(2, COLUMNS + 1))
    marks = ["A", "B", "C", "D", f"1={parts}", *[str(place) for place in range(2, COLUMNS + 1)]]
    rows = [
        [str(place), f"Chỉ tiêu số {place}", "người", f"{place:02d}"] for place in range(1, ROWS + 1)
    ]
    return "\n".join("\t".join(line) for line in (head, below, marks, *rows))


def test_a_table_of_40_by_12_is_designed_by_pasting_and_filled_by_pasting(
    form: Form, arrive: Arrive
) -> None:
    form_id, section_uid = form.id, builder.sections_of(form)[0].uid
    designer = arrive("thuky")
    designer.go(f"/forms/{form_id}")
    page = designer.page
    page.get_by_role("link", name="Thêm câu hỏi").click()
    page.get_by_role("link", name="Bảng có sẵn dòng").click()
    editor = page.locator(".editor form")
    editor.get_by_label("Nội dung câu hỏi").fill("Dân số theo xã")
    editor.locator(".row-lines textarea").first.evaluate(PASTE, pasted_table())
    designer.sees(f"Đã đọc {COLUMNS} cột, {ROWS} dòng.")
    expect(editor.locator(".row-lines tbody tr")).to_have_count(ROWS)
    expect(editor.locator(".row-lines td.computed")).to_have_count(ROWS)
    designer.look()
    editor.get_by_role("button", name="Thêm câu hỏi").click()
    added = page.locator(".q-row", has_text="Dân số theo xã")
    expect(added).to_contain_text(f"{ROWS} dòng × {COLUMNS} cột")
    uid = (added.get_attribute("id") or "").removeprefix("r-")
    assignment_id = publish(db.session.get_one(Form, form_id), Unit.query.first())[0].id
    reporter = arrive("nhap1")
    reporter.go(f"/reports/{assignment_id}/sections/{section_uid}")
    table = reporter.page.locator(f"#q-{uid} table")
    lines = table.locator("tbody tr")
    assert lines.count() == ROWS + 1
    first = lines.first.locator("input:not([readonly])").first
    figures = [[str(line * 10 + place) for place in range(COLUMNS - 1)] for line in range(ROWS)]
    first.evaluate(PASTE, "\n".join("\t".join(line) for line in figures))
    reporter.saved("Dân số theo xã")
    expected = sum(int(text) for text in figures[-1])
    assert str(expected) in lines.nth(ROWS - 1).inner_text().replace(".", "")
    reporter.look()
    db.session.expire_all()
    stored = Response.query.filter_by(assignment_id=assignment_id).one().answers[uid]["rows"]
    db.session.rollback()
    assert [sorted(cells.values()) for cells in stored.values()] == [
        sorted(int(text) for text in line) for line in figures
    ]


def test_questions_are_moved_by_dragging_and_from_the_keyboard(form: Form, arrive: Arrive) -> None:
    form_id = form.id
    designer = arrive("thuky")
    designer.go(f"/forms/{form_id}")
    row(designer, "d").locator(".handle").drag_to(row(designer, "a"))
    eventually(designer, lambda: stored_order(form_id)[0] == "d")
    eventually(designer, lambda: order(designer) == ["d", "a", "b", "c"])
    row(designer, "d").get_by_title("Sửa").focus()
    designer.page.keyboard.press("Alt+ArrowDown")
    eventually(designer, lambda: order(designer) == ["a", "d", "b", "c"])
    designer.page.keyboard.press("Alt+ArrowDown")
    eventually(designer, lambda: order(designer) == ["a", "b", "d", "c"])
    assert stored_order(form_id) == ["a", "b", "d", "c"]
    designer.look()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_deletion_is_undone_and_done_again(form: Form, arrive: Arrive, scripts: bool) -> None:
    form_id = form.id
    designer = arrive("thuky", scripts=scripts)
    designer.go(f"/forms/{form_id}")
    row(designer, "b").get_by_title("Thao tác khác").click()
    designer.press("Xoá câu hỏi")
    expect(row(designer, "b")).to_have_count(0)
    designer.press("Hoàn tác")
    expect(row(designer, "b")).to_be_visible()
    eventually(designer, lambda: order(designer) == stored_order(form_id) == ["a", "b", "c", "d"])
    designer.press("Làm lại")
    expect(row(designer, "b")).to_have_count(0)
    designer.look()
    assert stored_order(form_id) == ["a", "c", "d"]
    if scripts:
        designer.page.keyboard.press("Control+z")
        expect(row(designer, "b")).to_be_visible()
        eventually(designer, lambda: order(designer) == ["a", "b", "c", "d"])


def refusals(designer: Person) -> int:
    """Return how often the browser noted that somebody else was first, and forget it."""
    noted = len(designer.complaints)
    assert all("409" in one for one in designer.complaints)
    designer.complaints.clear()
    return noted


def test_two_designers_in_one_form_don_t_overwrite_each_other(form: Form, arrive: Arrive) -> None:
    form_id = form.id
    one, other = arrive("thuky"), arrive("thuky2")
    for designer in (one, other):
        designer.go(f"/forms/{form_id}")
        row(designer, "a").get_by_title("Sửa").click()
        expect(designer.page.locator(".editor")).to_be_visible()
    one.page.locator(".editor [name=label]").fill("Số buổi họp")
    one.press("Lưu câu hỏi", one.page.locator(".editor .form-actions"))
    expect(row(one, "a")).to_contain_text("Số buổi họp")
    other.page.locator(".editor [name=label]").fill("Số buổi tập huấn")
    other.press("Lưu câu hỏi", other.page.locator(".editor .form-actions"))
    other.sees("Người khác vừa sửa câu hỏi này thành “Số buổi họp”")
    assert Question.query.filter_by(uid="a").one().label == "Số buổi họp"
    db.session.rollback()
    other.press("Lưu câu hỏi", other.page.locator(".editor .form-actions"))
    expect(row(other, "a")).to_contain_text("Số buổi tập huấn")
    # What the one deletes meanwhile, the other can't move: the page shows the form as it is.
    row(one, "b").get_by_title("Thao tác khác").click()
    one.press("Xoá câu hỏi")
    expect(row(one, "b")).to_have_count(0)
    row(other, "b").get_by_title("Đưa lên").click()
    other.sees("Người khác vừa xoá phần này")
    expect(row(other, "b")).to_have_count(0)
    eventually(other, lambda: order(other) == stored_order(form_id) == ["a", "c", "d"])
    assert refusals(other) == 2


def test_a_form_is_changed_after_five_submissions_and_nothing_is_lost(
    form: Form, arrive: Arrive
) -> None:
    units = [make_unit(f"Xã {place}") for place in range(5)]
    for place, assignment in enumerate(publish(form, *units)):
        submit(assignment, {"a": place + 1, "b": 10 * place, "c": 3})
    form_id, task_id = form.id, form.task_id
    db.session.commit()
    designer = arrive("thuky")
    designer.go(f"/forms/{form_id}")
    row(designer, "a").get_by_title("Sửa").click()
    designer.page.locator(".editor [name=label]").fill("Số buổi tuyên truyền")
    designer.press("Lưu câu hỏi", designer.page.locator(".editor .form-actions"))
    expect(row(designer, "a")).to_contain_text("Số buổi tuyên truyền")
    row(designer, "c").get_by_title("Thao tác khác").click()
    designer.press("Xoá câu hỏi")
    expect(row(designer, "c")).to_have_count(0)
    designer.sees("Có thay đổi chưa công bố")
    designer.press("Xem và công bố")
    designer.arrives("Công bố")
    designer.sees("Số buổi tuyên truyền")
    designer.look()
    designer.press("Công bố thay đổi")
    designer.page.wait_for_url(f"**/tasks/{task_id}")
    designer.press("Tổng hợp")
    designer.sees("Số buổi tuyên truyền")
    shown = designer.page.locator("main").inner_text()
    assert "15" in shown
    assert "100" in shown
    assert "Số tin" in shown
