"""What each rule of the table gives: a result, a blank with its reason, or an error at a place."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from questionnaire.rules import Kind, Names, Result, RuleSyntaxError, evaluate, kind_of, parse, show
from tests.questionnaire.rules.form import ANSWERS, FORM, LAST

NAMES = Names.of(FORM)
CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("cases.json").read_text("utf-8")
)
GOOD = [one for one in CASES if "error" not in one]
BAD = [one for one in CASES if "error" in one]
FEWEST = 120


def wanted(case: dict[str, Any]) -> Result:
    if "number" in case:
        return Result(Decimal(case["number"]))
    if "date" in case:
        return Result(date.fromisoformat(case["date"]))
    return Result(case.get("text", case.get("truth")), case.get("blank", ""))


def rule_text(case: dict[str, Any]) -> str:
    text: str = case["rule"]
    return text


def test_the_table_is_large_and_has_all_three_outcomes() -> None:
    assert len(CASES) >= FEWEST
    assert len(BAD) >= 30
    assert sum("blank" in one for one in GOOD) >= 30


@pytest.mark.parametrize("case", GOOD, ids=rule_text)
def test_a_rule_gives_its_result(case: dict[str, Any]) -> None:
    last = None if case.get("first") else LAST
    result = evaluate(parse(case["rule"], NAMES), ANSWERS, FORM, last)
    assert result == wanted(case)
    assert type(result.value) is type(wanted(case).value)


@pytest.mark.parametrize("case", GOOD, ids=rule_text)
def test_a_rule_gives_what_it_is_said_to_give(case: dict[str, Any]) -> None:
    said = kind_of(parse(case["rule"], NAMES), FORM)
    given = next((one for one in ("number", "text", "truth", "date") if one in case), None)
    assert given in {said, None} or said == Kind.ANY


@pytest.mark.parametrize("case", GOOD, ids=rule_text)
def test_a_rule_that_is_shown_is_read_back_as_the_same(case: dict[str, Any]) -> None:
    rule = parse(case["rule"], NAMES)
    assert parse(show(rule, NAMES), NAMES) == rule


@pytest.mark.parametrize("case", BAD, ids=rule_text)
def test_a_mistake_is_said_at_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(RuleSyntaxError) as caught:
        parse(case["rule"], NAMES)
    assert case["error"] in caught.value.message
    assert caught.value.position == case["position"]
