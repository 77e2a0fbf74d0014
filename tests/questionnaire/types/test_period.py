"""Periods."""

import pytest
from werkzeug.datastructures import MultiDict

from questionnaire.types import BadCell, get

PERIOD = get("period")


def sent(first: str, last: str) -> object:
    return PERIOD.read(MultiDict({"q-from": first, "q-to": last}), "q", {})


def test_both_dates_are_read() -> None:
    assert sent("1/6/2026", "15/06/2026") == {"from": "2026-06-01", "to": "2026-06-15"}
    assert sent("", " ") is None


@pytest.mark.parametrize(("first", "last"), [("1/6/2026", ""), ("", "1/6/2026"), ("hè", "thu")])
def test_what_isn_t_understood_stays_as_typed_in_both_boxes(first: str, last: str) -> None:
    value = sent(first, last)
    assert [PERIOD.part(value, place) for place in (0, 1)] == [first, last]  # type: ignore[attr-defined]


def test_the_end_never_comes_before_the_start() -> None:
    assert PERIOD.problems({"from": "2026-06-01", "to": "2026-06-01"}, {}) == []
    assert PERIOD.problems({"from": "2026-06-02", "to": "2026-06-01"}, {}) == [
        "Ngày kết thúc phải từ ngày bắt đầu trở đi."
    ]


def test_it_takes_two_cells_and_misses_neither() -> None:
    value = {"from": "2026-06-01", "to": "2026-06-15"}
    assert PERIOD.from_cells(PERIOD.to_cells(value, {}), {}) == value
    assert PERIOD.from_cells([None, None], {}) is None
    with pytest.raises(BadCell):
        PERIOD.from_cells(["01/06/2026", None], {})
