"""Any number of several options."""

import pytest
from werkzeug.datastructures import MultiDict

from documents.blocks import Table, Total
from questionnaire.definition import Question, Summing
from questionnaire.types import BadCell, BadValue, get

MANY = get("many_choices")
SETTINGS = {
    "options": [
        {"id": "a", "label": "Panô"}, {"id": "b", "label": "Băng rôn"}, {"id": "c", "label": "Khác; lẻ"},
    ]
}  # fmt: skip
QUESTION = Question("q", "many_choices", "Hình thức", summing=Summing.SHARE, settings=SETTINGS)


def test_what_is_ticked_is_stored_in_the_options_order() -> None:
    sent = MultiDict([("q", "c"), ("q", "a"), ("q", "zz"), ("q", "a")])
    assert MANY.read(sent, "q", SETTINGS) == ["a", "c"]
    assert MANY.read(MultiDict(), "q", SETTINGS) is None


def test_labels_and_ids_are_read_from_text() -> None:
    assert MANY.parse("băng rôn; a;", SETTINGS) == ["a", "b"]
    assert MANY.parse(" ; ", SETTINGS) is None
    with pytest.raises(BadValue, match="“Loa”"):
        MANY.parse("Panô; Loa", SETTINGS)


def test_a_label_with_a_semicolon_is_no_trouble() -> None:
    assert MANY.as_text(["a", "c"], SETTINGS) == "Panô; Khác; lẻ"
    assert MANY.parse(MANY.as_typed(["a", "c"], SETTINGS), SETTINGS) == ["a", "c"]


def test_an_option_that_is_gone_is_a_problem() -> None:
    assert MANY.problems(["a", "zz"], SETTINGS) == ["Lựa chọn này không còn nữa. Hãy chọn lại."]
    assert MANY.problems(["a"], SETTINGS) == []


def test_each_option_has_a_column_of_ones_and_zeros() -> None:
    assert [column.key for column in MANY.columns(QUESTION)] == ["q.a", "q.b", "q.c"]
    assert MANY.to_cells(["b"], SETTINGS) == [0, 1, 0]
    assert MANY.to_cells(None, SETTINGS) == [None, None, None]


def test_ticks_in_cells_are_read() -> None:
    assert MANY.from_cells(["x", 1.0, None], SETTINGS) == ["a", "b"]
    assert MANY.from_cells([0, "không", ""], SETTINGS) is None
    with pytest.raises(BadCell, match="“2” chưa rõ"):
        MANY.from_cells([2, None, None], SETTINGS)


def test_shares_are_of_those_who_answered() -> None:
    summary = MANY.summarise([["a", "b"], ["a"], None, []], SETTINGS)
    assert summary.answered == 2
    assert [(one.count, str(one.percent)) for one in summary.shares] == [
        (2, "100.0"), (1, "50.0"), (0, "0.0"),
    ]  # fmt: skip
    (table,) = MANY.summary_blocks(QUESTION, summary)
    assert isinstance(table, Table)
    assert table.rows[0] == ("Panô", Total(("q.a",), Summing.SUM, 2))
