"""Templates of the office: uploaded, checked mark by mark, filled with the figures of a round."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for

from blueprints import _files, _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import summary_records, summary_templates
from forms.summary_templates import TemplateForm

bp = Blueprint("summary_templates", __name__, url_prefix="/rounds/<int:round_id>/templates")

READ = Permission.SUMMARY_READ


@bp.route("/new", methods=["GET", "POST"])
@requires(READ)
def add_template(round_id: int) -> Any:
    """Take a workbook, and say what may stand in it."""
    round_ = _load.round_or_404(round_id, READ)
    forms = summary_records.forms_of(round_)
    form = TemplateForm()
    form.offer([(one.form.id, one.form.title) for one in forms])
    if form.validate_on_submit():
        owed = _load.form_or_404(form.form.data, READ)
        try:
            template = summary_templates.add(
                actor(), owed, form.file.data.stream, form.file.data.filename or ""
            )
        except InvalidError as error:
            form.refuse(fields={"file": [error.message]})
        else:
            db.session.commit()
            return redirect_to(
                url_for(".show_template", round_id=round_id, template_id=template.id)
            )
    settings = current_app.extensions["settings"]
    offered = [(one, summary_templates.available(one, settings)) for one in forms]
    page = render_template(
        "summary_templates/upload.html", round=round_, form=form, offered=offered
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/<int:template_id>")
@requires(READ)
def show_template(round_id: int, template_id: int) -> str:
    """Show which marks of a template are known, which aren't, and which there are."""
    round_ = _load.round_or_404(round_id, READ)
    template = _load.summary_template_or_404(round_, template_id, READ)
    form = summary_records.form_of(round_, template.form_id)
    check = summary_templates.check(template, form, current_app.extensions["settings"])
    return render_template(
        "summary_templates/check.html", round=round_, template=template, form=form, check=check
    )


@bp.get("/<int:template_id>/original.xlsx")
@requires(READ)
def download_template(round_id: int, template_id: int) -> Response:
    """Send a template as it was uploaded."""
    round_ = _load.round_or_404(round_id, READ)
    template = _load.summary_template_or_404(round_, template_id, READ)
    return _files.send(template.file, template.name)


@bp.post("/<int:template_id>/delete")
@requires(READ)
def delete_template(round_id: int, template_id: int) -> Any:
    """Take a template away, with a way back."""
    round_ = _load.round_or_404(round_id, READ)
    template = _load.summary_template_or_404(round_, template_id, READ)
    summary_templates.delete(actor(), template)
    db.session.commit()
    undo_url = url_for(".restore_template", round_id=round_id, template_id=template_id)
    notify(_("Đã xoá mẫu “%(name)s”.", name=template.name[:80]), undo_url=undo_url)
    return redirect_to(url_for("downloads.show", round_id=round_id))


@bp.post("/<int:template_id>/restore")
@requires(READ)
def restore_template(round_id: int, template_id: int) -> Any:
    """Bring a deleted template back."""
    round_ = _load.round_or_404(round_id, READ)
    template = _load.summary_template_or_404(round_, template_id, READ, deleted=True)
    summary_templates.restore(actor(), template)
    db.session.commit()
    return redirect_to(url_for("downloads.show", round_id=round_id))
