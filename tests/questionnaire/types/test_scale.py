"""Scales."""

from decimal import Decimal

from questionnaire.types import get

SCALE = get("scale")
FIVE = SCALE.default_settings()


def test_only_the_points_of_the_scale_are_right() -> None:
    assert [SCALE.problems(value, FIVE) != [] for value in (0, 1, 5, 6, -1)] == [
        True, False, False, True, True,
    ]  # fmt: skip


def test_scores_have_a_mean_and_are_never_added() -> None:
    summary = SCALE.summarise([4, 5, None, 3], FIVE)
    assert (summary.answered, summary.figures["mean"]) == (3, Decimal(4))
    assert "sum" not in SCALE.summings


def test_the_number_of_points_has_a_default() -> None:
    assert SCALE.clean_settings({"points": None, "low": " Kém ", "high": None}, {}) == {
        "points": 5, "low": "Kém", "high": "",
    }  # fmt: skip
