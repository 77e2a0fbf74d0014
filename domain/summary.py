"""The summary of a round: what all the submitted answers come to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import NotFoundError
from domain import summary_figures
from domain.paging import Page
from domain.structure import (
    Standing,
    combined,
    of_then,
    reports_of,
    standings,
    state_of,
)
from domain.successors import Structure
from domain.summary_records import (
    Control,
    FormInRound,
    Record,
    count_records,
    forms_of,
    records,
)
from models import Round
from questionnaire import checks, types
from questionnaire.definition import Question, Section, Summing
from questionnaire.types import Summary, UnknownQuestionType

FIRST_TEXTS = 10
UNITS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """What all the submitted answers to one question come to.

    `texts` holds the first few answers, with their units, where answers are read rather than
    counted; elsewhere it is None.
    """

    number: str
    question: Question
    figures: Summary
    texts: list[tuple[str, str]] | None


@dataclass(slots=True)
class FormSummary:
    """What all the submitted answers to one form come to, by section."""

    form: FormInRound
    submitted: int
    sections: list[tuple[Section, list[QuestionSummary]]]


def summarise(round_: Round) -> tuple[Control, list[FormSummary]]:
    """Return the control figures and every form's summary, reading each report once."""
    control = Control()
    return control, [_summarise_form(form, control) for form in forms_of(round_)]


def is_read(question: Question) -> bool:
    """Tell whether the answers are read one beside the other rather than counted."""
    try:
        return question.summing == Summing.LIST or types.get(question.type).is_narrative
    except UnknownQuestionType:
        return False


def answer_text(question: Question, answers: Mapping[str, Any] | None) -> str:
    """Return the answer to `question` as a person reads it; blank for none."""
    value = (answers or {}).get(question.uid)
    try:
        return types.get(question.type).as_text(value, question.settings)
    except UnknownQuestionType:
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What a unit answered to one question; `state` where it hasn't submitted anything."""

    standing: Standing
    text: str
    state: str
    is_sent: bool


def page_of_answers(
    form: FormInRound, question: Question, number: int, structure: Structure = Structure.THEN
) -> Page:
    """Return units with what they answered, in the official order, those without a report too."""
    units = standings(form.round, form.form.id) if structure == Structure.NOW else []
    total = len(units) if structure == Structure.NOW else count_records(form)
    pages = max(1, -(-total // UNITS_ON_A_PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * UNITS_ON_A_PAGE
    if structure == Structure.NOW:
        found = reports_of(form, units[start : start + UNITS_ON_A_PAGE])
    else:
        shown = records(form, start=start, most=UNITS_ON_A_PAGE)
        found = ((of_then(record.assignment), [record]) for record in shown)
    rows = [_answer_row(form, question, standing, reports) for standing, reports in found]
    return Page(rows, number, pages, total)


def _answer_row(
    form: FormInRound, question: Question, standing: Standing, reports: Sequence[Record]
) -> AnswerRow:
    together = combined(form, reports)
    text = ""
    if together is not None:
        reason = together.reasons.get(question.uid)
        text = reason or answer_text(question, together.answers)
    return AnswerRow(standing, text, state_of(reports), together is not None)


def question_of(form: FormInRound, uid: str) -> Question:
    """Return the question with this uid; raises NotFoundError."""
    question = form.definition.questions.get(uid)
    if question is None or not holds_answer(question):
        raise NotFoundError
    return question


def holds_answer(question: Question) -> bool:
    """Tell whether units answer the question; headings and notes only speak."""
    try:
        return types.get(question.type).holds_answer
    except UnknownQuestionType:
        return True


def _summarise_form(form: FormInRound, control: Control) -> FormSummary:
    read = [one for one in form.definition.questions.values() if is_read(one)]
    first: dict[str, list[tuple[str, str]]] = {one.uid: [] for one in read}
    found = FormSummary(form, 0, [])

    def documents() -> Iterator[Mapping[str, Any]]:
        for record in records(form):
            control.count(record)
            if record.answers is None:
                continue
            found.submitted += 1
            for question in read:
                kept = first[question.uid]
                if len(kept) < FIRST_TEXTS and (told := answer_text(question, record.answers)):
                    kept.append((record.assignment.unit_name, told))
            yield record.answers

    figures = summary_figures.tally(form.definition, documents())
    numbers = {question.uid: number for number, question in checks.numbered(form.definition)}
    found.sections = [
        (
            section,
            [
                QuestionSummary(numbers[one.uid], one, figures[one.uid], first.get(one.uid))
                for one in section.questions
                if holds_answer(one)
            ],
        )
        for section in form.definition.sections
    ]
    return found
