"""From the posted page to stored answers, question by question."""

from collections.abc import Mapping
from typing import Any

from core.words import _
from questionnaire.answers import is_no_data
from questionnaire.definition import Question, Section
from questionnaire.types import QuestionType, UnknownQuestionType, get
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import ReadAs

MOST_BEFORE = 2000


def type_of(question: Question) -> QuestionType | None:
    """Return the type of a question; None for one that is no longer registered."""
    try:
        return get(question.type)
    except UnknownQuestionType:
        return None


def takes_answer(question: Question) -> bool:
    """Tell whether the posted form holds the answer: neither words nor uploaded files."""
    kind = type_of(question)
    return kind is not None and kind.holds_answer and not kind.is_uploaded


def figure_before(question: Question, last: Mapping[str, Any] | None) -> str:
    """Return the figure of the round before in words; blank where there is none to compare with."""
    kind = type_of(question)
    if kind is None or kind.read_as != ReadAs.NUMBER or question.uid not in (last or {}):
        return ""
    value = (last or {})[question.uid]
    if kind.is_empty(value):
        return _("chưa trả lời")
    return _("không có số liệu") if is_no_data(value) else kind.as_text(value, question.settings)


def words_before(question: Question, last: Mapping[str, Any] | None) -> str:
    """Return the answer of the round before in words, where it is neither a figure nor a table."""
    kind = type_of(question)
    value = (last or {}).get(question.uid)
    if kind is None or kind.read_as == ReadAs.NUMBER or kind.is_empty(value):
        return ""
    if kind.is_uploaded or kind.entry_table(None, question) is not None:
        return ""
    text = kind.as_text(value, question.settings)
    return text if len(text) <= MOST_BEFORE else text[: MOST_BEFORE - 1] + "…"


def table_before(question: Question, last: Mapping[str, Any] | None) -> Any:
    """Return the table of the round before as it is stored; None where there is none to show."""
    kind = type_of(question)
    value = (last or {}).get(question.uid)
    if kind is None or kind.is_empty(value) or kind.entry_table(None, question) is None:
        return None
    return value


def read_answer(question: Question, posted: PostedForm) -> Any:
    """Return the stored value of what was posted under the question's uid."""
    kind = type_of(question)
    return None if kind is None else kind.read(posted, question.uid, question.settings)


def read_section(section: Section, posted: PostedForm) -> dict[str, Any]:
    """Return the stored values of all that a section's page posts, by uid."""
    return {
        one.uid: read_answer(one, posted) for one in section.questions if takes_answer(one)
    }
