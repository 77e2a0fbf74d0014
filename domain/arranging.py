"""The whole working copy at once: its order, its bin, many questions pasted, the way back."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from core import clock
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, builder, publishing, steps, working_copy
from domain.steps import Move
from models import Form, Question, Section
from questionnaire.definition import FormDefinition
from questionnaire.types.pasting import pasted_questions

MOST_PASTED = 200


def order(actor: Actor, form: Form, places: Mapping[int, tuple[int, int]]) -> None:
    """Put the questions where `places` says: question id to (section id, place).

    Equal places keep the order that they had; questions that aren't named follow at the end.
    """
    sections = {one.id: one for one in builder.sections_of(form)}
    gathered: dict[int, list[tuple[int, int, Question]]] = {one: [] for one in sections}
    order_before = []
    before = 0
    for section in sections.values():
        questions = builder.questions_of(section)
        order_before.append([section.uid, [one.uid for one in questions]])
        for question in questions:
            wanted, place = places.get(question.id, (section.id, MOST_PASTED * len(places)))
            if wanted not in sections:
                raise InvalidError(_("Chỉ chuyển được câu hỏi trong cùng một biểu mẫu."))
            gathered[wanted].append((place, before, question))
            before += 1
    for section_id, found in gathered.items():
        for position, (_place, _before, question) in enumerate(sorted(found, key=_by_place)):
            question.section_id, question.position = section_id, position
    form.rev += 1
    _changed(actor, form, "form.reordered", {"act": "order", "order": order_before}, form.rev - 1)


def _by_place(one: tuple[int, int, Question]) -> tuple[int, int]:
    return one[:2]


def deleted(form: Form) -> tuple[Sequence[Section], Sequence[Question]]:
    """Return the deleted sections of the form, and deleted questions of those that are left."""
    sections = db.session.scalars(
        select(Section)
        .where(Section.form_id == form.id, Section.deleted_at.is_not(None))
        .order_by(Section.deleted_at.desc())
    ).all()
    questions = db.session.scalars(
        select(Question)
        .join(Section, Section.id == Question.section_id)
        .where(
            Section.form_id == form.id,
            Section.deleted_at.is_(None),
            Question.deleted_at.is_not(None),
        )
        .order_by(Question.deleted_at.desc())
    ).all()
    return sections, questions


def paste(actor: Actor, section: Section, text: str) -> list[Question]:
    """Add a question for each line of `text`, as copied from a plan, Word or Excel."""
    asked = pasted_questions(text)
    if not asked:
        raise InvalidError(fields={"lines": [_("Chưa có dòng nào để thêm.")]})
    if len(asked) > MOST_PASTED:
        raise InvalidError(
            fields={"lines": [_("Mỗi lần thêm nhiều nhất %(most)d câu.", most=MOST_PASTED)]}
        )
    form = section.form
    rev = form.rev
    with steps.gathered() as back:
        added = [
            builder.add_question(
                actor, section, type=one.type, label=one.label, measure=one.measure
            )
            for one in asked
        ]
    steps.record(actor, form, "question.pasted", section.title, back, rev=rev)
    return added


def revert(actor: Actor, form: Form) -> None:
    """Make the working copy what the published version is; what is newer goes into the bin."""
    newest = publishing.latest_version(form)
    if newest is None:
        raise ConflictError(_("Biểu mẫu chưa công bố nên không có bản nào để quay về."))
    # Equal revisions say that nothing waits to be published.
    become(actor, form, FormDefinition.from_json(newest.definition), newest.form_rev)


def become(actor: Actor, form: Form, definition: FormDefinition, rev: int) -> None:
    """Make the working copy what it was at a revision; all that stood there is still in the bin."""
    before, rev_before = working_copy.definition_of(form).to_json(), form.rev
    _write(form, definition)
    form.rev = rev
    back = {"act": "become", "definition": before, "rev": rev_before}
    _changed(actor, form, "form.reverted", back, rev_before)


def _write(form: Form, definition: FormDefinition) -> None:
    """Write `definition` over the working copy, row by row, by uid."""
    now = clock.now()
    form.title, form.intro = definition.title, definition.intro
    sections = {
        one.uid: one for one in db.session.query(Section).filter(Section.form_id == form.id)
    }
    questions = {
        one.uid: one
        for one in db.session.query(Question)
        .join(Section, Section.id == Question.section_id)
        .filter(Section.form_id == form.id)
    }
    for section in sections.values():
        section.deleted_at = section.deleted_at or now
    for question in questions.values():
        question.deleted_at = question.deleted_at or now
    for position, defined in enumerate(definition.sections):
        section = sections[defined.uid]
        section.title, section.intro = defined.title, defined.intro
        section.position, section.deleted_at = position, None
        for place, asked in enumerate(defined.questions):
            question = questions[asked.uid]
            question.section_id, question.position, question.deleted_at = section.id, place, None
            for name in builder.EDITABLE:
                value = getattr(asked, name)
                setattr(question, name, list(value) if isinstance(value, tuple) else value)
    db.session.flush()


def _changed(actor: Actor, form: Form, action: str, back: Move, rev: int) -> None:
    form.updated_at = clock.now()
    db.session.flush()
    steps.record(actor, form, action, form.title, [back], rev=rev)
    audit.record(actor, action, form)
