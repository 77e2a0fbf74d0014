"""Every number of the workbook, worked out once more from the submissions by a reader of its own.

Nothing here asks the product how it reads or sums: forms and answers are made as they are stored,
and what stands in the file is compared with what Fractions give.
"""

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import insert

from core import clock
from core.config import Settings
from core.extensions import db
from domain import summary_workbook, versions
from models import Assignment, Form, FormVersion, Person, Response, Round, Submission, Task, Unit

# The engine of the database shows in no number.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

OPTIONS = {"options": [{"id": "a", "label": "Mức a"}, {"id": "b", "label": "Mức b"}]}
COLUMNS: list[dict[str, Any]] = [
    {"id": name, "label": name, "group": "", "type": "integer", "measure": "", "settings": {}}
    for name in ("nam", "nu")
]
FIXED = {"columns": COLUMNS, "rows": [{"id": "r1", "label": "Dòng 1"}, {"id": "r2", "label": "Dòng 2"}],
         "total": True}  # fmt: skip
FREE = {"columns": COLUMNS, "most_rows": 9}
#: "Không có số liệu", as it is stored: an answer, but no number.
NO_FIGURES: Any = {"none": True}
wholes = st.integers(-(10**9), 10**9)
decimals = st.decimals(-(10**6), 10**6, places=2).map(lambda one: f"{one:f}")
cells = st.dictionaries(st.sampled_from(["nam", "nu"]), wholes, min_size=1)
# How many columns a type has, how it is summed, its settings, and answers as they are stored.
KINDS: dict[str, tuple[int, tuple[str, ...], Any, Any]] = {
    "integer": (1, ("sum", "mean", "min", "max", "none"), {}, wholes),
    "money": (1, ("sum", "mean", "max"), {}, st.integers(0, 10**12)),
    "decimal": (1, ("sum", "mean", "min"), {"decimals": 2}, decimals),
    "percent": (1, ("mean", "none"), {"decimals": 2}, decimals),
    "scale": (1, ("mean", "max"), {"points": 5}, st.integers(1, 5)),
    "yes_no": (1, ("share", "none"), {}, st.booleans()),
    "one_choice": (1, ("share",), OPTIONS, st.sampled_from(["a", "b"])),
    "many_choices": (2, ("share",), OPTIONS, st.sampled_from([["a"], ["b"], ["a", "b"]])),
    "date": (1, ("none",), {}, st.just("2026-12-05")),
    "period": (2, ("none",), {}, st.just({"from": "2026-12-01", "to": "2026-12-05"})),
    "short_text": (1, ("none",), {}, st.sampled_from(["=1+1", "12", "x"])),
    "long_text": (1, ("list",), {}, st.just("Đã xong")),
    "fixed_table": (4, ("sum",), FIXED,
                    st.dictionaries(st.sampled_from(["r1", "r2"]), cells, min_size=1)
                    .map(lambda rows: {"rows": rows})),
    "free_table": (1, ("sum",), FREE,
                   st.lists(cells, min_size=1, max_size=3)
                   .map(lambda rows: {"rows": [{"id": f"a{at}", "cells": one}
                                               for at, one in enumerate(rows)]})),
}  # fmt: skip
NUMBERS = ("integer", "money", "decimal", "percent", "scale")
Asked = list[tuple[str, str]]


