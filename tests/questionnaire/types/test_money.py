"""Amounts in whole đồng."""

import pytest

from questionnaire.types import BadValue, get

MONEY = get("money")
NONE = MONEY.default_settings()


@pytest.mark.parametrize(
    "text",
    ["15.000.000", "15000000", "15.000.000 đồng", "15.000.000đ", "15 000 000 VNĐ", "15.000.000 vnd"],
)
def test_the_name_of_the_currency_may_follow(text: str) -> None:
    assert MONEY.parse(text, NONE) == 15_000_000


@pytest.mark.parametrize("text", ["15,5", "15 triệu", "đồng", "15.000.000 USD", "15.50"])
def test_only_whole_dong_are_taken(text: str) -> None:
    with pytest.raises(BadValue, match="không phải số nguyên"):
        MONEY.parse(text, NONE)


def test_it_is_shown_with_dots_and_has_no_other_measure() -> None:
    assert MONEY.as_text(15_000_000, NONE) == "15.000.000"
    assert not MONEY.has_measure


def test_hundreds_of_billions_add_up_exactly() -> None:
    summary = MONEY.summarise([999_999_999_999_999] * 3, NONE)
    assert summary.figures["sum"] == 2_999_999_999_999_997
