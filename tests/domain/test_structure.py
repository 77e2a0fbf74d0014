"""The reorganisation of 1 July 2025 on the reports of 2023 to 2026, in the structure of then and of now.

All totals here are worked out by hand. Of the wards, Duyệt Trung (01288), Tân Giang (01276) and
Hòa Chung (01285) became Tân Giang (01288); the town Nước Hai became the commune Hòa An under the same
code; the culture office of the district was split into those of two communes.
"""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from core import clock
from core.config import Settings
from core.extensions import db
from domain import board, summary, summary_workbook, unit_changes, working_copy
from domain.structure import standings
from domain.successors import Structure
from domain.summary_records import form_of
from domain.summary_selection import Selection
from domain.unit_change_plan import NewUnit, Reports
from models import Assignment, Form, Question, Unit, UnitChangeKind
from questionnaire.rules import Names, parse
from tests.factories import make_form, make_task, make_unit, publish
from tests.support.reports import submit
from tests.support.unit_changes import merge, plan, unit_named

pytestmark = pytest.mark.usefixtures("app")

TABLE = {
    "columns": [
        {"id": "sl", "label": "Số lượng", "type": "integer", "settings": {}, "measure": ""},
        {"id": "tl", "label": "Tỷ lệ", "type": "percent", "settings": {}, "measure": ""},
    ],
    "rows": [{"id": "r1", "label": "Panô"}],
    "total": False,
}
QUESTIONS: list[dict[str, Any]] = [
    {"type": "integer", "uid": "n", "code": "B1", "label": "Số buổi"},
    {"type": "money", "uid": "m", "code": "B2", "label": "Kinh phí"},
    {"type": "percent", "uid": "p", "label": "Tỷ lệ", "summing": "none"},
    {"type": "yes_no", "uid": "y", "label": "Đã ban hành"},
    {"type": "long_text", "uid": "t", "label": "Kết quả"},
    {"type": "fixed_table", "uid": "b", "label": "Bảng", "settings": TABLE},
    {
        "type": "computed", "uid": "c", "label": "Bình quân", "summing": "none",
        "settings": {"rule": None, "places": 2},
    },
]  # fmt: skip


class History:
    """The units of 2023, and what became of them."""

    def __init__(self) -> None:
        self.wards = [
            make_unit("Phường Duyệt Trung", code="01288"),
            make_unit("Phường Tân Giang", code="01276"),
            make_unit("Phường Hòa Chung", code="01285"),
        ]
        self.town = make_unit("Thị trấn Nước Hai", code="01654")
        self.office = make_unit("Phòng VHTT huyện Hòa An", code="VHTT-051")
        self.units = [*self.wards, self.town, self.office]

    def round_of(self, year: int, *units: Unit) -> tuple[Form, list[Assignment]]:
        with clock.stopped_at(datetime(year, 6, 1, 1, tzinfo=UTC)):
            task = make_task(f"Năm {year}", due_at=datetime(year, 12, 5, tzinfo=UTC))
            form = make_form(task, *QUESTIONS, title=f"Biểu {year}")
            rule = parse("[B2] / [B1]", Names.of(working_copy.definition_of(form))).to_json()
            computed = db.session.query(Question).filter_by(uid="c").one()
            computed.settings = {"rule": rule, "places": 2}
            return form, publish(form, *units)

    def reorganise(self, **values: Any) -> None:
        merge(*self.wards, new_units=[NewUnit("01288", "Phường Tân Giang mới")], **values)
        called = NewUnit("01654", "Xã Hòa An")
        unit_changes.record(None, plan(UnitChangeKind.RENAME, self.town, called=called))
        news = [NewUnit("VHXH-01654", "VHXH Hòa An"), NewUnit("VHXH-01660", "VHXH Nam Tuấn")]
        unit_changes.record(None, plan(UnitChangeKind.SPLIT, self.office, new_units=news))


def answers(number: int, **values: Any) -> dict[str, Any]:
    """Return a report with `number` sessions, each of which cost 100 đồng times `number`."""
    rows = {"rows": {"r1": {"sl": number, "tl": "50"}}}
    plain = {"n": number, "m": number * number * 100, "p": str(number), "y": number > 15, "b": rows}
    return plain | {"t": f"Bài {number}", "c": str(number * 100)} | values


def send(owed: list[Assignment], *numbers: int) -> None:
    for assignment, number in zip(owed, numbers, strict=True):
        submit(assignment, answers(number))


def listed(form: Form, uid: str, structure: Structure) -> list[tuple[str, str]]:
    """Return each unit with its answer to a question, as the page lists them."""
    found = form_of(form.task.rounds[0], form.id)
    page = summary.page_of_answers(found, summary.question_of(found, uid), 1, structure)
    return [(row.standing.name, row.text) for row in page.rows]


def total(form: Form) -> int:
    _control, forms = summary.summarise(form.task.rounds[0])
    lines = [line for _section, lines in forms[0].sections for line in lines]
    return int(next(line.figures.figures["sum"] for line in lines if line.question.uid == "n"))


