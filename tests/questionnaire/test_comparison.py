"""Two versions side by side: what stood there, and what stands there now."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from questionnaire import rules
from questionnaire.comparison import Line, compare
from questionnaire.definition import FormDefinition, Question, Section

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

VISITS = Question("a", "integer", "Số lượt", measure="lượt", settings={"least": 0, "most": None})
FORM = Question("b", "one_choice", "Hình thức", settings={"options": [
    {"id": "p", "label": "Panô"}, {"id": "q", "label": "Áp phích"}]})  # fmt: skip
TABLE = Question("c", "fixed_table", "Bảng", settings={
    "columns": [{"id": "k", "label": "Nam", "group": "Chia ra", "type": "integer", "measure": ""}],
    "rows": [{"id": "r", "label": "Xã Một"}, {"id": "s", "label": "Xã Hai"}], "total": False,
})  # fmt: skip


def form(*questions: Question) -> FormDefinition:
    return FormDefinition("Biểu", "", (Section("s", "Mục", "", questions),))


def lines(before: Question, after: Question) -> list[tuple[str, str, str]]:
    (found,) = compare(form(VISITS, before), form(VISITS, after))
    return [(one.name, one.before, one.after) for one in found.lines]


def test_words_and_limits_stand_before_and_after(app: Flask) -> None:
    after = replace(VISITS, label="Số lượt khách", hint="Cả năm", settings={"least": 1, "most": None})
    (found,) = compare(form(VISITS), form(after))
    assert (found.change.number, found.lines) == ("1.1", (
        Line("Nội dung câu hỏi", "Số lượt", "Số lượt khách"),
        Line("Hướng dẫn", "", "Cả năm"),
        Line("Nhỏ nhất", "0", "1"),
    ))  # fmt: skip


def test_options_come_go_and_are_renamed() -> None:
    options = [{"id": "q", "label": "Áp phích lớn"}, {"id": "n", "label": "Băng rôn"}]
    assert lines(FORM, replace(FORM, settings={"options": options})) == [
        ("Lựa chọn", "Panô", ""), ("Lựa chọn", "Áp phích", "Áp phích lớn"), ("Lựa chọn", "", "Băng rôn"),
    ]  # fmt: skip


def test_rows_and_columns_are_named_with_what_heads_them() -> None:
    settings: dict[str, Any] = {
        "columns": [{**TABLE.settings["columns"][0], "measure": "người"}],
        "rows": [*reversed(TABLE.settings["rows"])], "total": True,
    }  # fmt: skip
    assert lines(TABLE, replace(TABLE, settings=settings)) == [
        ("Thứ tự dòng", "", "đã xếp lại"),
        ("Cột", "Chia ra – Nam", "Chia ra – Nam (người)"),
        ("Dòng tổng cộng", "Không", "Có"),
    ]


def test_rules_are_shown_as_they_are_written() -> None:
    names = rules.Names.of(form(VISITS, FORM))
    rule = rules.parse("[Số lượt] > 0", names).to_json()
    check = {"id": "k", "rule": rule, "level": "error", "message": "Cần có lượt."}
    assert lines(FORM, replace(FORM, visible=rule, checks=(check,), required=True)) == [
        ("Bắt buộc trả lời", "Không", "Có"),
        ("Khi nào hỏi câu này", "", "[Số lượt] > 0"),
        ("Kiểm tra thêm", "", "[Số lượt] > 0: Cần có lượt."),
    ]
    gone = {"nonsense": True}
    assert lines(FORM, replace(FORM, visible=gone))[0][2] == "không còn đọc được"


def test_what_is_new_or_gone_has_no_parts() -> None:
    found = compare(form(VISITS), form(FORM))
    assert [(str(one.change.kind), one.change.label, one.lines) for one in found] == [
        ("added", "Hình thức", ()), ("removed", "Số lượt", ()),
    ]  # fmt: skip
