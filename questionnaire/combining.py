"""The reports of several units read as one: sums of what adds up, and why the rest doesn't."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.words import _
from questionnaire.definition import FormDefinition, Question, Summing
from questionnaire.rules import Rule, RuleError, evaluate, uses
from questionnaire.types import UnknownQuestionType, get

Answers = Mapping[str, Any]
MOST_LETTERS = 30_000


@dataclass(frozen=True, slots=True)
class Combined:
    """The answers of several units as one.

    `reasons` says of each question that isn't added up why, with the answer of each unit; a text
    that is read rather than counted has them one after the other.
    """

    answers: Mapping[str, Any]
    reasons: Mapping[str, str] = field(default_factory=dict)


def combine(definition: FormDefinition, parts: Sequence[tuple[str, Answers]]) -> Combined:
    """Return the answers of units, given with their names, as one.

    What is worked out by a rule is worked out again from the sums, where all that it reads adds up.
    """
    if len(parts) == 1:
        return Combined(parts[0][1])
    answers: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    questions = definition.questions
    computed = [one for one in questions.values() if _is_computed(one)]
    for question in questions.values():
        _add(question, parts, answers, reasons)
    for question in computed:
        if question.uid in reasons:
            _work_out(question, definition, answers, reasons)
    return Combined(answers, reasons)


def _add(
    question: Question,
    parts: Sequence[tuple[str, Answers]],
    answers: dict[str, Any],
    reasons: dict[str, str],
) -> None:
    try:
        kind = get(question.type)
    except UnknownQuestionType:
        return
    given = [
        (name, report[question.uid])
        for name, report in parts
        if question.uid in report and not kind.is_empty(report[question.uid])
    ]
    if not given:
        return
    together = kind.added([value for _name, value in given], question)
    if together is not None:
        answers[question.uid] = together
        return
    is_read = question.summing == Summing.LIST or kind.is_narrative
    between = "\n" if is_read else "; "
    told = between.join(
        f"{name}: {kind.as_text(value, question.settings)}" for name, value in given
    )
    why = told if is_read else _("Không cộng được. %(answers)s", answers=told)
    reasons[question.uid] = why[:MOST_LETTERS]


def _work_out(
    question: Question,
    definition: FormDefinition,
    answers: dict[str, Any],
    reasons: dict[str, str],
) -> None:
    try:
        rule = Rule.from_json(question.settings["rule"])
        if any(one.question in reasons or one.last for one in uses(rule)):
            return
        result = evaluate(rule, answers, definition)
    except (RuleError, KeyError, TypeError):
        return
    del reasons[question.uid]
    value = get(question.type).from_rule(result.value, question.settings)
    if value is not None:
        answers[question.uid] = value


def _is_computed(question: Question) -> bool:
    try:
        return get(question.type).is_computed
    except UnknownQuestionType:
        return False
