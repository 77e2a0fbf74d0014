"""A report as a workbook: downloaded by the unit, filled in, checked, and accepted into the report."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, send_file, url_for

from blueprints import _answers, _load, _sealed
from blueprints._access import FILLS, actor, requires
from blueprints._htmx import notify, redirect_to
from core import database
from core.errors import DomainError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import answering, inbox, response_files, response_template
from domain.answering import AnswerConflictError
from domain.response_files import DryRun
from forms.response_files import AcceptForm, ResponseFileForm
from models import Response as Report

bp = Blueprint("response_files", __name__, url_prefix="/reports/<int:assignment_id>/excel")

FILL = Permission.REPORTS_FILL


@bp.get("/template.xlsx")
@requires(*FILLS)
def template(assignment_id: int) -> Response:
    """Send the report as a workbook to fill in."""
    report = _load.report_or_404(assignment_id, FILL)
    file = BytesIO()
    response_template.write(report, file)
    file.seek(0)
    name = response_template.file_name(report)
    response: Response = send_file(file, as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.route("", methods=["GET", "POST"])
@requires(*FILLS)
def read_file(assignment_id: int) -> Any:
    """Take a filled workbook, and show what is wrong and what would change; nothing is stored."""
    report = _load.report_or_404(assignment_id, FILL)
    form = ResponseFileForm()
    if form.validate_on_submit():
        try:
            report, run = _try_out(assignment_id, form.file.data.read())
            return _show(report, run), 422 if run.problems else 200
        except (ValueError, DomainError) as error:
            form.refuse(fields={"file": [str(error)]})
            report = _load.report_or_404(assignment_id, FILL)
    page = render_template(
        "response_files/upload.html",
        item=inbox.item(report),
        form=form,
        closed=answering.closed_reason(report),
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/accept")
@requires(*FILLS)
def accept(assignment_id: int) -> Any:
    """Store what was checked, all or nothing."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    form = AcceptForm()
    file, found = _unsealed(report, form.found.data or "")
    taken = set(form.taken.data or [])
    changes = [(uid, value, rev) for uid, value, rev, asked in found if not asked or uid in taken]
    try:
        count = response_files.accept(actor(), report, changes, file)
    except AnswerConflictError as error:
        db.session.rollback()
        label = error.question.label
        notify(_("“%(label)s” vừa được sửa nên chưa ghi gì. Hãy nộp lại tệp.", label=label), "warning")
        return redirect_to(url_for(".read_file", assignment_id=assignment_id))
    db.session.commit()
    notify(ngettext("Đã ghi %(num)d câu trả lời từ tệp Excel.",
                    "Đã ghi %(num)d câu trả lời từ tệp Excel.", count))  # fmt: skip
    return redirect_to(url_for("answering.show_report", assignment_id=assignment_id))


def _try_out(assignment_id: int, content: bytes) -> tuple[Report, DryRun]:
    """Read the file while no transaction is open, so that nobody waits for it."""
    db.session.rollback()
    database.set_writing(False)
    book = response_files.read_file(content)
    report = _load.report_or_404(assignment_id, FILL)
    return report, response_files.try_out(actor(), report, book, carry_over=True)


def _show(report: Report, run: DryRun) -> str:
    conflicts = {
        one.question.uid: (answering.person_of(one.mark or {}), _answers.saved_at(one.mark or {}))
        for one in run.conflicts
    }
    return render_template(
        "response_files/check.html",
        item=inbox.item(report),
        run=run,
        conflicts=conflicts,
        form=AcceptForm(formdata=None, found=_seal(report, run)),
    )


def _purpose(report: Report) -> str:
    return f"response-file-{report.assignment_id}-{actor().person_id}"


def _seal(report: Report, run: DryRun) -> str:
    """Return what the file would change as a text that only this server can have made."""
    found = [(one.question.uid, one.new, one.rev, one.mark is not None) for one in run.changes]
    return _sealed.seal(_purpose(report), (run.file, found))


def _unsealed(report: Report, text: str) -> tuple[str, list[tuple[str, Any, int, bool]]]:
    file, found = _sealed.unseal(_purpose(report), text)
    return file, found
