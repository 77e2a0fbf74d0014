"""What is picked from lists becomes the rule that a practised hand would have written."""

import pytest
from werkzeug.datastructures import MultiDict

from forms.pickers import ConditionPicker, FormulaPicker, rule_names, write
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.rules import Names, RuleSyntaxError
from questionnaire.types import get


def asked(uid: str, type_key: str, label: str, **settings: object) -> Question:
    return Question(uid, type_key, label, settings={**get(type_key).default_settings(), **settings})


COLUMNS = [
    {"id": "c", "label": "Số buổi", "type": "integer", "measure": "", "settings": {}, "total": True},
    {"id": "n", "label": "Ghi chú", "type": "short_text", "measure": "", "settings": {}},
]
FORM = FormDefinition(
    "Biểu",
    sections=(
        Section("s", "Một", questions=(
            asked("a", "integer", "Số vụ"),
            asked("b", "money", "Số [tiền]"),
            asked("c", "one_choice", "Hình thức", options=[{"id": "p", "label": "Panô"}]),
            asked("d", "yes_no", "Đã làm"),
            asked("e", "short_text", "Ghi chú"),
            asked("f", "date", "Ngày ký"),
            asked("t", "free_table", "Bảng", columns=COLUMNS),
        )),
    ),
)  # fmt: skip
NAMES = Names.of(FORM)


@pytest.mark.parametrize(
    ("left", "sign", "right", "text", "expected"),
    [
        ("Số vụ", ">", "5", "", "[Số vụ] > 5"),
        ("số vụ", ">=", "1.234.567,5", "", "[Số vụ] >= 1.234.567,5"),
        ("Số vụ", "<=", "Số [tiền]", "", "[Số vụ] <= [Số [[tiền]]]"),
        ("Hình thức", "=", "Panô", "", '[Hình thức] = "Panô"'),
        ("Đã làm", "=", "Có", "", '[Đã làm] = "Có"'),
        ("Ghi chú", "=", 'nói "thế"', "", '[Ghi chú] = "nói ""thế"""'),
        ("Ngày ký", ">", "05/12/2026", "", '[Ngày ký] > "05/12/2026"'),
        ("Số vụ", "blank", "", "", "TRỐNG([Số vụ])"),
        ("Số vụ", "filled", "bỏ qua", "", "KHÔNG(TRỐNG([Số vụ]))"),
        ("TỔNG([Bảng].[Số buổi])", "=", "Số vụ", "", "TỔNG([Bảng].[Số buổi]) = [Số vụ]"),
        ("Số vụ", ">", "5", "[Đã làm] = ĐÚNG", "VÀ([Đã làm] = ĐÚNG; [Số vụ] > 5)"),
    ],
)
def test_a_condition_is_written(left: str, sign: str, right: str, text: str, expected: str) -> None:
    picker = ConditionPicker(MultiDict({"left": left, "sign": sign, "right": right}))
    assert write(picker, text, NAMES) == expected
    assert (picker.left.data, picker.right.data) == ("", "")


def test_conditions_are_joined_by_or_where_that_is_picked() -> None:
    picker = ConditionPicker(
        MultiDict({"joint": "HOẶC", "left": "Số vụ", "sign": "=", "right": "0"})
    )
    assert write(picker, "TRỐNG([Số vụ])", NAMES) == "HOẶC(TRỐNG([Số vụ]); [Số vụ] = 0)"


@pytest.mark.parametrize(
    ("left", "sign", "right", "text", "expected"),
    [
        ("Số vụ", "sum", "Số [tiền]", "", "[Số vụ] + [Số [[tiền]]]"),
        ("Số vụ", "sum", "", "", "[Số vụ]"),
        ("Số vụ", "sum", "", "1 + 2", "(1 + 2) + [Số vụ]"),
        ("Số vụ", "difference", "10", "", "[Số vụ] - 10"),
        ("Số vụ", "difference", "", "100", "100 - [Số vụ]"),
        ("Số vụ", "share", "Số [tiền]", "", "[Số vụ] / [Số [[tiền]]] * 100"),
        ("Số vụ", "change", "KỲTRƯỚC([Số vụ])", "",
         "([Số vụ] - KỲTRƯỚC([Số vụ])) / KỲTRƯỚC([Số vụ]) * 100"),
        ("Số vụ", "sum", "1", "[Số [[tiền]]]", "[Số [[tiền]]] + [Số vụ] + 1"),
    ],
)  # fmt: skip
def test_a_formula_is_written(left: str, sign: str, right: str, text: str, expected: str) -> None:
    picker = FormulaPicker(MultiDict({"left": left, "sign": sign, "right": right}))
    assert write(picker, text, NAMES) == expected


@pytest.mark.parametrize(
    ("left", "right"), [("Số người", "5"), ("Số vụ", "nhiều"), ("Hình thức", "Băng rôn")]
)
def test_what_doesn_t_fit_is_refused_and_stays_picked(left: str, right: str) -> None:
    picker = ConditionPicker(MultiDict({"left": left, "sign": "=", "right": right}))
    with pytest.raises(RuleSyntaxError):
        write(picker, "", NAMES)
    assert (picker.left.data, picker.right.data) == (left, right)


def test_every_question_and_every_column_of_figures_is_offered() -> None:
    offered = list(rule_names(NAMES))
    assert "Số [tiền]" in offered
    assert "TỔNG([Bảng].[Số buổi])" in offered
    assert not any("Ghi chú]" in one for one in offered)
