"""The common rules: what is picked becomes a text, and the text becomes what was picked."""

import pytest

from questionnaire.rules import Names, evaluate, parse
from questionnaire.rules.picks import (
    METHODS,
    Comparison,
    Condition,
    Figure,
    PickError,
    condition_of,
    condition_text,
    figure_of,
    figure_text,
    places,
)
from tests.questionnaire.rules.form import ANSWERS, FORM, LAST

NAMES = Names.of(FORM)
PLACES = {shown: place for place, shown in places(NAMES)}
VU, TIEN = PLACES["Số vụ"], PLACES["Số tiền"]
COLUMN = PLACES["Kết quả – tổng cột Số buổi"]


def text_of(*lines: Comparison, any: bool = False) -> str:
    return condition_text(Condition(lines, any), NAMES)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Comparison(VU, ">", "0"), "[Số vụ] > 0"),
        (Comparison(VU, ">=", "1.234,50"), "[Số vụ] >= 1234,50"),
        (Comparison(VU, "<", "-3"), "[Số vụ] < -3"),
        (Comparison(PLACES["Tỷ lệ giải quyết"], ">=", "90 %"), "[Tỷ lệ giải quyết] >= 90%"),
        (Comparison(VU, "<=", "9", other=TIEN), "[Số vụ] <= [Số tiền]"),
        (Comparison(VU, "blank", "9"), "TRỐNG([Số vụ])"),
        (Comparison(VU, "filled"), "KHÔNG(TRỐNG([Số vụ]))"),
        (Comparison(COLUMN, "=", other=VU), "TỔNG([Kết quả].[Số buổi]) = [Số vụ]"),
        (Comparison(COLUMN, "blank"), "TRỐNG([Kết quả].[Số buổi])"),
    ],
)
def test_a_line_becomes_a_rule_and_the_rule_the_line(line: Comparison, text: str) -> None:
    assert text_of(line) == text
    found = condition_of(parse(text, NAMES), NAMES)
    assert found is not None
    assert text_of(*found.lines) == text
    assert (found.lines[0].place, found.lines[0].sign) == (line.place, line.sign)


def test_every_kind_of_question_takes_a_value_as_people_write_it() -> None:
    values = {
        "Hình thức": "Panô",
        "Đã ban hành kế hoạch?": "Có",
        "Ngày ký": "05/12/2026",
        "Họ tên": 'Lê "Ba" Nam',
    }
    for label, value in values.items():
        line = Comparison(PLACES[label], "=", value)
        rule = parse(text_of(line), NAMES)
        assert condition_of(rule, NAMES) == Condition((line,))


def test_lines_are_joined_by_and_or_by_or() -> None:
    lines = (Comparison(VU, ">", "0"), Comparison(TIEN, "filled"))
    assert text_of(*lines) == "VÀ([Số vụ] > 0; KHÔNG(TRỐNG([Số tiền])))"
    assert text_of(*lines, any=True) == "HOẶC([Số vụ] > 0; KHÔNG(TRỐNG([Số tiền])))"
    for any_ in (False, True):
        rule = parse(text_of(*lines, any=any_), NAMES)
        assert condition_of(rule, NAMES) == Condition(lines, any_)
    assert text_of() == ""


