"""Documents of the department: the blank form."""

from flask import Blueprint, Response, url_for

from blueprints import _load, _papers
from blueprints._access import requires
from core.permissions import Permission
from core.words import _
from domain import form_papers

bp = Blueprint("papers", __name__)

READ = Permission.TASKS_READ


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
