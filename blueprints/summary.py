"""The summary of a round: on screen, question by question, and as a workbook."""

from typing import Any

from flask import Blueprint, render_template, request

from blueprints import _load, _summary_files
from blueprints._access import requires
from blueprints._structure import structure_asked
from core.permissions import Permission
from domain import summary, summary_records
from domain.summary_files import Wanted

bp = Blueprint("summary", __name__, url_prefix="/rounds/<int:round_id>")


@bp.get("/summary")
@requires(Permission.SUMMARY_READ)
def show_summary(round_id: int) -> str:
    """Show who has reported and what all the answers come to."""
    round_ = _load.round_or_404(round_id, Permission.SUMMARY_READ)
    _summary_files.warm_up()
    control, forms = summary.summarise(round_)
    return render_template(
        "summary/show.html",
        round=round_,
        task=round_.task,
        control=control,
        forms=forms,
        structure=structure_asked(),
    )


@bp.get("/summary/<int:form_id>/<uid>")
@requires(Permission.SUMMARY_READ)
def show_answers(round_id: int, form_id: int, uid: str) -> str:
    """Show what each unit has answered to one question."""
    round_ = _load.round_or_404(round_id, Permission.SUMMARY_READ)
    form = summary_records.form_of(round_, form_id)
    question = summary.question_of(form, uid)
    structure, number = structure_asked(), request.args.get("page", 1, type=int)
    page = summary.page_of_answers(form, question, number, structure)
    return render_template(
        "summary/answers.html",
        round=round_,
        task=round_.task,
        form=form,
        question=question,
        page=page,
        structure=structure,
    )


@bp.get("/summary.xlsx")
@requires(Permission.SUMMARY_READ)
def download(round_id: int) -> Any:
    """Send the workbook."""
    round_ = _load.round_or_404(round_id, Permission.SUMMARY_READ)
    return _summary_files.send_or_ask(round_, Wanted(round_.id, structure=structure_asked()))
