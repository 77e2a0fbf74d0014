"""Blank workbooks read as forms: what each head, row, formula and list becomes."""

import random

import pytest
from flask import Flask

from documents.sheets import cell_name, column_letters
from documents.workbook_read import read_sheets
from questionnaire.definition import Question
from questionnaire.types import get
from questionnaire.types.sheet_form import SheetKind, UnderstoodWorkbook, understand
from questionnaire.types.sheet_formulas import Formula, place_of, read_formula
from questionnaire.types.sheet_grid import grid_of
from questionnaire.types.sheet_roles import Role
from questionnaire.types.table_sums import Way
from tests.support.blank_workbooks import school_workbook, sheet_of, staff_list

pytestmark = pytest.mark.usefixtures("words_only")


@pytest.fixture
def words_only(app: Flask) -> None:
    """Sentences need the app's language."""


def read(content: bytes) -> UnderstoodWorkbook:
    return understand(read_sheets(content), "tệp")


def only_table(content: bytes) -> Question:
    (question,) = (one for sheet in read(content).sheets for one in sheet.questions)
    return question


def rows_in(question: Question) -> list[tuple[str, str, int]]:
    return [
        (one["label"], one.get("kind", "input"), one.get("level", 0))
        for one in question.settings["rows"]
    ]


def paths_in(question: Question) -> list[str]:
    return [
        " > ".join([*(one.get("groups") or filter(None, [one["group"]])), one["label"]])
        for one in question.settings["columns"]
    ]


def test_a_school_workbook_becomes_a_section_for_each_sheet() -> None:
    found = read(school_workbook())
    definition = found.definition()
    assert definition.title == "BÁO CÁO THỐNG KÊ TRƯỜNG HỌC ĐẦU NĂM"
    assert [one.title for one in definition.sections] == [definition.title, "V. Phòng học"]
    schools, rooms = definition.questions.values()
    assert paths_in(schools) == ["Tổng số", "Công lập", "Tư thục"]
    assert [one["marker"] for one in schools.settings["columns"]] == ["1", "2", "3"]
    assert rows_in(schools) == [
        ("Trường", "label", 0),
        ("Tổng số trường", "input", 1),
        ("Chia ra theo vùng:", "parts", 2),
        ("- Đồng bằng, thành phố", "input", 3),
        ("- Miền núi, hải đảo", "input", 3),
        ("Số điểm trường", "input", 1),
    ]
    last = schools.settings["rows"][-1]
    assert (last["number"], last["measure"], last["code"]) == ("1.2.", "điểm", "4")
    assert last["closed"] == [schools.settings["columns"][2]["id"]]
    assert paths_in(rooms) == [
        f"{group} > {label}"
        for group in ("Tổng số", "Công lập", "Tư thục")
        for label in ("Tổng số", "Tạm")
    ]
    ids = [one["id"] for one in rooms.settings["columns"]]
    assert rooms.settings["columns"][0]["compute"] == {"kind": "sum", "plus": [ids[2], ids[4]]}
    assert rooms.settings["columns"][1]["compute"] == {"kind": "sum", "plus": [ids[3], ids[5]]}
    assert found.remarks == []


def test_every_question_that_is_made_can_be_kept_as_the_designer_would() -> None:
    for content in (school_workbook(), staff_list()):
        for question in read(content).definition().questions.values():
            kind = get(question.type)
            shown = kind.form_settings(question.settings)
            assert kind.clean_settings(shown, question.settings) == question.settings


def test_a_list_keeps_its_choices_and_leaves_examples_and_catalogues_out() -> None:
    found = read(staff_list())
    question = next(one for sheet in found.sheets for one in sheet.questions)
    assert question.type == "free_table"
    assert [(one["label"], one["type"]) for one in question.settings["columns"]] == [
        ("Họ tên", "short_text"),
        ("Mã đơn vị", "short_text"),
        ("Ngày sinh", "date"),
        ("Giới tính", "one_choice"),
        ("Hệ số lương", "decimal"),
    ]
    options = question.settings["columns"][3]["settings"]["options"]
    assert [one["label"] for one in options] == ["Nam", "Nữ"]
    assert question.hint == "Bắt buộc: Họ tên, Mã đơn vị, Giới tính."
    assert [one.kind for one in found.sheets] == [
        SheetKind.LIST, SheetKind.CATALOGUE, SheetKind.WORDS,
    ]  # fmt: skip
    assert found.intro == "Cột có dấu (*) là bắt buộc"
    assert [one.sheet for one in found.remarks] == ["Cán bộ", "Đơn vị", "Ghi chú"]


