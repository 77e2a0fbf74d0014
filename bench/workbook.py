"""The summary workbook, from the database to the last byte, beside XlsxWriter and openpyxl."""

import gc
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
from xlsxwriter import Workbook

from bench.big_round import SENTENCE, big_round
from core.config import Settings
from core.extensions import db
from domain import summary_workbook, versions
from models import Round

UNITS, QUESTIONS, GOAL = 3321, 200, 1.0
#: Before the questions: place, code, name, group, state, instant; and the table has ten columns.
MORE_COLUMNS = 6 + 9
KINDS = ("number",) * 16 + ("text", "long", "text", "number")


def run() -> list[dict[str, object]]:
    """Measure a whole province's round."""
    return [
        compare("workbook", UNITS, QUESTIONS, GOAL, turns=3),
        compare("workbook_openpyxl", UNITS, QUESTIONS, GOAL, turns=1, reference=written_by_openpyxl),
    ]


def compare(
    name: str,
    units: int,
    questions: int,
    goal: float,
    *,
    turns: int,
    reference: Callable[[Path, int, int], None] | None = None,
) -> dict[str, object]:
    """Write both workbooks in turn and compare the medians."""
    write = reference or plain
    with big_round(units, questions) as (_app, folder):
        ours: list[float] = []
        theirs: list[float] = []
        for _turn in range(turns):
            ours.append(_seconds(lambda: export(folder)))
            theirs.append(_seconds(lambda: write(folder, units, questions + MORE_COLUMNS)))
    return {
        "bench": name,
        "ratio": round(median(ours) / median(theirs), 3),
        "goal": goal,
        "ours": round(median(ours), 3),
        "reference": round(median(theirs), 3),
        "unit": "s",
    }


def export(folder: Path) -> None:
    """Write our workbook of the only round; nothing is kept from an export before."""
    versions.forget()
    db.session.expunge_all()
    round_ = db.session.query(Round).one()
    summary_workbook.write(round_, folder / "ours.xlsx", Settings())
    db.session.rollback()


def plain(folder: Path, units: int, columns: int) -> None:
    """Write as many cells of the same kinds with XlsxWriter: one sheet, no formats, no formulas."""
    book = Workbook(str(folder / "plain.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(units):
        for column in range(columns):
            value = _cell(row, column)
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            else:
                sheet.write_string(row, column, value)
    book.close()


def written_by_openpyxl(folder: Path, units: int, columns: int) -> None:
    """Write the same cells with openpyxl, row by row, in its mode that keeps none of them."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(units):
        sheet.append([_cell(row, column) for column in range(columns)])
    book.save(folder / "openpyxl.xlsx")


def _cell(row: int, column: int) -> int | str:
    kind = KINDS[column % len(KINDS)]
    if kind == "number":
        return (row * 31 + column * 17) % 5000
    if kind == "text":
        return f"Mức {(row + column) % 4}"
    return f"{SENTENCE}đơn vị số {row * 31 + column}"


def _seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
