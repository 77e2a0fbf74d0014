"""Columns of a table to which units add rows are reckoned row by row, and read by rules as others."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from documents.blocks import EntryUse, Table
from questionnaire import rules
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.types import QuestionType, get
from questionnaire.types.free_table import FreeTable

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

FREE, FIXED = FreeTable(), get("fixed_table")
LINES = [
    {"label": "Dự án", "type": "short_text"},
    {"label": "Kế hoạch", "type": "integer", "marker": "1"},
    {"label": "Thực hiện", "type": "integer", "marker": "2"},
    {"label": "Tỷ lệ", "type": "percent", "marker": "3(=2*100/1)"},
    {"label": "Còn lại", "type": "integer", "compute": "difference", "parts": "1; 2"},
]


@pytest.fixture
def question(app: Flask) -> Question:
    settings = FREE.clean_settings({"columns": LINES, "most_rows": 5}, FREE.default_settings())
    return Question("q", "free_table", "Dự án", settings=settings)


def answer(question: Question, *rows: tuple[Any, ...]) -> dict[str, Any]:
    """Return an answer of rows that hold name, plan and what was done; None leaves a cell blank."""
    ids = [one["id"] for one in question.settings["columns"]]
    return {"rows": [
        {"id": f"r{place}", "cells": {id_: cell for id_, cell in zip(ids, row, strict=False)
                                      if cell is not None}}
        for place, row in enumerate(rows)
    ]}  # fmt: skip


def test_each_row_reckons_its_own_cells(question: Question) -> None:
    value = answer(question, ("Cầu", 40, 10), ("Đường", 0, 3), ("Chợ", None, None))
    (block,) = FREE.to_blocks(value, question.settings)
    assert isinstance(block, Table)
    assert [row[4:] for row in block.rows] == [("25%", "30"), ("", "-3"), ("", "")]
    assert FREE.sheet_rows(value, question)[0][3:] == [25, 30]
    assert "Còn lại: 30" in FREE.as_text(value, question.settings)
    second = FREE.rows(value, question.settings)[1]
    assert list(second.reasons.values()) == ["Không tính được vì mẫu số bằng 0."]


def test_nobody_types_into_a_reckoned_cell(question: Question) -> None:
    name, plan, done, share, rest = (one["id"] for one in question.settings["columns"])
    sent = MultiDict([("q-row", "r0")])
    for column, text in ((name, "Cầu"), (plan, "40"), (done, "10"), (share, "99"), (rest, "7")):
        sent.add(f"q-r0-{column}", text)
    assert FREE.read(sent, "q", question.settings) == answer(question, ("Cầu", 40, 10))
    cells: list[list[Any]] = [["Cầu", 40, 10, 99, 7]]
    stored = FREE.from_sheet_rows(cells, question.settings)
    assert stored["rows"][0]["cells"] == answer(question, ("Cầu", 40, 10))["rows"][0]["cells"]
    table = FREE.entry_table(answer(question, ("Cầu", 40, 10)), question)
    assert table is not None
    assert [one.use for one in table.rows[0].cells] == [EntryUse.OPEN] * 3 + [EntryUse.READ] * 2


def test_sums_over_units_leave_what_can_t_be_added(question: Question) -> None:
    value = answer(question, ("Cầu", 40, 10), ("Chợ", 60, 50))
    summary = FREE.summarise([value], question.settings)
    ids = [one["id"] for one in question.settings["columns"]]
    assert summary.cells["", ids[4]].figures["sum"] == Decimal(40)
    columns = FREE.sheet_columns(question)
    assert (columns[3].summing, columns[4].summing) == ("none", "sum")


def test_rules_read_reckoned_columns_of_both_tables(question: Question) -> None:
    fixed = FIXED.clean_settings(
        {"columns": LINES[1:], "rows": "Một\nHai", "total": ""}, FIXED.default_settings()
    )
    table = Question("t", "fixed_table", "Bảng", settings=fixed)
    definition = FormDefinition("", "", (Section("s", "", "", (question, table)),))
    names = rules.Names.of(definition)
    plan, done, *_others = (one["id"] for one in fixed["columns"])
    rows = [one["id"] for one in fixed["rows"]]
    answers = {
        "q": answer(question, ("Cầu", 40, 10), ("Chợ", 60, 50)),
        "t": {"rows": {rows[0]: {plan: 8, done: 2}, rows[1]: {plan: 5}}},
    }

    def worked_out(text: str) -> Any:
        return rules.evaluate(rules.parse(text, names), answers, definition, None).value

    assert worked_out("TỔNG([Dự án].[Còn lại])") == 40
    assert worked_out("TỔNG([Bảng].[Còn lại])") == 11
    assert worked_out("[Bảng].[Một].[Tỷ lệ]") == Decimal("0.25")
    assert worked_out("ĐẾM([Bảng].[Tỷ lệ])") == 1


def test_rows_of_a_free_table_take_nothing_from_earlier_rounds() -> None:
    def ways(kind: QuestionType) -> set[str]:
        designer = type("SettingsForm", (kind.SettingsFields, Form), {})()
        designer.columns.append_entry()
        return {key for key, *_other in designer.columns[0].form.compute.iter_choices()}

    assert ways(FIXED) - ways(FREE) == {"last", "year", "year_to_date"}
