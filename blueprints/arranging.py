"""The whole working copy of a form: its order, its bin, questions pasted, the way back."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import arranging, builder, publishing
from forms.arranging import PasteForm, read_places

bp = Blueprint("arranging", __name__)

EDIT = Permission.TASKS_EDIT


@bp.get("/forms/<int:form_id>/order")
@requires(EDIT)
def show_order(form_id: int) -> str:
    """Show every question with its section and place as fields."""
    form = _load.form_or_404(form_id, EDIT)
    sections = [(one, builder.questions_of(one)) for one in builder.sections_of(form)]
    return render_template("arranging/order.html", form=form, sections=sections)


@bp.post("/forms/<int:form_id>/order")
@requires(EDIT)
def order(form_id: int) -> Any:
    """Put the questions where the page says."""
    form = _load.form_or_404(form_id, EDIT)
    arranging.order(actor(), form, read_places(request.form))
    db.session.commit()
    notify(_("Đã sắp xếp lại biểu mẫu."))
    return redirect_to(url_for("builder.show_form", form_id=form_id))


@bp.get("/forms/<int:form_id>/bin")
@requires(EDIT)
def show_bin(form_id: int) -> str:
    """Show what was deleted, to bring it back."""
    form = _load.form_or_404(form_id, EDIT)
    sections, questions = arranging.deleted(form)
    return render_template(
        "arranging/bin.html", form=form, sections=sections, questions=questions
    )


@bp.route("/sections/<int:section_id>/paste", methods=["GET", "POST"])
@requires(EDIT)
def paste(section_id: int) -> Any:
    """Add a question for each pasted line."""
    section = _load.section_or_404(section_id, EDIT)
    form = PasteForm()
    if form.validate_on_submit():
        try:
            added = arranging.paste(actor(), section, form.lines.data)
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            count = len(added)
            notify(ngettext("Đã thêm %(num)d câu hỏi.", "Đã thêm %(num)d câu hỏi.", count))
            url = url_for("builder.show_form", form_id=section.form_id)
            return redirect_to(f"{url}#s-{section.uid}")
    status = 422 if form.is_submitted() else 200
    return render_template("arranging/paste.html", section=section, form=form), status


@bp.post("/forms/<int:form_id>/revert")
@requires(EDIT)
def revert(form_id: int) -> Any:
    """Make the working copy what the published version is."""
    form = _load.form_or_404(form_id, EDIT)
    arranging.revert(actor(), form)
    db.session.commit()
    version = publishing.latest_version(form)
    notify(_("Đã quay về phiên bản %(number)s.", number=version.number if version else ""))
    return redirect_to(url_for("builder.show_form", form_id=form_id))
