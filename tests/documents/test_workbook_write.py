"""The sheets of the summary workbook as readers other than ours see them."""

import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from documents.blocks import CellKind, Column
from documents.workbook_parts import Narrative, Note, Reminder, RowList, UnitRow
from tests.support.books import COUNT, cells_of, part, unit, write

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1+1",
    "-2",
    "http://example.vn/",
    "mailto:a@b.vn",
    "{=1}",
    "007",
    "1e5",
    "  trước và sau  ",
    "<r><t>x</t></r>",
    "a & b < c > \"d\"",
    "dòng 1\ndòng 2",
    "TRUE",
    "12/05/2026",
    "Nguyễn 😀",
]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    return partial(write, tmp_path)


def test_texts_stay_what_they_are(written: Callable[..., Path]) -> None:
    column = Column("q1", ("Chữ",))
    path = written(part([column], [unit(str(at), cells=[text]) for at, text in enumerate(HOSTILE)]))
    sheet = openpyxl.load_workbook(path)["Theo đơn vị"]
    found = [sheet.cell(row, 7) for row in range(4, 4 + len(HOSTILE))]
    assert [cell.value for cell in found] == HOSTILE
    assert {cell.data_type for cell in found} <= {"s", "inlineStr"}
    assert [row[6] for row in cells_of(path, "Theo đơn vị")[3 : 3 + len(HOSTILE)]] == HOSTILE
    assert sheet._hyperlinks == []


def test_codes_keep_their_zeros_and_names_never_become_formulas(
    written: Callable[..., Path],
) -> None:
    row = UnitRow("007", "=1+1", "", "Đã nộp", cells=[1])
    path = written(part([COUNT], [row]))
    assert cells_of(path, "Theo đơn vị")[3][1:3] == ["007", "=1+1"]


def test_control_characters_leave_a_file_that_opens(written: Callable[..., Path]) -> None:
    text = "a" + "".join(map(chr, range(32))) + "\ud800\ufffe\uffffz _x0041_"
    path = written(part([Column("q1", ("Chữ",))], [unit("1", cells=[text])]))
    raw = zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode()
    assert "_x0000_" in raw
    assert "_x001F_" in raw
    assert "_x005F_x0041_" in raw
    shown = openpyxl.load_workbook(path)["Theo đơn vị"]["G4"].value
    assert shown.startswith("a")
    assert shown.endswith("z _x005F_x0041_")


@pytest.mark.parametrize("letter", ["ă", "😀"])
def test_too_long_texts_are_cut_with_a_mark(written: Callable[..., Path], letter: str) -> None:
    path = written(part([Column("q1", ("Chữ",))], [unit("1", cells=[letter * 40_000])]))
    shown = cells_of(path, "Theo đơn vị")[3][6]
    assert shown.endswith("[đã cắt bớt, xem đủ trên hệ thống]")
    assert shown.startswith(letter * 15_000)
    assert 32_760 <= len(shown.encode("utf-16-le")) // 2 <= 32_767


def test_a_text_of_the_longest_length_is_whole(written: Callable[..., Path]) -> None:
    text = "ă" * 32_767
    path = written(part([Column("q1", ("Chữ",))], [unit("1", cells=[text])]))
    assert cells_of(path, "Theo đơn vị")[3][6] == text


def test_numbers_and_dates_are_numbers_and_dates(written: Callable[..., Path]) -> None:
    columns = [
        COUNT,
        Column("q2", ("Tỷ lệ",), CellKind.PERCENT, "mean", decimals=2),
        Column("q3", ("Ngày",), CellKind.DATE),
        Column("q4", ("Kinh phí",), CellKind.MONEY, "sum"),
    ]
    row = unit(
        "1", cells=[12, Decimal("12.5"), date(2026, 2, 1), 10**15],
        submitted_at=datetime(2026, 12, 5, 7, 5, tzinfo=UTC),
    )  # fmt: skip
    sheet = openpyxl.load_workbook(written(part(columns, [row])))["Theo đơn vị"]
    assert [sheet.cell(4, at).value for at in (7, 8, 9, 10)] == [
        12, 12.5, datetime(2026, 2, 1), 10**15,
    ]  # fmt: skip
    assert sheet["F4"].value == datetime(2026, 12, 5, 14, 5)
    assert sheet["H4"].number_format == '#,##0.00"%"'
    assert sheet["I4"].number_format == "dd/mm/yyyy"


