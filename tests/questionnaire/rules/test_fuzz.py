"""Whatever is written, stored or answered: only the two errors come out, after bounded work."""

from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from questionnaire.answers import NO_DATA, typed
from questionnaire.rules import (
    Names,
    Result,
    Rule,
    RuleError,
    RuleSyntaxError,
    evaluate,
    kind_of,
    parse,
    show,
    uses,
)
from questionnaire.rules.evaluation import MOST_STEPS, Evaluation
from questionnaire.rules.tree import Call, Node, Number, Option, Reference, Text, Truth
from questionnaire.rules.values import LARGEST, LONGEST_TEXT
from questionnaire.rules.words import FUNCTIONS, OPERATORS
from tests.questionnaire.rules.form import ANSWERS, FORM, LAST

NAMES = Names.of(FORM)
WORDS = [
    *(one.shown for one in FUNCTIONS.values()), *FUNCTIONS, *(one.shown for one in OPERATORS.values()),
    "(", ")", "(", ")", ";", ".", '"', "KỲTRƯỚC(", "ĐÚNG", "9", "1,5", "1.234", "99999999999",
    "[Số vụ]", "[Kết quả].[Số buổi]", "[Kết quả].[Xe loa].[Số buổi]", "[Kênh]", "[Họ tên]",
    "[Ngày ký]", "[Số bỏ trống]", "[Số chưa có]", "[Đã ban hành kế hoạch?]", '"Panô"', '""', " ", "[",
]  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
PLACES = [
    Reference(uid, row, column)
    for uid in [*FORM.questions, "gone"]
    for row, column in [("", ""), ("", "c1"), ("r1", "c1"), ("r3", "c4"), ("gone", "c1"), ("", "p2")]
]
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.decimals("-999999", "999999", places=3).map(Number),
    st.sampled_from(["", "Panô", "05/12/2026", 'một "hai"', "\x00\ud800"]).map(Text),
    st.booleans().map(Truth),
    st.sampled_from(["o1", "k2", "tot", "gone"]).map(Option),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES).map(lambda one: Reference(one.question, one.row, one.column, last=True)),
)
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**40), 10**40),
    st.text(max_size=10),
    st.sampled_from(["NaN", "Infinity", "1E+999999", "-0"]),
    st.sampled_from([NO_DATA, typed("x"), {"rows": 5}, {"rows": [1]}, {"rows": {"r1": 3}}]),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)
REPORTS = st.dictionaries(st.sampled_from(list(FORM.questions)), ODD) | st.just(ANSWERS)


@st.composite
def calls(draw: st.DrawFn, parts: st.SearchStrategy[Node]) -> Node:
    name = draw(st.sampled_from([*FUNCTIONS, *OPERATORS]))
    takes = OPERATORS.get(name) or FUNCTIONS[name]
    arguments = draw(st.lists(parts, min_size=takes.least, max_size=min(takes.most, takes.least + 2)))
    return Call(name, tuple(arguments))


TREES = st.recursive(LEAVES, calls, max_leaves=30).map(Rule)


def parsed(text: str) -> Rule | RuleSyntaxError:
    try:
        return parse(text, NAMES)
    except RuleSyntaxError as error:
        return error


def evaluated(rule: Rule, answers: Any, last: Any) -> Result | RuleError:
    try:
        return evaluate(rule, answers, FORM, last)
    except RuleError as error:
        return error


def loaded(stored: Any) -> Rule | RuleError:
    try:
        return Rule.from_json(stored)
    except RuleError as error:
        return error


def check_result(rule: Rule, answers: Any, last: Any) -> None:
    result = evaluated(rule, answers, last)
    if isinstance(result, RuleError):
        assert str(result)
        return
    assert result.value is None or not result.reason
    if isinstance(result.value, Decimal):
        assert result.value.is_finite()
        assert abs(result.value) <= LARGEST
    elif isinstance(result.value, str):
        assert len(result.value) <= LONGEST_TEXT
    run = Evaluation(answers, FORM, last)
    run.value(rule.top)
    assert run.steps <= MOST_STEPS


@settings(max_examples=600)
@given(TEXTS, REPORTS)
@example("9^9^9^9^9", ANSWERS)
@example("(" * 2000, ANSWERS)
@example("-" * 2000, ANSWERS)
@example("NẾU(" * 500, ANSWERS)
@example("[" * 2001, ANSWERS)
@example("1" + "%" * 100, ANSWERS)
@example("LÀMTRÒN(1/3;-15)", ANSWERS)
@example("99999999999999^0,000000000000001", ANSWERS)
def test_of_any_text_only_the_documented_errors_come(text: str, answers: Any) -> None:
    rule = parsed(text)
    if isinstance(rule, RuleSyntaxError):
        assert rule.message
        assert 1 <= rule.position <= len(text) + 1
        return
    kind_of(rule, FORM)
    assert parse(show(rule, NAMES), NAMES) == rule
    check_result(rule, answers, LAST)


@settings(max_examples=600)
@given(TREES, REPORTS, REPORTS | st.none())
def test_of_any_tree_only_the_documented_errors_come(rule: Rule, answers: Any, last: Any) -> None:
    check_result(rule, answers, last)
    assert all(isinstance(one, Reference) for one in uses(rule))
    again = parsed(show(rule, NAMES))
    assert isinstance(again, Rule) or again.message


NUMBERS: st.SearchStrategy[Node] = st.one_of(
    st.decimals("-9999", "9999", places=2).map(Number),
    st.sampled_from(["q1", "q2", "q3", "q12", "q13", "q14", "q16", "q24"]).map(Reference),
    st.sampled_from([Reference("t1", "r1", "c1"), Reference("q1", last=True)]),
)
FIGURES = ["+", "*", "/", "^", "negative", "%", "SUM", "MIN", "AVERAGE", "COUNT", "ABS"]


@st.composite
def figures(draw: st.DrawFn, parts: st.SearchStrategy[Node]) -> Node:
    name = draw(st.sampled_from(FIGURES))
    takes = OPERATORS.get(name) or FUNCTIONS[name]
    most = min(takes.most, takes.least + 2)
    made = Call(name, tuple(draw(st.lists(parts, min_size=takes.least, max_size=most))))
    if draw(st.booleans()):
        return made
    compared = Call(draw(st.sampled_from(["<", "=", ">="])), (made, draw(parts)))
    return Call("IF", (Call("NOT", (compared,)), draw(parts), draw(parts)))


@settings(max_examples=600)
@given(st.recursive(NUMBERS, figures, max_leaves=15).map(Rule))
def test_a_shown_rule_read_back_gives_the_same(rule: Rule) -> None:
    shown = show(rule, NAMES)
    again = parse(shown, NAMES)
    assert evaluate(again, ANSWERS, FORM, LAST) == evaluate(rule, ANSWERS, FORM, LAST)
    assert parse(show(again, NAMES), NAMES) == again
    assert uses(again) == uses(rule)


@settings(max_examples=300)
@given(TREES)
def test_any_tree_goes_to_json_and_back(rule: Rule) -> None:
    assert Rule.from_json(rule.to_json()) == rule


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(list(OPERATORS)),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["do", "with", "number", "text", "truth", "question", "row", "column", "last"]),
        inner,
        max_size=4,
    ),
    max_leaves=15,
)


@settings(max_examples=300)
@given(JSON)
def test_of_any_stored_thing_only_the_documented_error_comes(stored: Any) -> None:
    rule = loaded(stored)
    assert str(rule) if isinstance(rule, RuleError) else loaded(rule.to_json()) == rule