HEAD = ("STT", "Nội dung", "ĐVT", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)")


def test_sums_down_and_percents_across_are_kept() -> None:
    question = only_table(
        sheet_of([
            HEAD,
            (1, "Thu", "triệu đồng", "=SUM(D3:D4)", "=SUM(E3:E4)", "=IF(D2=0,0,E2/D2*100)"),
            ("1.1", "Phí", "triệu đồng", None, None, "=IF(D3=0,0,E3/D3*100)"),
            ("1.2", "Lệ phí", "triệu đồng", None, None, "=IF(D4=0,0,E4/D4*100)"),
            (2, "Chi", "triệu đồng", None, None, "=IFERROR(E5/D5*100,0)"),
            (None, "Tổng cộng", None, "=D2+D5", "=E2+E5", "=IFERROR(E6/D6*100,0)"),
        ])
    )  # fmt: skip
    plan, done, share = question.settings["columns"]
    assert share["compute"] == {"kind": "percent", "plus": [done["id"]], "over": [plan["id"]]}
    assert rows_in(question) == [
        ("Thu", "sum", 0), ("Phí", "input", 1), ("Lệ phí", "input", 1), ("Chi", "input", 0),
    ]  # fmt: skip
    assert question.settings["total"] is True


def test_a_total_at_the_top_stays_at_the_top() -> None:
    question = only_table(
        sheet_of([
            ("STT", "Chỉ tiêu", "ĐVT", "Số lượng"),
            (None, "Tổng số", None, "=SUM(D3:D5)"),
            (1, "Xã A", "hộ", 0),
            (2, "Xã B", "hộ", 0),
            (3, "Xã C", "hộ", 0),
        ])
    )  # fmt: skip
    assert question.settings["total"] == "first"
    assert [one[0] for one in rows_in(question)] == ["Xã A", "Xã B", "Xã C"]


def test_what_a_table_can_t_express_is_typed_and_told() -> None:
    found = read(
        sheet_of([
            ("STT", "Chỉ tiêu", "ĐVT", "Số lượng", "Ghi chú"),
            (1, "Một", "cái", 0, None),
            (2, "Hai", "cái", "=VLOOKUP(A3,Khac!A1:B9,2)", None),
            (3, "Ba", "cái", "=D2*1.1", None),
        ])
    )  # fmt: skip
    assert [(one.cell, "nhập" in one.message) for one in found.remarks] == [("D3", True), ("D4", True)]
    assert [one["type"] for one in found.sheets[0].questions[0].settings["columns"]] == [
        "integer", "short_text",
    ]  # fmt: skip


def test_headings_centred_without_merging_and_marks_with_formulas_are_read() -> None:
    question = only_table(
        sheet_of([
            ("BIỂU TỔNG HỢP KẾT QUẢ XỬ LÝ",),
            ("TT", "Đơn vị", "Vụ việc", None, None, "Số tiền (triệu đồng)"),
            (None, None, "Tổng", "Hành chính", "Hình sự", None),
            ("A", "B", "1=2+3", "2", "3", "4"),
            (1, "Huyện A", None, None, None, None),
            (2, "Huyện B", None, None, None, None),
        ])
    )  # fmt: skip
    assert question.label == "BIỂU TỔNG HỢP KẾT QUẢ XỬ LÝ"
    assert paths_in(question) == [
        "Vụ việc > Tổng", "Vụ việc > Hành chính", "Vụ việc > Hình sự", "Số tiền (triệu đồng)",
    ]  # fmt: skip
    total, *parts, money = question.settings["columns"]
    assert total["compute"]["plus"] == [one["id"] for one in parts]
    assert money["type"] == "decimal"


