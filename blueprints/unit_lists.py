"""Units as an Excel list: downloaded, sent in, checked cell by cell, and accepted all or nothing."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, send_file, url_for

from blueprints import _sealed
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core import clock, database
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import unit_list_check, unit_lists
from forms.organisation import AcceptListForm, UnitListForm

bp = Blueprint("unit_lists", __name__, url_prefix="/units/list")

MANAGE = Permission.ORGANISATION_MANAGE


@bp.get("/units.xlsx")
@requires(MANAGE)
def download() -> Response:
    """Send the open units as a list that can be changed and sent in again."""
    file = BytesIO()
    unit_lists.write(file)
    file.seek(0)
    name = f"don-vi-{clock.today():%Y-%m-%d}.xlsx"
    response: Response = send_file(file, as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.route("", methods=["GET", "POST"])
@requires(MANAGE)
def read_list() -> Any:
    """Take a list, and show what is wrong and what it would do; nothing is stored."""
    form = UnitListForm()
    if form.validate_on_submit():
        try:
            db.session.rollback()
            database.set_writing(False)
            rows = unit_lists.read(form.file.data.read())
            return _check_page(rows)
        except ValueError as error:
            form.refuse(fields={"file": [str(error)]})
    page = render_template("unit_lists/upload.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/accept")
@requires(MANAGE)
def accept() -> Any:
    """Do what was checked, all or nothing."""
    form = AcceptListForm()
    found = _sealed.unseal(_purpose(), form.found.data or "")
    run = unit_lists.accept(actor(), unit_lists.unpacked(found))
    db.session.commit()
    notify(
        _("Đã thêm %(added)d đơn vị, sửa %(changed)d đơn vị từ tệp Excel.",
          added=len(run.added), changed=len(run.changed))
    )  # fmt: skip
    return redirect_to(url_for("organisation.list_units"))


def _check_page(rows: Any) -> Any:
    run = unit_list_check.try_out(rows)
    form = AcceptListForm(formdata=None, found=_sealed.seal(_purpose(), unit_lists.packed(rows)))
    page = render_template("unit_lists/check.html", run=run, form=form)
    return page, 422 if run.problems else 200


def _purpose() -> str:
    return f"unit-list-{actor().person_id}"
