"""Every registered type keeps the contract of questionnaire/types/base.py."""

import re
from copy import deepcopy
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField

from core.config import ROOT
from documents.blocks import Blank, Paragraph, Table, Total
from questionnaire.answers import is_typed
from questionnaire.definition import Question, Summing
from questionnaire.types import BadCell, QuestionType, Summary, all_types, get
from questionnaire.types.table_columns import new_column

TEMPLATES = ROOT / "templates" / "questions"
NAME = "q1"
FIGURES = {Summing.SUM, Summing.MEAN, Summing.MIN, Summing.MAX}

TWO_OPTIONS = {"options": [{"id": "tot", "label": "Tốt"}, {"id": "kha", "label": "Khá; giỏi"}]}
TWO_COLUMNS = [new_column("ten", "Tên", "short_text"), new_column("so", "Số lượng", "integer")]

# For each type: settings of its own or none, what a page sends, and what is stored.
SENT: dict[str, tuple[dict[str, Any] | None, list[tuple[str, str]], Any]] = {
    "short_text": (None, [(NAME, "  Nhà văn hóa ")], "Nhà văn hóa"),
    "long_text": (None, [(NAME, "Dòng một\r\nDòng hai")], "Dòng một\nDòng hai"),
    "integer": (None, [(NAME, "1.250")], 1250),
    "decimal": (None, [(NAME, "1.234,5")], "1234.5"),
    "money": (None, [(NAME, "15.000.000 đồng")], 15_000_000),
    "percent": (None, [(NAME, "98,5%")], "98.5"),
    "date": (None, [(NAME, "05/12/2026")], "2026-12-05"),
    "yes_no": (None, [(NAME, "0")], False),
    "one_choice": (TWO_OPTIONS, [(NAME, "tot")], "tot"),
    "many_choices": (TWO_OPTIONS, [(NAME, "kha"), (NAME, "tot")], ["tot", "kha"]),
    "evidence": (None, [(NAME, "C:\\anh.jpg")], None),
    "fixed_table": (
        {"columns": TWO_COLUMNS, "rows": [{"id": "r1", "label": "Panô"}], "total": True},
        [(f"{NAME}-r1-ten", "Cổ động"), (f"{NAME}-r1-so", "0")],
        {"rows": {"r1": {"ten": "Cổ động", "so": 0}}},
    ),
    "free_table": (
        {"columns": TWO_COLUMNS, "most_rows": 50},
        [(f"{NAME}-row", "a1"), (f"{NAME}-a1-ten", "Hội thi"), (f"{NAME}-a1-so", "3")],
        {"rows": [{"id": "a1", "cells": {"ten": "Hội thi", "so": 3}}]},
    ),
    "period": (
        None,
        [(f"{NAME}-from", "01/06/2026"), (f"{NAME}-to", "15/06/2026")],
        {"from": "2026-06-01", "to": "2026-06-15"},
    ),
    "unit_picker": (
        {"group": "", "several": True, "options": [
            {"id": "u1", "label": "Phòng A"}, {"id": "u2", "label": "Phòng B"}]},
        [(NAME, "u1"), (NAME, "u2")],
        ["u1", "u2"],
    ),
    "scale": (None, [(NAME, "4")], 4),
    "contact": (
        None,
        [(f"{NAME}-name", "Chuyên viên 1"), (f"{NAME}-phone", "0206 3852 123")],
        {"name": "Chuyên viên 1", "phone": "0206 3852 123"},
    ),
    "computed": (None, [(NAME, "5")], None),
    "heading": (None, [(NAME, "x")], None),
    "note": (None, [(NAME, "x")], None),
}
# What a page sends by uploads of their own, or in rows on a sheet of their own.
NOT_IN_CELLS = {"evidence", "free_table"}
STORED_FILES = [{"id": 1, "name": "ảnh.jpg", "size": 12, "type": "image/jpeg"}]

each_type = pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.key)


def settings_of(kind: QuestionType) -> dict[str, Any]:
    own, _sent, _stored = SENT[kind.key]
    return deepcopy(kind.default_settings() if own is None else own)


