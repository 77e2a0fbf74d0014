"""What sets two sets of answers to one form apart, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.words import ngettext
from questionnaire.checks import numbered
from questionnaire.definition import FormDefinition, Question
from questionnaire.types import QuestionType, UnknownQuestionType, get

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer before and after."""

    question: Question
    number: str
    old: Any
    new: Any
    kind: QuestionType

    @property
    def old_lines(self) -> list[str]:
        """What was there and isn't any more, in words."""
        return _only_in(self._words(self.old), self._words(self.new))

    @property
    def new_lines(self) -> list[str]:
        """What is there and wasn't before, in words."""
        return _only_in(self._words(self.new), self._words(self.old))

    def _words(self, value: Any) -> list[str]:
        if self.kind.is_empty(value):
            return []
        return self.kind.as_text(value, self.question.settings).splitlines()


def differences(
    definition: FormDefinition, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Difference]:
    """Return the answers that differ, in the order of the form; blank ones are all alike."""
    found = []
    for number, question in numbered(definition):
        try:
            kind = get(question.type)
        except UnknownQuestionType:
            continue
        old, new = before.get(question.uid), after.get(question.uid)
        if old == new or (kind.is_empty(old) and kind.is_empty(new)):
            continue
        found.append(Difference(question, number, old, new, kind))
    return found


def _only_in(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    found = [one for one in lines if one not in others] or list(lines)
    if len(found) <= MOST_LINES:
        return found
    left = len(found) - MOST_LINES
    more = ngettext("và %(num)d dòng nữa", "và %(num)d dòng nữa", left)
    return [*found[:MOST_LINES], more]
