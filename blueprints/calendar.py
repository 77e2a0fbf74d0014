"""The calendar of deadlines: on screen, and as a private link for other calendars."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, public, requires
from blueprints._htmx import notify, redirect_to
from core import clock, origin
from core.errors import NotFoundError, TooOftenError
from core.extensions import db
from core.permissions import Permission
from core.rate import Rate
from core.words import _
from domain import agenda, calendar_feeds, months, working_days

bp = Blueprint("calendar", __name__)

READ, FILL = Permission.TASKS_READ, Permission.REPORTS_FILL
#: A calendar program reads once an hour or so.
PER_LINK = Rate(60, timedelta(hours=1))
#: How often one address may try links that open nothing.
WRONG_PER_ADDRESS = Rate(30, timedelta(hours=1))
LONGEST_SECRET = 64
TYPE = "text/calendar; charset=utf-8"


@bp.get("/calendar")
@requires(READ, FILL)
def show_calendar() -> str:
    """Show a month as a table of days or as a list."""
    month = months.month_of(request.args.get("month", ""), clock.today().date())
    first, last = month.shown
    days_off = working_days.days_off(first, last)
    return render_template(
        "calendar/show.html",
        month=month,
        weeks=months.weeks(month, agenda.of_person(actor(), first, last), days_off),
        today=clock.today().date(),
        as_list=request.args.get("view") == "list",
    )


@bp.get("/calendar/links")
@requires(READ, FILL)
def show_links() -> str:
    """Show which private links there are."""
    return _links()


@bp.post("/calendar/links")
@requires(READ, FILL)
def renew() -> str:
    """Make a new link, and show it once: a page to come back to would have to keep it."""
    unit_id = request.form.get("unit", type=int)
    unit = _load.own_unit_or_404(unit_id) if unit_id else None
    secret = calendar_feeds.renew(actor(), unit)
    db.session.commit()
    return _links(url_for(".feed", secret=secret, _external=True))


@bp.post("/calendar/links/<int:feed_id>/remove")
@requires(READ, FILL)
def remove(feed_id: int) -> Any:
    """Let a link open nothing more."""
    calendar_feeds.remove(actor(), _load.calendar_feed_or_404(feed_id))
    db.session.commit()
    notify(_("Đã bỏ liên kết. Lịch đã thêm ở nơi khác không cập nhật nữa."))
    return redirect_to(url_for(".show_links"))


@bp.get("/calendar/<secret>.ics")
@public
def feed(secret: str) -> Response:
    """Hand the calendar of a private link to whoever holds it."""
    too_often = TooOftenError(_("Liên kết này được đọc quá thường xuyên. Thử lại sau."))
    if not PER_LINK.take(secret[:LONGEST_SECRET]):
        raise too_often
    file = calendar_feeds.file_of(secret)
    if file is None:
        raise NotFoundError if WRONG_PER_ADDRESS.take(origin.address()) else too_often
    return Response(
        file,
        content_type=TYPE,
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": 'attachment; filename="han-bao-cao.ics"',
        },
    )


def _links(link: str = "") -> str:
    feeds = calendar_feeds.of_person(actor())
    return render_template(
        "calendar/links.html",
        link=link,
        own=next((one for one in feeds if one.person_id is not None), None),
        units=[
            (unit, next((one for one in feeds if one.unit_id == unit.id), None))
            for unit in calendar_feeds.units_of(actor())
        ],
    )