def test_units_without_a_report_have_their_row(written: Callable[..., Path]) -> None:
    rows = [unit("1", cells=[5]), UnitRow("2", "Chưa nộp gì", "Nhóm A", "Chưa bắt đầu")]
    path = written(part([COUNT], rows))
    assert cells_of(path, "Theo đơn vị")[4][:7] == [
        2.0, "2", "Chưa nộp gì", "Nhóm A", "Chưa bắt đầu", "", "",
    ]  # fmt: skip
    assert len(openpyxl.load_workbook(path)["Theo đơn vị"]["G5"].border.left.style) > 0


def test_headings_of_several_rows_are_merged(written: Callable[..., Path]) -> None:
    columns = [
        COUNT,
        *(
            Column(f"q2.{row}.{name}", ("Bảng", f"Dòng {row}", name), CellKind.INTEGER, "sum")
            for row in (1, 2)
            for name in ("Nam", "Nữ")
        ),
        Column("q3.1", ("Bảng", "Dòng 1"), CellKind.INTEGER, "sum"),
    ]
    sheet = openpyxl.load_workbook(written(part(columns, [unit("1", cells=[1, 2, 3, 4, 5, 6])])))[
        "Theo đơn vị"
    ]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A3:A5", "G3:G5", "H3:K3", "H4:I4", "J4:K4", "L4:L5"} <= merged
    assert not any(one.startswith("H3:L") for one in merged)
    assert [sheet.cell(5, at).value for at in (8, 9, 10, 11)] == ["Nam", "Nữ", "Nam", "Nữ"]
    assert sheet["G3"].value == "Số hội nghị (cuộc)"


def test_sheets_are_ready_to_print(written: Callable[..., Path]) -> None:
    book = openpyxl.load_workbook(written(part([COUNT], [unit("1", cells=[1])])))
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert str(sheet.oddHeader.center.text).endswith("&P")
        assert sheet["A1"].font.name == "Times New Roman"
    units = book["Theo đơn vị"]
    assert units.auto_filter.ref == "A3:G4"
    assert units.freeze_panes == "D4"
    assert (units.print_title_rows, units.print_title_cols) == ("$3:$3", "$A:$C")
    assert units.sheet_properties.pageSetUpPr.fitToPage


def test_a_wide_sheet_runs_over_several_pages(written: Callable[..., Path]) -> None:
    columns = [Column(f"q{at}", (f"Câu {at}",), CellKind.INTEGER, "sum") for at in range(60)]
    book = openpyxl.load_workbook(written(part(columns, [unit("1", cells=[1] * 60)])))
    setup = book["Theo đơn vị"].sheet_properties.pageSetUpPr
    assert setup.fitToPage
    assert book["Theo đơn vị"].page_setup.fitToWidth == 4


def test_sheet_names_are_safe_and_differ(written: Callable[..., Path]) -> None:
    titles = ["Hội nghị [2026]: a/b?*", "hội NGHỊ 2026 a b", "'" * 5, "Tổng hợp", "x" * 40, "x" * 50]
    lists = [RowList(f"q{at}", title, [COUNT]) for at, title in enumerate(titles)]
    book = openpyxl.load_workbook(
        written(part([COUNT], [], row_lists=lists), part([COUNT], [], title="Biểu 2"))
    )
    names = book.sheetnames
    assert names[:3] == ["Tổng hợp", "Theo đơn vị 1", "Theo đơn vị 2"]
    assert len({name.casefold() for name in names}) == len(names) == 3 + len(titles) + 3
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_free_tables_have_a_sheet_with_their_own_figures(written: Callable[..., Path]) -> None:
    columns = [Column("q1.a", ("Tên",)), Column("q1.b", ("Số",), CellKind.INTEGER, "sum")]
    rows = [
        unit("1", cells=[2], lists={"q1": [["007", 4], ["=x", None]]}),
        unit("2", cells=[1], lists={"q1": [["c", 5]]}),
    ]
    path = written(part([COUNT], rows, row_lists=[RowList("q1", "Hoạt động", columns)]))
    assert [row[1:] for row in cells_of(path, "Hoạt động")[3:]] == [
        ["1", "Đơn vị 1", 1.0, "007", 4.0],
        ["1", "Đơn vị 1", 2.0, "=x", ""],
        ["2", "Đơn vị 2", 1.0, "c", 5.0],
        ["", "Toàn bộ", "", "", 9.0],
    ]
    assert openpyxl.load_workbook(path)["Hoạt động"]["F7"].value == "=SUM(F4:F6)"


