"""Entering for a unit: the office opens a report, and leaves it to its unit again."""

from typing import Any

from flask import Blueprint, render_template, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import answering, correcting, entering, inbox
from forms.entering import EnterForForm

bp = Blueprint("entering", __name__, url_prefix="/reports/<int:assignment_id>/enter-for")

ENTER_FOR = Permission.REPORTS_ENTER_FOR


@bp.route("", methods=["GET", "POST"])
@requires(ENTER_FOR)
def begin(assignment_id: int) -> Any:
    """Ask why the office enters this report, and open it."""
    report = _load.report_to_change_or_404(assignment_id, ENTER_FOR)
    form, corrects = EnterForForm(), correcting.may_correct(actor(), report)
    if form.validate_on_submit():
        (correcting.correct if corrects else entering.begin)(actor(), report, form.reason.data)
        db.session.commit()
        return redirect_to(url_for("answering.show_report", assignment_id=assignment_id))
    page = render_template(
        "entering/begin.html",
        item=inbox.item(report),
        form=form,
        corrects=corrects,
        closed="" if corrects else answering.not_owed_reason(report),
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/end")
@requires(ENTER_FOR)
def end(assignment_id: int) -> Any:
    """Leave the report to its unit again."""
    report = _load.report_to_change_or_404(assignment_id, ENTER_FOR)
    entering.end(actor(), report)
    db.session.commit()
    notify(_("Đã thôi nhập thay. Những gì đã nhập vẫn còn trong báo cáo của đơn vị."))
    return redirect_to(url_for("review.show_report", assignment_id=assignment_id))
