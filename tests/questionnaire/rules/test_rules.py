"""Rules live on while forms change: names, storage, what they read, circles and limits."""

import gc
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.rules import (
    Names,
    Reference,
    Rule,
    RuleError,
    RuleSyntaxError,
    cycles,
    evaluate,
    in_order,
    kind_of,
    names,
    parse,
    show,
    uses,
)
from questionnaire.rules.evaluation import MOST_STEPS, Evaluation
from questionnaire.rules.tree import MOST_CHARACTERS, MOST_DEPTH, MOST_NODES, Call, Node, Number, Text
from tests.questionnaire.rules.form import ANSWERS, FORM, LAST, RESULTS

NAMES = Names.of(FORM)
RULE = 'NẾU(CHỌN([Hình thức]; "Panô"); TỔNG([Kết quả].[Số buổi]) + [Kết quả].[Xe loa].[Số buổi]; 0)'


def changed(uid: str, **changes: Any) -> FormDefinition:
    """Return the form with another wording or other settings of one question."""
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(one, **changes) if one.uid == uid else one for one in section.questions
            ),
        )
        for section in FORM.sections
    )
    return replace(FORM, sections=sections)


def without(uid: str) -> FormDefinition:
    sections = tuple(
        replace(one, questions=tuple(q for q in one.questions if q.uid != uid)) for one in FORM.sections
    )
    return replace(FORM, sections=sections)


def sample(text: str) -> Rule:
    return parse(text, NAMES)


def test_a_rule_is_shown_in_vietnamese_with_todays_names() -> None:
    rule = sample('if(chosen([hình thức]; "panô"); sum([B1]; [b2]) - 1,5; --2)')
    assert show(rule, NAMES) == 'NẾU(CHỌN([Hình thức]; "Panô"); TỔNG([B1]; [Số tiền]) - 1,5; 2)'


def test_renaming_questions_rows_columns_and_options_keeps_the_rule() -> None:
    rule = sample(RULE)
    settings = {
        "columns": [{**RESULTS["columns"][0], "label": "Buổi"}, *RESULTS["columns"][1:]],
        "rows": [{"id": "r1", "label": "Xe [mới]"}, *RESULTS["rows"][1:]],
    }
    form = changed("t1", label="Bảng 1", settings=settings)
    shown = show(rule, Names.of(form))
    assert "TỔNG([Bảng 1].[Buổi]) + [Bảng 1].[Xe [[mới]]].[Buổi]" in shown
    assert parse(shown, Names.of(form)) == rule
    assert evaluate(rule, ANSWERS, form) == evaluate(rule, ANSWERS, FORM)
    options = {"options": [{"id": "o1", "label": "Pa-nô"}]}
    assert 'CHỌN([Hình thức]; "Pa-nô")' in show(rule, Names.of(changed("q8", settings=options)))


def test_names_that_two_questions_bear_are_shown_so_that_they_can_be_told_apart() -> None:
    rule = sample("[Tình hình / Số lượt] + [N1] + [#q1]")
    assert show(rule, NAMES) == "[Tình hình / Số lượt] + [N1] + [Số vụ]"
    form = FormDefinition("F", sections=(
        Section("s", "S", questions=(Question("a", "integer", "X"), Question("b", "integer", "X"))),
    ))  # fmt: skip
    twins = Names.of(form)
    assert show(parse("[#b]", twins), twins) == "[#b]"


def test_a_code_that_is_another_questions_label_means_the_label() -> None:
    assert uses(sample("[B1]")) == {Reference("q24")}


def test_long_names_give_way_to_codes_where_the_text_would_be_too_long() -> None:
    form = changed("q2", label="Số tiền đã chi từ nguồn " + "rất " * 10 + "dài")
    rule = sample("+".join(["[B2]"] * 100))
    shown = show(rule, Names.of(form))
    assert len(shown) <= MOST_CHARACTERS
    assert parse(shown, Names.of(form)) == rule


def test_what_is_gone_is_shown_as_gone_and_refused_when_worked_out() -> None:
    rule = sample("[Số vụ] + 1")
    form = without("q1")
    assert show(rule, Names.of(form)) == "[?] + 1"
    with pytest.raises(RuleError, match="không còn trong biểu mẫu"):
        evaluate(rule, ANSWERS, form)


@pytest.mark.parametrize(
    ("part", "message"), [("rows", "một dòng không còn"), ("columns", "một cột không còn")]
)
def test_a_row_or_column_that_is_gone_is_refused(part: str, message: str) -> None:
    rule = sample("[Kết quả].[Xe loa].[Số buổi]")
    form = changed("t1", settings={**RESULTS, part: RESULTS[part][1:]})
    with pytest.raises(RuleError, match=message):
        evaluate(rule, ANSWERS, form)
    assert "[?]" in show(rule, Names.of(form))


def test_a_question_that_became_of_another_type_is_refused() -> None:
    with pytest.raises(RuleError, match="cần số, nhưng đây là chữ"):
        evaluate(sample("[Số vụ] + 1"), ANSWERS, changed("q1", type="short_text"))
    with pytest.raises(RuleError, match="không có câu trả lời"):
        kind_of(sample("[Số vụ] + 1"), changed("q1", type="heading"))