def test_narratives_stand_question_by_question(written: Callable[..., Path]) -> None:
    rows = [
        unit("1", cells=[1], texts={"a": "Một\nhai", "b": "Ba"}),
        unit("2", cells=[1], texts={"a": "Bốn"}),
    ]
    questions = [Narrative("a", "2.1. Khó khăn"), Narrative("b", "2.2. Kiến nghị")]
    path = written(part([COUNT], rows, narratives=questions))
    assert [[cell for cell in row if cell] for row in cells_of(path, "Nội dung báo cáo")[3:]] == [
        ["2.1. Khó khăn"],
        [1.0, "1", "Đơn vị 1", "Một\nhai"],
        [2.0, "2", "Đơn vị 2", "Bốn"],
        ["2.2. Kiến nghị"],
        [1.0, "1", "Đơn vị 1", "Ba"],
    ]


def test_reminders_and_notes_are_listed(written: Callable[..., Path]) -> None:
    note = Note(["q1"], "1.1", "CT01", "Số hội nghị", "Số nguyên", "cuộc", 1, 3)
    reminder = Reminder(
        "2", "Xã B", "", "Biểu 1", "Trả lại", datetime(2026, 12, 5, 10, tzinfo=UTC), None,
        "Thiếu số", "0206 385", "Lê A (091)",
    )  # fmt: skip
    path = written(part([COUNT], [unit("1", cells=[1])], notes=[note]), reminders=[reminder])
    assert cells_of(path, "Chưa nộp")[3][1:] == [
        "2", "Xã B", "", "Biểu 1", "Trả lại", datetime(2026, 12, 5, 17), "", "Thiếu số",
        "0206 385", "Lê A (091)",
    ]  # fmt: skip
    assert cells_of(path, "Chú thích")[3] == [
        "Theo đơn vị", "G", "1.1", "CT01", "Số hội nghị", "Số nguyên", "cuộc", 1.0, 3.0,
    ]  # fmt: skip


def test_the_heading_names_the_office_and_the_nation(written: Callable[..., Path]) -> None:
    rows = cells_of(written(part([COUNT], [])), "Tổng hợp")
    assert rows[0][0] == "UBND TỈNH CAO BẰNG"
    assert rows[0][2] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert rows[1][0] == "SỞ VĂN HÓA"
    assert rows[2][2] == "Cao Bằng, ngày 05 tháng 01 năm 2026"
    assert "Dòng kiểm soát" in [row[0] for row in rows]


def test_rows_grow_with_their_texts(written: Callable[..., Path]) -> None:
    texts = ("ngắn", "dài " * 100, "a\nb", "ă" * 30_000)
    rows = [unit("1", cells=[text], texts={"q1": text}) for text in texts]
    form = part([Column("q1", ("Chữ",))], rows, narratives=[Narrative("q1", "1.1. Chữ")])
    book = openpyxl.load_workbook(written(form))
    for sheet, first, heights in (
        ("Theo đơn vị", 4, [None, 3 * 15.75, 2 * 15.75, 3 * 15.75]),
        ("Nội dung báo cáo", 5, [None, 5 * 15.75, 2 * 15.75, 409]),
    ):
        dimensions = book[sheet].row_dimensions
        assert [dimensions[row].height for row in range(first, first + 4)] == heights
