"""Units as an Excel list: out and in again, every problem by its cell, all or nothing."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from core.errors import ConflictError
from core.extensions import db
from documents.workbook_read import UnreadableWorkbookError
from domain import organisation, unit_lists
from domain.unit_list_check import try_out
from models import Unit, UnitGroup, UnitKind
from tests.factories import make_group, make_unit

pytestmark = pytest.mark.usefixtures("app")

HEAD = ["Mã đơn vị", "Tên đầy đủ", "Loại đơn vị", "Mã đơn vị cấp trên", "Nhóm", "E-mail", "Có từ ngày"]


def book(*rows: list[Any], head: list[str] | None = None) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (head or HEAD, *rows):
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_what_is_written_reads_back_as_no_change() -> None:
    top = organisation.add_unit(None, code="01288", name="=Sở & đồng sự", kind=UnitKind.DEPARTMENT)
    organisation.add_unit(
        None, code="H25.02", name="Thư viện", short_name="TV", parent=top, phone="0206 385",
        since=date(2024, 3, 1),
    )  # fmt: skip
    make_group(top, name="Khối A")
    file = io.BytesIO()
    unit_lists.write(file)
    rows = unit_lists.read(file.getvalue())
    run = try_out(rows)
    assert (run.problems, run.added, run.changed) == ([], [], [])
    assert [row.text("code") for row in rows] == ["01288", "H25.02"]
    assert unit_lists.unpacked(unit_lists.packed(rows)) == rows


def test_a_list_adds_units_in_its_order_with_parents_and_groups() -> None:
    old = organisation.add_unit(None, code="A", name="Tên sai")
    make_group(old, name="Nhóm cũ")
    content = book(
        ["B2", "Phòng Hai", "Phòng thuộc sở", "B1", "Nhóm mới; Nhóm cũ", "", "01/07/2025"],
        ["B1", "Sở", "cơ quan SỞ", "", "", "so@caobang.gov.vn", ""],
        ["a", "Tên đúng", "", "", "Nhóm mới", "", ""],
    )
    run = unit_lists.accept(None, unit_lists.read(content))
    assert (len(run.added), [line.changes for line in run.changed]) == (
        2, [["Mã đơn vị", "Tên đầy đủ", "Nhóm"]],
    )  # fmt: skip
    units = {unit.code: unit for unit in db.session.query(Unit)}
    assert units["B2"].parent == units["B1"]
    assert (units["B2"].kind, units["B1"].kind) == ("division", "department")
    assert units["B2"].valid_from == date(2025, 7, 1)
    assert old.name == "Tên đúng"
    groups = {group.name: [unit.code for unit in group.units] for group in db.session.query(UnitGroup)}
    assert groups == {"Nhóm cũ": ["B2"], "Nhóm mới": ["a", "B2"]}


def test_every_problem_is_told_by_its_cell_and_nothing_is_done() -> None:
    make_unit(code="CO")
    content = book(
        ["", "Không mã", "", "", "", "", ""],
        ["X 1", "Sai mã", "Loại lạ", "KHONGCO", "", "sai@", "31/02/2025"],
        ["Y1", "", "", "", "", "", ""],
        ["y1", "Lặp mã", "", "", "", "", ""],
        ["P1", "Vòng", "", "P2", "", "", ""],
        ["P2", "Vòng", "", "P1", "", "", ""],
    )
    rows = unit_lists.read(content)
    run = try_out(rows)
    assert {one.cell for one in run.problems} == {
        "A2", "A3", "C3", "D3", "F3", "G3", "B4", "A5", "D6", "D7",
    }  # fmt: skip
    with pytest.raises(ConflictError):
        unit_lists.accept(None, rows)
    assert db.session.query(Unit).count() == 1


def test_headings_of_other_offices_are_known_and_missing_ones_named() -> None:
    head = ["MA_DON_VI *", "TEN_DON_VI *", "SDT *"]
    rows = unit_lists.read(book(["T1", "Trường", "0900"], head=head))
    assert [(row.text("code"), row.text("name"), row.text("phone")) for row in rows] == [
        ("T1", "Trường", "0900")
    ]
    with pytest.raises(UnreadableWorkbookError, match="“Mã đơn vị”, “Tên đầy đủ”"):
        unit_lists.read(book(["T1"], head=["Tên"]))
