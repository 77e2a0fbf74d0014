"""Filling in: the inbox, the report, its sections, and the saving of each answer."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from htmx_flask import make_response

from blueprints import _answers, _load
from blueprints._access import FILLS, actor, requires
from blueprints._htmx import redirect_to
from blueprints._questions import QuestionView, follow_ups
from core import database
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from domain import (
    answering,
    carried,
    extensions,
    inbox,
    presence,
    previous,
    submitting,
    taking,
    versions,
)
from domain.answering import AnswerConflictError
from forms.answers import read_answer, read_section, takes_answer
from questionnaire import checks
from questionnaire.definition import FormDefinition
from questionnaire.filling import reads_last

bp = Blueprint("answering", __name__)

FILL = Permission.REPORTS_FILL


@bp.get("/reports", endpoint="inbox")
@requires(FILL)
def show_inbox() -> str:
    """Show what the person's units owe."""
    chosen = request.args.get("task", type=int)
    return render_template(
        "answering/inbox.html",
        inbox=inbox.inbox(actor(), chosen),
        tasks=inbox.tasks_with_rounds(actor()),
        chosen=chosen,
    )


@bp.get("/reports/<int:assignment_id>")
@requires(*FILLS)
def show_report(assignment_id: int) -> str:
    """Show one report: what is asked, how far each section is, and what happened to it."""
    report = _load.report_or_404(assignment_id, FILL)
    definition = versions.definition(report.version_id)
    may_sign = submitting.signs_off(actor(), report)
    last = previous.of_report(report)
    found = extensions.of_assignment(report.assignment)
    return render_template(
        "answering/report.html",
        item=inbox.item(report),
        definition=definition,
        progress=checks.progress(definition, report.answers, last),
        closed=answering.closed_reason(report),
        notes=submitting.notes(report),
        may_withdraw=may_sign and submitting.may_withdraw(report),
        changed=carried.changes_of(report),
        extended=found,
        may_ask=extensions.may_ask(report) and not any(one.decided_at is None for one in found),
        takeable=taking.blank(report, taking.takeable(report, last)),
        rounds=inbox.rounds_of(actor(), report.assignment),
    )


@bp.post("/reports/<int:assignment_id>/known")
@requires(*FILLS)
def acknowledge(assignment_id: int) -> Any:
    """Take it that the unit has seen what is new in the form."""
    carried.acknowledge(_load.report_to_change_or_404(assignment_id, FILL))
    db.session.commit()
    return redirect_to(url_for(".show_report", assignment_id=assignment_id))


@bp.post("/reports/<int:assignment_id>/here")
@requires(*FILLS)
def here(assignment_id: int) -> str:
    """Note that the person has the report open; say who else has."""
    others = presence.note(actor(), _load.report_or_404(assignment_id, FILL))
    db.session.commit()
    return render_template("answering/_others.html", others=others)


@bp.get("/reports/<int:assignment_id>/sections/<uid>")
@requires(*FILLS)
def show_section(assignment_id: int, uid: str) -> str:
    """Show a section to fill in; `check=1` says what is wrong with it."""
    report = _load.report_or_404(assignment_id, FILL)
    definition, section = _answers.section_of(report, uid)
    checked = bool(request.args.get("check"))
    views = _answers.views_of(report, definition, section, checked=checked)
    return _answers.show(report, definition, section, views)


@bp.post("/reports/<int:assignment_id>/sections/<uid>")
@requires(*FILLS)
def save_section(assignment_id: int, uid: str) -> Any:
    """Save all answers of a section at once, and go where the pressed button says."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    definition, section = _answers.section_of(report, uid)
    conflicts = _answers.save_posted(report, section)
    db.session.commit()
    if not conflicts and request.form.get("go") == "stay":
        return redirect_to(url_for(".show_section", assignment_id=assignment_id, uid=uid))
    views = _answers.views_of(report, definition, section, checked=not conflicts)
    if conflicts:
        posted = read_section(section, request.form)
        views = _answers.with_conflicts(views, conflicts, posted)
        return _answers.show(report, definition, section, views), 409
    if any(one.problems and checks.is_answered(one.question, one.value) for one in views):
        return _answers.show(report, definition, section, views), 422
    return redirect_to(_answers.after(report, definition, section))


@bp.post("/reports/<int:assignment_id>/answers/<uid>")
@requires(*FILLS)
def save_answer(assignment_id: int, uid: str) -> Response:
    """Save one answer as it stands; answers with the words beside the question."""
    report = _load.draft_or_404(assignment_id)
    definition = versions.definition(report.version_id)
    question = definition.questions.get(uid)
    if question is None or not takes_answer(question):
        raise NotFoundError
    status, merged = 200, False
    value = read_answer(question, request.form)
    try:
        mark = answering.save_answer(actor(), report, uid, value, _answers.write_of(uid))
    except AnswerConflictError as error:
        view, status = _answers.conflict_view(QuestionView("", question), value, error), 409
    else:
        db.session.commit()
        view = _answers.saved_view(report, question, mark)
        merged = bool(mark) and view.value != value
    body = render_template("answering/_saved.html", view=view, swapped=True, merged=merged)
    follow = _follow_ups(assignment_id, definition, report.answers)
    response: Response = make_response(body, status, trigger=follow or False)
    return response


def _follow_ups(
    assignment_id: int, definition: FormDefinition, answers: Mapping[str, Any]
) -> dict[str, Any]:
    last = None
    if reads_last(definition):
        with database.only_reading():
            last = previous.of_report(_load.report_or_404(assignment_id, FILL))
    return follow_ups(definition, answers, last)
