"""Dates."""

from datetime import date, datetime

import pytest

from questionnaire.answers import typed
from questionnaire.types import BadCell, BadValue, get

DATE = get("date")


@pytest.mark.parametrize("text", ["05/12/2026", "5/12/2026", "5-12-2026", "2026-12-05"])
def test_day_comes_first_and_iso_is_stored(text: str) -> None:
    assert DATE.parse(text, {}) == "2026-12-05"


def test_it_is_shown_day_first() -> None:
    assert DATE.as_text("2026-12-05", {}) == DATE.as_typed("2026-12-05", {}) == "05/12/2026"
    assert DATE.as_text(None, {}) == ""


@pytest.mark.parametrize("text", ["30/02/2026", "12/25/2026", "mai"])
def test_what_is_no_date_is_refused_and_kept_as_typed(text: str) -> None:
    with pytest.raises(BadValue, match="không phải ngày"):
        DATE.parse(text, {})
    assert DATE.from_text(text, {}) == typed(text)
    assert DATE.as_text(typed(text), {}) == text


@pytest.mark.parametrize(
    "cell", [date(2026, 12, 5), datetime(2026, 12, 5, 23, 59), "05/12/2026", "2026-12-05"]
)
def test_a_cell_holds_a_date_or_its_text(cell: date | str) -> None:
    assert DATE.from_cells([cell], {}) == "2026-12-05"


@pytest.mark.parametrize("cell", [46361, 46361.0, True, "31/04/2026"])
def test_a_cell_with_anything_else_is_named(cell: float | str) -> None:
    with pytest.raises(BadCell, match="không phải ngày"):
        DATE.from_cells([cell], {})


def test_cells_are_real_dates() -> None:
    assert DATE.to_cells("2026-12-05", {}) == [date(2026, 12, 5)]
    assert DATE.to_cells(typed("mai"), {}) == ["mai"]
    assert DATE.to_json(date(2026, 12, 5)) == "2026-12-05"
    assert DATE.from_json("2026-12-05") == date(2026, 12, 5)