def stored_of(kind: QuestionType) -> Any:
    if kind.is_computed:
        return "1.5"
    return deepcopy(STORED_FILES if kind.is_uploaded else SENT[kind.key][2])


def question_of(kind: QuestionType) -> Question:
    return Question(
        NAME, kind.key, "Câu hỏi", summing=kind.summings[0], settings=settings_of(kind)
    )


def posted(kind: QuestionType) -> MultiDict[str, str]:
    return MultiDict(SENT[kind.key][1])


def test_every_type_is_tried_here() -> None:
    assert {kind.key for kind in all_types()} == set(SENT)


@each_type
def test_default_settings_pass_through_the_designers_form_unchanged(kind: QuestionType) -> None:
    settings = kind.default_settings()
    assert kind.clean_settings(kind.form_settings(settings), settings) == settings


@each_type
def test_given_settings_pass_through_the_designers_form_unchanged(kind: QuestionType) -> None:
    settings = settings_of(kind)
    assert kind.clean_settings(kind.form_settings(settings), settings) == settings


@each_type
def test_the_form_shows_every_setting(kind: QuestionType) -> None:
    form_class = type("SettingsForm", (kind.SettingsFields, Form), {})
    shown = {one.name for one in form_class() if not isinstance(one, HiddenField)}
    assert shown == set(kind.default_settings())


@each_type
def test_a_sent_answer_is_stored(kind: QuestionType) -> None:
    form = type("AnswerForm", (Form,), {NAME: kind.field(question_of(kind))})(posted(kind))
    assert form[NAME].data == SENT[kind.key][2]


@each_type
def test_a_blank_answer_is_none_and_is_empty(kind: QuestionType) -> None:
    value = kind.read(MultiDict([(NAME, "")]), NAME, settings_of(kind))
    assert value is None
    assert kind.is_empty(value)


@each_type
def test_what_an_input_box_shows_is_read_back_as_the_same_value(kind: QuestionType) -> None:
    value, settings = stored_of(kind), settings_of(kind)
    if isinstance(value, dict) or kind.is_uploaded:
        value = None
    assert kind.parse(kind.as_typed(value, settings), settings) == value


@each_type
def test_a_stored_value_becomes_a_python_value_and_back(kind: QuestionType) -> None:
    value = stored_of(kind)
    assert kind.to_json(kind.from_json(value)) == value


@each_type
def test_a_value_goes_through_the_cells_of_a_workbook(kind: QuestionType) -> None:
    value, settings = stored_of(kind), settings_of(kind)
    if kind.key in NOT_IN_CELLS:
        value = None
    cells = kind.to_cells(value, settings)
    if kind.is_uploaded:
        assert cells == [None]
    else:
        assert kind.from_cells(cells, settings) == value


@each_type
def test_there_is_a_cell_for_each_column_filled_or_blank(kind: QuestionType) -> None:
    question = question_of(kind)
    columns = kind.columns(question)
    maker = kind.cell_maker(question)
    for value in (stored_of(kind), None):
        assert len(kind.to_cells(value, question.settings)) == len(columns)
        assert list(maker(value)) == kind.to_cells(value, question.settings)
    assert len({column.key for column in columns}) == len(columns)
    assert all(column.key.startswith(NAME) for column in columns)


@each_type
def test_rows_of_its_own_sheet_fit_its_columns(kind: QuestionType) -> None:
    question = question_of(kind)
    columns = kind.sheet_columns(question)
    assert bool(columns) == kind.has_own_sheet
    assert kind.sheet_rows(None, question) == []
    assert all(len(row) == len(columns) for row in kind.sheet_rows(stored_of(kind), question))


@each_type
def test_the_summary_of_nothing_has_nothing(kind: QuestionType) -> None:
    for values in ([], [None], [None, None]):
        summary = kind.summarise(values, settings_of(kind))
        assert (summary.answered, summary.no_data, summary.rows) == (0, 0, 0)
        assert not summary.figures
        assert all(share.count == 0 and share.percent == 0 for share in summary.shares)
        assert all(cell.answered == 0 and not cell.figures for cell in summary.cells.values())


