"""The words of reminders."""

from typing import Any

from flask import Blueprint, current_app, render_template, url_for

from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import reminder_preview, reminder_texts
from forms.reminders import TextsForm

bp = Blueprint("reminder_texts", __name__)


@bp.route("/reminder-texts", methods=["GET", "POST"])
@requires(Permission.TASKS_EDIT)
def edit() -> Any:
    """Change the words of reminders, and show them with a real unit."""
    form = TextsForm(data=reminder_texts.texts())
    if form.validate_on_submit():
        try:
            reminder_texts.change(actor(), form.texts)
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã lưu lời nhắc."))
            return redirect_to(url_for(".edit"))
    page = render_template(
        "reminding/texts.html",
        form=form,
        places=reminder_texts.PLACES,
        examples=reminder_preview.examples(current_app.extensions["settings"]),
    )
    return page, 422 if form.is_submitted() else 200