def test_every_answer_that_is_read_is_known() -> None:
    cells = "TỔNG([Kết quả].[Số buổi]; [Kết quả].[Xe loa].[Số buổi])"
    rule = sample(f'NẾU([Kênh] = ""; KỲTRƯỚC([B2]); {cells})')
    assert uses(rule) == {
        Reference("q9"),
        Reference("q2", last=True),
        Reference("t1", "", "c1"),
        Reference("t1", "r1", "c1"),
    }


def test_it_is_stored_by_ids_alone() -> None:
    assert sample('VÀ(CHỌN([Kênh]; "Đài"); KỲTRƯỚC([Số vụ]) > 1,50)').to_json() == {
        "do": "AND",
        "with": [
            {"do": "CHOSEN", "with": [{"question": "q9"}, {"option": "k1"}]},
            {"do": ">", "with": [{"question": "q1", "last": True}, {"number": "1.50"}]},
        ],
    }


@pytest.mark.parametrize(
    "stored",
    [
        None, 5, "x", [], {}, {"number": 1}, {"number": "1e9"}, {"number": "NaN"}, {"number": "9" * 17},
        {"number": "1", "text": "x"}, {"text": "x" * 2001}, {"truth": 1}, {"option": 1},
        {"question": ""}, {"question": "q1", "row": "r1"}, {"question": "q1", "x": 1},
        {"question": "q1", "last": 1}, {"do": "+", "with": [{"number": "1"}]},
        {"do": "eval", "with": []}, {"do": "NOT", "with": [{"truth": True}, {"truth": True}]},
        {"do": "NOT", "with": "x"},
    ],
)  # fmt: skip
def test_anything_else_in_storage_is_refused(stored: Any) -> None:
    with pytest.raises(RuleError, match="không đọc được"):
        Rule.from_json(stored)


def nested(depth: int) -> Node:
    node: Node = Number(Decimal(1))
    for _level in range(depth - 1):
        node = Call("ABS", (node,))
    return node


def test_depth_and_size_have_limits() -> None:
    assert kind_of(Rule(nested(MOST_DEPTH)), FORM) == "number"
    with pytest.raises(RuleError, match="lồng quá sâu"):
        Rule(nested(MOST_DEPTH + 1))
    with pytest.raises(RuleError, match="quá dài"):
        Rule(Call("+", (Number(Decimal(1)),) * MOST_NODES))
    stored: dict[str, Any] = {"number": "1"}
    for _level in range(5000):
        stored = {"do": "ABS", "with": [stored]}
    with pytest.raises(RuleError, match="lồng quá sâu"):
        Rule.from_json(stored)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1" * (MOST_CHARACTERS + 1), "nhiều nhất 2000 ký tự"),
        ("ABS(" * 41 + "1" + ")" * 41, "lồng quá sâu"),
        ("-" * 41 + "[Số vụ]", "lồng quá sâu"),
        ("1+" * 500 + "1", "nhiều nhất 500 phần tử"),
        ("KHÔNG(" * 38 + '[Hình thức]<>"Panô"' + ")" * 38, "lồng quá sâu"),
    ],
)
def test_a_text_beyond_the_limits_is_refused(text: str, message: str) -> None:
    with pytest.raises(RuleSyntaxError, match=message):
        sample(text)


def test_a_sum_of_many_parts_is_not_deep() -> None:
    assert evaluate(sample("+".join(["[Số vụ]"] * 200)), ANSWERS, FORM).value == 2400


def test_each_part_and_each_cell_is_worked_out_once() -> None:
    run = Evaluation(ANSWERS, FORM, LAST)
    run.value(sample("TỔNG([Kết quả].[Số buổi]) + 1").top)
    assert run.steps == 4 + len(RESULTS["rows"])


def test_a_rule_that_reads_too_many_cells_is_refused() -> None:
    rows = [{"id": str(one), "cells": {"p2": 1}} for one in range(1000)]
    rule = sample(f"TỔNG({';'.join(['[Văn bản].[Số trang]'] * (MOST_STEPS // 1000 + 1))})")
    with pytest.raises(RuleError, match="quá nhiều ô"):
        evaluate(rule, {"t2": {"rows": rows}}, FORM)


def test_a_text_grows_only_so_long() -> None:
    text = Call("&", (Text("x" * 2000),) * 11)
    assert evaluate(Rule(text), {}, FORM).reason == "Đoạn chữ quá dài."


def test_circles_are_found_and_named() -> None:
    rules = {
        "q1": sample("[Số tiền] + 1"),
        "q2": sample("[Số bỏ trống] + [Số chưa có]"),
        "q12": sample("[Số vụ]"),
        "q13": sample("[Số chưa có]"),
        "q14": sample("[Số vụ] + 1"),
    }
    found = cycles(rules)
    assert sorted(map(sorted, found)) == [["q1", "q12", "q2"], ["q13"]]


def test_the_round_before_makes_no_circle() -> None:
    assert cycles({"q1": sample("KỲTRƯỚC([Số vụ]) + [Số tiền]")}) == []


def test_computed_questions_come_after_what_they_read() -> None:
    rules = {"q1": sample("[Số tiền]"), "q2": sample("[Số bỏ trống] * 2"), "q12": sample("1")}
    assert in_order(rules) == ["q12", "q2", "q1"]


def test_the_tables_of_a_form_are_forgotten_with_it() -> None:
    form = changed("q1", label="Số vụ mới")
    kind_of(sample("[Kết quả].[Xe loa].[Số buổi]"), form)
    key = id(form)
    assert key in names._grids
    del form
    gc.collect()
    assert key not in names._grids
