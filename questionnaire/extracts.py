"""Questions on their own: what their rules read, and what is left of them without it."""

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any

from questionnaire.definition import Question
from questionnaire.rules import Rule, RuleError, uses


def reads(question: Question) -> frozenset[str]:
    """Return the uids of the questions that the rules of this one read."""
    return frozenset(uid for stored in _rules_of(question) for uid in _read_by(stored))


def without(question: Question, gone: Set[str]) -> Question:
    """Return the question without the rules that read one of `gone`."""
    if not reads(question) & gone:
        return question
    settings = dict(question.settings)
    if _read_by(settings.get("rule")) & gone:
        settings["rule"] = None
    return replace(
        question,
        settings=settings,
        visible=None if _read_by(question.visible) & gone else question.visible,
        checks=tuple(one for one in question.checks if not _read_by(one.get("rule")) & gone),
    )


def _rules_of(question: Question) -> Iterator[Any]:
    yield question.visible
    yield question.settings.get("rule")
    yield from (one.get("rule") for one in question.checks)


def _read_by(stored: Any) -> frozenset[str]:
    """Return what a stored rule reads; nothing where it can't be read."""
    if not stored:
        return frozenset()
    try:
        return frozenset(one.question for one in uses(Rule.from_json(stored)))
    except RuleError:
        return frozenset()
