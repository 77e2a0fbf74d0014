"""Changes of the organisation: entered with all that they will do, listed, and taken back."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core import clock
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import N_, _
from domain import (
    directory,
    organisation,
    unit_change_preview,
    unit_change_undo,
    unit_changes,
    unit_history,
)
from domain.unit_change_plan import ENDS, KIND_NAMES, NewUnit, Plan, Reports, check
from domain.unit_change_preview import Preview
from forms.unit_changes import UnitChangeForm
from models import Unit, UnitChangeKind, UnitKind

bp = Blueprint("unit_changes", __name__, url_prefix="/units/changes")

MANAGE = Permission.ORGANISATION_MANAGE
REPORT_WORDS: dict[Reports, str] = {
    Reports.STAY: N_("Đơn vị cũ nộp tiếp cho đến khi kỳ khoá sổ"),
    Reports.MOVE: N_("Chuyển cho đơn vị kế tiếp: đơn vị kế tiếp phải nộp, đơn vị cũ được miễn"),
    Reports.EXEMPT: N_("Miễn báo cáo"),
}


@bp.get("")
@requires(MANAGE)
def list_changes() -> str:
    """List all changes, the newest first."""
    page, changes = unit_history.list_changes(request.args.get("page", 1, type=int))
    return render_template(
        "unit_changes/list.html", page=page, changes=changes, kinds=KIND_NAMES
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_change() -> Any:
    """Enter a change: choose its kind, fill it in, see what it will do, and make it."""
    kind = _kind()
    if kind is None:
        unit = request.args.get("unit", type=int)
        return render_template("unit_changes/kinds.html", kinds=KIND_NAMES, unit=unit)
    units = directory.open_units()
    form = _form(kind, units)
    plan = _checked_plan(form, kind, units) if form.validate_on_submit() else None
    if plan is None:
        return _show(form, kind, units, status=422 if form.is_submitted() else 200)
    preview = unit_change_preview.preview(plan)
    if form.step.data and form.seen.data == _fingerprint(plan, preview):
        change = unit_changes.record(actor(), plan)
        db.session.commit()
        notify(_("Đã ghi thay đổi."), undo_url=url_for(".undo_change", change_id=change.id))
        return redirect_to(url_for(".show_change", change_id=change.id))
    return _show(form, kind, units, plan=plan, preview=preview)


@bp.get("/<int:change_id>")
@requires(MANAGE)
def show_change(change_id: int) -> str:
    """Show one change: what it did, and whether it can be taken back."""
    change = _load.unit_change_or_404(change_id, MANAGE)
    return render_template(
        "unit_changes/show.html",
        told=unit_history.told([change])[0],
        change=change,
        kinds=KIND_NAMES,
        why_not=unit_change_undo.why_not(change),
    )


@bp.post("/<int:change_id>/undo")
@requires(MANAGE)
def undo_change(change_id: int) -> Any:
    """Take a change back."""
    change = _load.unit_change_or_404(change_id, MANAGE)
    unit_change_undo.undo(actor(), change)
    db.session.commit()
    notify(_("Đã huỷ thay đổi; các đơn vị trở lại như trước."))
    return redirect_to(url_for(".list_changes"))


def _kind() -> UnitChangeKind | None:
    sent = request.values.get("kind", "")
    return UnitChangeKind(sent) if sent in set(UnitChangeKind) else None


def _form(kind: UnitChangeKind, units: Sequence[Unit]) -> UnitChangeForm:
    chosen = request.args.get("unit", type=int)
    first = next((unit for unit in units if unit.id == chosen), None)
    values: dict[str, Any] = {"kind": kind, "day": clock.today().date(), "reports": Reports.STAY}
    if first is not None:
        values |= {"units": [first.id], "unit_kind": first.kind, "parent": first.parent_id}
        if kind == UnitChangeKind.RENAME:
            values |= {name: getattr(first, name) for name in ("code", "name", "short_name")}
    form = UnitChangeForm(data=values)
    form.units.choices = form.successors.choices = [(unit.id, unit.name) for unit in units]
    if kind == UnitChangeKind.MERGE:
        form.successors.choices = [("", ""), *form.successors.choices]
    form.parent.choices = [("", _("Không thuộc đơn vị nào"))]
    form.parent.choices += [(unit.id, unit.name) for unit in units]
    names = organisation.KIND_NAMES.items()
    form.unit_kind.choices = [(one.value, _(name)) for one, name in names]
    form.reports.choices = [
        (one.value, _(words))
        for one, words in REPORT_WORDS.items()
        if one != Reports.MOVE or kind != UnitChangeKind.CLOSE
    ]
    return form


def _checked_plan(
    form: UnitChangeForm, kind: UnitChangeKind, units: Sequence[Unit]
) -> Plan | None:
    """Return the change that is entered; None where it can't be, said beside the fields."""
    plan = _plan(form, kind, units)
    try:
        check(plan)
    except InvalidError as error:
        form.refuse(error.message, error.fields)
        return None
    return plan


def _plan(form: UnitChangeForm, kind: UnitChangeKind, units: Sequence[Unit]) -> Plan:
    by_id = {unit.id: unit for unit in units}
    called = None
    new_units = [NewUnit(*cells) for cells in form.new_lines] if kind == UnitChangeKind.SPLIT else []
    if form.name.data and form.code.data:
        called = NewUnit(form.code.data, form.name.data, form.short_name.data or "")
    if kind == UnitChangeKind.MERGE and called is not None:
        new_units = [called]
    return Plan(
        kind=kind,
        day=form.day.data or clock.today().date(),
        units=[unit for unit in units if unit.id in form.units.data],
        document=form.document.data,
        successors=[by_id[id_] for id_ in form.successors.data if id_ is not None],
        new_units=new_units,
        called=called if kind == UnitChangeKind.RENAME else None,
        parent=by_id.get(form.parent.data),
        unit_kind=UnitKind(form.unit_kind.data),
        reports=Reports(form.reports.data) if form.seen.data and kind in ENDS else Reports.STAY,
        reason=form.reason.data,
        groups_follow=form.groups_follow.data,
        roles_follow=form.roles_follow.data,
    )


def _show(
    form: UnitChangeForm,
    kind: UnitChangeKind,
    units: Sequence[Unit],
    *,
    status: int = 200,
    plan: Plan | None = None,
    preview: Preview | None = None,
) -> Any:
    if plan is not None and preview is not None:
        if not form.seen.data:
            form.groups_follow.data, form.roles_follow.data = True, kind == UnitChangeKind.MERGE
            form.reports.data = Reports.STAY
        form.seen.data = _fingerprint(plan, preview)
    page = render_template(
        "unit_changes/new.html",
        form=form,
        kind=kind,
        kind_name=KIND_NAMES[kind],
        units=units,
        plan=plan,
        preview=preview,
    )
    return page, status


def _fingerprint(plan: Plan, preview: Preview) -> str:
    """Return what tells this change, with what it would do, from another."""
    facts = [
        plan.kind, plan.day, [unit.id for unit in plan.units], [one.id for one in plan.successors],
        plan.new_units, plan.called, plan.parent.id if plan.parent else 0, plan.unit_kind,
        [(one.round.id, one.owed, one.begun) for one in preview.rounds], preview.sent,
        [(group.id, count) for group, count in preview.groups],
        [(unit.id, count) for unit, count in preview.people],
        [unit.id for unit in preview.children],
    ]  # fmt: skip
    return hashlib.sha256(repr(facts).encode()).hexdigest()
