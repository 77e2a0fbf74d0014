"""Blank workbooks of ministries of other kinds: deep heads, breakdowns in breakdowns, notes, signs."""

from typing import Any

from openpyxl import Workbook

from tests.support.blank_workbooks import saved, sheet_of

PUPILS = (
    ("3.1.", "Tổng số học viên", "người", 1),
    ("3.2.", "Học viên theo độ tuổi", None, None),
    (None, "- Dưới 18 tuổi", "người", 2),
    (None, "- Từ 18 tuổi", "người", 3),
    (None, "Trong đó học viên học đúng tuổi", None, None),
    (None, "- Học viên 15 tuổi học lớp 10", "người", 4),
    (None, "- Học viên 16 tuổi học lớp 11", "người", 5),
    ("3.3.", "Học viên khuyết tật", "người", 6),
    (None, "Trong đó:", None, None),
    (None, "- Học hoà nhập", "người", 7),
    (None, "Trong đó:", None, None),
    (None, "+ Khuyết tật nhìn", "người", 8),
    (None, "- Học chuyên biệt", "người", 9),
    (None, "Trong đó:", None, None),
    (None, "+ Khuyết tật nhìn", "người", 10),
)


def pupils_workbook() -> bytes:
    """Return a sheet with a head of three levels, repeated "Trong đó:", odd cells and a note."""
    groups = ("Tổng số", "Nữ", "Dân tộc thiểu số", None)
    head: list[tuple[Any, ...]] = [
        ("III", "Học viên", "Đơn vị tính", "Mã số", "Cả tỉnh", *[None] * 3, "Công lập", *[None] * 3),
        (*[None] * 4, *groups, *groups),
        (*[None] * 6, "Tổng", "Nữ", None, None, "Tổng", "Nữ"),
        (None, "A", "B", "C", *range(1, 9)),
    ]
    rows: list[tuple[Any, ...]] = [(*one, *([0] * 8 if one[2] else [])) for one in PUPILS]
    rows[0] = (*PUPILS[0], 0, 0, "#", "#", 0, 0, "#", "#")
    notes = [
        (),
        ("Ghi chú: Học viên tính đến ngày", None, None, "30 tháng 9"),
        ("Học sinh phổ thông không tính vào biểu này",),
        (),
        ("Người lập biểu", None, None, None, "Thủ trưởng đơn vị"),
    ]
    merges = [
        *(f"{column}1:{column}3" for column in "ABCD"), "E1:H1", "I1:L1",
        "E2:E3", "F2:F3", "G2:H2", "I2:I3", "J2:J3", "K2:L2",
    ]  # fmt: skip
    return sheet_of([*head, *rows, *notes], merges, title="III")


def disputes_workbook() -> bytes:
    """Return marks that are formulas over a head of two levels, and sums of sums down the rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu 01"
    for row in (
        ("Biểu số: 01/TCD",),
        ("KẾT QUẢ TIẾP CÔNG DÂN",),
        ("(Kèm theo Thông tư số 00/2021/TT-TTCP)",),
        (),
        ("Đơn vị", "Số lượt tiếp", None, None, "Số người", "Vụ việc", None, "Ghi chú"),
        (None, "Tổng", "Thường xuyên", "Định kỳ", None, "Tiếp lần đầu", "Tỷ lệ (%)", None),
        ("MS", "1=2+3", "2", "3", "4", "5", "6=5*100/1", "7"),
        ("Thanh tra tỉnh", None, None, None, None, None, None, None),
        ("Các huyện", "=B10+B11", "=C10+C11", "=D10+D11", "=E10+E11", "=F10+F11", None, None),
        ("  Huyện A", None, None, None, None, None, None, None),
        ("  Huyện B", None, None, None, None, None, None, None),
        ("Tổng số", "=B8+B9", "=C8+C9", "=D8+D9", "=E8+E9", "=F8+F9", None, None),
        (),
        (None, None, None, "…, ngày … tháng … năm …"),
    ):
        sheet.append(list(row))
    for area in ("A5:A6", "B5:D5", "E5:E6", "F5:G5", "H5:H6"):
        sheet.merge_cells(area)
    return saved(book)


def spending_workbook() -> bytes:
    """Return two sheets of money: sums of sums down, differences and percents across, a total first."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu 02"
    figures = ("=D{row}-E{row}", "=IF(D{row}=0,0,E{row}/D{row}*100)")
    for row in (
        ("TÌNH HÌNH THỰC HIỆN KINH PHÍ",),
        (),
        ("STT", "Nội dung", "ĐVT", "Kinh phí", None, None, "Tỷ lệ (%)"),
        (None, None, None, "Dự toán", "Thực hiện", "Còn lại", None),
        (None, "Tổng cộng", None, "=D6+D9", "=E6+E9"),
        ("I", "Chi thường xuyên", "đồng", "=SUM(D7:D8)", "=SUM(E7:E8)"),
        (1, "Lương", "đồng", None, None),
        (2, "Hoạt động", "đồng", None, None),
        ("II", "Chi đầu tư", "đồng", "=SUM(D10:D12)", "=SUM(E10:E12)"),
        (1, "Sửa chữa", "đồng", None, None),
        (2, "Mua sắm", "đồng", None, None),
        (3, "Khác", "đồng", None, None),
    ):
        sheet.append(list(row))
    for place in range(5, 13):
        for column, text in zip("FG", figures, strict=True):
            sheet[f"{column}{place}"] = text.format(row=place)
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4"):
        sheet.merge_cells(area)
    other = book.create_sheet("Biểu 03")
    other.append(["TT", "Chỉ tiêu", "Mã số", "Quý I", "Quý II", "Sáu tháng", "Bình quân quý"])
    other.append(["A", "B", "C", "1", "2", "3", "4"])
    for place, label in enumerate(("Số đoàn", "Số lượt khách", "Doanh thu"), start=3):
        other.append([place - 2, label, f"{place - 2:02}", None, None,
                      f"=D{place}+E{place}", f"=AVERAGE(D{place}:E{place})"])  # fmt: skip
    return saved(book)
