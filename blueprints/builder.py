"""The builder: a form's sections and questions, edited one row at a time."""


from flask import Blueprint, Response, request, url_for

from blueprints import _builder, _load
from blueprints._access import actor, requires
from blueprints._htmx import notify
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import builder, working_copy
from forms.builder import (
    MoveForm,
    known_type,
    refuse_overwriting,
    type_choices,
)

bp = Blueprint("builder", __name__)

EDIT = Permission.TASKS_EDIT


@bp.get("/forms/<int:form_id>")
@requires(EDIT)
def show_form(form_id: int) -> Response:
    """Show the working copy of a form."""
    return _builder.show(_load.form_or_404(form_id, EDIT))


@bp.get("/sections/<int:section_id>/questions/new")
@requires(EDIT)
def new_question(section_id: int) -> Response:
    """Offer the types, or the editor of a new question once a type is chosen."""
    section = _load.section_or_404(section_id, EDIT)
    key = request.args.get("type", "")
    if not key:
        return _builder.show(
            section.form, "builder/_types.html", adding=section, types=type_choices()
        )
    if not known_type(key):
        raise NotFoundError
    editor = _builder.editor_for(section, key)
    return _builder.show(
        section.form, "builder/_new_question.html", adding=section, editor=editor
    )


@bp.post("/sections/<int:section_id>/questions")
@requires(EDIT)
def add_question(section_id: int) -> Response:
    """Add a question at the end of a section."""
    section = _load.section_or_404(section_id, EDIT)
    key = request.form.get("type", "")
    if not known_type(key):
        raise NotFoundError
    editor = _builder.editor_for(section, key)
    values = _builder.values_of(editor)
    if values is None:
        return _builder.show(
            section.form,
            "builder/_new_question.html",
            status=_builder.status_of(editor),
            adding=section,
            editor=editor,
        )
    question = builder.add_question(actor(), section, type=key, **values)
    db.session.commit()
    return _builder.changed(
        section.form, question.uid, "builder/_question_added.html", section=section, row=question
    )


@bp.get("/questions/<int:question_id>")
@requires(EDIT)
def show_question(question_id: int) -> Response:
    """Show the row of a question again, without the editor."""
    question = _load.question_or_404(question_id, EDIT)
    return _builder.show(question.section.form, "builder/_row.html", row=question)


@bp.get("/questions/<int:question_id>/edit")
@requires(EDIT)
def edit_question(question_id: int) -> Response:
    """Show the editor of a question in place of its row."""
    question = _load.question_or_404(question_id, EDIT)
    if not known_type(question.type):
        raise NotFoundError
    editor = _builder.editor_for(question.section, question.type, question)
    return _builder.show(
        question.section.form, "builder/_editor.html", row=question, editor=editor
    )


@bp.post("/questions/<int:question_id>")
@requires(EDIT)
def save_question(question_id: int) -> Response:
    """Change a question; answers with its row."""
    question = _load.question_or_404(question_id, EDIT)
    editor = _builder.editor_for(question.section, question.type, question)
    values = _builder.values_of(editor)
    refused = values is not None and refuse_overwriting(editor, working_copy.as_defined(question))
    if values is None or refused:
        return _builder.show(
            question.section.form,
            "builder/_editor.html",
            status=409 if refused else _builder.status_of(editor),
            row=question,
            editor=editor,
        )
    builder.change_question(actor(), question, **values)
    db.session.commit()
    return _builder.changed(
        question.section.form, question.uid, "builder/_row.html", row=question
    )


@bp.get("/questions/<int:question_id>/more")
@requires(EDIT)
def more(question_id: int) -> Response:
    """Show what else can be done with a question: a copy, another place, deleting it."""
    question = _load.question_or_404(question_id, EDIT)
    return _builder.show_menu(
        question.section.form,
        "builder/_question_menu.html",
        question.label,
        row=question,
        siblings=builder.sections_of(question.section.form),
    )


@bp.post("/questions/<int:question_id>/move")
@requires(EDIT)
def move_question(question_id: int) -> Response:
    """Move a question by a step, or to a place of a section."""
    question = _load.question_or_404(question_id, EDIT)
    form = MoveForm()
    section = question.section
    if form.section.data and form.section.data != section.id:
        section = _load.section_or_404(form.section.data, EDIT)
    builder.move_question(actor(), question, section, form.target(question.position))
    db.session.commit()
    return _builder.placed(section.form, question)


@bp.post("/questions/<int:question_id>/duplicate")
@requires(EDIT)
def duplicate_question(question_id: int) -> Response:
    """Add a copy after the question."""
    original = _load.question_or_404(question_id, EDIT)
    copy = builder.duplicate_question(actor(), original)
    db.session.commit()
    return _builder.changed(
        copy.section.form, copy.uid, "builder/_question_copied.html", row=copy, original=original
    )


@bp.post("/questions/<int:question_id>/delete")
@requires(EDIT)
def delete_question(question_id: int) -> Response:
    """Take a question out, with a way back."""
    question = _load.question_or_404(question_id, EDIT)
    builder.delete_question(actor(), question)
    db.session.commit()
    undo_url = url_for(".restore_question", question_id=question_id)
    notify(_("Đã xoá câu hỏi “%(label)s”.", label=question.label[:80]), undo_url=undo_url)
    return _builder.gone(question.section.form, question)


@bp.post("/questions/<int:question_id>/restore")
@requires(EDIT)
def restore_question(question_id: int) -> Response:
    """Bring a deleted question back."""
    question = _load.question_or_404(question_id, EDIT)
    builder.restore_question(actor(), question)
    db.session.commit()
    return _builder.back(question.section.form, question)
