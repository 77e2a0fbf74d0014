"""Every formula of a ministry's blank workbook holds in the summary of the form made from it.

What the summary says of the cells that units fill in is put into the blank workbook; LibreOffice
reckons its formulas, and finds what the summary says of the others.
"""

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from core.config import Settings
from documents.workbook_read import read_sheets
from domain import form_files, summary_workbook
from models import Question
from questionnaire.types.sheet_form import UnderstoodSheet, UnderstoodWorkbook, understand
from questionnaire.types.sheet_roles import Role
from questionnaire.types.table_layout import FIRST, Layout
from tests.factories import make_task, make_unit, publish
from tests.support import libreoffice
from tests.support.blank_workbooks import school_workbook
from tests.support.ministry_workbooks import disputes_workbook, spending_workbook
from tests.support.reports import submit

# What is reckoned doesn't depend on the engine.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

NEAR = 0.0051


def figures_in(layout: Layout, chance: random.Random) -> dict[str, Any]:
    """Return a figure in most of the cells that units fill in."""
    rows: dict[str, dict[str, Any]] = {}
    for row, column in layout.typed_places():
        if column.adds_up and chance.random() < 0.9:
            rows.setdefault(row.id, {})[column.id] = chance.randrange(1, 500)
    return {"rows": rows}


def summed(workbook: UnderstoodWorkbook) -> list[list[Any]]:
    """Return the summary sheet of three units that filled in the form made from a workbook."""
    task = make_task()
    form = form_files.make_form(None, task, workbook.definition(), title="Biểu")
    chance = random.Random(3)  # noqa: S311 -- the same figures each time.
    for assignment in publish(form, *(make_unit(f"Đơn vị {place}") for place in range(3))):
        asked = Question.query.filter_by(type="fixed_table")
        submit(assignment, {one.uid: figures_in(Layout(one.settings), chance) for one in asked})
    file = BytesIO()
    summary_workbook.write(task.rounds[0], file, Settings())
    file.seek(0)
    return CalamineWorkbook.from_filelike(file).get_sheet_by_name("Tổng hợp").to_python()


def lines_of(summary: list[list[Any]], layout: Layout) -> list[list[Any]]:
    """Return the lines of the summary that hold a table, without what names them."""
    wanted = [layout.lead_cells(row)[0] for row in layout.with_total()]
    for at in range(len(summary)):
        found = summary[at : at + len(wanted)]
        if [str(line[1]).strip() for line in found] == wanted:
            return [line[1 + len(layout.leads) :] for line in found]
    raise AssertionError(wanted)


def rows_of(found: UnderstoodSheet, layout: Layout) -> list[int]:
    """Return the rows of the sheet in which the rows of the table stand, its total row too."""
    reckoned = {row for (row, _column), role in found.roles.items() if role == Role.COMPUTED}
    rows = list(found.notes)
    if layout.total:
        rows.insert(0 if layout.total == FIRST else len(rows), (reckoned - set(rows)).pop())
    return rows


def check(content: bytes, folder: Path) -> int:
    """Compare every formula of a workbook with the summary; return how many there were."""
    workbook = understand(read_sheets(content), "tệp")
    summary, expected = summed(workbook), {}
    book = openpyxl.load_workbook(BytesIO(content))
    for found in workbook.sheets:
        for question in found.questions:
            layout, sheet = Layout(question.settings), book[found.sheet.title]
            columns = sorted({
                column for (_row, column), role in found.roles.items()
                if role in {Role.INPUT, Role.COMPUTED}
            })  # fmt: skip
            lines = lines_of(summary, layout)
            for row, line in zip(rows_of(found, layout), lines, strict=True):
                for column, value in zip(columns, line, strict=False):
                    cell = sheet.cell(row, column)
                    if str(cell.value or "").startswith("="):
                        expected[found.sheet.title, row, column] = value or 0
                    elif isinstance(value, float):
                        cell.value = value
    path = folder / "filled.xlsx"
    book.save(path)
    again = CalamineWorkbook.from_path(str(libreoffice.convert(path, "xlsx", folder / "reckoned")))
    for (title, row, column), value in expected.items():
        cells: list[list[Any]] = again.get_sheet_by_name(title).to_python(skip_empty_area=False)
        assert abs((cells[row - 1][column - 1] or 0) - value) < NEAR, (title, row, column)
    return len(expected)


@pytest.mark.parametrize(
    ("workbook", "formulas"),
    [(school_workbook, 8), (disputes_workbook, 10), (spending_workbook, 28)],
)
def test_every_formula_of_a_template_holds_in_the_summary(
    app: Flask, tmp_path: Path, workbook: Callable[[], bytes], formulas: int
) -> None:
    assert check(workbook(), tmp_path) == formulas
