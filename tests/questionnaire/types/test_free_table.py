"""Tables to which units add rows."""

from datetime import date
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from documents.blocks import Table, Total
from questionnaire.answers import typed
from questionnaire.definition import Question
from questionnaire.types import BadCell
from questionnaire.types.free_table import MOST_ROWS, FreeTable
from questionnaire.types.table_columns import new_column

TABLE = FreeTable()
SETTINGS: dict[str, Any] = {
    "columns": [
        new_column("ten", "Tên", "short_text"),
        new_column("ngay", "Ngày", "date"),
        new_column("so", "Lượt người", "integer"),
    ],
    "most_rows": 3,
}
QUESTION = Question("q", "free_table", "Hoạt động", settings=SETTINGS)


def row(id_: str, **cells: Any) -> dict[str, Any]:
    return {"id": id_, "cells": cells}


def rows(*given: dict[str, Any]) -> dict[str, Any]:
    return {"rows": list(given)}


def test_rows_keep_the_order_and_the_ids_that_the_page_sends() -> None:
    sent = MultiDict(
        [("q-row", "b2"), ("q-row", "a1"), ("q-b2-ten", "Hội thi"), ("q-a1-ten", "Tập huấn"),
         ("q-a1-ngay", "05/12/2026"), ("q-a1-so", "x")]
    )  # fmt: skip
    assert TABLE.read(sent, "q", SETTINGS) == rows(
        row("b2", ten="Hội thi"), row("a1", ten="Tập huấn", ngay="2026-12-05", so=typed("x"))
    )


def test_blank_rows_repeated_rows_and_strange_ids_are_left_out() -> None:
    sent = MultiDict(
        [("q-row", "a1"), ("q-row", "a1"), ("q-row", "b2"), ("q-row", "<x>"), ("q-row", "a" * 13),
         ("q-a1-ten", "Một"), ("q-<x>-ten", "Hai"), (f"q-{'a' * 13}-ten", "Ba"), ("q-c3-ten", "Bốn")]
    )  # fmt: skip
    assert TABLE.read(sent, "q", SETTINGS) == rows(row("a1", ten="Một"))
    assert TABLE.read(MultiDict([("q-row", "a1")]), "q", SETTINGS) is None


def test_nobody_stores_endless_rows() -> None:
    sent: MultiDict[str, str] = MultiDict()
    for number in range(MOST_ROWS + 5):
        sent.add("q-row", f"r{number}")
        sent.add(f"q-r{number}-ten", "x")
    assert len(TABLE.read(sent, "q", SETTINGS)["rows"]) == MOST_ROWS


def test_too_many_rows_for_the_question_are_a_problem_and_none_is_lost() -> None:
    given = rows(*(row(f"r{number}", so=1) for number in range(4)))
    assert TABLE.problems(given, SETTINGS) == ["Nhiều nhất 3 dòng."]


def test_what_is_wrong_is_said_by_row_number_and_column() -> None:
    given = rows(row("a1", so=1), row("b2", so=typed("x")))
    assert TABLE.cell_problems(given, SETTINGS).keys() == {("b2", "so")}
    (message,) = TABLE.problems(given, SETTINGS)
    assert message.startswith("Dòng 2 – Lượt người: “x” không phải số nguyên")


def test_cells_of_a_column_that_is_gone_do_no_harm() -> None:
    given = rows(row("a1", zz=1, so=2))
    assert TABLE.problems(given, SETTINGS) == []
    assert TABLE.as_text(given, SETTINGS) == "Lượt người: 2"
    assert TABLE.summarise([given], SETTINGS).cells["", "so"].figures["sum"] == 2


def test_the_summary_adds_up_columns_over_all_rows_of_all_units() -> None:
    first = rows(row("a1", ten="A", so=5), row("b2", so=10))
    summary = TABLE.summarise([first, None, rows(row("a1", so=1)), {"rows": []}], SETTINGS)
    assert (summary.answered, summary.rows) == (2, 3)
    assert summary.cells["", "so"].figures["sum"] == 16
    assert summary.cells["", "ten"].answered == 1
    assert TABLE.summary_blocks(QUESTION, summary) == [Total(("q",), "sum", 3)]
    assert TABLE.summary_blocks(QUESTION, TABLE.summarise([], SETTINGS)) == [Total(("q",), "sum", None)]


def test_the_unit_sheet_counts_rows_and_the_own_sheet_holds_them() -> None:
    given = rows(row("a1", ten="A", ngay="2026-12-05"), row("b2", so=1))
    assert TABLE.to_cells(given, SETTINGS) == [2]
    assert TABLE.to_cells(None, SETTINGS) == [None]
    assert TABLE.sheet_rows(given, QUESTION) == [["A", date(2026, 12, 5), None], [None, None, 1]]
    assert [one.key for one in TABLE.sheet_columns(QUESTION)] == ["q.ten", "q.ngay", "q.so"]


def test_rows_come_back_from_the_own_sheet_without_the_blank_ones() -> None:
    sheet: list[list[Any]] = [["A", date(2026, 12, 5), None], [None, "", None], [None, None, 1]]
    read = TABLE.from_sheet_rows(sheet, SETTINGS)
    assert read == rows(row("r1", ten="A", ngay="2026-12-05"), row("r3", so=1))
    assert TABLE.from_sheet_rows([], SETTINGS) is None
    with pytest.raises(BadCell, match="Ngày: “mai” không phải ngày"):
        TABLE.from_sheet_rows([[None, "mai", None]], SETTINGS)


def test_the_unit_sheet_can_t_be_read_as_rows() -> None:
    assert TABLE.from_cells([None], SETTINGS) is None
    with pytest.raises(BadCell, match="trang tính riêng"):
        TABLE.from_cells([2], SETTINGS)


def test_a_document_shows_the_numbered_rows_or_rows_to_write_in() -> None:
    (blank,) = TABLE.to_blocks(None, {**SETTINGS, "most_rows": 50})
    (filled,) = TABLE.to_blocks(rows(row("a1", so=1200)), SETTINGS)
    assert isinstance(blank, Table)
    assert isinstance(filled, Table)
    assert blank.rows == tuple((str(place), "", "", "") for place in range(1, 9))
    assert filled.rows == (("1", "", "", "1.200"),)
    assert [cell.text for cell in blank.head[0]] == ["STT", "Tên", "Ngày", "Lượt người"]
    (short,) = TABLE.to_blocks(None, {**SETTINGS, "most_rows": 2})
    assert isinstance(short, Table)
    assert len(short.rows) == 2


def test_the_number_of_rows_is_a_setting_with_a_default() -> None:
    data = TABLE.form_settings(SETTINGS)
    assert TABLE.clean_settings(data, SETTINGS) == SETTINGS
    assert TABLE.clean_settings({**data, "most_rows": None}, SETTINGS)["most_rows"] == 50
