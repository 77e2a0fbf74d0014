"""The rounds of a task: their list, their dates, skipping, opening and withdrawing them."""

from typing import Any

from flask import Blueprint, render_template, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import levels, office, opening, recurring, rounds
from domain.cycles import Dates
from forms.deadlines import ReasonForm
from forms.fields import day_and_hour
from forms.rounds import RoundDatesForm, RoundForm
from models import PlannedRound, Round

bp = Blueprint("rounds", __name__)

EDIT = Permission.TASKS_EDIT


@bp.get("/tasks/<int:task_id>/rounds")
@requires(Permission.TASKS_READ)
def list_rounds(task_id: int) -> str:
    """List the rounds of a task: planned, open and past."""
    task = _load.task_or_404(task_id, Permission.TASKS_READ)
    return render_template(
        "rounds/list.html",
        task=task,
        lines=rounds.lines(task),
        recurrence=recurring.of_task(task),
        may_edit=actor().may(EDIT),
    )


@bp.route("/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_round(round_id: int) -> Any:
    """Change the name and dates of a round, and the deadlines of levels."""
    round_ = _load.round_to_change_or_404(round_id, EDIT)
    form = _round_form(round_)
    if form.validate_on_submit():
        try:
            return _save(round_, form)
        except InvalidError as error:
            db.session.rollback()
            form.refuse_dates(error.message, error.fields)
    page = render_template("rounds/edit.html", round=round_, task=round_.task, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/planned-rounds/<int:planned_id>/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_planned(planned_id: int) -> Any:
    """Give a planned round dates of its own."""
    planned = _load.planned_round_or_404(planned_id, EDIT)
    form = _offering_word(RoundDatesForm())
    if form.validate_on_submit():
        try:
            recurring.change_planned(
                actor(), planned, name=form.name.data, dates=_dates(form, planned)
            )
            db.session.commit()
            notify(_("Đã lưu ngày của kỳ “%(name)s”.", name=planned.name))
            return redirect_to(url_for(".list_rounds", task_id=planned.task_id))
        except InvalidError as error:
            form.refuse_dates(error.message, error.fields)
    if not form.is_submitted():
        form.show(planned)
    page = render_template("rounds/edit.html", round=planned, task=planned.task, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/planned-rounds/<int:planned_id>/skip")
@requires(EDIT)
def skip(planned_id: int) -> Any:
    """Leave a planned round out; the next page offers to undo it."""
    planned = _load.planned_round_or_404(planned_id, EDIT)
    recurring.leave_out(actor(), planned)
    db.session.commit()
    undo_url = url_for(".unskip", planned_id=planned_id)
    notify(_("Kỳ “%(name)s” sẽ không mở.", name=planned.name), undo_url=undo_url)
    return redirect_to(url_for(".list_rounds", task_id=planned.task_id))


@bp.post("/planned-rounds/<int:planned_id>/unskip")
@requires(EDIT)
def unskip(planned_id: int) -> Any:
    """Plan a round again that was to be left out."""
    planned = _load.planned_round_or_404(planned_id, EDIT)
    recurring.take_in(actor(), planned)
    db.session.commit()
    notify(_("Kỳ “%(name)s” lại mở theo ngày dự kiến.", name=planned.name))
    return redirect_to(url_for(".list_rounds", task_id=planned.task_id))


@bp.post("/planned-rounds/<int:planned_id>/open")
@requires(EDIT)
def open_now(planned_id: int) -> Any:
    """Open a planned round now."""
    planned = _load.planned_round_or_404(planned_id, EDIT)
    task_id = planned.task_id
    round_ = opening.open_now(actor(), planned)
    db.session.commit()
    notify(_("Đã mở kỳ “%(name)s”. Các đơn vị thấy báo cáo ngay.", name=round_.name))
    return redirect_to(url_for(".list_rounds", task_id=task_id))


@bp.route("/rounds/<int:round_id>/withdraw", methods=["GET", "POST"])
@requires(EDIT)
def withdraw(round_id: int) -> Any:
    """Ask units for a round no more, with the reason."""
    round_ = _load.round_to_change_or_404(round_id, EDIT)
    form = ReasonForm()
    if form.validate_on_submit():
        rounds.withdraw(actor(), round_, form.reason.data)
        db.session.commit()
        undo_url = url_for(".ask_again", round_id=round_id)
        notify(_("Đã thu hồi kỳ “%(name)s”.", name=round_.name), undo_url=undo_url)
        return redirect_to(url_for(".list_rounds", task_id=round_.task_id))
    page = render_template("rounds/withdraw.html", round=round_, task=round_.task, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/rounds/<int:round_id>/ask-again")
@requires(EDIT)
def ask_again(round_id: int) -> Any:
    """Ask units again for a round that was withdrawn."""
    round_ = _load.round_to_change_or_404(round_id, EDIT)
    rounds.ask_again(actor(), round_)
    db.session.commit()
    notify(_("Các đơn vị lại phải nộp kỳ “%(name)s”.", name=round_.name))
    return redirect_to(url_for(".list_rounds", task_id=round_.task_id))


def _save(round_: Round, form: RoundForm) -> Any:
    rounds.change(
        actor(),
        round_,
        name=form.name.data,
        data_from=form.data_from.data,
        data_to=form.data_to.data,
        **form.instants(round_),
    )
    levels.change(actor(), round_, form.chosen_levels)
    db.session.commit()
    notify(_("Đã lưu kỳ “%(name)s”.", name=round_.name))
    return redirect_to(url_for(".list_rounds", task_id=round_.task_id))


def _dates(form: RoundDatesForm, planned: PlannedRound) -> Dates:
    """Return the dates that were typed; those left empty stay as they were."""
    typed = form.instants(planned)
    return Dates(
        form.data_from.data or planned.data_from,
        form.data_to.data or planned.data_to,
        typed["opens_at"] or planned.opens_at,
        typed["due_at"] or planned.due_at,
        typed["locks_at"],
    )


def _round_form(round_: Round) -> RoundForm:
    form = _offering_word(RoundForm())
    if not form.is_submitted():
        form.show(round_)
        for one in levels.of_round(round_):
            day, hour = day_and_hour(one.due_at)
            form.levels.append_entry({"who": one.who, "date": day, "hour": hour})
    form.offer_levels(levels.choices())
    return form


def _offering_word(form: Any) -> Any:
    form.due_word.offer(before_excludes_day=office.settings().before_excludes_day)
    return form
