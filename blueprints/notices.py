"""The bell: reminders of the signed-in person, on screen."""

from typing import Any

from flask import Blueprint, render_template, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import redirect_to
from core.extensions import db
from core.permissions import Permission
from domain import inbox, reminders

bp = Blueprint("notices", __name__)

FILL = Permission.REPORTS_FILL


@bp.get("/notices")
@requires(FILL)
def list_notices() -> str:
    """Show the person's reminders, the newest first, with where each report is now."""
    return render_template(
        "notices/list.html",
        notices=[(one, inbox.item(report)) for one, report in reminders.of_person(actor())],
        unread=reminders.count_unread(actor()),
    )


@bp.post("/notices/read")
@requires(FILL)
def read_all() -> Any:
    """Note that the person has read all of them."""
    reminders.mark_read(actor())
    db.session.commit()
    return redirect_to(url_for(".list_notices"))


@bp.post("/notices/<int:reminder_id>/open")
@requires(FILL)
def open_notice(reminder_id: int) -> Any:
    """Note that a reminder was read, and go to its report."""
    reminder = _load.reminder_or_404(reminder_id, FILL)
    reminders.mark_read(actor(), reminder)
    db.session.commit()
    return redirect_to(
        url_for("answering.show_report", assignment_id=reminder.assignment_id)
    )
