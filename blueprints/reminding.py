"""Reminding units: by hand, and by the plan of a task."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, current_app, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import reminder_overview, reminder_plans, reminders
from domain.reminder_plans import Plan
from forms.reminders import PlanForm, RemindForm

bp = Blueprint("reminding", __name__)

EDIT = Permission.TASKS_EDIT


@bp.route("/rounds/<int:round_id>/remind", methods=["GET", "POST"])
@requires(EDIT)
def remind(round_id: int) -> Any:
    """Say whom a reminder by hand reaches and who was reminded when; then remind them."""
    round_ = _load.round_or_404(round_id, EDIT)
    ids = request.values.getlist("report", type=int)
    if not ids:
        raise InvalidError(_("Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trên trang theo dõi nộp."))
    chosen = _load.assignments_or_404(round_, ids, EDIT)
    form = RemindForm(token=uuid4().hex)
    if form.validate_on_submit():
        try:
            count = reminders.remind(actor(), chosen, form.note.data, form.token.data)
        except ConflictError as error:
            form.refuse(error.message)
        else:
            db.session.commit()
            notify(ngettext("Đã nhắc %(num)d người.", "Đã nhắc %(num)d người.", count))
            return redirect_to(url_for("board.show_board", round_id=round_id))
    rows = reminder_overview.chosen(chosen)
    page = render_template("reminding/remind.html", round=round_, rows=rows, form=form,
                           reach=reminder_overview.reach(rows), sends_mail=_sends_mail())  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@bp.route("/tasks/<int:task_id>/reminders", methods=["GET", "POST"])
@requires(EDIT)
def edit_plan(task_id: int) -> Any:
    """Say when the units of a task are reminded."""
    task = _load.task_or_404(task_id, EDIT)
    plan = reminder_plans.of_task(task_id)
    form = PlanForm(
        at_opening=plan.at_opening,
        before=", ".join(map(str, plan.days_before)),
        after=", ".join(map(str, plan.days_after)),
    )
    if form.validate_on_submit():
        wanted = Plan(form.at_opening.data, form.days_before, form.days_after)
        reminder_plans.change(actor(), task, wanted)
        db.session.commit()
        notify(_("Đã lưu lịch nhắc."))
        return redirect_to(url_for("tasks.show_task", task_id=task_id))
    page = render_template(
        "reminding/plan.html",
        task=task,
        form=form,
        moments=reminder_plans.moments(plan, task.rounds[-1].due_at),
        sends_mail=_sends_mail(),
    )
    return page, 422 if form.is_submitted() else 200


def _sends_mail() -> bool:
    return bool(current_app.extensions["settings"].mail_server.is_set)
