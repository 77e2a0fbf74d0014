"""What is wrong with a report, and how far each section is: one truth for every page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.words import _
from questionnaire.answers import is_typed
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.filling import Filled, filled, holds, is_computed
from questionnaire.types import QuestionType, UnknownQuestionType, get
from questionnaire.types.table_columns import misread

Answers = Mapping[str, Any]
CHANGE = "-change"
"""What follows a question's uid in the id of the check against the round before."""


class Level(StrEnum):
    """How much a problem weighs; the stored value never changes."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer, in a sentence for the person.

    A warning comes from the check with the id `check`, and asks for a reason.
    """

    question: str
    message: str
    level: Level = Level.ERROR
    check: str = ""


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


def problems(
    definition: FormDefinition, answers: Answers, last: Answers | None = None
) -> list[Problem]:
    """Return what is wrong with a report, in reading order; hidden questions are never wrong."""
    now = filled(definition, answers, last)
    return [
        problem
        for question in definition.questions.values()
        for problem in _problems_in(definition, question, now, last)
    ]


def errors(
    definition: FormDefinition, answers: Answers, last: Answers | None = None
) -> list[Problem]:
    """Return what keeps a report from being submitted."""
    return [one for one in problems(definition, answers, last) if one.level == Level.ERROR]


def warnings(
    definition: FormDefinition, answers: Answers, last: Answers | None = None
) -> list[Problem]:
    """Return what a report may be submitted with, given a reason for each."""
    return [one for one in problems(definition, answers, last) if one.level == Level.WARNING]


def _problems_in(
    definition: FormDefinition, question: Question, now: Filled, last: Answers | None
) -> list[Problem]:
    if question.uid not in now.visible or is_computed(question):
        found = []
    else:
        touched = question.uid not in now.carried
        found = problems_of(question, now.answers.get(question.uid) if touched else None)
    if question.uid in now.visible and not found:
        found = [
            Problem(question.uid, check["message"], Level(check["level"]), check["id"])
            for check in question.checks
            if holds(definition, check["rule"], now.answers, last) is False
        ]
        found += _changed_too_much(question, now.answers.get(question.uid), last)
    return found


def _changed_too_much(question: Question, value: Any, last: Answers | None) -> list[Problem]:
    """Return the doubt about an answer that is far from that of the round before."""
    kind, before = _type_of(question), (last or {}).get(question.uid)
    if kind is None or kind.is_empty(value) or kind.is_empty(before):
        return []
    text = kind.doubt(value, before, question.settings)
    return [Problem(question.uid, text, Level.WARNING, question.uid + CHANGE)] if text else []


def is_answered(question: Question, value: Any) -> bool:
    """Tell whether anything was answered; 0 and "không có số liệu" are answers."""
    kind = _type_of(question)
    return kind is not None and kind.holds_answer and not kind.is_empty(value)


def count_answered(definition: FormDefinition, answers: Answers) -> tuple[int, int]:
    """Return how many questions are answered, and how many are to be."""
    now = filled(definition, answers)
    asked = [one for one in definition.questions.values() if _is_typed_in(one, now)]
    return sum(is_answered(one, now.answers.get(one.uid)) for one in asked), len(asked)


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


def progress(
    definition: FormDefinition, answers: Answers, last: Answers | None = None
) -> list[SectionProgress]:
    """Return how far each section is; missing answers count only once a section was begun."""
    now = filled(definition, answers, last)
    return [_progress_of(definition, section, now, last) for section in definition.sections]


def _progress_of(
    definition: FormDefinition, section: Section, now: Filled, last: Answers | None
) -> SectionProgress:
    asked = [question for question in section.questions if _is_typed_in(question, now)]
    given = [one for one in asked if is_answered(one, now.answers.get(one.uid))]
    answered = {one.uid for one in given} - now.carried
    found = tuple(
        problem
        for one in section.questions
        for problem in _problems_in(definition, one, now, last)
    )
    typed_in = {one.uid for one in asked}
    wrong = {one.question for one in found if one.level == Level.ERROR}
    if not answered and asked:
        state = SectionState.NOT_STARTED
    elif wrong & answered or wrong - typed_in:
        state = SectionState.HAS_PROBLEMS
    elif len(answered) < len(asked):
        state = SectionState.IN_PROGRESS
    else:
        state = SectionState.COMPLETE
    return SectionProgress(section, state, len(answered), len(asked), found)


def unanswered(
    definition: FormDefinition, answers: Answers, last: Answers | None = None
) -> list[Question]:
    """Return the questions that are asked, need no answer and have none."""
    now = filled(definition, answers, last)
    wrong = {one.question for one in problems(definition, answers, last)}
    return [
        one
        for one in definition.questions.values()
        if _is_typed_in(one, now)
        and one.uid not in wrong
        and not is_answered(one, now.answers.get(one.uid))
    ]


def _is_typed_in(question: Question, now: Filled) -> bool:
    """Tell whether the person has something to enter for the question now."""
    return question.uid in now.visible and holds_answer(question) and not is_computed(question)


def submitted_answers(
    definition: FormDefinition, answers: Answers, last: Answers | None = None
) -> dict[str, Any]:
    """Return the answers that a submission holds: what is asked and computed, without blank ones."""
    now = filled(definition, answers, last).answers
    return {
        uid: now[uid]
        for uid, question in definition.questions.items()
        if uid in now and is_answered(question, now[uid])
    }


def _type_of(question: Question) -> QuestionType | None:
    try:
        return get(question.type)
    except UnknownQuestionType:
        return None
