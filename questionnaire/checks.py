"""What is wrong with a report, and how far each section is: one truth for every page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.words import _
from questionnaire.answers import is_typed
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.types import QuestionType, UnknownQuestionType, get
from questionnaire.types.table_columns import misread

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer, in a sentence for the person."""

    question: str
    message: str


class SectionState(StrEnum):
    """How far a section is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    HAS_PROBLEMS = "has_problems"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far a section is, in numbers too."""

    section: Section
    state: SectionState
    answered: int
    total: int
    problems: tuple[Problem, ...] = field(default=())


def problems_of(question: Question, value: Any) -> list[Problem]:
    """Return what is wrong with one answer."""
    kind = _type_of(question)
    if kind is None or not kind.holds_answer:
        return []
    if kind.is_empty(value):
        if not question.required:
            return []
        return [Problem(question.uid, _("Chưa trả lời câu này."))]
    if is_typed(value):
        return [Problem(question.uid, misread(kind, value["typed"], question.settings))]
    return [Problem(question.uid, text) for text in kind.problems(value, question.settings)]


def problems(definition: FormDefinition, answers: Answers) -> list[Problem]:
    """Return what is wrong with a report, in reading order."""
    return [
        problem
        for uid, question in definition.questions.items()
        for problem in problems_of(question, answers.get(uid))
    ]


def is_answered(question: Question, value: Any) -> bool:
    """Tell whether anything was answered; 0 and "không có số liệu" are answers."""
    kind = _type_of(question)
    return kind is not None and kind.holds_answer and not kind.is_empty(value)


def count_answered(definition: FormDefinition, answers: Answers) -> tuple[int, int]:
    """Return how many questions are answered, and how many can be."""
    asked = [one for one in definition.questions.values() if holds_answer(one)]
    return sum(is_answered(one, answers.get(one.uid)) for one in asked), len(asked)


def holds_answer(question: Question) -> bool:
    """Tell whether the question can be answered at all."""
    kind = _type_of(question)
    return kind is not None and kind.holds_answer


def numbered(definition: FormDefinition) -> Iterator[tuple[str, Question]]:
    """Yield each question with its number on screen, such as "2.3"; blank for what is only read."""
    for place, section in enumerate(definition.sections, start=1):
        index = 0
        for question in section.questions:
            kind = _type_of(question)
            counts = kind is None or kind.holds_answer
            index += counts
            yield (f"{place}.{index}" if counts else ""), question


def progress(definition: FormDefinition, answers: Answers) -> list[SectionProgress]:
    """Return how far each section is; missing answers count only once a section was begun."""
    return [_progress_of(section, answers) for section in definition.sections]


def _progress_of(section: Section, answers: Answers) -> SectionProgress:
    asked = [question for question in section.questions if holds_answer(question)]
    answered = sum(is_answered(question, answers.get(question.uid)) for question in asked)
    found = tuple(
        problem for one in asked for problem in problems_of(one, answers.get(one.uid))
    )
    wrong = {problem.question for problem in found}
    if answered == 0 and asked:
        state = SectionState.NOT_STARTED
    elif any(one.uid in wrong and is_answered(one, answers.get(one.uid)) for one in asked):
        state = SectionState.HAS_PROBLEMS
    elif answered < len(asked):
        state = SectionState.IN_PROGRESS
    else:
        state = SectionState.COMPLETE
    return SectionProgress(section, state, answered, len(asked), found)


def submitted_answers(definition: FormDefinition, answers: Answers) -> dict[str, Any]:
    """Return the answers that a submission holds: those of the form, without blank ones."""
    return {
        uid: answers[uid]
        for uid, question in definition.questions.items()
        if uid in answers and is_answered(question, answers[uid])
    }


def _type_of(question: Question) -> QuestionType | None:
    try:
        return get(question.type)
    except UnknownQuestionType:
        return None
