"""Answers taken over from the round before, and answers put back as they were."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.errors import ConflictError
from core.extensions import db
from core.permissions import Actor
from domain import answering, previous, response_answers, versions
from models import AnswerChange, Response
from questionnaire.checks import problems_of
from questionnaire.definition import Question
from questionnaire.filling import Filled, filled


@dataclass(frozen=True, slots=True)
class Saved:
    """Which saves one action made: the first and last revision of the report, and how many."""

    first: int
    last: int
    count: int


def takeable(response: Response, last: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what can be taken from the round before, by uid: what still fits the question.

    Answers that are the same already are left out, and so are questions that aren't asked.
    `last` is what `previous.of_report` found.
    """
    if not last or answering.closed_reason(response):
        return {}
    definition = versions.definition(response.version_id)
    now = filled(definition, response.answers, last)
    found = {}
    for uid, old in last.items():
        value = _fitting(definition.questions[uid], old, now)
        if value is not None and value != response.answers.get(uid):
            found[uid] = value
    return found


def blank(response: Response, found: Iterable[str]) -> list[str]:
    """Return those of the found questions that have no answer yet."""
    questions = versions.definition(response.version_id).questions
    kinds = {uid: response_answers.type_in_cells(questions[uid]) for uid in found}
    return [
        uid for uid, kind in kinds.items() if kind and kind.is_empty(response.answers.get(uid))
    ]


def take(actor: Actor, response: Response, uids: Iterable[str]) -> Saved:
    """Store the answers of the round before for the questions given; others stay as they are.

    Raises ConflictError for a closed report. The caller holds the row of the response.
    """
    if reason := answering.closed_reason(response):
        raise ConflictError(reason)
    wanted, before = set(uids), response.rev
    for uid, value in takeable(response, previous.of_report(response)).items():
        if uid in wanted:
            answering.save_answer(actor, response, uid, value)
    return Saved(before + 1, response.rev, response.rev - before)


def put_back(actor: Actor, response: Response, first: int, last: int) -> int:
    """Undo the person's own saves of these revisions; return how many answers went back.

    An answer that was saved again since stays as it is. Raises ConflictError for a closed report.
    """
    query = (
        select(AnswerChange)
        .where(
            AnswerChange.response_id == response.id,
            AnswerChange.by_id == actor.person_id,
            AnswerChange.rev.between(first, last),
        )
        .order_by(AnswerChange.rev)
    )
    before, questions = response.rev, versions.definition(response.version_id).questions
    for change in db.session.scalars(query).all():
        question = questions.get(change.question)
        is_newest = response.marks.get(change.question, {}).get("rev") == change.rev
        if is_newest and question and response_answers.type_in_cells(question):
            answering.save_answer(actor, response, change.question, change.old)
    return response.rev - before


def _fitting(question: Question, old: Any, now: Filled) -> Any:
    """Return an answer as the question takes it today; None for one that doesn't fit."""
    kind = response_answers.type_in_cells(question)
    if kind is None or question.uid not in now.visible or kind.is_empty(old):
        return None
    value = response_answers.as_read_back(kind, question, old)
    return None if value is None or problems_of(question, value) else value
