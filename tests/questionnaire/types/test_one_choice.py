"""One of several options."""

import pytest

from documents.blocks import Table
from questionnaire.definition import Question, Summing
from questionnaire.types import BadCell, BadSettings, BadValue, get

ONE = get("one_choice")
SETTINGS = {"options": [{"id": "a1", "label": "Tốt"}, {"id": "b2", "label": "Khá"}]}


def changed(lines: str) -> dict[str, str]:
    """Return the labels by id after the designer's text was changed to `lines`."""
    settings = ONE.clean_settings({"options": lines}, SETTINGS)
    return {one["label"]: one["id"] for one in settings["options"]}


def test_an_answer_is_the_id_and_reads_as_the_label() -> None:
    assert ONE.parse("a1", SETTINGS) == ONE.parse("  tốt ", SETTINGS) == "a1"
    assert ONE.as_text("a1", SETTINGS) == "Tốt"
    assert ONE.as_typed("a1", SETTINGS) == "a1"
    assert ONE.parse(" ", SETTINGS) is None


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(BadValue, match="“Xuất sắc” không có trong các lựa chọn"):
        ONE.parse("Xuất sắc", SETTINGS)
    with pytest.raises(BadCell, match="Xuất sắc"):
        ONE.from_cells(["Xuất sắc"], SETTINGS)


def test_an_option_that_is_gone_shows_as_such_and_is_a_problem() -> None:
    assert ONE.as_text("zz", SETTINGS) == "?"
    assert ONE.problems("zz", SETTINGS) == ["Lựa chọn này không còn nữa. Hãy chọn lại."]
    assert ONE.problems("b2", SETTINGS) == []


def test_a_reworded_option_keeps_its_id() -> None:
    assert changed("Rất tốt\nKhá") == {"Rất tốt": "a1", "Khá": "b2"}


def test_a_moved_option_keeps_its_id() -> None:
    assert changed("Khá\nTốt") == {"Khá": "b2", "Tốt": "a1"}


def test_an_option_put_in_between_gets_an_id_of_its_own() -> None:
    ids = changed("Tốt\nTrung bình\nKhá")
    assert (ids["Tốt"], ids["Khá"]) == ("a1", "b2")
    assert ids["Trung bình"] not in {"a1", "b2"}


def test_an_option_that_comes_back_later_is_a_new_one() -> None:
    without = ONE.clean_settings({"options": "Tốt\nYếu\nKém"}, SETTINGS)
    again = ONE.clean_settings({"options": "Tốt\nYếu\nKém\nKhá"}, without)
    assert again["options"][3]["id"] not in {one["id"] for one in without["options"]}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("Tốt", "ít nhất hai"), ("", "ít nhất hai"), ("Tốt\n tốt \nKhá", "“tốt” có hai lần"),
        ("\n".join(map(str, range(301))), "Nhiều nhất 300"),
    ],
)  # fmt: skip
def test_options_that_make_no_sense_are_refused(lines: str, message: str) -> None:
    with pytest.raises(BadSettings, match=message):
        changed(lines)


def test_the_summary_counts_every_option() -> None:
    summary = ONE.summarise(["a1", None, "a1", {"typed": "x"}], SETTINGS)
    assert summary.answered == 2
    assert [(one.key, one.count, str(one.percent)) for one in summary.shares] == [
        ("a1", 2, "100.0"), ("b2", 0, "0.0"),
    ]  # fmt: skip
    question = Question("q", "one_choice", "Xếp loại", summing=Summing.SHARE, settings=SETTINGS)
    (table,) = ONE.summary_blocks(question, summary)
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["Tốt", "Khá"]


def test_a_cell_holds_the_label() -> None:
    assert ONE.to_cells("b2", SETTINGS) == ["Khá"]
    assert ONE.from_cells(["khá "], SETTINGS) == "b2"
    assert ONE.from_cells([None], SETTINGS) is None
