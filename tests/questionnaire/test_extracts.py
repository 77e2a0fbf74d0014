from typing import Any

from questionnaire.definition import Question
from questionnaire.extracts import reads, without


def above_zero(uid: str) -> dict[str, Any]:
    return {"do": ">", "with": [{"question": uid}, {"number": "0"}]}


BROKEN = {"do": "KHÔNG CÓ", "with": []}
COMPUTED = Question(
    "q",
    "computed",
    "Cộng",
    settings={"rule": {"do": "SUM", "with": [{"question": "a", "column": "c"}]}, "places": 2},
    visible=above_zero("b"),
    checks=({"id": "1", "rule": above_zero("c")}, {"id": "2", "rule": above_zero("b")}),
)


def test_a_question_reads_what_its_formula_condition_and_checks_name() -> None:
    assert reads(COMPUTED) == {"a", "b", "c"}
    assert reads(Question("q", "integer", "Số")) == frozenset()


def test_a_rule_that_can_not_be_read_reads_nothing_and_stays() -> None:
    question = Question("q", "integer", "Số", visible=BROKEN)
    assert reads(question) == frozenset()
    assert without(question, {"a"}) is question


def test_only_the_rules_that_read_what_is_gone_are_left_out() -> None:
    left = without(COMPUTED, {"b"})
    assert left.visible is None
    assert left.checks == ({"id": "1", "rule": above_zero("c")},)
    assert left.settings == COMPUTED.settings
    assert without(COMPUTED, {"a"}).settings == {"rule": None, "places": 2}
    assert COMPUTED.settings["rule"] is not None
    assert without(COMPUTED, {"x"}) is COMPUTED
