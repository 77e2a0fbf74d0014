"""What a unit gets: a workbook whose cells, lists, locks and formulas other programs read too."""

import io
import random
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from documents import response_template
from documents.blocks import (
    CellKind,
    EntryCell,
    EntryColumn,
    EntryRow,
    EntryTable,
    EntryUse,
    HeadCell,
    Reckoning,
)
from documents.response_parts import (
    Base,
    EntryLine,
    ResponseBook,
    SectionSheet,
    TableSheet,
)
from documents.workbook_limited import read_limited
from documents.workbook_read import UnreadableWorkbookError
from tests.support.books import recalculated
from tests.support.filled_books import with_part

# The engine of the database does not show in a workbook.
pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

OPEN, READ, CLOSED = EntryUse.OPEN, EntryUse.READ, EntryUse.CLOSED
COLUMNS = (
    EntryColumn("a", CellKind.INTEGER),
    EntryColumn("b", CellKind.INTEGER),
    EntryColumn("p", CellKind.PERCENT, 2),
    EntryColumn("q", CellKind.TEXT, choices=("Có", "Không")),
)
SHARE = Reckoning(("r1.a",), over=("r1.b",), factor=100)
TOTAL = Reckoning(("r1.b", "r2.b"))
TABLE = EntryTable(
    (tuple(HeadCell(text) for text in ("Nội dung", "Đạt", "Tổng", "Tỷ lệ", "Có không")),),
    1,
    COLUMNS,
    (
        EntryRow("r1", ("Xã A",), (EntryCell(OPEN, 1), EntryCell(OPEN, 8),
                 EntryCell(READ, None, SHARE), EntryCell(OPEN, "Có"))),
        EntryRow("r2", ("Xã B",), (EntryCell(CLOSED, "x"), EntryCell(OPEN, 2),
                 EntryCell(READ), EntryCell(OPEN))),
        EntryRow("+total", ("Tổng",), (EntryCell(EntryUse.NONE), EntryCell(READ, 10, TOTAL),
                 EntryCell(EntryUse.NONE), EntryCell(EntryUse.NONE)), strong=True),
    ),
)  # fmt: skip
LINES = (
    EntryLine("Phần một"),
    EntryLine("Số buổi", "1.1", "q1", EntryColumn("q1", CellKind.INTEGER), OPEN, 1250, "buổi"),
    EntryLine("Đã ban hành?", "1.2", "q2", EntryColumn("q2", choices=("Có", "Không")), OPEN, "Có"),
    EntryLine("Tự tính", "1.3", "", EntryColumn("q3", CellKind.DECIMAL, 2), READ, None),
    EntryLine("Bảng", "1.4", table="q4"),
)
BOOK = ResponseBook(
    "Biểu mẫu", "Phòng A", ("Nhiệm vụ: thử",), {"unit": "7"}, {"q1": Base(3, "ab12")},
    (
        SectionSheet(
            "s1", "Mục [chung]", "Lời dẫn", LINES, (TableSheet("q4", "1.4", "Bảng", "", TABLE),)
        ),
    ),
)  # fmt: skip


@pytest.fixture
def content() -> bytes:
    out = io.BytesIO()
    response_template.write(BOOK, out)
    return out.getvalue()


def test_a_section_and_each_table_have_a_sheet_and_the_ids_are_hidden(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["1. Mục chung", "1.4 Bảng", "tong-hop"]
    assert book["tong-hop"].sheet_state == "hidden"
    for name in book.sheetnames[:2]:
        assert book[name].row_dimensions[1].hidden
        assert book[name].column_dimensions["A"].hidden


def test_only_the_cells_that_take_answers_can_be_typed_in(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert all(sheet.protection.sheet for sheet in book)
    assert unlocked == {
        ("1. Mục chung", "D9"), ("1. Mục chung", "D10"),
        ("1.4 Bảng", "C8"), ("1.4 Bảng", "D8"), ("1.4 Bảng", "F8"),
        ("1.4 Bảng", "D9"), ("1.4 Bảng", "F9"),
    }  # fmt: skip


def test_choices_are_lists_of_the_hidden_sheet(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    (one,) = book["1. Mục chung"].data_validations.dataValidation
    (two,) = book["1.4 Bảng"].data_validations.dataValidation
    assert (str(one.sqref), str(two.sqref)) == ("D10", "F8:F9")
    assert one.formula1 == two.formula1 == "'tong-hop'!$G$1:$G$2"
    assert [book["tong-hop"][cell].value for cell in ("G1", "G2")] == ["Có", "Không"]


def test_values_are_numbers_and_a_link_leads_to_the_table(content: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(
        skip_empty_area=False
    )
    assert [row[3] for row in rows[6:]] == [
        "Trả lời", "", 1250.0, "Có", "", "Điền ở trang “1.4 Bảng”",
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(content))["1. Mục chung"]
    assert sheet["D12"].hyperlink.location == "'1.4 Bảng'!A1"


def test_computed_cells_are_formulas_that_libreoffice_reckons(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(content)
    again = CalamineWorkbook.from_path(recalculated(path, tmp_path))
    rows = again.get_sheet_by_name("1.4 Bảng").to_python(skip_empty_area=False)
    assert [row[2:6] for row in rows[7:]] == [
        [1.0, 8.0, 0.125, "Có"], ["x", 2.0, "", ""], ["", 10.0, "", ""],
    ]  # fmt: skip


def test_a_free_table_has_as_many_rows_as_it_may(content: bytes) -> None:
    row = EntryRow("k7", (), tuple(EntryCell(OPEN, None) for _one in COLUMNS))
    table = EntryTable(TABLE.head[:1], 0, COLUMNS, (row,), most_rows=4)
    sheets = (TableSheet("q4", "1.4", "Kê khai", "Từng dòng", table),)
    out = io.BytesIO()
    section = SectionSheet("s1", "Mục", "", LINES, sheets)
    response_template.write(ResponseBook("B", "P", (), {}, {}, (section,)), out)
    sheet = openpyxl.load_workbook(out)["1.4 Kê khai"]
    keys = [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in range(7, 13)]
    assert keys == [("#", "TT"), ("k7", "1"), (None, "2"), (None, "3"), (None, "4"), (None, None)]


def test_a_file_with_more_than_reading_may_take_is_refused() -> None:
    text = "😀 " + random.Random(1).randbytes(4_000_000).hex()  # noqa: S311 -- not to be squeezed.
    out = io.BytesIO()
    with Workbook(out) as book:
        book.add_worksheet().write_column("A1", ["y"] * 60)
    content = with_part(
        out.getvalue(), "xl/sharedStrings.xml", before=b"<t>y</t>", after=f"<t>{text}</t>".encode()
    )
    with pytest.raises(UnreadableWorkbookError, match="quá nhiều nội dung"):
        read_limited(content)
