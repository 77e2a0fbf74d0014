"""Blank workbooks such as ministries send, made here."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

ROOMS = (
    ("5.1.", "Phòng học", "phòng", "12"),
    ("", "Trong đó:", "", ""),
    ("", "- Kiên cố", "phòng", "13"),
    ("", "- Bán kiên cố", "phòng", "14"),
    ("5.2.", "Phòng bộ môn", "phòng", "15"),
)


def saved(book: Workbook) -> bytes:
    """Return the file of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), title: str = "I") -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    return saved(book)


def school_workbook() -> bytes:
    """Return two tables as education statistics ask for them: a plain one, and one of two levels."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "I"
    first["B1"], first["D1"] = "BÁO CÁO THỐNG KÊ TRƯỜNG HỌC ĐẦU NĂM", "- Đơn vị báo cáo:"
    first["B2"] = "Kỳ đầu năm học"
    first.merge_cells("B1:C1")
    for row in (
        (),
        (),
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Mã số", "Tổng số", "Công lập", "Tư thục"),
        (None, "A", "B", "C", "1", "2", "3"),
        ("I", "Trường"),
        ("1.1.", "Tổng số trường", "trường", "1", 0, 0, 0),
        (None, "Chia ra theo vùng:"),
        (None, "- Đồng bằng, thành phố", "trường", "2", 0, 0, 0),
        (None, "- Miền núi, hải đảo", "trường", "3", 0, 0, 0),
        ("1.2.", "Số điểm trường", "điểm", "4", 0, 0, "x"),
        (),
        ("Người lập biểu", None, None, None, "Thủ trưởng đơn vị"),
    ):
        first.append(row)
    second = book.create_sheet("V")
    groups = [one for name in ("Tổng số", "Công lập", "Tư thục") for one in (name, None)]
    second.append(["V", "Phòng học", "Đơn vị tính", "Mã số", *groups])
    second.append([None] * 4 + ["Tổng số", "Tạm"] * 3)
    second.append(["A", "B", "C", None, "1", "2", "3", "4", "5", "6"])
    for column in "ABCD":
        second.merge_cells(f"{column}1:{column}2")
    for area in ("E1:F1", "G1:H1", "I1:J1"):
        second.merge_cells(area)
    for place, (number, label, measure, code) in enumerate(ROOMS, start=4):
        figures: list[Any] = [f"=G{place}+I{place}", f"=H{place}+J{place}", 0, 0, 0, 0]
        second.append([number, label, measure, code, *(figures if code else [])])
    return saved(book)


def staff_list() -> bytes:
    """Return a list with required marks, names for a program, examples, choices and a catalogue."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Cán bộ"
    sheet.append(["Họ tên (*)", "Mã đơn vị (*)", "Ngày sinh", "Giới tính (*)", "Hệ số lương"])
    sheet.append(["fullName", "unitCode", "birthday", "gender", "rate"])
    sheet.append(["Người Mẫu", 5, "30/10/1978", "Nam", 2.34])
    choice = DataValidation(type="list", formula1='"Nam,Nữ"')
    sheet.add_data_validation(choice)
    choice.add("D3:D1048576")
    named = DataValidation(type="list", formula1="'Đơn vị'!$B$2:$B$4")
    sheet.add_data_validation(named)
    catalogue = book.create_sheet("Đơn vị")
    catalogue.append(["STT", "Tên", "Mã"])
    for number in range(1, 30):
        catalogue.append([number, f"Đơn vị {number}", f"{number:02}"])
    notes = book.create_sheet("Ghi chú")
    notes.append(["Cột có dấu (*) là bắt buộc"])
    return saved(book)
