"""The main job from end to end: a form is designed, published, filled in, and summed up."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from sqlalchemy import Select, select

from core import clock
from core.extensions import db
from core.permissions import Role
from models import Assignment, Response, ResponseState, Round
from tests.factories import make_group, make_person, make_unit
from tests.journeys.conftest import Arrive
from tests.journeys.person import Person

UNITS = 20
SESSIONS = "Số buổi tuyên truyền"
RESULTS = "Kết quả đạt được"
TABLE = "Theo hình thức"


@pytest.fixture
def units(app: Flask) -> list[str]:
    """A department with twenty units in a group, named here, and the people who matter."""
    department = make_unit("Sở Văn hóa, Thể thao và Du lịch", code="SO")
    names = [f"Phòng Văn hóa huyện {place:02d}" for place in range(1, UNITS + 1)]
    units = [make_unit(name) for name in names]
    make_group(*units, name="Phòng Văn hóa và Thông tin")
    make_person(Role.SECRETARIAT, department, username="thuky")
    make_person(Role.CLERK, department, username="tonghop")
    for place, unit in enumerate(units[:3], start=1):
        make_person(Role.REPORTER, unit, username=f"nhap{place}")
    db.session.commit()
    return names


def make_the_task(secretary: Person) -> None:
    secretary.press("Nhiệm vụ mới")
    secretary.arrives("Nhiệm vụ mới")
    secretary.press("Nhập từ đầu")
    secretary.arrives("Nhập nhiệm vụ từ đầu")
    secretary.look()
    secretary.fill("Trích yếu", "Tuyên truyền phòng, chống ma tuý")
    secretary.fill("Số", "128")
    secretary.fill("Ký hiệu", "KH-SVHTTDL")
    due = clock.today() + timedelta(days=3)
    secretary.fill("Hạn nộp: ngày", f"{due:%d/%m/%Y}")
    secretary.press("Tạo nhiệm vụ")
    secretary.sees("Đã tạo nhiệm vụ")
    secretary.look()
    secretary.fill("Tên biểu mẫu mới", "Báo cáo của Phòng Văn hóa")
    secretary.press("Thêm biểu mẫu")


def add_question(secretary: Person, kind: str, label: str, **fields: str) -> None:
    page = secretary.page
    page.get_by_role("link", name="Thêm câu hỏi").click()
    secretary.look()
    page.get_by_role("link", name=kind).click()
    editor = page.locator(".editor form")
    editor.get_by_label("Nội dung câu hỏi").fill(label)
    if secretary.scripts and "rows" in fields:
        editor.get_by_text("Sửa các dòng dạng chữ").click()
    for name, text in fields.items():
        editor.locator(f"[name='{name}']").fill(text)
    if kind in ("Số nguyên", "Đoạn văn"):
        editor.get_by_label("Bắt buộc trả lời").check()
    secretary.look()
    editor.get_by_role("button", name="Thêm câu hỏi").click()
    expect(page.locator(".q-row", has_text=label)).to_be_visible()


def design_the_form(secretary: Person) -> None:
    secretary.sees("Biểu mẫu chưa có mục nào")
    secretary.fill("Tên mục", "Kết quả")
    secretary.press("Thêm mục")
    add_question(secretary, "Số nguyên", SESSIONS, measure="buổi")
    add_question(secretary, "Đoạn văn", RESULTS)
    columns = {"columns-0-label": "Số buổi", "columns-1-label": "Lượt người"}
    add_question(secretary, "Bảng có sẵn dòng", TABLE, rows="Xe loa\nChiếu phim", **columns)
    add_question(secretary, "Ghi chú", "Ghi tạm")
    row = secretary.page.locator(".q-row", has_text=RESULTS)
    row.get_by_role("button", name="Đưa lên").click()
    expect(secretary.page.locator(".q-row").first).to_contain_text(RESULTS)
    note = secretary.page.locator(".q-row", has_text="Ghi tạm")
    note.get_by_title("Thao tác khác").click()
    secretary.look()
    secretary.press("Xoá câu hỏi")
    secretary.sees("Đã xoá câu hỏi")
    secretary.press("Xem như đơn vị")
    secretary.sees("bản xem thử")
    secretary.look()


def publish(secretary: Person) -> None:
    secretary.press("Sửa biểu mẫu")
    secretary.press("Chọn đơn vị")
    secretary.arrives("Chọn đơn vị")
    secretary.look()
    secretary.page.get_by_label("Phòng Văn hóa và Thông tin").first.check()
    secretary.press("Lưu lựa chọn")
    secretary.press("Công bố")
    secretary.sees(f"{UNITS} đơn vị")
    secretary.look()
    secretary.press(f"Công bố cho {UNITS} đơn vị")
    secretary.sees("Đang thu")


def open_the_section(reporter: Person) -> None:
    reporter.look()
    reporter.page.get_by_role("link", name="Báo cáo của Phòng Văn hóa").first.click()
    reporter.page.wait_for_url("**/reports/*")
    reporter.look()
    reporter.page.get_by_role("link", name="Bắt đầu nhập").or_(
        reporter.page.get_by_role("link", name="Nhập tiếp")
    ).click()
    reporter.page.wait_for_url("**/sections/*")
    reporter.look()


def submit(reporter: Person) -> None:
    reporter.press("Lưu và tiếp tục")
    reporter.sees("Báo cáo đã đủ")
    reporter.look()
    reporter.press("Nộp báo cáo")
    reporter.sees("Biên nhận nộp báo cáo")
    reporter.look()


def answer(reporter: Person, sessions: str, results: str) -> None:
    """Type the answers; with scripts each is saved before the button is pressed."""
    reporter.fill(f"{RESULTS} bắt buộc", results)
    reporter.fill(f"{SESSIONS} (buổi) bắt buộc", sessions)
    if reporter.scripts:
        reporter.page.keyboard.press("Tab")
        reporter.saved(RESULTS)
        reporter.saved(SESSIONS)


def fill_the_table(reporter: Person) -> None:
    reporter.fill("Xe loa – Số buổi", "1.200")
    if reporter.scripts:
        reporter.page.keyboard.press("Enter")
        reporter.page.keyboard.type("34")
        expect(reporter.page.locator("[data-total]").first).to_have_text("1.234")
        reporter.saved(TABLE)
    else:
        reporter.fill("Chiếu phim – Số buổi", "34")


def read(query: Select[Any]) -> Any:
    """Return the one value of a query, and leave the database to the others again."""
    try:
        return db.session.execute(query).scalar_one()
    finally:
        db.session.rollback()


def state_of(unit: str) -> str:
    owed = select(Assignment.id).where(Assignment.unit_name == unit)
    state: str = read(select(Response.state).where(Response.assignment_id.in_(owed)))
    return state


@pytest.mark.parametrize(
    ("app", "scripts"),
    [("postgresql", True), ("sqlite", False)],
    indirect=["app"],
    ids=["with scripts", "without scripts"],
)
def test_the_main_job(
    units: list[str], arrive: Arrive, tmp_path: Path, scripts: bool
) -> None:
    secretary = arrive("thuky", scripts=scripts)
    make_the_task(secretary)
    design_the_form(secretary)
    publish(secretary)

    first = arrive("nhap1", scripts=scripts)
    open_the_section(first)
    answer(first, "12", "Đã tuyên truyền =1+1\nĐạt kế hoạch")
    fill_the_table(first)
    submit(first)

    second = arrive("nhap2", scripts=scripts)
    open_the_section(second)
    answer(second, "mười", "Chưa đúng số")
    second.press("Lưu và tiếp tục")
    second.sees("Có câu cần sửa")
    second.look()
    answer(second, "30", "Đã đúng số")
    submit(second)

    secretary.press("Theo dõi nộp")
    secretary.arrives("Theo dõi nộp")
    secretary.look()
    secretary.press(units[1])
    secretary.arrives(units[1])
    secretary.look()
    secretary.page.locator("summary", has_text="Ghi chú cho câu này").nth(1).click()
    secretary.page.get_by_label(f"Ghi chú cho câu “{SESSIONS}”").fill("Kiểm tra lại số buổi")
    secretary.fill("Lý do trả lại", "Số buổi lệch so với kế hoạch")
    secretary.press("Trả lại báo cáo")
    secretary.sees("Đã trả lại báo cáo")
    assert state_of(units[1]) == ResponseState.RETURNED

    second.go("/reports")
    second.sees("Bị trả lại")
    open_the_section(second)
    second.sees("Kiểm tra lại số buổi")
    answer(second, "31", "Đã đúng số")
    submit(second)

    due = read(select(Round.due_at))
    with clock.stopped_at(due + timedelta(minutes=1)):
        third = arrive("nhap3", scripts=scripts)
        open_the_section(third)
        answer(third, "7", "Nộp chậm")
        submit(third)
        third.sees("Nộp muộn")
        read_the_workbook(units, arrive("tonghop", scripts=scripts), tmp_path)


def read_the_workbook(units: list[str], clerk: Person, folder: Path) -> None:
    clerk.press("Tuyên truyền phòng, chống ma tuý")
    clerk.press("Tổng hợp")
    clerk.sees("50 buổi")
    clerk.look()
    workbook = CalamineWorkbook.from_path(str(clerk.download("Tải tệp Excel", folder)))
    cells = {
        name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names
    }
    by_unit = next(rows for name, rows in cells.items() if name.startswith("Theo đơn vị"))
    rows = {name: next(row for row in by_unit if name in row) for name in units}
    assert len(rows) == UNITS
    assert {12.0, 1200.0, 34.0} <= set(rows[units[0]])
    assert 31.0 in rows[units[1]]
    assert 7.0 in rows[units[2]]
    assert "nộp muộn" in " ".join(map(str, rows[units[2]]))
    totals = [cell for row in cells["Tổng hợp"] for cell in row]
    assert 50.0 in totals
    assert 1234.0 in totals
    texts = [cell for row in cells["Nội dung báo cáo"] for cell in row]
    assert "Đã tuyên truyền =1+1\nĐạt kế hoạch" in texts
    missing = [str(cell) for row in cells["Chưa nộp"] for cell in row]
    assert units[3] in missing
    assert units[0] not in missing
