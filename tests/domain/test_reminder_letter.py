"""The letter that reminds: to whom, since when, and how many, in the layout of an official letter."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document

from core import clock
from core.clock import ZONE
from core.config import Settings
from core.permissions import Role
from domain import exemptions, extensions, papers, reminder_letter
from models import Assignment
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")

DUE = datetime(2026, 12, 5, 17, 0, tzinfo=ZONE)
SETTINGS = Settings(office_name="Sở Một", office_parent="UBND tỉnh Hai", office_place="Tỉnh Hai")


def owed(units: int) -> list[Assignment]:
    task = make_task("Triển khai Đề án 06", doc_type="Kế hoạch", number="12", symbol="KH-SM",
                     issuer="Sở Một", issued_on=date(2026, 11, 4), due_at=DUE)  # fmt: skip
    form = make_form(task, "integer", title="Biểu 1")
    return publish(form, *(make_unit(f"Đơn vị {place}") for place in range(1, units + 1)))


def words_of(assignment: Assignment) -> list[str]:
    document = reminder_letter.letter(assignment.round, SETTINGS)
    file = Document(BytesIO(papers.word_file(document).getvalue()))
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    inside = [one.text for cell in cells for one in cell.paragraphs]
    return [*(one.text for one in file.paragraphs), *inside]


def test_only_those_who_owe_are_reminded_each_with_its_own_deadline() -> None:
    first, second, third, fourth, fifth = owed(5)
    office = actor_for(make_person(Role.SECRETARIAT))
    submit(first, {})
    with clock.stopped_at(DUE - timedelta(days=1)):
        exemptions.exempt(office, [second], "Mới lập")
        extensions.grant(office, [third], DUE + timedelta(days=4), "Lũ")
    with clock.stopped_at(DUE + timedelta(days=2, hours=1)):
        found = reminder_letter.owing(first.round)
        words = words_of(first)
    assert [(one.unit, one.days_late) for one in found] == [
        ("Đơn vị 3", 0), ("Đơn vị 4", 2), ("Đơn vị 5", 2),
    ]  # fmt: skip
    assert found[0].due_at == DUE + timedelta(days=4)
    text = "\n".join(words)
    assert "đã có 1 trên 4 báo cáo; còn 3 báo cáo chưa nộp" in text
    assert "Đến 18:00 ngày 07/12/2026" in text
    assert "ngay khi nhận được văn bản này" in text
    assert fourth.unit_name in words
    assert fifth.unit_name in words
    assert second.unit_name not in text


def test_it_is_a_letter_with_number_and_day_left_blank() -> None:
    (only,) = owed(1)
    with clock.stopped_at(DUE - timedelta(days=3)):
        words = words_of(only)
    assert "V/v đôn đốc triển khai Đề án 06" in words
    assert any(one.startswith("Số: ………/") for one in words)
    assert any("ngày …… tháng …… năm" in one for one in words)
    assert any(one.startswith("Kính gửi: Đơn vị 1") for one in words)
    assert any("chậm nhất 17 giờ 00 phút, Thứ Bảy, ngày 05/12/2026" in one for one in words)
    assert any("Kế hoạch số 12/KH-SM ngày 04 tháng 11 năm 2026" in one for one in words)
    assert any("đúng hạn" in one for one in words)


def test_many_units_are_addressed_as_a_list() -> None:
    found = owed(reminder_letter.MOST_ADDRESSEES + 1)
    with clock.stopped_at(DUE):
        text = "\n".join(words_of(found[0]))
    assert f"Kính gửi: {reminder_letter.LISTED}" in text
    assert text.count("Đơn vị 6") >= 1


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (DUE, 0), (DUE + timedelta(hours=6, minutes=59), 0), (DUE + timedelta(hours=7), 1),
        (DUE + timedelta(days=31), 31),
    ],
)  # fmt: skip
def test_days_late_are_days_of_the_calendar_here(moment: datetime, late: int) -> None:
    (only,) = owed(1)
    with clock.stopped_at(moment):
        assert [one.days_late for one in reminder_letter.owing(only.round)] == [late]
