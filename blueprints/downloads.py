"""All files of a summary: whole or by view, at once or made in the background for who asks."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from blueprints import _load, _summary_files
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to, render
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import prepared_files, summary_files, summary_records, summary_templates, summary_views
from domain.successors import Structure
from domain.summary_files import Shape, Wanted
from models import Round

bp = Blueprint("downloads", __name__, url_prefix="/rounds/<int:round_id>/downloads")

READ = Permission.SUMMARY_READ


@bp.get("")
@requires(READ)
def show(round_id: int) -> Response:
    """Show what can be downloaded, and what is being made for this person."""
    round_ = _load.round_or_404(round_id, READ)
    _summary_files.warm_up()
    return render(
        "downloads/show.html",
        "downloads/_prepared.html",
        round=round_,
        files=prepared_files.of_person(actor(), round_),
        has_failed=prepared_files.has_failed,
        is_large=_summary_files.is_large(round_, Wanted(round_.id)),
        views=summary_views.of_task(round_.task),
        forms=[one.form for one in summary_records.forms_of(round_)],
        templates=summary_templates.of_task(round_.task),
    )


@bp.get("/file")
@requires(READ)
def download(round_id: int) -> Any:
    """Send a file at once, or lead to where it can be asked for if it is large."""
    round_ = _load.round_or_404(round_id, READ)
    return _summary_files.send_or_ask(round_, _wanted(round_, request.args))


@bp.post("/prepare")
@requires(READ)
def prepare(round_id: int) -> Any:
    """Have a large file made in the background; a small one is sent at once."""
    round_ = _load.round_or_404(round_id, READ)
    wanted = _wanted(round_, request.form)
    if _summary_files.is_large(round_, wanted):
        prepared_files.ask(actor(), round_, wanted)
        db.session.commit()
        return redirect_to(url_for(".show", round_id=round_id, _anchor="prepared"))
    return redirect_to(_summary_files.url_of(round_, wanted))


@bp.get("/prepared/<int:prepared_id>")
@requires(READ)
def download_prepared(round_id: int, prepared_id: int) -> Any:
    """Send a file that was made for this person."""
    round_ = _load.round_or_404(round_id, READ)
    file = _load.prepared_file_or_404(round_, prepared_id, READ)
    return _summary_files.send_prepared(round_, file)


@bp.post("/prepared/<int:prepared_id>/discard")
@requires(READ)
def discard(round_id: int, prepared_id: int) -> Any:
    """Throw a file away that was made for this person."""
    round_ = _load.round_or_404(round_id, READ)
    prepared_files.discard(actor(), _load.prepared_file_or_404(round_, prepared_id, READ))
    db.session.commit()
    notify(_("Đã xoá tệp."))
    return redirect_to(url_for(".show", round_id=round_id))


def _wanted(round_: Round, asked: Any) -> Wanted:
    wanted = Wanted(
        round_.id,
        str(asked.get("shape", Shape.WORKBOOK)),
        asked.get("form", type=int),
        asked.get("view", type=int),
        asked.get("template", type=int),
        str(asked.get("structure", Structure.THEN)),
    )
    return summary_files.checked(wanted, round_)
