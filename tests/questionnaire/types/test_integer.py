"""Whole numbers, and what all numbers share: bounds, no data, figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from questionnaire.answers import NO_DATA, is_no_data, typed
from questionnaire.definition import Question, Summing
from questionnaire.types import BadCell, BadSettings, BadValue, get

INTEGER = get("integer")
NONE = INTEGER.default_settings()


def test_a_number_is_read_as_people_type_it() -> None:
    assert INTEGER.parse("1.234.567", NONE) == 1_234_567
    assert INTEGER.as_text(1_234_567, NONE) == "1.234.567"


@given(st.integers(-(10**15), 10**15))
def test_what_is_shown_is_read_back(number: int) -> None:
    assert INTEGER.parse(INTEGER.as_typed(number, NONE), NONE) == number
    assert INTEGER.from_cells(INTEGER.to_cells(number, NONE), NONE) == number


def test_blank_zero_and_no_data_are_three_answers() -> None:
    blank, zero, nothing = (INTEGER.parse(text, NONE) for text in ("  ", "0", "không có số liệu"))
    assert (blank, zero, nothing) == (None, 0, NO_DATA)
    assert [INTEGER.is_empty(one) for one in (blank, zero, nothing)] == [True, False, False]
    assert [INTEGER.as_text(one, NONE) for one in (blank, zero, nothing)] == ["", "0", "…"]
    assert [INTEGER.to_cells(one, NONE) for one in (blank, zero, nothing)] == [[None], [0], ["…"]]


@pytest.mark.parametrize("text", ["…", "...", "KCSL", "Không có số liệu", "khong co so lieu"])
def test_no_data_is_written_in_many_ways(text: str) -> None:
    assert is_no_data(INTEGER.parse(text, NONE))
    assert is_no_data(INTEGER.from_cells([text], NONE))


def test_the_page_says_no_data_by_a_box_unless_a_number_stands_there() -> None:
    ticked = MultiDict([("q", ""), ("q-none", "1")])
    assert INTEGER.read(ticked, "q", NONE) == NO_DATA
    assert INTEGER.read(MultiDict([("q", "5"), ("q-none", "1")]), "q", NONE) == 5
    assert INTEGER.read(MultiDict([("q", "")]), "q", NONE) is None


def test_what_is_no_number_stays_as_typed() -> None:
    value = INTEGER.from_text("7,5", NONE)
    assert value == typed("7,5")
    assert INTEGER.as_text(value, NONE) == "7,5"
    with pytest.raises(BadValue, match="“7,5” không phải số nguyên"):
        INTEGER.parse("7,5", NONE)


@pytest.mark.parametrize(
    ("value", "message"),
    [(4, "Phải từ 5 trở lên."), (5, None), (1000, None), (1001, "Phải từ 1.000 trở xuống.")],
)
def test_a_number_out_of_bounds_is_a_problem(value: int, message: str | None) -> None:
    settings = {"least": 5, "most": 1000}
    assert INTEGER.problems(value, settings) == ([message] if message else [])


def test_no_data_is_never_out_of_bounds() -> None:
    assert INTEGER.problems(NO_DATA, {"least": 5, "most": 6}) == []


def test_a_bound_of_zero_counts() -> None:
    assert INTEGER.problems(-1, {"least": 0, "most": None}) == ["Phải từ 0 trở lên."]
    clean = INTEGER.clean_settings({"least": "0", "most": ""}, {})
    assert clean == {"least": 0, "most": None, "change": None}


def test_bounds_come_from_the_designer_as_people_type_them() -> None:
    settings = INTEGER.clean_settings({"least": "1.000", "most": "2.000", "change": 20}, {})
    assert settings == {"least": 1000, "most": 2000, "change": 20}
    shown = INTEGER.form_settings(settings)
    assert shown == {"least": "1.000", "most": "2.000", "change": 20}


@pytest.mark.parametrize(
    ("data", "field"),
    [({"least": "x"}, "least"), ({"most": "1,5"}, "most"), ({"least": "9", "most": "8"}, "most")],
)
def test_bounds_that_make_no_sense_are_refused(data: dict[str, str], field: str) -> None:
    with pytest.raises(BadSettings) as refused:
        INTEGER.clean_settings(data, {})
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("words", ["…", "không có số liệu"])
def test_no_data_is_no_bound(words: str) -> None:
    with pytest.raises(BadSettings):
        INTEGER.clean_settings({"least": words, "most": "5"}, {})
    with pytest.raises(BadSettings):
        INTEGER.clean_settings({"least": "", "most": words}, {})


def test_the_figures_leave_out_blank_text_and_no_data() -> None:
    values = [None, 0, NO_DATA, 10, typed("mười"), 5, NO_DATA]
    summary = INTEGER.summarise(values, NONE)
    assert (summary.answered, summary.no_data) == (5, 2)
    assert summary.figures == {
        Summing.SUM: Decimal(15), Summing.MEAN: Decimal(5), Summing.MIN: 0, Summing.MAX: 10,
    }  # fmt: skip


def test_no_data_alone_gives_no_figures() -> None:
    summary = INTEGER.summarise([NO_DATA], NONE)
    assert (summary.answered, summary.no_data, summary.figures) == (1, 1, {})


@pytest.mark.parametrize(
    ("cell", "value"),
    [(12, 12), (12.0, 12), (Decimal(12), 12), ("1.250", 1250), (None, None), ("", None), (1e15, 10**15)],
)
def test_a_cell_is_read(cell: object, value: int | None) -> None:
    assert INTEGER.from_cells([cell], NONE) == value  # type: ignore[list-item]


@pytest.mark.parametrize("cell", [7.5, True, "7,5", "abc", 1e16, float("nan"), float("inf")])
def test_a_cell_that_is_no_whole_number_is_named(cell: object) -> None:
    with pytest.raises(BadCell):
        INTEGER.from_cells([cell], NONE)  # type: ignore[list-item]


def test_the_total_is_the_chosen_figure() -> None:
    summary = INTEGER.summarise([1, 2], NONE)
    question = Question("q", "integer", "Số buổi", measure="buổi", summing=Summing.MEAN, settings=NONE)
    (total,) = INTEGER.summary_blocks(question, summary)
    assert (total.value, total.decimals, total.columns) == (Decimal("1.5"), 2, ("q",))  # type: ignore[union-attr]
    assert INTEGER.summary_blocks(Question("q", "integer", "x", summing=Summing.NONE), summary) == []
    assert INTEGER.columns(question)[0].measure == "buổi"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (10, 12, ""),
        (10, 8, ""),
        (10, 13, "Tăng 30% so với kỳ trước (10 → 13)."),
        (3000, 1000, "Giảm 66,7% so với kỳ trước (3.000 → 1.000)."),
        (-10, 10, "Tăng 200% so với kỳ trước (-10 → 10)."),
        (10, 0, "Giảm 100% so với kỳ trước (10 → 0)."),
        (0, 0, ""),
        (0, 5, "Kỳ trước là 0, kỳ này là 5."),
        (NO_DATA, 5, ""),
        (10, NO_DATA, ""),
        (10, typed("nhiều"), ""),
    ],
)
def test_a_figure_far_from_that_of_the_round_before_is_doubted(
    before: object, now: object, said: str
) -> None:
    assert INTEGER.doubt(now, before, {**NONE, "change": 20}) == said
    assert INTEGER.doubt(now, before, NONE) == ""
