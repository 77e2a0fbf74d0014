"""Punctuality: what units sent in time, late or not at all, year by year."""

from tempfile import TemporaryFile

from flask import Blueprint, render_template, request, send_file
from werkzeug import Response

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import render
from core import database
from core.extensions import db
from core.permissions import Permission
from domain import punctuality, punctuality_book
from domain.punctuality import Chosen

bp = Blueprint("punctuality", __name__)

READ = Permission.RESPONSES_READ
LONGEST_WORDS = 300


@bp.get("/punctuality")
@requires(READ)
def show_units() -> Response:
    """Show a year's record of every unit, narrowed as the address says."""
    years, chosen = _chosen()
    months = punctuality.by_month(chosen)
    return render(
        "punctuality/units.html",
        "punctuality/_units.html",
        years=years,
        groups=punctuality.groups(chosen.year),
        chosen=chosen,
        found=punctuality.page(chosen, request.args.get("page", 1, type=int)),
        months=months,
        total=punctuality.together(months.values()),
        rule=punctuality_book.RULE,
    )


@bp.get("/punctuality.xlsx")
@requires(READ)
def download() -> Response:
    """Send the records of the units, and each report behind them, as a workbook."""
    _years, chosen = _chosen()
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it once it is sent.
    punctuality_book.write(chosen, file)
    # Reading is over before the log is written, so that no writer waits for a long export.
    db.session.rollback()
    database.set_writing(True)
    punctuality_book.record_download(actor(), chosen)
    db.session.commit()
    file.seek(0)
    name = punctuality_book.file_name(chosen)
    response = send_file(file, as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/punctuality/<int:unit_id>")
@requires(READ, Permission.REPORTS_FILL)
def show_unit(unit_id: int) -> str:
    """Show every report that a unit owed in a year; its own people see it too."""
    unit = _load.unit_to_read_or_404(unit_id)
    years, chosen = _chosen()
    return render_template(
        "punctuality/unit.html",
        unit=unit,
        chosen=chosen,
        years=years,
        found=punctuality.of_unit(unit, chosen.year),
        rule=punctuality_book.RULE,
        is_staff=actor().has(READ),
    )


def _chosen() -> tuple[list[int], Chosen]:
    """Return the years to choose from, and what the address says; a wrong year is the newest."""
    years = punctuality.years()
    year = request.args.get("year", 0, type=int)
    words, group = (request.args.get(name, "").strip()[:LONGEST_WORDS] for name in ("q", "group"))
    return years, Chosen(year if year in years else years[0], words, group)
