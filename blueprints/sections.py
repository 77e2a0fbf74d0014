"""The sections of a form in the builder."""

from flask import Blueprint, Response, url_for

from blueprints import _builder, _load
from blueprints._access import actor, requires
from blueprints._htmx import notify
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import builder
from forms.builder import MoveForm, SectionForm

bp = Blueprint("sections", __name__)

EDIT = Permission.TASKS_EDIT


@bp.post("/forms/<int:form_id>/sections")
@requires(EDIT)
def add(form_id: int) -> Response:
    """Add a section at the end of a form."""
    form = _load.form_or_404(form_id, EDIT)
    words = SectionForm()
    if not words.validate():
        return _builder.show(form, "builder/_new_section.html", status=422, refused=words)
    section = builder.add_section(actor(), form, words.title.data, words.intro.data)
    db.session.commit()
    # The first section takes the place of the sentence that there is none.
    piece = "builder/_section_added.html" if section.position else _builder.WHOLE
    return _builder.changed(form, section.uid, piece, section=section, questions=[])


@bp.get("/sections/<int:section_id>/edit")
@requires(EDIT)
def edit(section_id: int) -> Response:
    """Show the words of a section to change them."""
    section = _load.section_or_404(section_id, EDIT)
    words = SectionForm(obj=section)
    return _builder.show(
        section.form, "builder/_section_editor.html", part=section, words=words
    )


@bp.post("/sections/<int:section_id>")
@requires(EDIT)
def save(section_id: int) -> Response:
    """Change the words of a section."""
    section = _load.section_or_404(section_id, EDIT)
    words = SectionForm()
    if not words.validate():
        return _builder.show(
            section.form, "builder/_section_editor.html", status=422, part=section, words=words
        )
    builder.change_section(
        actor(), section, title=words.title.data, intro=words.intro.data
    )
    db.session.commit()
    return _builder.changed(
        section.form, section.uid, "builder/_section_head.html", section=section
    )


@bp.get("/sections/<int:section_id>/more")
@requires(EDIT)
def more(section_id: int) -> Response:
    """Show what else can be done with a section: a copy, another place, deleting it."""
    section = _load.section_or_404(section_id, EDIT)
    return _builder.show_menu(
        section.form, "builder/_section_menu.html", section.title, section=section
    )


@bp.post("/sections/<int:section_id>/move")
@requires(EDIT)
def move(section_id: int) -> Response:
    """Move a section by a step, or to a place."""
    section = _load.section_or_404(section_id, EDIT)
    builder.move_section(actor(), section, MoveForm().target(section.position))
    db.session.commit()
    return _builder.placed(section.form, section)


@bp.post("/sections/<int:section_id>/duplicate")
@requires(EDIT)
def duplicate(section_id: int) -> Response:
    """Add a copy with its questions after the section."""
    original = _load.section_or_404(section_id, EDIT)
    copy = builder.duplicate_section(actor(), original)
    db.session.commit()
    return _builder.changed(
        copy.form,
        copy.uid,
        "builder/_section_copied.html",
        section=copy,
        questions=builder.questions_of(copy),
        original=original,
    )


@bp.post("/sections/<int:section_id>/delete")
@requires(EDIT)
def delete(section_id: int) -> Response:
    """Take a section and its questions out, with a way back."""
    section = _load.section_or_404(section_id, EDIT)
    builder.delete_section(actor(), section)
    db.session.commit()
    undo_url = url_for(".restore", section_id=section_id)
    notify(_("Đã xoá mục “%(title)s”.", title=section.title[:80]), undo_url=undo_url)
    return _builder.gone(section.form, section)


@bp.post("/sections/<int:section_id>/restore")
@requires(EDIT)
def restore(section_id: int) -> Response:
    """Bring a deleted section back."""
    section = _load.section_or_404(section_id, EDIT)
    builder.restore_section(actor(), section)
    db.session.commit()
    return _builder.back(section.form, section)
