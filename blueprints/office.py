"""The office's own settings, days off and working days."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core import clock
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import office, working_days
from forms.office import EXCLUDES, INCLUDES, WORKS, OfficeDaysForm, OfficeForm

bp = Blueprint("office", __name__, url_prefix="/settings")

SET = Permission.OFFICE_SET


@bp.route("", methods=["GET", "POST"])
@requires(SET)
def show_settings() -> Any:
    """Show and change the settings."""
    form = OfficeForm()
    if form.validate_on_submit():
        excludes = form.before_day.data == EXCLUDES
        office.change(actor(), office.OfficeSettings(before_excludes_day=excludes))
        db.session.commit()
        notify(_("Đã lưu cài đặt. Hạn nộp đã đặt từ trước không đổi."))
        return redirect_to(url_for(".show_settings"))
    return _page(form=form)


@bp.post("/days")
@requires(SET)
def set_days() -> Any:
    """Say that days are off, or worked."""
    days = OfficeDaysForm()
    if days.validate():
        works, why = days.kind.data == WORKS, days.name.data
        try:
            count = office.set_days(
                actor(), days.first, days.last_day.data, works=works, name=why
            )
            db.session.commit()
            notify(ngettext("Đã ghi %(num)d ngày.", "Đã ghi %(num)d ngày.", count))
            return redirect_to(url_for(".show_settings", _anchor="days"))
        except InvalidError as error:
            days.refuse(error.message, error.fields)
    return _page(days=days)


@bp.post("/days/<int:day_id>/remove")
@requires(SET)
def remove_day(day_id: int) -> Any:
    """Let the calendar decide about a day again."""
    office.remove_day(actor(), _load.office_day_or_404(day_id, SET))
    db.session.commit()
    return redirect_to(url_for(".show_settings", _anchor="days"))


def _page(form: OfficeForm | None = None, days: OfficeDaysForm | None = None) -> Any:
    this_year = clock.today().year
    year = min(max(request.args.get("year", this_year, type=int), 1901), 2099)
    if form is None or not form.is_submitted():
        excludes = office.settings().before_excludes_day
        form = OfficeForm(formdata=None, before_day=EXCLUDES if excludes else INCLUDES)
    page = render_template(
        "office/settings.html",
        form=form,
        days_form=days or OfficeDaysForm(formdata=None),
        year=year,
        this_year=this_year,
        own_days=office.own_days(*office.year_of(year)),
        holidays=working_days.public_holidays(year),
    )
    return page, 422 if form.errors or days else 200
