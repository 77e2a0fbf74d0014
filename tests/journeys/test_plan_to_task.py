"""A plan is dropped in, its proposals are checked beside its text, and the task goes out to units."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from core.extensions import db
from core.permissions import Role
from models import Assignment, Question, Task
from tests.factories import make_group, make_person, make_unit
from tests.journeys.conftest import Arrive
from tests.journeys.person import Person
from tests.support.plan_files import as_pdf, as_word
from tests.support.plans import STATE_PLAN

# The engine of the database does not show.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

PLAN = STATE_PLAN.replace("2026", "2036")


@pytest.fixture
def office(app: Flask) -> None:
    make_person(Role.SECRETARIAT, make_unit("Sở Du lịch"), username="thuky")
    make_unit("Thư viện tỉnh")
    communes = [make_unit(f"Phòng Văn hóa - Xã hội xã {one}") for one in ("Một", "Hai", "Ba")]
    make_group(*communes, name="Phòng Văn hóa - Xã hội các xã, phường")
    db.session.commit()


def drop_in(secretary: Person, file: Path) -> None:
    secretary.press("Nhiệm vụ mới")
    secretary.look()
    secretary.page.get_by_label("Tệp văn bản").set_input_files(file)
    secretary.press("Đọc văn bản")
    secretary.arrives("Kiểm tra đề xuất từ văn bản")
    secretary.look()


def assignments() -> int:
    """Count what units owe, and let go of the database, which the server writes to."""
    count = db.session.query(Assignment).count()
    db.session.rollback()
    return count


def publish(secretary: Person) -> None:
    secretary.press("Tạo nhiệm vụ")
    secretary.sees("Đã tạo nhiệm vụ nháp")
    assert assignments() == 0
    secretary.press("Công bố")
    secretary.look()
    secretary.press("Công bố cho 4 đơn vị")
    secretary.sees("Đang thu")


def test_a_word_file_becomes_a_published_task_by_keyboard(
    app: Flask, office: None, arrive: Arrive, tmp_path: Path
) -> None:
    file = tmp_path / "Kế hoạch.docx"
    file.write_bytes(as_word(PLAN))
    secretary = arrive("thuky")
    drop_in(secretary, file)
    page = secretary.page
    expect(page.get_by_label("Hết ngày 29/04/2036 (trước ngày 30/04/2036")).to_be_checked()
    question = page.get_by_label("Giữ câu: Treo băng rôn tại nhà văn hóa")
    question.focus()
    shown = page.locator(".plan-text .is-shown")
    expect(shown).to_have_text("a) Treo băng rôn tại nhà văn hóa;")
    expect(shown).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(question).not_to_be_checked()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Đã treo băng rôn ở đâu")
    publish(secretary)
    assert assignments() == 4
    labels = {one.label for one in db.session.query(Question)}
    assert {"Đã treo băng rôn ở đâu", "Số băng rôn", "Tổ chức thi kể chuyện"} <= labels


def test_a_pdf_becomes_a_task_without_scripts(
    app: Flask, office: None, arrive: Arrive, tmp_path: Path
) -> None:
    file = tmp_path / "Kế hoạch.pdf"
    file.write_bytes(as_pdf(PLAN))
    secretary = arrive("thuky", scripts=False)
    drop_in(secretary, file)
    page = secretary.page
    page.get_by_role("link", name="Từ đoạn").first.click()
    expect(page.locator(".plan-text p:target")).to_be_in_viewport()
    page.get_by_label("Hết ngày 30/04/2036 (tính cả ngày ấy)").check()
    secretary.press("Tạo nhiệm vụ")
    secretary.sees("Hạn nộp")
    db.session.rollback()
    task = db.session.query(Task).one()
    assert (task.number, task.symbol, len(task.forms), len(task.files)) == ("45", "KH-SDL", 2, 1)
