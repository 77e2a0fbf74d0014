"""A ministry's blank workbook becomes a form, is filled in by three units and summed up."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from core import clock
from core.extensions import db
from core.permissions import Role
from domain import tasks
from tests.factories import make_group, make_person, make_unit
from tests.journeys.conftest import Arrive
from tests.journeys.person import Person
from tests.support.blank_workbooks import school_workbook
from tests.support.books import recalculated

SCHOOLS = ["10", "6", "4", "6", "4", "2", "4", "2", "2", "5", "3"]
ROOMS = ["1", "2", "3", "4"] * 4
TITLE = "Thống kê trường học đầu năm"

# The engine of the database does not show.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def units(app: Flask) -> list[str]:
    """A task, three units that will report, and the people who matter."""
    department = make_unit("Sở Giáo dục và Đào tạo", code="SO")
    units = [make_unit(f"Trường Tiểu học {place}") for place in (1, 2, 3)]
    make_group(*units, name="Các trường")
    make_person(Role.SECRETARIAT, department, username="thuky")
    make_person(Role.CLERK, department, username="tonghop")
    for place, unit in enumerate(units, start=1):
        make_person(Role.REPORTER, unit, username=f"nhap{place}")
    tasks.create(None, title="Thống kê đầu năm", due_at=clock.now() + timedelta(days=3))
    db.session.commit()
    return [unit.name for unit in units]


def make_the_form(secretary: Person, folder: Path) -> None:
    path = folder / "bieu.xlsx"
    path.write_bytes(school_workbook())
    secretary.go("/tasks/1")
    secretary.press("Lập từ tệp Excel")
    secretary.arrives("Lập biểu mẫu từ tệp Excel")
    secretary.look()
    secretary.page.set_input_files("[name=file]", path)
    secretary.press("Đọc tệp")
    secretary.sees("Trang “V”")
    secretary.look()
    secretary.fill("Tên biểu mẫu", TITLE)
    secretary.press("Lập biểu mẫu")
    secretary.sees("Đã lập biểu mẫu từ tệp Excel")


def correct_and_publish(secretary: Person) -> None:
    row = secretary.page.locator(".q-row", has_text="V. Phòng học")
    row.get_by_title("Sửa").click()
    secretary.page.locator(".editor [name=label]").fill("Phòng học các loại")
    secretary.press("Lưu câu hỏi")
    expect(secretary.page.locator(".q-row", has_text="Phòng học các loại")).to_be_visible()
    secretary.press("Chọn đơn vị")
    secretary.page.get_by_label("Các trường").first.check()
    secretary.press("Lưu lựa chọn")
    secretary.press("Công bố")
    secretary.press("Công bố cho 3 đơn vị")
    secretary.sees("Đang thu")


def fill_in(reporter: Person) -> None:
    reporter.page.get_by_role("link", name=TITLE).first.click()
    reporter.press("Bắt đầu nhập")
    for texts in (SCHOOLS, ROOMS):
        inputs = reporter.page.locator(".question table input:not([readonly])")
        expect(inputs).to_have_count(len(texts))
        for place, text in enumerate(texts):
            inputs.nth(place).fill(text)
        reporter.press("Lưu và tiếp tục")
    reporter.sees("Báo cáo đã đủ")
    reporter.press("Nộp báo cáo")
    reporter.sees("Biên nhận nộp báo cáo")


def test_a_blank_workbook_is_filled_in_and_every_formula_of_it_holds(
    units: list[str], arrive: Arrive, tmp_path: Path
) -> None:
    secretary = arrive("thuky")
    make_the_form(secretary, tmp_path)
    correct_and_publish(secretary)
    for place in (1, 2, 3):
        fill_in(arrive(f"nhap{place}"))
    clerk = arrive("tonghop")
    clerk.press("Thống kê đầu năm")
    clerk.press("Tổng hợp")
    path = clerk.download("Tải tệp Excel", tmp_path)
    for book in (path, recalculated(path, tmp_path)):
        cells = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("Tổng hợp").to_python()
        found = {str(row[1]).strip(): row[2:] for row in cells if row[1]}
        assert found["1.1. Tổng số trường"][:5] == ["trường", "1", 30.0, 18.0, 12.0]
        assert found["- Miền núi, hải đảo"][:5] == ["trường", "3", 12.0, 6.0, 6.0]
        assert found["1.2. Số điểm trường"][:5] == ["điểm", "4", 15.0, 9.0, "x"]
        for label, code in (("5.1. Phòng học", "12"), ("- Bán kiên cố", "14")):
            assert found[label] == ["phòng", code, 12.0, 18.0, 3.0, 6.0, 9.0, 12.0]