def sheet(form: Form, structure: Structure) -> list[list[Any]]:
    file = BytesIO()
    chosen = Selection(structure=structure)
    summary_workbook.write(form.task.rounds[0], file, Settings(), chosen=chosen)
    book = CalamineWorkbook.from_filelike(BytesIO(file.getvalue()))
    return book.get_sheet_by_name("Theo đơn vị").to_python(skip_empty_area=False)


@pytest.mark.parametrize(
    ("year", "numbers", "together", "sum_"),
    [(2023, (10, 20, 30, 50, 40), "60", 150), (2024, (1, 2, 3, 5, 4), "6", 15)],
)
def test_reports_of_before_stand_in_both_structures(
    year: int, numbers: tuple[int, ...], together: str, sum_: int
) -> None:
    history = History()
    form, owed = history.round_of(year, *history.units)
    send(owed, *numbers)
    history.reorganise()
    a, b, c, town, office = map(str, numbers)
    assert listed(form, "n", Structure.THEN) == [
        ("Phường Duyệt Trung", a), ("Phường Tân Giang", b), ("Phường Hòa Chung", c),
        ("Thị trấn Nước Hai", town), ("Phòng VHTT huyện Hòa An", office),
    ]  # fmt: skip
    assert listed(form, "n", Structure.NOW) == [
        ("Phường Tân Giang mới", together), ("Xã Hòa An", town), ("Phòng VHTT huyện Hòa An", office),
    ]  # fmt: skip
    assert total(form) == sum_ == int(together) + int(town) + int(office)
    last = standings(form.task.rounds[0], form.id)[-1]
    assert "chia tách thành VHXH Hòa An; VHXH Nam Tuấn" in last.note


def test_reports_of_after_are_the_same_in_both_structures() -> None:
    history = History()
    history.reorganise()
    names = ("Phường Tân Giang mới", "Xã Hòa An", "VHXH Hòa An", "VHXH Nam Tuấn")
    form, owed = history.round_of(2026, *(unit_named(name) for name in names))
    send(owed, 70, 55, 11, 12)
    for structure in Structure:
        assert listed(form, "n", structure) == list(zip(names, ("70", "55", "11", "12"), strict=True))
    assert total(form) == 148


def test_what_does_not_add_up_says_why_and_what_is_worked_out_is_worked_out_again() -> None:
    history = History()
    form, owed = history.round_of(2023, *history.units)
    send(owed, 10, 20, 30, 50, 40)
    history.reorganise()

    def first(uid: str) -> str:
        return listed(form, uid, Structure.NOW)[0][1]

    assert first("m") == "140.000"
    assert first("c") == "2.333,33", "140.000 over 60 sessions, not the mean of 1.000, 2.000 and 3.000"
    assert first("p").startswith("Không cộng được. Phường Duyệt Trung: 10%; Phường Tân Giang: 20%")
    assert first("y").startswith("Không cộng được. Phường Duyệt Trung: Không")
    assert first("t") == (
        "Phường Duyệt Trung: Bài 10\nPhường Tân Giang: Bài 20\nPhường Hòa Chung: Bài 30"
    )


def test_the_workbook_of_now_sums_units_and_keeps_its_totals() -> None:
    history = History()
    form, owed = history.round_of(2023, *history.units)
    send(owed, 10, 20, 30, 50, 40)
    history.reorganise()
    then, now = (sheet(form, structure)[5:] for structure in Structure)
    assert [row[1:3] for row in then[:5]] == [
        ["01288", "Phường Duyệt Trung"], ["01276", "Phường Tân Giang"], ["01285", "Phường Hòa Chung"],
        ["01654", "Thị trấn Nước Hai"], ["VHTT-051", "Phòng VHTT huyện Hòa An"],
    ]  # fmt: skip
    assert [row[1:3] for row in now[:3]] == [
        ["01288", "Phường Tân Giang mới"], ["01654", "Xã Hòa An"],
        ["VHTT-051", "Phòng VHTT huyện Hòa An"],
    ]  # fmt: skip
    assert now[0][6:8] == [60.0, 140_000.0]
    assert str(now[0][8]).startswith("Không cộng được")
    assert now[0][4] == "3/3 báo cáo đã nộp"
    assert "chia tách" in now[2][4]
    assert now[0][11:] == [60.0, "50%", 2333.33]
    assert then[-1][6:8] == now[-1][6:8] == [150.0, 550_000.0]


def test_a_unit_merged_in_mid_round_is_summed_with_what_its_follower_reports() -> None:
    history = History()
    form, owed = history.round_of(2025, *history.units)
    submit(owed[0], answers(10))
    merge(
        *history.wards, new_units=[NewUnit("01288", "Phường Tân Giang mới")], reports=Reports.MOVE
    )
    new = db.session.query(Assignment).filter_by(unit_id=unit_named("Phường Tân Giang mới").id).one()
    submit(new, answers(50))
    then = dict(listed(form, "n", Structure.THEN))
    assert (then["Phường Duyệt Trung"], then["Phường Tân Giang mới"]) == ("10", "50")
    assert listed(form, "n", Structure.NOW)[0] == ("Phường Tân Giang mới", "60")
    rows = board.rows(form.task.rounds[0], board.Filter(structure=Structure.NOW)).rows
    assert [row.standing.name for row in rows[:4]] == ["Phường Tân Giang mới"] * 4
