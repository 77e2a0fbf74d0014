"""Narratives of many lines."""

from questionnaire.types import get
from questionnaire.types.text import LONGEST

LONG = get("long_text")
NONE = LONG.default_settings()


def test_line_breaks_stay_and_other_white_space_is_mended() -> None:
    assert LONG.parse(" Kết quả:\r\n\t- một   buổi  \r\n\r\n", NONE) == "Kết quả:\n - một buổi"


def test_five_thousand_characters_are_taken_by_default() -> None:
    assert LONG.problems("x" * 5000, NONE) == []
    assert len(LONG.problems("x" * 5001, NONE)) == 1


def test_nobody_stores_a_book() -> None:
    value = LONG.parse("x" * (LONGEST + 5), NONE)
    assert len(value) == LONGEST


def test_it_is_read_beside_those_of_other_units() -> None:
    assert LONG.is_narrative
    assert LONG.cell_input(NONE).control == "lines"