@each_type
def test_an_answer_counts_in_the_summary(kind: QuestionType) -> None:
    summary = kind.summarise([None, stored_of(kind)], settings_of(kind))
    assert summary.answered == int(kind.holds_answer)
    if kind.summings[0] in FIGURES and kind.columns(question_of(kind))[0].kind != "text":
        assert summary.figures or summary.cells


@each_type
@pytest.mark.parametrize("times", [0, 2])
def test_the_summary_sheet_gets_totals_and_tables(kind: QuestionType, times: int) -> None:
    question = question_of(kind)
    summary = kind.summarise([stored_of(kind)] * times, question.settings)
    blocks = kind.summary_blocks(question, summary)
    assert all(isinstance(block, Total | Table) for block in blocks)
    tables = [block for block in blocks if isinstance(block, Table)]
    assert all(len(row) == _width(table) for table in tables for row in table.rows)


def _width(table: Table) -> int:
    return sum(cell.columns for cell in table.head[0])


@each_type
def test_settings_and_values_stay_as_they_were(kind: QuestionType) -> None:
    question, value = question_of(kind), stored_of(kind)
    settings = question.settings
    before = deepcopy((settings, value))
    kind.clean_settings(kind.form_settings(settings), settings)
    kind.read(posted(kind), NAME, settings)
    kind.as_text(value, settings)
    kind.as_typed(value, settings)
    if not kind.is_empty(value):
        kind.problems(value, settings)
    kind.summary_blocks(question, kind.summarise([value, None], settings))
    kind.to_cells(value, settings)
    kind.sheet_rows(value, question)
    kind.to_blocks(value, settings)
    assert (settings, value) == before


@each_type
def test_nonsense_in_a_cell_is_named_or_kept_as_text(kind: QuestionType) -> None:
    nonsense = "vớ vẩn !?"
    cells = [nonsense] * len(kind.columns(question_of(kind)))
    if not cells:
        assert kind.from_cells(cells, settings_of(kind)) is None
    elif kind.is_narrative:
        assert kind.from_cells(cells, settings_of(kind)) == nonsense
    elif kind.key in NOT_IN_CELLS:
        with pytest.raises(BadCell):
            kind.from_cells(cells, settings_of(kind))
    else:
        with pytest.raises(BadCell, match=re.escape(nonsense)):
            kind.from_cells(cells, settings_of(kind))


@each_type
def test_nonsense_typed_on_the_page_is_not_lost(kind: QuestionType) -> None:
    if not kind.fits_in_table:
        return
    settings = settings_of(kind)
    value = kind.from_text("vớ vẩn !?", settings)
    assert is_typed(value) or kind.is_narrative
    assert kind.as_text(value, settings) == kind.as_typed(value, settings) == "vớ vẩn !?"
    assert not kind.is_empty(value)
    assert kind.to_cells(value, settings) == ["vớ vẩn !?"]
    assert kind.summarise([value], settings).figures == {}


@each_type
def test_a_document_gets_the_answer_or_a_blank_line(kind: QuestionType) -> None:
    settings = settings_of(kind)
    for value in (stored_of(kind), None):
        blocks = kind.to_blocks(value, settings)
        assert bool(blocks) == kind.holds_answer
        assert all(isinstance(block, Paragraph | Blank | Table) for block in blocks)


@each_type
def test_the_builder_can_offer_it(kind: QuestionType) -> None:
    assert kind.label
    assert kind.example
    assert re.fullmatch(r"[a-z][a-z_]{2,39}", kind.key)
    assert f'id="{kind.icon}"' in (ROOT / "static/icons.svg").read_text("utf-8")
    assert get(kind.key) is kind


@each_type
def test_its_template_shows_it_everywhere(kind: QuestionType) -> None:
    text = (TEMPLATES / f"{kind.key}.html").read_text("utf-8")
    for macro in ("settings", "input", "value", "summary"):
        assert re.search(rf"{{%-? (macro {macro}\(|(from|import) .*\b{macro}\b)", text), macro


def test_no_summary_is_shared_between_questions() -> None:
    assert Summary().figures is not Summary().figures
