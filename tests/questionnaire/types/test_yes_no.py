"""Yes or no."""

import pytest

from documents.blocks import Table, Total
from questionnaire.answers import typed
from questionnaire.definition import Question, Summing
from questionnaire.types import BadCell, BadValue, get

YES_NO = get("yes_no")


@pytest.mark.parametrize(
    ("text", "value"),
    [("Có", True), ("co", True), ("x", True), ("1", True), ("Không", False), ("0", False), ("", None)],
)
def test_the_words_are_read(text: str, value: bool | None) -> None:
    assert YES_NO.parse(text, {}) is value


def test_anything_else_is_refused() -> None:
    with pytest.raises(BadValue, match="“có thể” chưa rõ"):
        YES_NO.parse("có thể", {})


def test_no_is_an_answer() -> None:
    assert not YES_NO.is_empty(False)
    assert YES_NO.as_text(False, {}) == "Không"
    assert YES_NO.as_typed(False, {}) == "0"
    assert YES_NO.as_typed(None, {}) == YES_NO.as_text(None, {}) == ""


def test_the_summary_counts_both() -> None:
    summary = YES_NO.summarise([True, False, True, None, typed("hả")], {})
    assert summary.answered == 3
    assert [(one.label, one.count, str(one.percent)) for one in summary.shares] == [
        ("Có", 2, "66.7"), ("Không", 1, "33.3"),
    ]  # fmt: skip


def test_the_summary_sheet_counts_the_words_of_the_column() -> None:
    question = Question("q", "yes_no", "Đã ban hành?", summing=Summing.SHARE)
    (table,) = YES_NO.summary_blocks(question, YES_NO.summarise([True], {}))
    assert isinstance(table, Table)
    assert table.rows[0] == ("Có", Total(("q",), Summing.SHARE, 1, criterion="Có"))
    assert YES_NO.to_cells(True, {}) == ["Có"]
    assert YES_NO.summary_blocks(Question("q", "yes_no", "x"), YES_NO.summarise([], {})) == []


@pytest.mark.parametrize(
    ("cell", "value"), [(True, True), (1, True), (0, False), (1.0, True), ("Không", False), (None, None)]
)
def test_a_cell_is_read(cell: float | str | None, value: bool | None) -> None:
    assert YES_NO.from_cells([cell], {}) is value


def test_a_cell_with_another_number_is_named() -> None:
    with pytest.raises(BadCell, match="“2”"):
        YES_NO.from_cells([2.0], {})
