"""Calls to units that no mail reaches."""

from typing import Any

from flask import Blueprint, render_template, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import calls, inbox, owing, reminders
from forms.reminders import CallForm

bp = Blueprint("calls", __name__)

EDIT = Permission.TASKS_EDIT


@bp.get("/rounds/<int:round_id>/calls")
@requires(EDIT)
def list_units(round_id: int) -> str:
    """Show the units of a round that have to be called, with their telephone numbers."""
    round_ = _load.round_or_404(round_id, EDIT)
    return render_template("calls/units.html", round=round_, rows=calls.unreached(round_))


@bp.route("/reports/<int:assignment_id>/call", methods=["GET", "POST"])
@requires(EDIT)
def note_call(assignment_id: int) -> Any:
    """Note what was said on the telephone; show what was done about this report before."""
    report = _load.report_to_change_or_404(assignment_id, EDIT)
    assignment, form = report.assignment, CallForm()
    if form.validate_on_submit():
        calls.note(actor(), assignment, spoke_with=form.spoke_with.data, said=form.said.data)
        db.session.commit()
        notify(_("Đã ghi cuộc gọi."))
        return redirect_to(url_for(".note_call", assignment_id=assignment_id))
    page = render_template(
        "calls/note.html",
        item=inbox.item(report),
        unit=assignment.unit,
        people=owing.contacts([assignment.unit_id])[assignment.unit_id],
        form=form,
        calls=calls.of_assignments([assignment_id])[assignment_id],
        reminders=reminders.of_assignments([assignment_id])[assignment_id],
    )
    return page, 422 if form.is_submitted() else 200
