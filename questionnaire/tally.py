"""Many reports become one: the union of a form's versions, and the sums over all answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.words import _
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.types import Summary, UnknownQuestionType, get

NAMED_PARTS = ("options", "rows", "columns")


def merged(definitions: Sequence[FormDefinition]) -> FormDefinition:
    """Return one form with every question of `definitions`, given from the oldest to the newest.

    The newest decides on order and words. Questions, options, rows and columns that only older
    versions have follow at the end, so that no answer ever loses its place.
    """
    *older, newest = definitions
    known: dict[str, Question] = {}
    for definition in older:
        for uid, question in definition.questions.items():
            known[uid] = _with_older_parts(question, known.get(uid))
    sections = [
        replace(
            section,
            questions=tuple(
                _with_older_parts(question, known.pop(question.uid, None))
                for question in section.questions
            ),
        )
        for section in newest.sections
    ]
    left = tuple(one for uid, one in known.items() if uid not in newest.questions)
    if left:
        sections.append(Section("older", _("Câu hỏi của phiên bản trước"), questions=left))
    return replace(newest, sections=tuple(sections))


def _with_older_parts(question: Question, older: Question | None) -> Question:
    if older is None or older.type != question.type:
        return question
    settings = dict(question.settings)
    for part in NAMED_PARTS:
        if part in settings:
            ids = {one["id"] for one in settings[part]}
            gone = [one for one in older.settings.get(part, []) if one["id"] not in ids]
            settings[part] = [*settings[part], *gone]
    return replace(question, settings=settings)


def tally(
    definition: FormDefinition, documents: Iterable[Mapping[str, Any]]
) -> dict[str, Summary]:
    """Return the summary of every question over the answers of many reports."""
    questions = definition.questions
    values: dict[str, list[Any]] = {uid: [] for uid in questions}
    for answers in documents:
        for uid, value in answers.items():
            if uid in values:
                values[uid].append(value)
    found: dict[str, Summary] = {}
    for uid, question in questions.items():
        try:
            found[uid] = get(question.type).summarise(values[uid], question.settings)
        except UnknownQuestionType:
            found[uid] = Summary(answered=len(values[uid]))
    return found
