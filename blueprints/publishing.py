"""Choosing the units of a form, and publishing a task after its consequences were read."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import consequences, directory, publishing
from forms.publishing import UnitsForm
from models import Form, Task, Unit, UnitGroup

bp = Blueprint("publishing", __name__)

Page = str | Response | tuple[str, int]
Choice = Sequence[tuple[UnitGroup, Sequence[Unit]]]


@bp.route("/forms/<int:form_id>/units", methods=["GET", "POST"])
@requires(Permission.TASKS_EDIT)
def choose_units(form_id: int) -> Page:
    """Choose the groups and units that are to get a form."""
    report_form = _load.form_or_404(form_id, Permission.TASKS_EDIT)
    groups, units = publishing.groups_to_choose(), directory.open_units()
    form = UnitsForm()
    form.offer(
        [(group.id, group.name) for group, _members in groups],
        [(member(group, unit), unit.name) for group, members in groups for unit in members],
        [(unit.id, unit.name) for unit in units],
    )
    if form.validate_on_submit():
        _keep(report_form, form, groups, units)
        count = len(publishing.recipients(report_form))
        notify(ngettext("Đã chọn %(num)d đơn vị.", "Đã chọn %(num)d đơn vị.", count))
        return redirect_to(url_for("tasks.show_task", task_id=report_form.task_id))
    if not form.is_submitted():
        _show(report_form, form, groups)
    body = render_template(
        "publishing/units.html", form=form, report_form=report_form, groups=groups, units=units
    )
    return body, 422 if form.is_submitted() else 200


@bp.get("/forms/<int:form_id>/changes")
@requires(Permission.TASKS_EDIT)
def show_changes(form_id: int) -> str:
    """Show the working copy beside the version in use, change by change."""
    form = _load.form_or_404(form_id, Permission.TASKS_EDIT)
    newest, found = publishing.compared(form)
    return render_template("publishing/changes.html", form=form, newest=newest, found=found)


@bp.get("/tasks/<int:task_id>/publish")
@requires(Permission.TASKS_EDIT)
def review_publication(task_id: int) -> Page:
    """Show what publishing would do, before it does."""
    return _review(_load.task_or_404(task_id, Permission.TASKS_EDIT))


@bp.post("/tasks/<int:task_id>/publish")
@requires(Permission.TASKS_EDIT)
def publish(task_id: int) -> Page:
    """Publish the task."""
    task = _load.task_or_404(task_id, Permission.TASKS_EDIT)
    try:
        consequences.publish(actor(), task, task.rounds[-1])
    except InvalidError as error:
        db.session.rollback()
        return _review(task, error.message), 422
    db.session.commit()
    notify(_("Đã công bố. Các đơn vị thấy báo cáo trong mục “Báo cáo cần làm”."))
    return redirect_to(url_for("tasks.show_task", task_id=task_id))


def member(group: UnitGroup, unit: Unit) -> str:
    """Return the value of a unit's box under a group."""
    return f"{group.id}:{unit.id}"


def _review(task: Task, message: str = "") -> str:
    counted = consequences.count(task, task.rounds[-1])
    return render_template("publishing/review.html", task=task, counted=counted, message=message)


def _show(report_form: Form, form: UnitsForm, groups: Choice) -> None:
    """Tick what is chosen; the members of a group that isn't are ticked in advance."""
    targets = report_form.targets
    excluded = {one.unit_id for one in targets if one.excluded}
    form.groups.data = [one.group_id for one in targets if one.group_id is not None]
    form.units.data = [one.unit_id for one in targets if one.unit_id and not one.excluded]
    form.members.data = [
        member(group, unit)
        for group, members in groups
        for unit in members
        if group.id not in form.groups.data or unit.id not in excluded
    ]


def _keep(
    report_form: Form, form: UnitsForm, groups: Choice, units: Sequence[Unit]
) -> None:
    """Store the choice: a unit is excluded if none of the chosen groups keeps it ticked."""
    chosen = [(group, members) for group, members in groups if group.id in form.groups.data]
    singles = [unit for unit in units if unit.id in form.units.data]
    all_members = {unit.id: unit for _group, members in chosen for unit in members}
    ticked = {
        unit.id
        for group, members in chosen
        for unit in members
        if member(group, unit) in form.members.data
    }
    left_out = all_members.keys() - ticked - {unit.id for unit in singles}
    publishing.set_targets(
        actor(),
        report_form,
        groups=[group for group, _members in chosen],
        units=singles,
        excluded=[all_members[unit] for unit in sorted(left_out)],
    )
    db.session.commit()
