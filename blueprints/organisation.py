"""Units and their groups."""

from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug import Response as AnyResponse

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from blueprints._next import this_page
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import directory, organisation, unit_history
from domain.unit_change_plan import KIND_NAMES
from forms.organisation import DayFilter, GroupForm, PlaceForm, UnitForm
from models import Unit, UnitGroup, UnitKind

bp = Blueprint("organisation", __name__)

MANAGE = Permission.ORGANISATION_MANAGE
STATES = ("open", "closed", "all")
TEXTS = ("code", "name", "short_name", "phone", "email")

Answer = AnyResponse | str | tuple[str, int]


@bp.get("/units")
@requires(MANAGE)
def list_units() -> Answer:
    """List the units in their official order."""
    state = request.args.get("state", "open")
    chosen = directory.UnitFilter(
        text=request.args.get("q", "")[:100],
        kind=request.args.get("kind", ""),
        group_id=request.args.get("group", type=int),
        state=state if state in STATES else "open",
    )
    number = request.args.get("page", 1, type=int)
    asked = DayFilter(request.args)
    day = asked.on.data if asked.validate() else None
    if day is not None:
        return _units_on(day, chosen, number)
    page = directory.list_units(chosen, number)
    return render_template(
        "organisation/units.html",
        page=page,
        chosen=chosen,
        people=directory.count_people(unit for unit, _place in page.rows),
        kinds=organisation.KIND_NAMES,
        groups=[group for group, _count in directory.list_groups()],
        last_place=directory.count_open_units(),
        asked=asked,
    )


def _units_on(day: date, chosen: directory.UnitFilter, number: int) -> Answer:
    return render_template(
        "organisation/units_then.html",
        page=directory.list_units_on(day, chosen, number),
        chosen=chosen,
        day=day,
        kinds=organisation.KIND_NAMES,
        groups=[group for group, _count in directory.list_groups()],
    )


@bp.route("/units/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_unit() -> Answer:
    """Add a unit."""
    form = _unit_form()
    if form.validate_on_submit():
        try:
            unit = organisation.add_unit(actor(), **_unit_values(form), since=form.since.data)
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã thêm đơn vị “%(name)s”.", name=unit.name))
            return redirect_to(url_for(".list_units"))
    status = 422 if form.is_submitted() else 200
    return render_template("organisation/unit.html", form=form, unit=None), status


@bp.route("/units/<int:unit_id>/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit_unit(unit_id: int) -> Answer:
    """Change a unit."""
    unit = _load.unit_or_404(unit_id, MANAGE)
    form = _unit_form(unit)
    if form.validate_on_submit():
        try:
            organisation.change_unit(actor(), unit, **_unit_values(form))
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã lưu đơn vị “%(name)s”.", name=unit.name))
            return redirect_to(url_for(".list_units"))
    page = render_template(
        "organisation/unit.html",
        form=form,
        unit=unit,
        history=unit_history.history_of(unit),
        kinds=organisation.KIND_NAMES,
        changes=KIND_NAMES,
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/units/<int:unit_id>/reopen")
@requires(MANAGE)
def reopen_unit(unit_id: int) -> Answer:
    """Open a closed unit again."""
    unit = _load.unit_or_404(unit_id, MANAGE)
    organisation.reopen_unit(actor(), unit)
    db.session.commit()
    notify(_("Đơn vị “%(name)s” lại hoạt động.", name=unit.name))
    return redirect_to(url_for(".list_units"))


@bp.post("/units/<int:unit_id>/place")
@requires(MANAGE)
def move_unit(unit_id: int) -> Answer:
    """Put a unit at another place in the official order."""
    unit = _load.unit_or_404(unit_id, MANAGE)
    form = PlaceForm()
    if not form.validate():
        raise InvalidError(_("Thứ tự phải là số nguyên từ 1 trở lên."))
    organisation.move_unit(actor(), unit, form.place.data)
    db.session.commit()
    return redirect_to(this_page())


@bp.get("/groups")
@requires(MANAGE)
def list_groups() -> Answer:
    """List the groups."""
    return render_template("organisation/groups.html", groups=directory.list_groups())


@bp.route("/groups/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_group() -> Answer:
    """Add a group."""
    units = directory.open_units()
    form = _group_form(units)
    if form.validate_on_submit():
        try:
            group = organisation.add_group(actor(), **_group_values(form, units))
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã thêm nhóm “%(name)s”.", name=group.name))
            return redirect_to(url_for(".list_groups"))
    return _show_group(form, units, None)


@bp.route("/groups/<int:group_id>/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit_group(group_id: int) -> Answer:
    """Change a group."""
    group = _load.group_or_404(group_id, MANAGE)
    units = directory.open_units(*(unit.id for unit in group.units))
    form = _group_form(units, group)
    if form.validate_on_submit():
        try:
            organisation.change_group(
                actor(), group, **_group_values(form, units), day=form.day.data
            )
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã lưu nhóm “%(name)s”.", name=group.name))
            return redirect_to(url_for(".list_groups"))
    return _show_group(form, units, group)


@bp.post("/groups/<int:group_id>/delete")
@requires(MANAGE)
def delete_group(group_id: int) -> Answer:
    """Delete a group."""
    group = _load.group_or_404(group_id, MANAGE)
    name = group.name
    organisation.delete_group(actor(), group)
    db.session.commit()
    notify(_("Đã xoá nhóm “%(name)s”.", name=name))
    return redirect_to(url_for(".list_groups"))


def _unit_form(unit: Unit | None = None) -> UnitForm:
    values: dict[str, Any] = {"kind": UnitKind.DIVISION}
    if unit is not None:
        values = {name: getattr(unit, name) for name in (*TEXTS, "kind")}
        values["parent"] = unit.parent_id
    form = UnitForm(data=values)
    parents = directory.open_units(*((unit.parent_id,) if unit and unit.parent_id else ()))
    form.kind.choices = [(kind.value, _(name)) for kind, name in organisation.KIND_NAMES.items()]
    form.parent.choices = [("", _("Không thuộc đơn vị nào"))]
    form.parent.choices += [(one.id, one.name) for one in parents if one is not unit]
    return form


def _unit_values(form: UnitForm) -> dict[str, Any]:
    parent_id = form.parent.data
    return {
        **{name: form[name].data or "" for name in TEXTS},
        "kind": UnitKind(form.kind.data),
        "parent": db.session.get(Unit, parent_id) if parent_id else None,
    }


def _group_form(units: Any, group: UnitGroup | None = None) -> GroupForm:
    ids = [unit.id for unit in group.units] if group else []
    form = GroupForm(name=group.name if group else "", units=ids)
    form.units.choices = [(unit.id, unit.name) for unit in units]
    return form


def _group_values(form: GroupForm, units: Any) -> dict[str, Any]:
    chosen = set(form.units.data)
    return {"name": form.name.data, "units": [unit for unit in units if unit.id in chosen]}


def _show_group(form: GroupForm, units: Any, group: UnitGroup | None) -> Answer:
    by_kind = sorted(units, key=lambda unit: list(UnitKind).index(UnitKind(unit.kind)))
    kinds = [
        (organisation.KIND_NAMES[UnitKind(kind)], list(members))
        for kind, members in groupby(by_kind, key=lambda unit: unit.kind)
    ]
    status = 422 if form.is_submitted() else 200
    page = render_template(
        "organisation/group.html",
        form=form,
        group=group,
        kinds=kinds,
        chosen=set(form.units.data or ()),
    )
    return page, status
