"""What follows from the answers: which questions are asked, and what is computed. One truth for all."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from questionnaire.answers import Earlier
from questionnaire.definition import FormDefinition, Question
from questionnaire.rules import Names, Result, Rule, RuleError, evaluate, show, uses
from questionnaire.types import QuestionType, UnknownQuestionType, get

Answers = Mapping[str, Any]
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Filled:
    """A report with all that follows from its answers."""

    #: The answers to questions that are asked, with computed ones and without blank computed ones.
    answers: Mapping[str, Any]
    #: The uids of the questions that are asked.
    visible: frozenset[str]
    #: Why computed questions are blank, by uid, where that isn't plain.
    reasons: Mapping[str, str] = field(default_factory=dict)
    #: The uids of the answers that were taken from earlier rounds and that nobody has touched.
    carried: frozenset[str] = frozenset()


def filled(definition: FormDefinition, answers: Answers, last: Answers | None = None) -> Filled:
    """Return what follows from stored answers; `last` are those of the round before.

    Hidden questions count as blank for every rule. A rule that no longer fits its form shows its
    question rather than hiding it, and leaves a computed one blank. What a table takes from earlier
    rounds stands in it until somebody saves it.
    """
    carried = _carried(definition, answers, last)
    if not carried:
        return _worked_out(definition, answers, last)
    now = _worked_out(definition, {**answers, **carried}, last)
    return replace(now, carried=now.visible & carried.keys())


def _carried(
    definition: FormDefinition, answers: Answers, last: Answers | None
) -> dict[str, Any]:
    """Return what stands in questions that nobody has answered or left blank yet."""
    if not isinstance(last, Earlier):
        return {}
    found: dict[str, Any] = {}
    for question in definition.carrying:
        if question.uid not in answers and (kind := _type_of(question)):
            value = kind.carried(last.of(question.uid), question.settings)
            found |= {} if value is None else {question.uid: value}
    return found


def _worked_out(definition: FormDefinition, answers: Answers, last: Answers | None) -> Filled:
    everything = frozenset(definition.questions)
    if not definition.has_rules:
        return Filled(answers, everything)
    ruled = [one for one in definition.questions.values() if one.visible is not None]
    computed = [one for one in definition.questions.values() if is_computed(one)]
    typed = {uid: value for uid, value in answers.items() if uid in everything}
    for question in computed:
        typed.pop(question.uid, None)
    now = Filled(typed, everything)
    for _round in range(MOST_ROUNDS):
        then = _once_more(definition, typed, now, ruled, computed, last)
        if then == now:
            break
        now = then
    return now


def _once_more(
    definition: FormDefinition,
    typed: Answers,
    before: Filled,
    ruled: list[Question],
    computed: list[Question],
    last: Answers | None,
) -> Filled:
    """Work everything out from what the round before has found."""
    hidden = {
        one.uid for one in ruled if not _is_asked(definition, one, before.answers, last)
    }
    answers = {uid: value for uid, value in typed.items() if uid not in hidden}
    reasons = {}
    for question in computed:
        if question.uid in hidden:
            continue
        result = computed_value(definition, question, answers, last)
        if result.value is not None:
            answers[question.uid] = result.value
        elif result.reason:
            reasons[question.uid] = result.reason
    return Filled(answers, frozenset(definition.questions) - hidden, reasons)


def computed_value(
    definition: FormDefinition, question: Question, answers: Answers, last: Answers | None
) -> Result:
    """Return the stored value of a computed question, or None with the reason."""
    kind = get(question.type)
    try:
        rule = Rule.from_json(question.settings["rule"])
        result = evaluate(rule, answers, definition, last)
    except (RuleError, KeyError) as error:
        return Result(None, str(error) if isinstance(error, RuleError) else "")
    return Result(kind.from_rule(result.value, question.settings), result.reason)


def holds(
    definition: FormDefinition, stored: Any, answers: Answers, last: Answers | None
) -> bool | None:
    """Tell whether a stored rule holds; None where it is blank or no longer fits."""
    try:
        value = evaluate(Rule.from_json(stored), answers, definition, last).value
    except RuleError:
        return None
    return value if isinstance(value, bool) else None


def hidden_questions(
    definition: FormDefinition, now: Filled
) -> list[tuple[Question, str]]:
    """Return the questions that aren't asked, each with the rule that says when it would be."""
    names, found = Names.of(definition), []
    for uid, question in definition.questions.items():
        if uid not in now.visible:
            with suppress(RuleError):
                found.append((question, show(Rule.from_json(question.visible), names)))
    return found


def reads_last(definition: FormDefinition) -> bool:
    """Tell whether what is asked, computed or taken over depends on the round before."""
    if definition.carrying or not definition.has_rules:
        return bool(definition.carrying)
    rules = (rule for one in definition.questions.values() for rule in _rules_of(one))
    return any(one.last for rule in rules for one in uses(rule))


def _rules_of(question: Question) -> Iterator[Rule]:
    """Yield the rules that show or compute the question, without those that can't be read."""
    stored = [question.visible]
    if is_computed(question):
        stored.append(question.settings.get("rule"))
    for one in stored:
        with suppress(RuleError):
            if one is not None:
                yield Rule.from_json(one)


def is_computed(question: Question) -> bool:
    """Tell whether the answer is worked out and never typed."""
    kind = _type_of(question)
    return kind is not None and kind.is_computed


def _is_asked(
    definition: FormDefinition, question: Question, answers: Answers, last: Answers | None
) -> bool:
    """Tell whether the question is asked; a rule about blank answers doesn't hold."""
    try:
        rule = Rule.from_json(question.visible)
        return evaluate(rule, answers, definition, last).value is True
    except RuleError:
        return True


def _type_of(question: Question) -> QuestionType | None:
    try:
        return get(question.type)
    except UnknownQuestionType:
        return None
