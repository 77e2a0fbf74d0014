"""The summary of a round: on screen, question by question, and as a workbook."""

from tempfile import TemporaryFile

from flask import Blueprint, current_app, render_template, request, send_file
from werkzeug import Response

from blueprints import _load
from blueprints._access import actor, requires
from core import database
from core.extensions import db
from core.permissions import Permission
from domain import summary, summary_records, summary_workbook
from domain.summary_reminders import state_words

bp = Blueprint("summary", __name__, url_prefix="/rounds/<int:round_id>")


@bp.get("/summary")
@requires(Permission.SUMMARY_READ)
def show_summary(round_id: int) -> str:
    """Show who has reported and what all the answers come to."""
    round_ = _load.round_or_404(round_id, Permission.SUMMARY_READ)
    control, forms = summary.summarise(round_)
    return render_template(
        "summary/show.html", round=round_, task=round_.task, control=control, forms=forms
    )


@bp.get("/summary/<int:form_id>/<uid>")
@requires(Permission.SUMMARY_READ)
def show_answers(round_id: int, form_id: int, uid: str) -> str:
    """Show what each unit has answered to one question."""
    round_ = _load.round_or_404(round_id, Permission.SUMMARY_READ)
    form = summary_records.form_of(round_, form_id)
    question = summary.question_of(form, uid)
    page = summary.page_of_answers(form, question, request.args.get("page", 1, type=int))
    return render_template(
        "summary/answers.html",
        round=round_,
        task=round_.task,
        form=form,
        question=question,
        page=page,
        state_words=state_words,
    )


@bp.get("/summary.xlsx")
@requires(Permission.SUMMARY_READ)
def download(round_id: int) -> Response:
    """Send the workbook."""
    round_ = _load.round_or_404(round_id, Permission.SUMMARY_READ)
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it once it is sent.
    summary_workbook.write(round_, file, current_app.extensions["settings"])
    # Reading is over before the log is written, so that no writer waits for a long export.
    db.session.rollback()
    database.set_writing(True)
    summary_workbook.record_download(actor(), round_)
    name = summary_workbook.file_name(round_.task)
    db.session.commit()
    size = file.tell()
    file.seek(0)
    response = send_file(file, as_attachment=True, download_name=name, max_age=0)
    response.content_length = size
    response.headers["Cache-Control"] = "no-store"
    return response
