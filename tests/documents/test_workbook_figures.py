"""Every figure of the workbook is a live formula that keeps the right value."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from documents.blocks import Cell, CellKind, Column, HeadCell, Table, Total
from tests.support.books import COUNT, cells_of, part, recalculated, unit, write

COLUMNS = [
    COUNT,
    Column("q2", ("Trung bình",), CellKind.DECIMAL, "mean", decimals=1),
    Column("q3", ("Nhỏ nhất",), CellKind.INTEGER, "min"),
    Column("q4", ("Lớn nhất",), CellKind.INTEGER, "max"),
    Column("q5", ("Chọn",), CellKind.TEXT, "share"),
    Column("q6", ("Không ai trả lời",), CellKind.INTEGER, "sum"),
]
ROWS = [
    unit("1", "A*", cells=[3, Decimal("0.5"), -4, 7, 'Loại "1"', None]),
    unit("2", "A*", cells=["…", Decimal("0.25"), 0, None, "Khác", None]),
    unit("3", "A*"),
    unit("4", "AB", cells=[5, None, 9, -1, 'Loại "1"', None]),
    unit("5", "", cells=[7, Decimal("1"), None, None, "x" * 300, None]),
]
FIGURES = (
    Total(("q1",), "sum", 15),
    Total(("q2",), "mean", Decimal("1.75") / 3, CellKind.DECIMAL, 3),
    Total(("q3",), "min", -4),
    Total(("q4",), "max", 7),
    Total(("q6",), "sum", None),
)
TABLE = Table(
    ((HeadCell("Lựa chọn", 1, 2), HeadCell("Số", 2)), (HeadCell("a"), HeadCell("b"))),
    (
        ('Loại "1"', Total(("q5",), "share", 2, criterion='Loại "1"'), None),
        ("Dài", Total(("q5",), "share", 1, criterion="x" * 300), None),
        ("Cộng", Total(("q1", "q6"), "sum", 15), None),
    ),
    frozenset({2}),
)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    return partial(write, tmp_path)


def column_of(path: Path, letter: str, sheet: str = "Theo đơn vị") -> list[Any]:
    return [cell.value for cell in openpyxl.load_workbook(path)[sheet][letter]]


def test_figures_are_live_formulas_with_their_values(written: Callable[..., Path]) -> None:
    path = written(part(COLUMNS, ROWS, *FIGURES), part(COLUMNS, ROWS, TABLE))
    assert {"=SUM('Theo đơn vị 1'!$G$4:$G$8)", "=AVERAGE('Theo đơn vị 1'!$H$4:$H$8)"} <= set(
        column_of(path, "D", "Tổng hợp")
    )
    assert """=SUMPRODUCT(--('Theo đơn vị 2'!$K$4:$K$8="Loại ""1"\""))""" in column_of(
        path, "C", "Tổng hợp"
    )
    groups = cells_of(path, "Theo đơn vị 1")[8:]
    assert [row[2:4] + row[6:] for row in groups] == [
        ["Cộng nhóm", "A*", 3.0, 0.375, -4.0, 7.0, "", ""],
        ["Cộng nhóm", "AB", 5.0, "", 9.0, -1.0, "", ""],
        ["Cộng nhóm", "Không thuộc nhóm", 7.0, 1.0, "", "", "", ""],
        ["Toàn bộ", "", 15.0, pytest.approx(1.75 / 3), -4.0, 7.0, "", ""],
    ]


def test_a_table_keeps_its_layout(written: Callable[..., Path]) -> None:
    sheet = openpyxl.load_workbook(written(part(COLUMNS, ROWS, TABLE)))["Tổng hợp"]
    top = next(cell.row for cell in sheet["B"] if cell.value == "Lựa chọn")
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {f"B{top}:B{top + 1}", f"C{top}:D{top}"} <= merged
    assert [sheet.cell(top + 1, at).value for at in (3, 4)] == ["a", "b"]


def test_recalculation_changes_no_figure(written: Callable[..., Path], tmp_path: Path) -> None:
    path = written(part(COLUMNS, ROWS, *FIGURES), part(COLUMNS, ROWS, TABLE))
    again = recalculated(path, tmp_path)
    compared = 0
    for sheet in openpyxl.load_workbook(path):
        cached, fresh = cells_of(path, sheet.title), cells_of(again, sheet.title)
        for cell in (one for row in sheet.iter_rows() for one in row if one.data_type == "f"):
            old: Cell = cached[cell.row - 1][cell.column - 1]
            new: Cell = fresh[cell.row - 1][cell.column - 1]
            assert new == (pytest.approx(old) if isinstance(old, float) else old), cell.coordinate
            compared += 1
    assert compared == 2 * 4 * 5 + len(FIGURES) + 3
