"""Shares in percent."""

from decimal import Decimal

import pytest

from documents.blocks import CellKind, Total
from questionnaire.definition import Question, Summing
from questionnaire.types import BadValue, get

PERCENT = get("percent")
NONE = PERCENT.default_settings()


@pytest.mark.parametrize("text", ["98,5", "98,5%", "98,50 %"])
def test_the_sign_may_follow(text: str) -> None:
    assert PERCENT.parse(text, NONE) == "98.5"


def test_it_is_shown_with_the_sign_and_typed_without() -> None:
    assert PERCENT.as_text("98.5", NONE) == "98,5%"
    assert PERCENT.as_typed("98.5", NONE) == "98,5"
    assert PERCENT.as_text(None, NONE) == ""
    assert PERCENT.as_text(PERCENT.parse("…", NONE), NONE) == "…"


def test_more_than_a_hundred_is_for_the_bounds_to_refuse() -> None:
    assert PERCENT.problems("120", NONE) == []
    assert PERCENT.problems("120", {"least": None, "most": "100"}) == ["Phải từ 100 trở xuống."]


def test_at_most_two_places_are_taken() -> None:
    with pytest.raises(BadValue, match="Nhiều nhất 2"):
        PERCENT.parse("33,333", NONE)


def test_shares_are_never_added_up() -> None:
    assert Summing.SUM not in PERCENT.summings


def test_its_mean_is_a_percentage_with_two_places() -> None:
    question = Question("q", "percent", "Tỷ lệ", summing=Summing.MEAN)
    summary = PERCENT.summarise(["90", "91.5", None], NONE)
    (total,) = PERCENT.summary_blocks(question, summary)
    assert isinstance(total, Total)
    assert (total.value, total.kind, total.decimals) == (Decimal("90.75"), CellKind.PERCENT, 2)