def no_figures(kind: str) -> st.SearchStrategy[Any]:
    """Let numbers be answered with "no figures" too."""
    return st.just(NO_FIGURES) if kind in NUMBERS else st.nothing()


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Asked, list[tuple[str, dict[str, Any] | None]]]:
    """Return the types of questions with how they are summed, and each unit's group and answers."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=6))
    asked = [(kind, draw(st.sampled_from(KINDS[kind][1]))) for kind in kinds]
    units: list[tuple[str, dict[str, Any] | None]] = []
    for group in sorted(draw(st.lists(st.sampled_from("AB"), min_size=1, max_size=5))):
        answers: dict[str, Any] | None = None
        if draw(st.integers(0, 4)):
            answers = {}
            for at, (kind, _summing) in enumerate(asked):
                value = draw(st.none() | KINDS[kind][3] | no_figures(kind))
                if value is not None:
                    answers[f"q{at}"] = value
        units.append((f"Khối {group}", answers))
    return asked, units


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=rounds())
def test_every_number_is_what_the_submissions_give(app: Flask, found: Any) -> None:
    asked, units = found
    file = BytesIO()
    try:
        summary_workbook.write(stored(asked, units), file, Settings())
    finally:
        db.session.rollback()
        versions.forget()
    book = CalamineWorkbook.from_filelike(BytesIO(file.getvalue()))
    check_units(book, asked, units)
    check_summary(book, asked, units)
    check_free_tables(book, asked, units)


def stored(asked: Asked, units: Any) -> Round:
    """Put a round into the tables, as it is after all have submitted who did."""
    now = clock.now()
    person = Person(username="p", full_name="P", password_hash="-", created_at=now)
    task = Task(title="Việc", created_at=now, updated_at=now)
    task.rounds.append(Round(name="Kỳ 1", due_at=now, published_at=now))
    db.session.add_all([person, task])
    db.session.flush()
    form = Form(task_id=task.id, title="Biểu", updated_at=now)
    db.session.add(form)
    db.session.flush()
    questions = [
        {"uid": f"q{at}", "type": kind, "label": f"Câu {at}", "summing": summing,
         "settings": KINDS[kind][2]}
        for at, (kind, summing) in enumerate(asked)
    ]  # fmt: skip
    version = FormVersion(
        form_id=form.id, number=1, form_rev=0, published_at=now,
        definition={"title": "Biểu", "sections": [
            {"uid": "s", "title": "Mục", "questions": questions}
        ]},
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    round_: Round = task.rounds[0]
    for at, (group, answers) in enumerate(units, start=1):
        name = f"Đơn vị {at}"
        db.session.execute(insert(Unit).values(
            id=at, code=str(at), name=name, position=at, kind="other", created_at=now))
        db.session.execute(insert(Assignment).values(
            id=at, round_id=round_.id, form_id=form.id, unit_id=at, unit_code=str(at),
            unit_name=name, group_name=group, position=at))
        db.session.execute(insert(Response).values(
            id=at, assignment_id=at, version_id=version.id, answers={}, marks={}, state="draft"))
        if answers is None:
            continue
        db.session.execute(insert(Submission).values(
            id=at, response_id=at, number=1, version_id=version.id, answers=answers,
            receipt=str(at), fingerprint="0", submitted_at=now, submitted_by_id=person.id))
        response = db.session.get_one(Response, at)
        response.state, response.submitted_at = "submitted", now
        response.current_submission_id = at
    db.session.flush()
    return round_


def rows_of(book: Any, sheet: str) -> list[list[Any]]:
    rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return rows


def numbers_of(kind: str, value: Any) -> list[Fraction | None]:
    """Return the numbers of one answer, column by column; none for texts and dates."""
    if kind in NUMBERS:
        return [None if value is None or value == NO_FIGURES else Fraction(value)]
    if kind == "many_choices":
        return [None if value is None else Fraction(int(one in value)) for one in "ab"]
    if kind == "fixed_table":
        rows = (value or {"rows": {}})["rows"]
        return [
            None if (cell := rows.get(row, {}).get(name)) is None else Fraction(cell)
            for row in ("r1", "r2")
            for name in ("nam", "nu")
        ]
    if kind == "free_table":
        return [None if value is None else Fraction(len(value["rows"]))]
    return [None] * KINDS[kind][0]


def figure(summing: str, given: list[Fraction | None]) -> Fraction | None:
    numbers = [one for one in given if one is not None]
    if not numbers:
        return None
    ways = {"sum": sum(numbers, Fraction(0)), "min": min(numbers), "max": max(numbers)}
    return ways["sum"] / len(numbers) if summing == "mean" else ways[summing]


def same(cell: Any, number: Fraction | None) -> bool:
    """Tell whether a cell holds the number: to the last of the digits that Excel keeps."""
    if number is None:
        return bool(cell == "")
    return isinstance(cell, float) and abs(Fraction(cell) - number) <= abs(number) / 10**14


def way_of(kind: str, summing: str) -> str:
    """Return how the columns of a type are summed below the units, blank for not at all."""
    if kind in ("many_choices", "fixed_table", "free_table"):
        return "sum"
    return summing if kind in NUMBERS and summing != "none" else ""


def columns_of(asked: Asked) -> Iterator[tuple[int, int, str, str]]:
    """Yield every column of the unit sheet: its place, its question, its type, how it is summed."""
    place = 6
    for at, (kind, summing) in enumerate(asked):
        for _column in range(KINDS[kind][0]):
            yield place, at, kind, way_of(kind, summing)
            place += 1


def check_units(book: Any, asked: Asked, units: Any) -> None:
    rows = rows_of(book, "Theo đơn vị")
    first = next(at for at, row in enumerate(rows) if row[0] == 1)
    body = rows[first : first + len(units)]
    assert [row[1] for row in body] == [str(at) for at in range(1, len(units) + 1)]
    groups = list(dict.fromkeys(group for group, _answers in units))
    below = rows[first + len(units) :]
    starts: dict[int, int] = {}
    for place, at, kind, summing in columns_of(asked):
        part = place - starts.setdefault(at, place)
        given = [numbers_of(kind, (answers or {}).get(f"q{at}"))[part] for _group, answers in units]
        if kind in NUMBERS or summing:
            cells = ["" if row[place] == "…" else row[place] for row in body]
            assert all(same(cell, one) for cell, one in zip(cells, given, strict=True))
        if not summing:
            assert all(row[place] == "" for row in below)
            continue
        assert same(below[-1][place], figure(summing, given))
        for group, row in zip(groups if len(groups) > 1 else [], below, strict=False):
            own = [one for (of, _answers), one in zip(units, given, strict=True) if of == group]
            assert same(row[place], figure(summing, own))


def check_summary(book: Any, asked: Asked, units: Any) -> None:
    rows = rows_of(book, "Tổng hợp")
    answers = [one for _group, one in units if one is not None]
    control = f"Số báo cáo phải nộp: {len(units)}. Đã nộp: {len(answers)} "
    assert any(control in str(row[0]) for row in rows)
    for at, (kind, summing) in enumerate(asked):
        given = [one[f"q{at}"] for one in answers if f"q{at}" in one]
        if kind in NUMBERS and summing != "none":
            (row,) = [row for row in rows if row[0] == f"1.{at + 1}"]
            numbers = [one for value in given for one in numbers_of(kind, value)]
            assert same(row[3], figure(summing, numbers))
            assert row[5] == len(given)
        elif kind in ("one_choice", "yes_no", "many_choices") and summing == "share":
            options = [True, False] if kind == "yes_no" else ["a", "b"]
            counts = [sum(one in (v if isinstance(v, list) else [v]) for v in given) for one in options]
            start = _start(rows, at)
            assert [row[2] for row in rows[start + 2 : start + 4]] == counts
        elif kind == "fixed_table":
            start = _start(rows, at)
            start += next(at for at, row in enumerate(rows[start:]) if row[1] == "Dòng 1")
            columns = list(zip(*(numbers_of(kind, one) for one in given), strict=True)) or [()] * 4
            sums = [figure("sum", list(one)) for one in columns]
            totals = [figure("sum", [sums[place], sums[place + 2]]) for place in (0, 1)]
            expected = [sums[:2], sums[2:], totals]
            for row, line in zip(rows[start : start + 3], expected, strict=True):
                assert [same(cell, one) for cell, one in zip(row[2:4], line, strict=True)] == [True] * 2
        elif kind == "free_table":
            (row,) = [row for row in rows if row[0] == f"1.{at + 1}"]
            assert same(row[3], figure("sum", [Fraction(len(one["rows"])) for one in given]))


def _start(rows: list[list[Any]], at: int) -> int:
    return next(place for place, row in enumerate(rows) if str(row[0]).startswith(f"1.{at + 1}. "))


def check_free_tables(book: Any, asked: Asked, units: Any) -> None:
    for at, (kind, _summing) in enumerate(asked):
        if kind != "free_table":
            continue
        rows = rows_of(book, f"Câu {at}")
        lines = [
            line["cells"]
            for _group, answers in units
            for line in ((answers or {}).get(f"q{at}") or {"rows": []})["rows"]
        ]
        body = [row for row in rows[3:] if isinstance(row[0], float)]
        assert len(body) == len(lines)
        for place, name in ((4, "nam"), (5, "nu")):
            given = [None if name not in one else Fraction(one[name]) for one in lines]
            assert all(same(row[place], one) for row, one in zip(body, given, strict=True))
            if lines:
                assert same(rows[-1][place], figure("sum", given))
