"""Background work, for the administrator: when it ran, when it runs next, and what failed."""

from typing import Any

from flask import Blueprint, render_template, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import background, background_overview

bp = Blueprint("background", __name__)

MANAGE = Permission.JOBS_MANAGE


@bp.get("/background")
@requires(MANAGE)
def show() -> str:
    """Show the periodic work, what waits, and what failed for good."""
    return render_template("background/show.html", overview=background_overview.overview())


@bp.post("/background/<int:job_id>/run-again")
@requires(MANAGE)
def run_again(job_id: int) -> Any:
    """Let parked work be tried again."""
    background.run_again(actor(), _load.job_or_404(job_id, MANAGE))
    db.session.commit()
    notify(_("Việc này sẽ được chạy lại ngay."))
    return redirect_to(url_for(".show"))