def test_two_tables_on_a_sheet_become_two_questions() -> None:
    head = ("STT", "Chỉ tiêu", "ĐVT", "Số lượng")
    found = read(
        sheet_of([
            ("I. KẾT QUẢ TUYÊN TRUYỀN",), head, (1, "Số buổi", "buổi", 0), (),
            ("II. KẾT QUẢ KIỂM TRA",), head, (1, "Số cuộc", "cuộc", 0), (2, "Số vụ", "vụ", 0),
        ], title="Sheet1")
    )  # fmt: skip
    assert [one.label for one in found.sheets[0].questions] == [
        "I. KẾT QUẢ TUYÊN TRUYỀN", "II. KẾT QUẢ KIỂM TRA",
    ]  # fmt: skip
    assert [len(one.settings["rows"]) for one in found.sheets[0].questions] == [1, 2]


def test_the_page_marks_each_cell() -> None:
    found = read(school_workbook())
    roles = found.sheets[1].roles
    assert roles[1, 5] == Role.HEAD
    assert roles[3, 5] == Role.MARK
    assert roles[4, 2] == Role.LEAD
    assert roles[4, 5] == Role.COMPUTED
    assert roles[4, 7] == Role.INPUT
    assert found.sheets[0].roles[12, 7] == Role.CLOSED
    grid = grid_of(found.sheets[1])
    first = grid.rows[0][1]
    assert [(one.text, one.width, one.height) for one in first[4:]] == [
        ("Tổng số", 2, 1), ("Công lập", 2, 1), ("Tư thục", 2, 1),
    ]  # fmt: skip
    assert first[0].height == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=A1+B1", Formula(Way.SUM, ((1, 1), (1, 2)))),
        ("=+A1-$B$1", Formula(Way.SUM, ((1, 1),), ((1, 2),))),
        ("=SUM(A1:A3)", Formula(Way.SUM, ((1, 1), (2, 1), (3, 1)))),
        ("=SUM(A1;A3)+C1", Formula(Way.SUM, ((1, 1), (3, 1), (1, 3)))),
        ("=SUBTOTAL(9,A1:A2)", Formula(Way.SUM, ((1, 1), (2, 1)))),
        ("=AVERAGE(A1:B1)", Formula(Way.MEAN, ((1, 1), (1, 2)))),
        ("=A1/B1", Formula(Way.RATIO, ((1, 1),), (), ((1, 2),))),
        ("=ROUND(A1*100/B1,1)", Formula(Way.PERCENT, ((1, 1),), (), ((1, 2),))),
        ('=IF(B1=0,"",(A1-C1)/B1*100)', Formula(Way.PERCENT, ((1, 1),), ((1, 3),), ((1, 2),))),
        ("=Khac!A1+B1", None),
        ("=A1*B1", None),
        ("=SUM(A1:XFD1048576)", None),
        ("=VLOOKUP(A1,B1:C9,2)", None),
        ("=A1+", None),
        ("=IF(A1>0,B1,C1)", None),
    ],
)
def test_a_formula_is_read(text: str, expected: Formula | None) -> None:
    assert read_formula(text) == expected


def test_a_quotient_shown_as_percent_is_one() -> None:
    found = read_formula("=A1/B1", "0.0%")
    assert found is not None
    assert found.way == Way.PERCENT


def test_names_of_cells() -> None:
    assert [column_letters(one) for one in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert cell_name(*place_of("AB12")) == "AB12"


def test_no_sheet_however_odd_raises_anything() -> None:
    chance = random.Random(7)  # noqa: S311 -- the same sheets each time.
    words = [
        None, "", "STT", "TT", "Chỉ tiêu", "ĐVT", "Mã số", "A", "B", "1", "2", 3, 0.5, "x", "Tổng số",
        "=A1+B1", "=SUM(C2:C4)", "=C1", "Chia ra:", "Trong đó", "- một", "+ hai", "I", "1.1", "…",
        "=1/0",
    ]  # fmt: skip
    merges = ["A1:A2", "C1:E1", "B3:D3", "A1:F1", "C2:D3"]
    for _time in range(150):
        rows = [
            [chance.choice(words) for _column in range(chance.randrange(1, 9))]
            for _row in range(chance.randrange(1, 14))
        ]
        merged = [one for one in merges[chance.randrange(5) :][:1] if chance.random() < 0.5]
        found = read(sheet_of(rows, merged))
        for sheet in found.sheets:
            grid_of(sheet)
        for question in found.definition().questions.values():
            assert question.settings["columns"]
