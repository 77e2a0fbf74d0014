"""Numbers with a decimal comma."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.definition import Summing
from questionnaire.types import BadCell, BadValue, get

DECIMAL = get("decimal")
TWO = DECIMAL.default_settings()


@pytest.mark.parametrize(
    ("text", "stored", "shown"),
    [
        ("1.234.567,89", "1234567.89", "1.234.567,89"), ("12,50", "12.5", "12,5"), ("0", "0", "0"),
        ("-0,0", "0", "0"), ("3", "3", "3"), ("0,05", "0.05", "0,05"),
    ],
)  # fmt: skip
def test_it_is_stored_as_canonical_text(text: str, stored: str, shown: str) -> None:
    assert DECIMAL.parse(text, TWO) == stored
    assert DECIMAL.as_text(stored, TWO) == shown


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_what_is_shown_is_read_back(number: Decimal) -> None:
    stored = DECIMAL.to_json(number)
    assert DECIMAL.from_json(stored) == number
    assert DECIMAL.parse(DECIMAL.as_typed(stored, TWO), TWO) == stored
    assert DECIMAL.from_cells(DECIMAL.to_cells(stored, TWO), TWO) == stored


def test_an_ambiguous_dot_is_refused_with_both_readings() -> None:
    with pytest.raises(BadValue, match=r"12.5.*125.*12,5"):
        DECIMAL.parse("12.5", TWO)


@pytest.mark.parametrize(
    ("stored", "box"),
    [("1250", "1250"), ("1250.5", "1.250,5"), ("-1000", "-1000"), ("1234567", "1.234.567")],
)
def test_the_box_never_shows_a_lone_dot_that_it_would_refuse(stored: str, box: str) -> None:
    assert DECIMAL.as_typed(stored, TWO) == box
    assert DECIMAL.parse(box, TWO) == stored


def test_bounds_of_thousands_can_be_saved_again() -> None:
    settings = DECIMAL.clean_settings({"least": "1000", "most": "20000", "places": 2}, {})
    assert DECIMAL.clean_settings(DECIMAL.form_settings(settings), settings) == settings


def test_too_many_places_are_refused() -> None:
    assert DECIMAL.parse("1,2500", TWO) == "1.25"
    with pytest.raises(BadValue, match="Nhiều nhất 2 chữ số sau dấu phẩy"):
        DECIMAL.parse("1,255", TWO)
    assert DECIMAL.parse("1,255", {"places": 3}) == "1.255"


def test_the_number_of_places_is_a_setting_with_a_default() -> None:
    assert DECIMAL.clean_settings({"places": 4}, {})["places"] == 4
    assert DECIMAL.clean_settings({"places": None}, {})["places"] == 2


def test_bounds_may_have_places() -> None:
    settings = DECIMAL.clean_settings({"least": "0,5", "most": "1,5", "places": 1}, {})
    assert (settings["least"], settings["most"]) == ("0.5", "1.5")
    assert DECIMAL.problems("0.4", settings) == ["Phải từ 0,5 trở lên."]
    assert DECIMAL.problems("10", settings) == ["Phải từ 1,5 trở xuống."]


def test_sums_are_exact() -> None:
    summary = DECIMAL.summarise(["0.1", "0.2"], TWO)
    assert summary.figures[Summing.SUM] == Decimal("0.3")


@pytest.mark.parametrize(
    ("cell", "stored"),
    [(0.1, "0.1"), (12, "12"), (1.1 + 2.2, "3.3"), ("12,5", "12.5"), (1250.0, "1250")],
)
def test_a_cell_reads_as_excel_shows_it(cell: float | str, stored: str) -> None:
    assert DECIMAL.from_cells([cell], TWO) == stored


def test_a_cell_with_too_many_places_is_refused() -> None:
    with pytest.raises(BadCell, match="Nhiều nhất 2"):
        DECIMAL.from_cells([0.125], TWO)


def test_cells_hold_exact_numbers() -> None:
    assert DECIMAL.to_cells("1234567.89", TWO) == [Decimal("1234567.89")]
