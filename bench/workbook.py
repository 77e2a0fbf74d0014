"""The summary workbook, from the database to the last byte, beside XlsxWriter on its own."""

import gc
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from xlsxwriter import Workbook

from bench.big_round import SENTENCE, big_round
from core.config import Settings
from core.extensions import db
from domain import summary_workbook, versions
from models import Round

UNITS, QUESTIONS, GOAL = 3321, 200, 1.3
#: Before the questions: place, code, name, group, state, instant; and the table has ten columns.
MORE_COLUMNS = 6 + 9
KINDS = ("number",) * 16 + ("text", "long", "text", "number")


def run() -> dict[str, object]:
    """Measure a whole province's round."""
    return compare("workbook", UNITS, QUESTIONS, GOAL, turns=3)


def compare(
    name: str, units: int, questions: int, goal: float, *, turns: int
) -> dict[str, object]:
    """Write both workbooks in turn and compare the medians."""
    with big_round(units, questions) as (_app, folder):
        ours: list[float] = []
        reference: list[float] = []
        for _turn in range(turns):
            ours.append(_seconds(lambda: export(folder)))
            reference.append(_seconds(lambda: plain(folder, units, questions + MORE_COLUMNS)))
    return {
        "bench": name,
        "ratio": round(median(ours) / median(reference), 3),
        "goal": goal,
        "ours": round(median(ours), 3),
        "reference": round(median(reference), 3),
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
            kind = KINDS[column % len(KINDS)]
            if kind == "number":
                sheet.write_number(row, column, (row * 31 + column * 17) % 5000)
            elif kind == "text":
                sheet.write_string(row, column, f"Mức {(row + column) % 4}")
            else:
                sheet.write_string(row, column, f"{SENTENCE}đơn vị số {row * 31 + column}")
    book.close()


def _seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
