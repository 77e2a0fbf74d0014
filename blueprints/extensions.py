"""Later deadlines and exemptions: units ask, the office grants, refuses and exempts."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import deadlines, exemptions, extensions, inbox
from forms.deadlines import ReasonForm, UntilForm
from models import Assignment, Round

bp = Blueprint("extensions", __name__)

EDIT = Permission.TASKS_EDIT
FILL = Permission.REPORTS_FILL


@bp.route("/reports/<int:assignment_id>/extension", methods=["GET", "POST"])
@requires(FILL)
def ask(assignment_id: int) -> Any:
    """Let a unit ask for a later deadline."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    form, done = UntilForm(), False
    if form.validate_on_submit():
        try:
            extensions.ask(actor(), report, form.until, form.reason.data)
            done = True
        except (ConflictError, InvalidError) as error:
            form.refuse_until(error.message, getattr(error, "fields", {}))
    if done:
        db.session.commit()
        notify(_("Đã gửi đề nghị gia hạn. Trong khi chờ, đơn vị vẫn nhập và nộp được."))
        return redirect_to(url_for("answering.show_report", assignment_id=assignment_id))
    page = render_template(
        "extensions/ask.html", item=inbox.item(report), form=form, may=extensions.may_ask(report)
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/rounds/<int:round_id>/extend", methods=["GET", "POST"])
@requires(EDIT)
def extend(round_id: int) -> Any:
    """Give the chosen units a later deadline."""
    round_, chosen = _chosen(round_id)
    form = UntilForm()
    if form.validate_on_submit():
        try:
            extensions.grant(actor(), chosen, form.until, form.reason.data)
            return _done(round_, ngettext("Đã gia hạn cho %(num)d báo cáo.",
                                          "Đã gia hạn cho %(num)d báo cáo.", len(chosen)))  # fmt: skip
        except (ConflictError, InvalidError) as error:
            db.session.rollback()
            form.refuse_until(error.message, getattr(error, "fields", {}))
            round_, chosen = _chosen(round_id)
    asked = extensions.waiting(chosen[0]) if len(chosen) == 1 else None
    if asked and not form.is_submitted():
        form.show(asked.asked_until)
    return _page("extensions/extend.html", round_, chosen, form, asked=asked)


@bp.route("/rounds/<int:round_id>/exempt", methods=["GET", "POST"])
@requires(EDIT)
def exempt(round_id: int) -> Any:
    """Say that the chosen units don't owe their reports."""
    round_, chosen = _chosen(round_id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            exemptions.exempt(actor(), chosen, form.reason.data)
            return _done(round_, ngettext("Đã miễn %(num)d báo cáo.", "Đã miễn %(num)d báo cáo.",
                                          len(chosen)))  # fmt: skip
        except ConflictError as error:
            form.refuse(error.message)
    return _page("extensions/exempt.html", round_, chosen, form)


@bp.post("/reports/<int:assignment_id>/require")
@requires(EDIT)
def require_again(assignment_id: int) -> Any:
    """Take back that a unit doesn't owe its report."""
    report = _load.report_to_change_or_404(assignment_id, EDIT)
    exemptions.require_again(actor(), report.assignment)
    db.session.commit()
    notify(_("Đơn vị lại phải nộp báo cáo này."))
    return redirect_to(url_for("review.show_report", assignment_id=assignment_id))


@bp.post("/extensions/<int:extension_id>/refuse")
@requires(EDIT)
def refuse(extension_id: int) -> Any:
    """Refuse a later deadline."""
    extension = _load.extension_or_404(extension_id, EDIT)
    form = ReasonForm()
    if not form.validate_on_submit():
        chosen = [extension.assignment]
        return _page("extensions/refuse.html", extension.assignment.round, chosen, form, asked=extension)
    extensions.refuse(actor(), extension, form.reason.data)
    return _done(extension.assignment.round, _("Đã từ chối gia hạn; đơn vị thấy lý do."))


def _chosen(round_id: int) -> tuple[Round, list[Assignment]]:
    round_ = _load.round_or_404(round_id, EDIT)
    ids = request.values.getlist("report", type=int)
    if not ids:
        raise InvalidError(
            _("Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trên trang theo dõi nộp.")
        )
    return round_, _load.assignments_or_404(round_, ids, EDIT)


def _done(round_: Round, text: str) -> Any:
    db.session.commit()
    notify(text)
    return redirect_to(url_for("board.show_board", round_id=round_.id))


def _page(
    template: str, round_: Round, chosen: list[Assignment], form: ReasonForm, **more: Any
) -> Any:
    page = render_template(
        template,
        round=round_,
        chosen=[(one, deadlines.due_at(one)) for one in chosen],
        form=form,
        **more,
    )
    return page, 422 if form.is_submitted() else 200
