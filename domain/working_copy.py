"""The working copy of a form, read as a whole."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Select, Text, bindparam, select, type_coerce

from core.extensions import db
from models import Form, Question, Section, Unit, UnitGroup
from questionnaire import definition as defined
from questionnaire.definition import FormDefinition
from questionnaire.types import UnknownQuestionType, get


def rows_of(form: Form) -> list[tuple[Section, list[Question]]]:
    """Return the sections of the working copy in order, each with its questions in order."""
    found: dict[int, tuple[Section, list[Question]]] = {
        one.id: (one, []) for one in db.session.scalars(_sections(form))
    }
    for question in db.session.scalars(
        select(Question)
        .where(Question.section_id.in_(found), Question.deleted_at.is_(None))
        .order_by(Question.position, Question.id)
    ):
        found[question.section_id][1].append(question)
    return list(found.values())


def definition_of(form: Form) -> FormDefinition:
    """Return the working copy of `form` as a definition, without what was deleted."""
    sections = db.session.scalars(_sections(form)).all()
    questions: dict[int, list[defined.Question]] = {section.id: [] for section in sections}
    for section_id, *row in db.session.execute(_QUESTIONS, {"form_id": form.id}):
        questions[section_id].append(_with_units(_read(*row)))
    return FormDefinition(
        title=form.title,
        intro=form.intro,
        sections=tuple(
            defined.Section(one.uid, one.title, one.intro, tuple(questions[one.id]))
            for one in sections
        ),
    )


def as_defined(question: Question) -> defined.Question:
    """Return a row of the working copy as a frozen question."""
    values = {one.key: getattr(question, one.key) for one in (*_WORDS, *_DOCUMENTS)}
    return _with_units(_question(**values))


_WORDS = (
    Question.uid, Question.type, Question.label, Question.code, Question.hint, Question.measure,
    Question.required, Question.summing,
)  # fmt: skip
_DOCUMENTS = (Question.settings, Question.visible, Question.checks)
_QUESTIONS = (
    select(Question.section_id, *_WORDS, *(type_coerce(one, Text) for one in _DOCUMENTS))
    .join(Section, Section.id == Question.section_id)
    .where(
        Section.form_id == bindparam("form_id"),
        Section.deleted_at.is_(None),
        Question.deleted_at.is_(None),
    )
    .order_by(Question.position, Question.id)
)


@lru_cache(maxsize=4096)
def _read(*row: Any) -> defined.Question:
    """Return a question from its columns; the same row isn't read twice.

    A long form is looked over with every change, and one question of it is another one then.
    """
    words = dict(zip((one.key for one in _WORDS), row, strict=False))
    documents = {
        column.key: orjson.loads(text) if text else None
        for column, text in zip(_DOCUMENTS, row[len(_WORDS) :], strict=True)
    }
    return _question(**words, **documents)


def _question(
    summing: str | None, settings: Any, checks: Any, **values: Any
) -> defined.Question:
    return defined.Question(
        **values, summing=summing or "none", settings=settings or {}, checks=tuple(checks or ())
    )


def _sections(form: Form) -> Select[Section]:
    return (
        select(Section)
        .where(Section.form_id == form.id, Section.deleted_at.is_(None))
        .order_by(Section.position, Section.id)
    )


def _with_units(question: defined.Question) -> defined.Question:
    """Return the question with the units of today as options, where its type takes units."""
    try:
        takes_units = get(question.type).takes_units
    except UnknownQuestionType:
        return question
    if not takes_units:
        return question
    query = select(Unit).where(Unit.closed_at.is_(None)).order_by(Unit.position, Unit.id)
    group = str(question.settings.get("group") or "")
    if group.isdecimal():
        query = query.where(Unit.groups.any(UnitGroup.id == int(group)))
    options = [{"id": f"u{unit.id}", "label": unit.name} for unit in db.session.scalars(query)]
    return replace(question, settings={**question.settings, "options": options})
