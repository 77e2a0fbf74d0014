"""Review: a submitted report is read, and accepted or returned."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from blueprints._questions import question_views, with_notes
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import answering, extensions, inbox, previous, resubmitting, review, submitting, versions
from forms.review import LONGEST_NOTE, ReturnForm
from models import Response as Report

bp = Blueprint("review", __name__)

READ = Permission.RESPONSES_READ
REVIEW = Permission.RESPONSES_REVIEW


@bp.get("/reports/<int:assignment_id>/review")
@requires(READ)
def show_report(assignment_id: int) -> str:
    """Show what a unit has submitted."""
    return _page(_load.report_or_404(assignment_id, READ), ReturnForm())


@bp.post("/reports/<int:assignment_id>/review/accept")
@requires(REVIEW)
def accept(assignment_id: int) -> Any:
    """Accept the report, and go on to the next one."""
    report = _load.report_to_change_or_404(assignment_id, REVIEW)
    review.accept(actor(), report)
    db.session.commit()
    notify(_("Đã tiếp nhận báo cáo của %(unit)s.", unit=report.assignment.unit_name))
    return redirect_to(url_for(".show_report", assignment_id=assignment_id))


@bp.post("/reports/<int:assignment_id>/review/return")
@requires(REVIEW)
def return_report(assignment_id: int) -> Any:
    """Return the report with a reason and notes."""
    report = _load.report_to_change_or_404(assignment_id, REVIEW)
    form = ReturnForm()
    if not form.validate_on_submit():
        return _page(report, form), 422
    notes = {
        name.removeprefix("note-"): text.strip()[:LONGEST_NOTE]
        for name, text in request.form.items()
        if name.startswith("note-")
    }
    review.return_report(actor(), report, form.reason.data, notes)
    db.session.commit()
    notify(_("Đã trả lại báo cáo cho %(unit)s.", unit=report.assignment.unit_name))
    return redirect_to(url_for("board.show_board", round_id=report.assignment.round_id))


def _page(report: Report, form: ReturnForm) -> str:
    submission, notes = report.current_submission, submitting.notes(report)
    sections = []
    if submission is not None:
        definition = versions.definition(submission.version_id)
        last = previous.of_submission(submission)
        sections = [
            (
                one,
                with_notes(
                    question_views(
                        definition,
                        one,
                        submission.answers,
                        last=last,
                        checked=True,
                        reasons=submission.reasons,
                    ),
                    review.said_before(submission, notes),
                ),
            )
            for one in definition.sections
        ]
    before, after = review.neighbours(report)
    return render_template(
        "review/report.html",
        item=inbox.item(report),
        task=report.assignment.round.task,
        submission=submission,
        sections=sections,
        form=form,
        notes=notes,
        questions=versions.definition(report.version_id).questions,
        before=before,
        after=after,
        may_review=actor().has(REVIEW),
        may_enter=actor().may(Permission.REPORTS_ENTER_FOR),
        may_edit=actor().may(Permission.TASKS_EDIT),
        extended=extensions.of_assignment(report.assignment),
        closed=answering.not_owed_reason(report),
        compared=resubmitting.since_the_one_before(submission) if submission else None,
    )
