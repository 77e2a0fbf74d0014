"""The working copy of a form: sections and questions, one change at a time."""

from sqlalchemy import select

from core.extensions import db
from models import Form, Question, Section
from questionnaire import definition as defined
from questionnaire.definition import FormDefinition


def working_definition(form: Form) -> FormDefinition:
    """Return the working copy of `form` as a definition, without what was deleted."""
    sections = db.session.scalars(
        select(Section)
        .where(Section.form_id == form.id, Section.deleted_at.is_(None))
        .order_by(Section.position, Section.id)
    ).all()
    questions: dict[int, list[defined.Question]] = {section.id: [] for section in sections}
    for one in db.session.scalars(
        select(Question)
        .where(Question.section_id.in_(questions), Question.deleted_at.is_(None))
        .order_by(Question.position, Question.id)
    ):
        questions[one.section_id].append(as_defined(one))
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
    return defined.Question(
        uid=question.uid,
        type=question.type,
        label=question.label,
        code=question.code,
        hint=question.hint,
        measure=question.measure,
        required=question.required,
        summing=question.summing or "none",
        settings=question.settings or {},
    )
