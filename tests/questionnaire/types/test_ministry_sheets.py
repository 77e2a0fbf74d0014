"""Workbooks of kinds that no rule was made for: breakdowns, notes, odd cells, marks that reckon."""

import pytest
from flask import Flask

from documents.blocks import Table
from documents.workbook_read import read_sheets
from questionnaire.types import get
from questionnaire.types.sheet_form import UnderstoodSheet, understand
from questionnaire.types.sheet_grid import grid_of
from questionnaire.types.table_layout import Layout
from tests.support.ministry_workbooks import disputes_workbook, pupils_workbook

pytestmark = pytest.mark.usefixtures("words_only")


@pytest.fixture
def words_only(app: Flask) -> None:
    """Sentences need the app's language."""


def only_sheet(content: bytes) -> UnderstoodSheet:
    (found,) = understand(read_sheets(content), "tệp").sheets
    return found


def test_labels_stay_as_they_are_printed_however_often_they_stand() -> None:
    (question,) = only_sheet(pupils_workbook()).questions
    rows = question.settings["rows"]
    assert [(one.get("level", 0), one["label"], one.get("kind", "")) for one in rows] == [
        (0, "Tổng số học viên", ""),
        (0, "Học viên theo độ tuổi", "label"),
        (1, "- Dưới 18 tuổi", ""),
        (1, "- Từ 18 tuổi", ""),
        (1, "Trong đó học viên học đúng tuổi", "within"),
        (2, "- Học viên 15 tuổi học lớp 10", ""),
        (2, "- Học viên 16 tuổi học lớp 11", ""),
        (0, "Học viên khuyết tật", ""),
        (1, "Trong đó:", "within"),
        (2, "- Học hoà nhập", ""),
        (3, "Trong đó:", "within"),
        (4, "+ Khuyết tật nhìn", ""),
        (2, "- Học chuyên biệt", ""),
        (3, "Trong đó:", "within"),
        (4, "+ Khuyết tật nhìn", ""),
    ]  # fmt: skip


def test_a_breakdown_is_of_the_row_that_it_stands_under() -> None:
    (question,) = only_sheet(pupils_workbook()).questions
    layout = Layout(question.settings)
    labels = {row.id: row.label for row in layout.rows}
    assert [(labels[one.whole], len(one.parts)) for one in layout.breakdowns] == [
        ("Học viên khuyết tật", 2), ("- Học hoà nhập", 1), ("- Học chuyên biệt", 1),
    ]  # fmt: skip


def test_a_head_of_three_levels_is_read_by_its_leaves() -> None:
    (question,) = only_sheet(pupils_workbook()).questions
    assert [" > ".join((*one.groups, one.label)) for one in Layout(question.settings).columns] == [
        f"{part} > {leaf}"
        for part in ("Cả tỉnh", "Công lập")
        for leaf in ("Tổng số", "Nữ", "Dân tộc thiểu số > Tổng", "Dân tộc thiểu số > Nữ")
    ]


def test_cells_that_hold_words_among_figures_are_told() -> None:
    (remark,) = only_sheet(pupils_workbook()).remarks
    assert remark.cell == "G5, H5, K5, L5"
    assert "“#”" in remark.message


def test_notes_below_a_table_lead_into_its_section_and_signatures_do_not() -> None:
    section = only_sheet(pupils_workbook()).section
    assert section.intro == (
        "Ghi chú: Học viên tính đến ngày … 30 tháng 9\nHọc sinh phổ thông không tính vào biểu này"
    )


def test_the_page_says_what_breaks_down_what() -> None:
    found = only_sheet(pupils_workbook())
    cells = dict(grid_of(found).rows)
    label = cells[13][1]
    assert (label.text, label.level, bool(label.note)) == ("Trong đó:", 1, True)
    assert not any(one.role for one in cells[13][4:])


def test_marks_that_are_formulas_count_and_sums_of_rows_are_kept() -> None:
    found = only_sheet(disputes_workbook())
    (question,) = found.questions
    layout = Layout(question.settings)
    total, often, seldom, _people, first, share, words = layout.columns
    assert total.compute is not None
    assert total.compute.plus == (often.id, seldom.id)
    assert share.compute is not None
    assert (share.compute.plus, share.compute.over) == ((first.id,), (total.id,))
    assert words.type.key == "short_text"
    assert [(row.label, str(row.kind)) for row in layout.rows] == [
        ("Thanh tra tỉnh", "input"), ("Các huyện", "sum"), ("Huyện A", "input"), ("Huyện B", "input"),
    ]  # fmt: skip
    assert layout.total == "last"
    assert found.remarks == []
    assert question.label == "KẾT QUẢ TIẾP CÔNG DÂN"


def test_on_paper_rows_stand_as_deep_as_on_the_page_and_headings_are_bold() -> None:
    (question,) = only_sheet(pupils_workbook()).questions
    (table,) = get(question.type).to_blocks(None, question.settings)
    assert isinstance(table, Table)
    assert [str(row[0]).count("\u00a0") for row in table.rows[6:12]] == [6, 0, 3, 6, 9, 12]
    assert {1, 4, 8} <= table.strong_rows
    assert 0 not in table.strong_rows