@pytest.mark.parametrize(
    "text",
    [
        "[Số vụ] + 1 > 2", "0 < [Số vụ]", "KHÔNG([Số vụ] > 0)", "KỲTRƯỚC([Số vụ]) > 1",
        "VÀ([Số vụ] > 1)",
        "VÀ([Số vụ] > 1; HOẶC([Số vụ] > 2; [Số vụ] > 3))", "ĐÚNG", "[Kết quả].[Xe loa].[Số buổi] > 1",
        "[Số vụ] > TRUNGBÌNH([Kết quả].[Số buổi])", "[Số vụ] = \"\"",
    ],
)  # fmt: skip
def test_other_rules_aren_t_taken_apart(text: str) -> None:
    assert condition_of(parse(text, NAMES), NAMES) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (Comparison(VU, "="), "Chưa ghi giá trị"),
        (Comparison(VU, "=", "nhiều"), "nhiều"),
        (Comparison(PLACES["Hình thức"], "=", "Bay"), "Bay"),
        (Comparison(PLACES["Hình thức"], ">", "Panô"), "“>” cần"),
        (Comparison(PLACES["Ngày ký"], ">", "31/02/2026"), "31/02/2026"),
        (Comparison("gone", ">", "1"), "không còn"),
        (Comparison(VU + ":gone", ">", "1"), "cột không còn"),
    ],
)
def test_what_makes_no_rule_is_refused_with_its_line(line: Comparison, said: str) -> None:
    with pytest.raises(PickError, match=said) as caught:
        text_of(Comparison(VU, ">", "0"), line)
    assert caught.value.line == 2


FIGURES = {
    Figure("sum", (VU, TIEN)): "TỔNG([Số vụ]; [Số tiền])",
    Figure("sum", (COLUMN,)): "TỔNG([Kết quả].[Số buổi])",
    Figure("sum", (COLUMN, VU)): "TỔNG([Kết quả].[Số buổi]; [Số vụ])",
    Figure("difference", (VU, TIEN)): "[Số vụ] - [Số tiền]",
    Figure("share", (VU, COLUMN)): "[Số vụ] / TỔNG([Kết quả].[Số buổi]) * 100",
    Figure("ratio", (TIEN, VU)): "[Số tiền] / [Số vụ]",
    Figure("change", (VU, TIEN)): "([Số vụ] - [Số tiền]) / [Số tiền] * 100",
    Figure("last_difference", (VU,)): "[Số vụ] - KỲTRƯỚC([Số vụ])",
    Figure("last_change", (COLUMN,)): (
        "(TỔNG([Kết quả].[Số buổi]) - TỔNG(KỲTRƯỚC([Kết quả].[Số buổi])))"
        " / TỔNG(KỲTRƯỚC([Kết quả].[Số buổi])) * 100"
    ),
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: one.method)
def test_a_figure_becomes_a_formula_and_the_formula_the_figure(figure: Figure) -> None:
    assert figure_text(figure, NAMES) == FIGURES[figure]
    assert figure_of(parse(FIGURES[figure], NAMES), NAMES) == figure


def test_every_method_is_tried_here() -> None:
    assert {one.method for one in FIGURES} == set(METHODS)


def test_a_picked_change_against_the_round_before_is_worked_out() -> None:
    rule = parse(figure_text(Figure("last_change", (VU,)), NAMES), NAMES)
    assert evaluate(rule, ANSWERS, FORM, LAST).value == 20
    first = evaluate(rule, ANSWERS, FORM, None)
    assert (first.value, first.reason) == (None, "Chưa có kỳ trước.")


@pytest.mark.parametrize("text", ["[Số vụ] * 2", "LÀMTRÒN([Số vụ])", "5", "[Số vụ] + [Số tiền]"])
def test_other_formulas_aren_t_taken_apart(text: str) -> None:
    assert figure_of(parse(text, NAMES), NAMES) is None


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("sum", ()), 0),
        (Figure("share", (VU,)), 0),
        (Figure("sum", (VU, PLACES["Hình thức"])), 2),
        (Figure("ratio", ("gone", VU)), 0),
    ],
)
def test_a_figure_that_lacks_something_is_refused(figure: Figure, line: int) -> None:
    with pytest.raises(PickError) as caught:
        figure_text(figure, NAMES)
    assert caught.value.line == line


def test_only_numbers_are_offered_for_figures() -> None:
    offered = dict(places(NAMES, numbers=True))
    assert {VU, TIEN, COLUMN} <= set(offered)
    assert PLACES["Hình thức"] not in offered
    for place in offered:
        assert figure_text(Figure("sum", (place,)), NAMES)
