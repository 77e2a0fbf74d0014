"""Official documents: the blank form, the report of a unit, and the letter that reminds."""

from flask import Blueprint, Response, url_for

from blueprints import _crumbs, _load, _papers
from blueprints._access import FILLS, requires
from core.permissions import Permission
from core.words import _
from domain import form_papers, inbox, reminder_letter, report_papers

bp = Blueprint("papers", __name__)

READ = Permission.TASKS_READ
RESPONSES = Permission.RESPONSES_READ
READERS = (*FILLS, RESPONSES)


@bp.get("/forms/<int:form_id>/blank")
@requires(READ)
def show_blank(form_id: int) -> str:
    """Show a form blank, to be printed and written on."""
    form = _load.form_or_404(form_id, READ)
    task_url = url_for("tasks.show_task", task_id=form.task_id)
    return _papers.show(
        form_papers.blank(form, _papers.office()),
        title=_("Mẫu trống: %(title)s", title=form.title),
        crumbs=[(_("Nhiệm vụ"), url_for("tasks.list_tasks")), (form.task.title, task_url)],
        word_url=url_for(".download_blank", form_id=form_id),
    )


@bp.get("/forms/<int:form_id>/blank.docx")
@requires(READ)
def download_blank(form_id: int) -> Response:
    """Send a form blank, as a Word file."""
    form = _load.form_or_404(form_id, READ)
    return _papers.send(form_papers.blank(form, _papers.office()), form_papers.file_name(form))


@bp.get("/reports/<int:assignment_id>/paper")
@requires(*READERS)
def show_report(assignment_id: int) -> str:
    """Show a report as an official document, to be printed."""
    report = _load.report_to_read_or_404(assignment_id)
    item = inbox.item(report)
    return _papers.show(
        report_papers.of_report(report, _papers.office()),
        title=_("Báo cáo của %(unit)s", unit=report.assignment.unit_name),
        crumbs=_crumbs.to_paper(item),
        word_url=url_for(".download_report", assignment_id=assignment_id),
    )


@bp.get("/reports/<int:assignment_id>/paper.docx")
@requires(*READERS)
def download_report(assignment_id: int) -> Response:
    """Send a report as a Word file."""
    report = _load.report_to_read_or_404(assignment_id)
    document = report_papers.of_report(report, _papers.office())
    return _papers.send(document, report_papers.file_name(report))


@bp.get("/rounds/<int:round_id>/reminder-letter")
@requires(RESPONSES)
def show_letter(round_id: int) -> str:
    """Show the letter that reminds units of a round, to be printed."""
    round_ = _load.round_or_404(round_id, RESPONSES)
    board_url = url_for("board.show_board", round_id=round_id)
    return _papers.show(
        reminder_letter.letter(round_, _papers.office()),
        title=_("Công văn đôn đốc"),
        crumbs=[(_("Nhiệm vụ"), url_for("tasks.list_tasks")), (_("Theo dõi nộp"), board_url)],
        word_url=url_for(".download_letter", round_id=round_id),
    )


@bp.get("/rounds/<int:round_id>/reminder-letter.docx")
@requires(RESPONSES)
def download_letter(round_id: int) -> Response:
    """Send the letter that reminds units of a round, as a Word file."""
    round_ = _load.round_or_404(round_id, RESPONSES)
    document = reminder_letter.letter(round_, _papers.office())
    return _papers.send(document, reminder_letter.file_name(round_))
