"""The charts: each points at the cells that it is said to show, and keeps their values."""

from pathlib import Path
from typing import Any

import openpyxl

from documents.blocks import CellKind, Column, HeadCell, Table, Total
from documents.workbook_parts import Progress
from tests.support.books import COUNT, part, unit, write

OPTIONS = Table(
    ((HeadCell("Lựa chọn"), HeadCell("Số đơn vị")),),
    (
        ("Có", Total(("q2",), "share", 2, criterion="Có")),
        ("Không", Total(("q2",), "share", 1, criterion="Không")),
    ),
)
CHOSEN = Column("q2", ("Đã làm?",), CellKind.TEXT, "share")
PROGRESS = Progress([("Nộp đúng hạn", 3), ("Nộp muộn", 1)], [("A", 2, 0), ("B", 1, 1)])


def charts_of(path: Path) -> list[Any]:
    return list(openpyxl.load_workbook(path)["Biểu đồ"]._charts)


def shown(path: Path, chart: Any) -> list[list[tuple[Any, Any]]]:
    """Return the cells that each series points at, as names and figures."""
    book = openpyxl.load_workbook(path)

    def cells(reference: str) -> list[Any]:
        sheet, _mark, area = reference.rpartition("!")
        found = book[sheet.strip("'")][area.replace("$", "")]
        return [cell[0].value for cell in found]

    return [
        list(zip(cells(_names(one).f), cells(one.val.numRef.f), strict=True))
        for one in chart.series
    ]


def kept(chart: Any) -> list[list[tuple[Any, Any]]]:
    """Return the names and figures that are kept in the chart itself."""
    return [
        list(zip(
            [point.v for point in _names(one).strCache.pt],
            [point.v for point in one.val.numRef.numCache.pt],
            strict=True,
        ))
        for one in chart.series
    ]  # fmt: skip


def _names(series: Any) -> Any:
    return series.cat.strRef


def test_progress_is_shown_as_a_whole_and_by_group(tmp_path: Path) -> None:
    path = write(tmp_path, part([COUNT], [unit("1", cells=[1])]), progress=PROGRESS)
    whole, groups = charts_of(path)[:2]
    assert shown(path, whole) == [[("Nộp đúng hạn", 3), ("Nộp muộn", 1)]] == kept(whole)
    assert shown(path, groups) == [[("A", 2), ("B", 1)], [("A", 0), ("B", 1)]] == kept(groups)


def test_an_indicator_is_shown_by_group(tmp_path: Path) -> None:
    rows = [unit("1", "A", cells=[1]), unit("2", "B", cells=[5]), unit("3", "A", cells=[3])]
    path = write(tmp_path, part([COUNT], rows, Total(("q1",), "sum", 9)))
    chart = charts_of(path)[-1]
    assert kept(chart) == [[("A", 4), ("B", 5)]]
    (names,) = shown(path, chart)
    assert [name for name, _formula in names] == ["A", "B"]
    assert all("SUMPRODUCT" in formula for _name, formula in names)


def test_without_groups_an_indicator_is_shown_by_unit_and_a_choice_by_option(tmp_path: Path) -> None:
    rows = [unit("1", cells=[7, "Có"]), unit("2", cells=["…", "Có"]), unit("3", cells=[2, "Không"])]
    columns = [COUNT, CHOSEN]
    path = write(
        tmp_path, part(columns, rows, Total(("q1",), "sum", 9)), part(columns, rows, OPTIONS)
    )
    units, options = charts_of(path)
    assert shown(path, units) == [[("Đơn vị 1", 7), ("Đơn vị 2", "…"), ("Đơn vị 3", 2)]]
    assert [name for name, _formula in shown(path, options)[0]] == ["Có", "Không"]
    assert kept(options) == [[("Có", 2), ("Không", 1)]]


def test_too_many_units_have_no_chart(tmp_path: Path) -> None:
    rows = [unit(str(at), cells=[at]) for at in range(31)]
    path = write(tmp_path, part([COUNT], rows, Total(("q1",), "sum", 9)))
    assert charts_of(path) == []
