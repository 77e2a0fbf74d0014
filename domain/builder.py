"""The working copy of a form: sections and questions, one change at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from core import clock
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, places, steps
from domain.steps import Move
from models import Form, Question, Section, UnitGroup
from questionnaire.definition import Summing
from questionnaire.ids import new_id
from questionnaire.types import QuestionType, get

EDITABLE = frozenset(
    {
        "label", "code", "hint", "measure", "required", "summing", "settings", "visible", "checks",
    }
)  # fmt: skip


def group_choices() -> list[tuple[str, str]]:
    """Return the groups that a question about units may be narrowed to, by id as text."""
    groups = db.session.scalars(select(UnitGroup).order_by(UnitGroup.position, UnitGroup.id))
    return [(str(one.id), one.name) for one in groups]


def add_section(actor: Actor | None, form: Form, title: str, intro: str = "") -> Section:
    """Add a section at the end of the form."""
    section = Section(
        form_id=form.id,
        uid=new_id(),
        title=title,
        intro=intro,
    )
    places.hold(form)
    places.append(section)
    db.session.add(section)
    db.session.flush()
    _changed(actor, form, "section.added", section, _deletion(section))
    return section


def change_section(actor: Actor | None, section: Section, *, title: str, intro: str) -> None:
    """Change the words of a section."""
    before = {"title": section.title, "intro": section.intro}
    section.title, section.intro = title, intro
    _changed(actor, section.form, "section.changed", section, _move("change", section, values=before))


def move_section(actor: Actor | None, section: Section, place: int) -> None:
    """Put the section at `place`, counted from 0."""
    places.hold(section.form)
    places.refuse_deleted(section)
    back = _move("place", section, place=section.position)
    places.take_out(section)
    places.insert(section, place)
    _changed(actor, section.form, "section.moved", section, back)


def duplicate_section(actor: Actor | None, section: Section) -> Section:
    """Add a copy of the section with its questions right after it."""
    copy = Section(
        form_id=section.form_id,
        uid=new_id(),
        title=_("%(title)s (bản sao)", title=section.title)[:300],
        intro=section.intro,
    )
    questions = questions_of(section)
    places.hold(section.form)
    places.insert(copy, section.position + 1)
    db.session.add(copy)
    db.session.flush()
    db.session.add_all(_copy(one, copy, place) for place, one in enumerate(questions))
    _changed(actor, section.form, "section.added", copy, _deletion(copy))
    return copy


def delete_section(actor: Actor | None, section: Section) -> None:
    """Take the section and its questions out of the form; `restore_section` brings them back."""
    places.hold(section.form)
    if section.deleted_at is not None:
        return
    places.take_out(section)
    section.deleted_at = clock.now()
    _changed(actor, section.form, "section.deleted", section, _move("restore", section))


def restore_section(actor: Actor | None, section: Section) -> None:
    """Bring a deleted section back to where it was."""
    places.hold(section.form)
    if section.deleted_at is None:
        return
    places.insert(section, section.position)
    section.deleted_at = None
    _changed(actor, section.form, "section.restored", section, _deletion(section))


def add_question(
    actor: Actor | None,
    section: Section,
    *,
    type: str,
    label: str,
    code: str = "",
    hint: str = "",
    measure: str = "",
    required: bool = False,
    summing: str | None = None,
    settings: Mapping[str, Any] | None = None,
    visible: Mapping[str, Any] | None = None,
    checks: Sequence[Mapping[str, Any]] = (),
    uid: str = "",
) -> Question:
    """Add a question at the end of the section.

    `settings` are as the type stores them, its defaults where not given; so is `summing`. `uid` is
    given where rules name the question before it is there.
    """
    kind = get(type)
    question = Question(
        section_id=section.id,
        uid=uid or new_id(),
        type=type,
        label=label,
        code=code,
        hint=hint,
        measure=measure if kind.has_measure else "",
        required=required and kind.holds_answer and not kind.is_computed,
        summing=_summing(kind, summing),
        settings=dict(kind.default_settings() if settings is None else settings),
        visible=visible,
        checks=list(checks),
    )
    places.hold(section.form)
    places.append(question)
    db.session.add(question)
    db.session.flush()
    _changed(actor, section.form, "question.added", question, _deletion(question))
    return question


def change_question(actor: Actor | None, question: Question, **values: Any) -> None:
    """Change what is named of label, code, hint, measure, required, summing and settings."""
    kind = get(question.type)
    if "summing" in values:
        values["summing"] = _summing(kind, values["summing"])
    names = EDITABLE & values.keys()
    before = {name: getattr(question, name) for name in sorted(names)}
    for name in names:
        setattr(question, name, values[name])
    back = _move("change", question, values=before)
    _changed(actor, question.section.form, "question.changed", question, back)


def move_question(actor: Actor | None, question: Question, section: Section, place: int) -> None:
    """Put the question at `place`, counted from 0, of a section of the same form."""
    if section.form_id != question.section.form_id:
        raise InvalidError(_("Chỉ chuyển được câu hỏi trong cùng một biểu mẫu."))
    places.hold(section.form)
    places.refuse_deleted(question)
    back = _move("place", question, section=question.section.uid, place=question.position)
    places.take_out(question)
    question.section = section
    db.session.flush()
    places.insert(question, place)
    _changed(actor, section.form, "question.moved", question, back)


def duplicate_question(actor: Actor | None, question: Question) -> Question:
    """Add a copy of the question right after it."""
    copy = _copy(question, question.section, 0)
    copy.code = ""
    places.hold(question.section.form)
    places.insert(copy, question.position + 1)
    db.session.add(copy)
    _changed(actor, question.section.form, "question.added", copy, _deletion(copy))
    return copy


def delete_question(actor: Actor | None, question: Question) -> None:
    """Take the question out of the form; `restore_question` brings it back."""
    places.hold(question.section.form)
    if question.deleted_at is not None:
        return
    places.take_out(question)
    question.deleted_at = clock.now()
    back = _move("restore", question)
    _changed(actor, question.section.form, "question.deleted", question, back)


def restore_question(actor: Actor | None, question: Question) -> None:
    """Bring a deleted question back to where it was."""
    places.hold(question.section.form)
    if question.deleted_at is None:
        return
    places.insert(question, question.position)
    question.deleted_at = None
    _changed(actor, question.section.form, "question.restored", question, _deletion(question))


def sections_of(form: Form) -> list[Section]:
    """Return the sections of the working copy in order."""
    return list(
        db.session.scalars(
            select(Section)
            .where(Section.form_id == form.id, Section.deleted_at.is_(None))
            .order_by(Section.position, Section.id)
        )
    )


def questions_of(section: Section) -> list[Question]:
    """Return the questions of a section in order."""
    return list(
        db.session.scalars(
            select(Question)
            .where(Question.section_id == section.id, Question.deleted_at.is_(None))
            .order_by(Question.position, Question.id)
        )
    )


def _copy(question: Question, section: Section, place: int) -> Question:
    return Question(
        section_id=section.id,
        uid=new_id(),
        type=question.type,
        position=place,
        **{name: getattr(question, name) for name in EDITABLE},
    )


def _summing(kind: QuestionType, chosen: str | None) -> str:
    return Summing(chosen) if chosen in kind.summings else kind.summings[0]


def _move(act: str, thing: Section | Question, **more: Any) -> Move:
    return {"act": act, "what": thing.__tablename__, "uid": thing.uid, **more}


def _deletion(thing: Section | Question) -> Move:
    return _move("delete", thing)


def _changed(
    actor: Actor | None, form: Form, action: str, thing: Section | Question, back: Move
) -> None:
    places.hold(form)
    form.rev += 1
    form.updated_at = clock.now()
    db.session.flush()
    title = thing.title if isinstance(thing, Section) else thing.label
    steps.record(actor, form, action, title, [back], rev=form.rev - 1)
    audit.record(actor, action, thing, form=form.id)
