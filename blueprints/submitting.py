"""Submitting: the check page, sign-off, the receipt, and taking a report back."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from blueprints import _load
from blueprints._access import FILLS, actor, requires
from blueprints._htmx import notify, redirect_to
from blueprints._questions import QuestionView, question_views, with_notes
from core.errors import InvalidError, NotFoundError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import answering, inbox, previous, receipts, resubmitting, submitting, versions
from forms.answering import SendBackForm, read_reasons
from models import Response as Report
from questionnaire import checks
from questionnaire.filling import filled, hidden_questions

bp = Blueprint("submitting", __name__)

FILL = Permission.REPORTS_FILL


@bp.get("/reports/<int:assignment_id>/check")
@requires(*FILLS)
def check(assignment_id: int) -> str:
    """Show all answers of a report with what is still to be done."""
    return _check_page(_load.report_or_404(assignment_id, FILL), SendBackForm())


@bp.post("/reports/<int:assignment_id>/submit")
@requires(*FILLS)
def submit(assignment_id: int) -> Any:
    """Submit the report, or send it to the leader."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    try:
        submission = submitting.submit(actor(), report, read_reasons(request.form))
    except InvalidError:
        db.session.commit()
        return _check_page(report, SendBackForm()), 422
    number = submission.number if submission else None
    db.session.commit()
    if number is None:
        notify(_("Đã gửi lãnh đạo đơn vị duyệt."))
        return redirect_to(url_for("answering.show_report", assignment_id=assignment_id))
    notify(_("Đã nộp báo cáo."))
    return redirect_to(url_for(".receipt", assignment_id=assignment_id, number=number))


@bp.post("/reports/<int:assignment_id>/send-back")
@requires(Permission.REPORTS_SIGN_OFF)
def send_back(assignment_id: int) -> Any:
    """Give a report that waits for sign-off back to those who fill it in."""
    report = _load.report_to_change_or_404(assignment_id, Permission.REPORTS_SIGN_OFF)
    form = SendBackForm()
    if not form.validate_on_submit():
        return _check_page(report, form), 422
    submitting.send_back(actor(), report, form.reason.data)
    db.session.commit()
    notify(_("Đã gửi lại cho người nhập."))
    return redirect_to(url_for("answering.show_report", assignment_id=assignment_id))


@bp.post("/reports/<int:assignment_id>/withdraw")
@requires(*FILLS)
def withdraw(assignment_id: int) -> Any:
    """Take a submitted report back to go on filling it in."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    submitting.withdraw(actor(), report)
    db.session.commit()
    notify(_("Đã rút báo cáo. Nhớ nộp lại trước hạn."))
    return redirect_to(url_for("answering.show_report", assignment_id=assignment_id))


@bp.get("/reports/<int:assignment_id>/receipts/<int:number>")
@requires(*FILLS)
def receipt(assignment_id: int, number: int) -> str:
    """Show what was submitted, with its receipt, ready to print."""
    report = _load.report_or_404(assignment_id, FILL)
    submission = next((one for one in report.submissions if one.number == number), None)
    if submission is None:
        raise NotFoundError
    definition = versions.definition(submission.version_id)
    last = previous.of_submission(submission)
    return render_template(
        "submitting/receipt.html",
        item=inbox.item(report),
        submission=submission,
        mark=receipts.mark_of(submission),
        definition=definition,
        sections=[
            (section, _asked(question_views(definition, section, submission.answers, last=last)))
            for section in definition.sections
        ],
        may_withdraw=submitting.signs_off(actor(), report) and submitting.may_withdraw(report),
    )


def _check_page(report: Report, form: SendBackForm) -> str:
    definition = versions.definition(report.version_id)
    last = previous.of_report(report)
    said = inbox.notes_by_question(report)
    return render_template(
        "submitting/check.html",
        item=inbox.item(report),
        definition=definition,
        form=form,
        progress=checks.progress(definition, report.answers, last),
        sections={
            one.uid: with_notes(
                _asked(
                    question_views(
                        definition,
                        one,
                        report.answers,
                        last=last,
                        checked=True,
                        reasons=report.reasons,
                    )
                ),
                said,
            )
            for one in definition.sections
        },
        blank=checks.unanswered(definition, report.answers, last),
        closed=answering.closed_reason(report),
        signs_off=submitting.signs_off(actor(), report),
        compared=resubmitting.since_submitted(report),
        hidden=hidden_questions(definition, filled(definition, report.answers, last)),
    )


def _asked(views: list[QuestionView]) -> list[QuestionView]:
    return [view for view in views if not view.hidden]
