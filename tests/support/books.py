"""Small workbooks for tests, and what other readers find in them."""

import re
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from documents import workbook_write
from documents.blocks import CellKind, Column, Table, Total
from documents.workbook_parts import (
    Chapter,
    FormPart,
    Indicator,
    Office,
    Progress,
    Reminder,
    SummaryBook,
    UnitRow,
)
from tests.support import libreoffice

OFFICE = Office("UBND tỉnh Cao Bằng", "Sở Văn hóa", "Cao Bằng")
NO_PROGRESS = Progress()
COUNT = Column("q1", ("Số hội nghị",), CellKind.INTEGER, "sum", "cuộc")


def unit(code: str, group: str = "Nhóm A", **values: Any) -> UnitRow:
    """Make the row of a unit that has submitted."""
    return UnitRow(code=code, name=f"Đơn vị {code}", group=group, state="Đã nộp", **values)


def part(
    columns: Sequence[Column], rows: Sequence[UnitRow], *blocks: Table | Total, **values: Any
) -> FormPart:
    """Make a form with one question in the summary sheet."""
    return FormPart(
        title=values.pop("title", "Biểu 1"),
        columns=columns,
        row_lists=values.pop("row_lists", []),
        narratives=values.pop("narratives", []),
        notes=values.pop("notes", []),
        rows=rows,
        chapters=lambda: [Chapter("Mục I", [Indicator("1.1", "Chỉ tiêu", "cuộc", 2, blocks)])],
    )


def write(
    folder: Path, *forms: FormPart, reminders: Sequence[Reminder] = (), progress: Progress = NO_PROGRESS
) -> Path:
    """Write a workbook of these forms and return where it is."""
    path = folder / "tong-hop.xlsx"
    content = SummaryBook(
        OFFICE, date(2026, 1, 5), "Báo cáo thử", "", lambda: "Dòng kiểm soát", forms,
        lambda: reminders, lambda: progress, "Giám đốc",
    )  # fmt: skip
    workbook_write.write(content, path)
    return path


@cache
def template_with(text: str) -> bytes:
    """Make a workbook of an office with this text in its only cell."""
    book, file = openpyxl.Workbook(), BytesIO()
    book.active["A1"] = text
    book.save(file)
    return file.getvalue()


def cells_of(path: Path, sheet: str) -> list[list[Any]]:
    """Return the values of a sheet, row by row."""
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def recalculated(path: Path, folder: Path) -> Path:
    """Let LibreOffice reckon every formula anew, from a file without any kept value."""
    bare = folder / "bare" / path.name
    bare.parent.mkdir()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content))
    return libreoffice.convert(bare, "xlsx", folder / "again")
