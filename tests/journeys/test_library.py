"""A section comes to another form by way of the library, and a table takes rows from units."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from core.extensions import db
from core.permissions import Role
from domain import working_copy
from models import Form, Question
from tests.factories import make_form, make_group, make_person, make_task, make_unit
from tests.journeys.conftest import Arrive

WIDTHS = (390, 1280)

# The engine of the database does not show.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def forms(app: Flask) -> tuple[Form, Form]:
    """A form to keep a section of, and another to copy it into."""
    make_person(Role.SECRETARIAT, username="thuky")
    make_group(make_unit("Huyện Hòa An"), make_unit("Huyện Hà Quảng"), name="Các huyện")
    old = make_form(
        make_task("Kế hoạch cũ"),
        {"type": "integer", "uid": "so", "label": "Số buổi"},
        {"type": "integer", "uid": "luot", "label": "Số lượt",
         "visible": {"do": ">", "with": [{"question": "so"}, {"number": "0"}]}},
        title="Biểu cũ",
    )  # fmt: skip
    new = make_form(make_task("Kế hoạch mới"), "date", title="Biểu mới")
    db.session.commit()
    return old, new


def test_a_section_is_kept_found_and_copied(forms: tuple[Form, Form], arrive: Arrive) -> None:
    old, new = (one.id for one in forms)
    db.session.rollback()
    secretary = arrive("thuky")
    page = secretary.page
    secretary.go(f"/forms/{old}")
    page.locator(".card-head .more").click()
    secretary.press("Lưu vào thư viện")
    secretary.sees("Đã lưu “Mục chung” vào thư viện")
    expect(page.locator(".acts > .menu")).to_have_count(0)

    secretary.go("/library")
    secretary.look()
    page.get_by_role("link", name="Đổi tên “Mục chung”").click()
    secretary.fill("Tên trong thư viện", "Tuyên truyền")
    secretary.look()
    secretary.press("Lưu tên")
    secretary.sees("Đã lưu tên “Tuyên truyền”")

    secretary.go(f"/forms/{new}")
    secretary.press("Thêm từ thư viện", page.locator(".add-line"))
    secretary.arrives("Thêm từ thư viện")
    secretary.fill("Tìm theo tên hoặc câu hỏi", "so luot")
    secretary.press("Tìm")
    page.get_by_label("Tuyên truyền").check()
    secretary.look()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    secretary.press("Thêm vào biểu mẫu")
    secretary.sees("Đã thêm 2 câu hỏi từ thư viện")
    expect(page.locator(".q-row")).to_have_count(3)

    secretary.go("/library")
    page.get_by_role("button", name="Xoá “Tuyên truyền” khỏi thư viện").click()
    secretary.sees("Thư viện chưa có gì")
    secretary.press("Hoàn tác", page.locator("body"))
    secretary.sees("Tuyên truyền")
    copies = {one.label: one for one in working_copy.definition_of(forms[1]).questions.values()}
    assert copies["Số lượt"].visible == {
        "do": ">", "with": [{"question": copies["Số buổi"].uid}, {"number": "0"}]
    }  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_takes_its_rows_from_the_units_of_a_group(
    forms: tuple[Form, Form], arrive: Arrive, scripts: bool
) -> None:
    section = Question.query.filter_by(label="Câu 1").one().section_id
    db.session.rollback()
    secretary = arrive("thuky", scripts=scripts)
    page = secretary.page
    secretary.go(f"/sections/{section}/questions/new?type=fixed_table")
    secretary.fill("Nội dung câu hỏi", "Theo huyện")
    secretary.press("Lấy dòng hoặc cột từ danh mục")
    page.get_by_label("Danh mục", exact=True).select_option(label="Các huyện")
    secretary.press("Lấy dòng từ danh mục")
    secretary.sees("Đã lấy 2 dòng")
    rows = page.get_by_label("Các dòng, mỗi dòng một chỉ tiêu")
    expect(rows).to_have_value("Huyện Hòa An\nHuyện Hà Quảng")
    secretary.look()
    secretary.press("Thêm câu hỏi", page.locator(".form-actions"))
    secretary.sees("2 dòng × 1 cột")
    stored = Question.query.filter_by(label="Theo huyện").one().settings["rows"]
    assert [one["label"] for one in stored] == ["Huyện Hòa An", "Huyện Hà Quảng"]
