"""Rules without knowing their language: picked, written, filled in and explained."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from core.extensions import db
from core.permissions import Role
from domain import copying
from models import Assignment, Form, Question, Response, ResponseState
from tests.factories import make_form, make_person, make_task, make_unit, publish
from tests.journeys.conftest import Arrive
from tests.journeys.person import Person
from tests.support.reports import submit

WIDTHS = (390, 1280)


@pytest.fixture
def form(app: Flask) -> Form:
    """A form of this year, made from last year's, and the people who matter."""
    unit = make_unit("Phòng Văn hóa huyện 01")
    make_person(Role.SECRETARIAT, username="thuky")
    make_person(Role.REPORTER, unit, username="nhap1")
    old = make_form(
        make_task("Kế hoạch năm 2025"),
        {"type": "integer", "uid": "so", "label": "Số buổi", "measure": "buổi"},
        {"type": "money", "uid": "chi", "label": "Kinh phí"},
        {"type": "computed", "uid": "tb", "label": "Mỗi buổi"},
        {"type": "short_text", "uid": "vb", "label": "Văn bản"},
    )
    submit(publish(old, unit)[0], {"so": 10, "chi": 5_000_000})
    form: Form = copying.copy_task(None, old.task).forms[0]
    db.session.commit()
    return form


def uids_of() -> dict[str, str]:
    """Return the uids of the form's questions by those of last year, and let others write."""
    found = {one.origin: one.uid for one in Question.query if one.origin}
    found["section"] = Question.query.filter_by(origin="so").one().section.uid
    db.session.rollback()
    return found


def opened(secretary: Person, place: str) -> Locator:
    """Open the editor of a question; it is ready once its first field has the focus."""
    editor = secretary.page.locator(place)
    secretary.press("Sửa", editor)
    expect(editor.get_by_label("Nội dung câu hỏi", exact=True)).to_be_focused()
    return editor


def test_rules_are_picked_filled_in_and_explained(form: Form, arrive: Arrive) -> None:
    form_id = form.id
    uids = uids_of()
    places = {name: f"#r-{uid}" for name, uid in uids.items()}
    so_uid, chi_uid, section = uids["so"], uids["chi"], uids["section"]
    secretary = arrive("thuky")
    secretary.go(f"/forms/{form_id}")
    page = secretary.page

    editor = opened(secretary, places["tb"])
    editor.get_by_label("Cách tính", exact=True).select_option("ratio")
    editor.get_by_label("Câu 1", exact=True).select_option(label="Kinh phí")
    editor.get_by_label("Câu 2", exact=True).select_option(label="Số buổi")
    expect(editor.get_by_label("Công thức", exact=True)).to_have_value("[Kinh phí] / [Số buổi]")
    secretary.look()
    secretary.press("Lưu câu hỏi", editor.locator(".form-actions"))
    expect(page.locator(f"{places['tb']} .acts")).to_be_visible()

    editor = opened(secretary, places["chi"])
    editor.get_by_text("Điều kiện hỏi và kiểm tra thêm").click()
    condition = editor.locator(".rules").first
    secretary.press("Chọn câu hỏi để so sánh", condition)
    expect(condition.get_by_label("Câu hỏi", exact=True)).to_be_focused()
    condition.get_by_label("Câu hỏi", exact=True).select_option(label="Số buổi")
    condition.get_by_label("So sánh", exact=True).select_option(">")
    condition.get_by_label("Giá trị", exact=True).fill("0")
    condition.get_by_label("Giá trị", exact=True).press("Tab")
    text = condition.get_by_label("Điều kiện viết thành công thức", exact=True)
    expect(text).to_have_value("[Số buổi] > 0")
    secretary.press("Thêm dòng so sánh", condition)
    expect(condition.get_by_label("Câu hỏi", exact=True)).to_have_count(2)
    expect(condition.get_by_label("Câu hỏi", exact=True).nth(1)).to_be_focused()
    condition.get_by_label("Câu hỏi", exact=True).nth(1).select_option(label="Số buổi")
    expect(condition.locator("datalist")).to_have_count(2)
    condition.get_by_label("Giá trị", exact=True).nth(1).fill("nhiều")
    condition.get_by_label("Giá trị", exact=True).nth(1).press("Tab")
    expect(condition).to_contain_text("Dòng 2")
    condition.get_by_label("So sánh", exact=True).nth(1).select_option("filled")
    expect(text).to_have_value("VÀ([Số buổi] > 0; KHÔNG(TRỐNG([Số buổi])))")
    secretary.look()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    secretary.press("Lưu câu hỏi", editor.locator(".form-actions"))
    expect(page.locator(f"{places['chi']} .acts")).to_be_visible()

    editor = opened(secretary, places["so"])
    editor.get_by_label("Hỏi lý do khi tăng, giảm so với kỳ trước quá", exact=True).fill("20")
    secretary.press("Lưu câu hỏi", editor.locator(".form-actions"))
    expect(page.locator(f"{places['so']} .acts")).to_be_visible()

    editor = opened(secretary, places["vb"])
    editor.get_by_label("Phải đúng dạng", exact=True).select_option("document")
    editor.get_by_label("Thử với…", exact=True).press_sequentially("12/KH-")
    expect(editor.locator("#tried-says")).to_contain_text("12/KH-SVHTTDL")
    editor.get_by_label("Thử với…", exact=True).press_sequentially("UBND")
    expect(editor.locator("#tried-says")).to_contain_text("Đạt")
    expect(editor.get_by_label("Thử với…", exact=True)).to_be_focused()
    secretary.press("Lưu câu hỏi", editor.locator(".form-actions"))
    expect(page.locator(f"{places['vb']} .acts")).to_be_visible()
    assert secretary.complaints == []

    assignment_id = publish(db.session.get_one(Form, form_id))[0].id
    db.session.commit()
    reporter = arrive("nhap1")
    reporter.go(f"/reports/{assignment_id}/sections/{section}")
    money = reporter.page.locator(f"#q-{chi_uid}")
    expect(money).to_be_hidden()
    reporter.sees("Kỳ trước: 10 buổi")
    reporter.fill("Số buổi (buổi)", "40")
    expect(money).to_be_visible()
    reporter.fill("Kinh phí", "8.000.000")
    expect(reporter.page.locator("output.computed")).to_have_text("200.000")
    reporter.look()
    reporter.go(f"/reports/{assignment_id}/check")
    reporter.sees("Tăng 300% so với kỳ trước (10 → 40).")
    reporter.page.locator(f"#reason-{so_uid}-change").fill("Thêm chiến dịch hè")
    reporter.look()
    reporter.press("Nộp báo cáo")
    reporter.sees("Đã nộp báo cáo")
    assert reporter.complaints == []
    assert reasons_of(assignment_id) == {f"{so_uid}-change": "Thêm chiến dịch hè"}


def reasons_of(assignment_id: int) -> dict[str, str]:
    db.session.rollback()
    found = Response.query.filter_by(assignment_id=assignment_id).one()
    assert found.state == ResponseState.SUBMITTED
    assert Assignment.query.count() == 2
    return dict(found.current_submission.reasons)
