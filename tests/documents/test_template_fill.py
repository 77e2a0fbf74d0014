"""A workbook of the office is filled and keeps its looks; its formulas follow the rows."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from documents import template_limited
from documents.blocks import Cell
from documents.template_marks import plain_name
from documents.workbook_read import UnreadableWorkbookError
from tests.support.books import cells_of, recalculated

UNITS: list[dict[str, Cell]] = [
    {"don_vi.stt": 1, "don_vi.ten": "Xã Một", "don_vi.so_buoi": 4, "don_vi.kinh_phi": Decimal("1.5")},
    {"don_vi.stt": 2, "don_vi.ten": "=1+1", "don_vi.so_buoi": None, "don_vi.kinh_phi": Decimal("2.25")},
    {"don_vi.stt": 3, "don_vi.ten": "Xã Ba", "don_vi.so_buoi": 6, "don_vi.kinh_phi": Decimal("3")},
]
VALUES: dict[str, Cell] = {"tong.so_buoi": 10, "ngay": date(2026, 12, 5), "nhiem_vu": "Tổng kết"}


@pytest.fixture
def template() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet["A1"] = "BẢNG {{ Nhiệm vụ }} ({{tổng.so_buoi}} buổi)"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:D1")
    sheet["A2"], sheet["D2"] = "{{ ngày }}", "{{ tổng.khong_co }}"
    for column, text in enumerate(("STT", "Đơn vị", "Số buổi", "Kinh phí"), start=1):
        sheet.cell(4, column, text).fill = PatternFill("solid", "DDDDDD")
    marks = ("đơn vị.stt", "đơn vị.tên", "don_vi.so_buoi", "Đơn vị . Kinh phí")
    for column, name in enumerate(marks, start=1):
        sheet.cell(5, column, f"{{{{ {name} }}}}").border = Border(bottom=Side(style="thin"))
    sheet["E5"] = "=C5*D5+$D$6"
    sheet["D5"].number_format = "#,##0.00"
    sheet.row_dimensions[5].height = 24
    sheet["B6"], sheet["C6"], sheet["D6"] = "Cộng", "=SUM(C5:C5)", "=SUM(D5:D5)"
    sheet["C8"] = "='Biểu 1'!D6*2"
    sheet.merge_cells("A9:D10")
    sheet["A9"] = "Người ký"
    sheet.row_dimensions[9].height = 40
    sheet.print_area, sheet.print_title_rows = "A1:E10", "4:4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.conditional_formatting.add("C5:C5", CellIsRule("greaterThan", ["5"], font=Font(bold=True)))
    check = DataValidation("whole", formula1="0", formula2="9")
    check.add("C5")
    sheet.add_data_validation(check)
    other = book.create_sheet("Tờ 2")
    other["A1"] = "=SUM('Biểu 1'!D5:D6)"
    other["B1"] = 0
    book.defined_names["tổng.so_buoi"] = DefinedName("tổng.so_buoi", attr_text="'Tờ 2'!$B$1")
    book.defined_names["CacDong"] = DefinedName("CacDong", attr_text="'Biểu 1'!$C$5:$C$5")
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_marks_are_found_in_cells_and_in_their_names(template: bytes) -> None:
    found = [(one.cell, one.name) for one in template_limited.marks(template)]
    assert found == [
        ("A1", "nhiem_vu"), ("A1", "tong.so_buoi"), ("A2", "ngay"), ("D2", "tong.khong_co"),
        ("A5", "don_vi.stt"), ("B5", "don_vi.ten"), ("C5", "don_vi.so_buoi"),
        ("D5", "don_vi.kinh_phi"), ("B1", "tong.so_buoi"),
    ]  # fmt: skip


def test_the_filled_workbook_keeps_its_looks(template: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_limited.filled(template, VALUES, UNITS)))
    sheet, other = book.worksheets
    assert sheet["A1"].value == "BẢNG Tổng kết (10 buổi)"
    assert (sheet["A1"].font.bold, sheet["A1"].font.size) == (True, 14)
    assert (sheet["A2"].value.date(), sheet["A2"].number_format) == (date(2026, 12, 5), "dd/mm/yyyy")
    assert sheet["D2"].value == "{{ tổng.khong_co }}"
    assert [[sheet.cell(row, at).value for at in range(1, 5)] for row in (5, 6, 7)] == [
        [1, "Xã Một", 4, 1.5], [2, "=1+1", None, 2.25], [3, "Xã Ba", 6, 3],
    ]  # fmt: skip
    assert sheet["B6"].data_type == "s"
    assert [sheet.cell(row, 4).number_format for row in (5, 6, 7)] == ["#,##0.00"] * 3
    assert [sheet.cell(row, 1).border.bottom.style for row in (5, 6, 7, 8)] == ["thin"] * 3 + [None]
    assert [sheet.row_dimensions[row].height for row in (5, 6, 7, 11)] == [24, 24, 24, 40]
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:D1", "A11:D12"}
    assert [sheet[cell].value for cell in ("E5", "E6", "E7", "C8", "D8", "C10")] == [
        "=C5*D5+$D$8", "=C6*D6+$D$8", "=C7*D7+$D$8", "=SUM(C5:C7)", "=SUM(D5:D7)", "='Biểu 1'!D8*2",
    ]  # fmt: skip
    assert other["A1"].value == "=SUM('Biểu 1'!D5:D8)"
    assert other["B1"].value == 10
    assert book.defined_names["CacDong"].attr_text == "'Biểu 1'!$C$5:$C$7"
    assert (sheet.print_area, sheet.print_title_rows) == ("'Biểu 1'!$A$1:$E$12", "$4:$4")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["C5:C7"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C5:C7"


def test_another_program_reckons_the_filled_workbook(template: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(template_limited.filled(template, VALUES, UNITS))
    rows = cells_of(recalculated(path, tmp_path), "Biểu 1")
    assert rows[7][:5] == ["", "Cộng", 10.0, 6.75, ""]
    assert [row[4] for row in rows[4:7]] == [4 * 1.5 + 6.75, 6.75, 6 * 3 + 6.75]


def test_without_units_one_row_stays_blank(template: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_limited.filled(template, VALUES, [])))
    sheet = book["Biểu 1"]
    assert [sheet.cell(5, at).value for at in range(1, 5)] == [None] * 4
    assert sheet["C6"].value == "=SUM(C5:C5)"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0 old"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableWorkbookError):
        template_limited.marks(content)


def test_names_are_compared_without_accents_and_blanks() -> None:
    assert plain_name("Đơn vị. Số buổi") == plain_name("don_vi.so-buoi") == "don_vi.so_buoi"
