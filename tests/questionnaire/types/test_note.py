"""A note to the reader."""

from werkzeug.datastructures import MultiDict

from questionnaire.checks import holds_answer, problems_of
from questionnaire.definition import Question
from questionnaire.types import Summary, get

KIND = get("note")
QUESTION = Question("q", "note", "Phần một", required=True)


def test_it_asks_nothing_even_if_marked_as_required() -> None:
    assert not holds_answer(QUESTION)
    assert problems_of(QUESTION, None) == []


def test_nothing_sent_for_it_is_stored_counted_or_exported() -> None:
    assert KIND.read(MultiDict([("q", "x")]), "q", {}) is None
    assert KIND.summarise(["x"], {}) == Summary()
    assert KIND.columns(QUESTION) == KIND.to_cells("x", {}) == KIND.to_blocks("x", {}) == []
    assert KIND.as_text("x", {}) == ""
