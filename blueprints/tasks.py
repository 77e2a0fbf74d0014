"""Tasks: the list, what the plan says, its files, and the names of its forms."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from blueprints import _files, _load, _task_steps
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import copying, office, task_list, task_overview, tasks
from forms.tasks import FilesForm, FindTasksForm, FormTitleForm, TaskForm
from models import Task

bp = Blueprint("tasks", __name__)

Page = str | Response | tuple[str, int]


@bp.get("/tasks")
@requires(Permission.TASKS_READ)
def list_tasks() -> Page:
    """List the tasks, narrowed to words and a state."""
    form = FindTasksForm(request.args)
    words = (form.q.data or "") if form.validate() else ""
    page = task_list.find(words, form.state.data or "", request.args.get("page", 1, type=int))
    return render_template(
        "tasks/list.html",
        form=form,
        page=page,
        counts=task_list.counts(),
        may_edit=actor().has(Permission.TASKS_EDIT),
    )


@bp.route("/tasks/new", methods=["GET", "POST"])
@requires(Permission.TASKS_EDIT)
def new_task() -> Page:
    """Make a task from what the plan says."""
    form = _task_form()
    if form.validate_on_submit():
        try:
            task = tasks.create(actor(), **form.values())
        except InvalidError as error:
            form.refuse_deadline(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã tạo nhiệm vụ. Tiếp theo, hãy thêm biểu mẫu."))
            return redirect_to(url_for("tasks.show_task", task_id=task.id))
    status = 422 if form.is_submitted() else 200
    return render_template("tasks/form.html", form=form, task=None), status


@bp.get("/tasks/<int:task_id>")
@requires(Permission.TASKS_READ)
def show_task(task_id: int) -> Page:
    """Show the task with its files, forms and steps."""
    return _hub(_load.task_or_404(task_id, Permission.TASKS_READ))


@bp.route("/tasks/<int:task_id>/edit", methods=["GET", "POST"])
@requires(Permission.TASKS_EDIT)
def edit_task(task_id: int) -> Page:
    """Change what the plan says, and the deadline."""
    task = _load.task_or_404(task_id, Permission.TASKS_EDIT)
    round_ = task.rounds[-1]
    form = _task_form(task)
    if form.validate_on_submit():
        try:
            tasks.change(actor(), task, **form.values(round_.due_at, round_.locks_at))
        except InvalidError as error:
            db.session.rollback()
            form.refuse_deadline(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã lưu nhiệm vụ."))
            return redirect_to(url_for("tasks.show_task", task_id=task_id))
    if not form.is_submitted():
        form.show_deadline(round_.due_at, round_.locks_at)
    status = 422 if form.is_submitted() else 200
    return render_template("tasks/form.html", form=form, task=task), status


@bp.post("/tasks/<int:task_id>/delete")
@requires(Permission.TASKS_EDIT)
def delete_task(task_id: int) -> Page:
    """Delete the task; the next page offers to undo it."""
    tasks.delete(actor(), _load.task_or_404(task_id, Permission.TASKS_EDIT))
    db.session.commit()
    notify(_("Đã xoá nhiệm vụ."), undo_url=url_for("tasks.restore_task", task_id=task_id))
    return redirect_to(url_for("tasks.list_tasks"))


@bp.post("/tasks/<int:task_id>/restore")
@requires(Permission.TASKS_EDIT)
def restore_task(task_id: int) -> Page:
    """Bring a deleted task back."""
    tasks.restore(actor(), _load.deleted_task_or_404(task_id, Permission.TASKS_EDIT))
    db.session.commit()
    return redirect_to(url_for("tasks.show_task", task_id=task_id))


@bp.post("/tasks/<int:task_id>/copy")
@requires(Permission.TASKS_EDIT)
def copy_task(task_id: int) -> Page:
    """Make a draft from the task, and show it to be corrected."""
    copy = copying.copy_task(actor(), _load.task_or_404(task_id, Permission.TASKS_EDIT))
    db.session.commit()
    notify(_("Đã tạo bản nháp từ nhiệm vụ cũ. Kiểm tra trích yếu và hạn nộp."))
    return redirect_to(url_for("tasks.edit_task", task_id=copy.id))


@bp.post("/forms/<int:form_id>/copy")
@requires(Permission.TASKS_EDIT)
def copy_form(form_id: int) -> Page:
    """Make a copy of a form in the same task."""
    form = _load.form_or_404(form_id, Permission.TASKS_EDIT)
    copy = copying.copy_form(actor(), form)
    db.session.commit()
    notify(_("Đã nhân đôi biểu mẫu."))
    return redirect_to(url_for("builder.show_form", form_id=copy.id))


@bp.post("/tasks/<int:task_id>/files")
@requires(Permission.TASKS_EDIT)
def add_file(task_id: int) -> Page:
    """Keep one or several files with the task; good ones stay where others are refused."""
    task = _load.task_or_404(task_id, Permission.TASKS_EDIT)
    form = FilesForm()
    added = 0
    for upload in form.files.data if form.validate() else ():
        try:
            tasks.add_file(actor(), task, upload.stream, upload.filename)
            added += 1
        except InvalidError as error:
            form.refuse(fields={"files": [error.message]})
    db.session.commit()
    if form.errors:
        return _hub(task, 422, files_form=form)
    notify(ngettext("Đã thêm %(num)d tệp.", "Đã thêm %(num)d tệp.", added))
    return redirect_to(url_for("tasks.show_task", task_id=task_id, _anchor="files"))


@bp.post("/tasks/<int:task_id>/files/<int:file_id>/remove")
@requires(Permission.TASKS_EDIT)
def remove_file(task_id: int, file_id: int) -> Page:
    """Take a file out of the task; the next page offers to undo it."""
    tasks.remove_file(
        actor(), _load.task_file_or_404(task_id, file_id, Permission.TASKS_EDIT)
    )
    db.session.commit()
    undo_url = url_for("tasks.restore_file", task_id=task_id, file_id=file_id)
    notify(_("Đã gỡ tệp."), undo_url=undo_url)
    return redirect_to(url_for("tasks.show_task", task_id=task_id, _anchor="files"))


@bp.post("/tasks/<int:task_id>/files/<int:file_id>/restore")
@requires(Permission.TASKS_EDIT)
def restore_file(task_id: int, file_id: int) -> Page:
    """Bring a removed file back."""
    tasks.restore_file(
        actor(), _load.task_file_or_404(task_id, file_id, Permission.TASKS_EDIT)
    )
    db.session.commit()
    return redirect_to(url_for("tasks.show_task", task_id=task_id, _anchor="files"))


@bp.get("/tasks/<int:task_id>/files/<int:file_id>")
@requires(Permission.TASKS_READ, Permission.REPORTS_FILL)
def download_file(task_id: int, file_id: int) -> Page:
    """Hand out a file of the plan, to the units that owe a report too."""
    file = _load.readable_task_file_or_404(task_id, file_id)
    return _files.send(file.file, file.name)


@bp.post("/tasks/<int:task_id>/forms")
@requires(Permission.TASKS_EDIT)
def add_form(task_id: int) -> Page:
    """Add an empty form to the task, and go on to write it."""
    task = _load.task_or_404(task_id, Permission.TASKS_EDIT)
    title = FormTitleForm()
    if not title.validate():
        return _hub(task, 422, title_form=title)
    form = tasks.add_form(actor(), task, title.title.data)
    db.session.commit()
    return redirect_to(url_for("builder.show_form", form_id=form.id))


@bp.route("/forms/<int:form_id>/rename", methods=["GET", "POST"])
@requires(Permission.TASKS_EDIT)
def rename_form(form_id: int) -> Page:
    """Give a form another name."""
    form = _load.form_or_404(form_id, Permission.TASKS_EDIT)
    title = FormTitleForm(obj=form)
    if title.validate_on_submit():
        tasks.rename_form(actor(), form, title.title.data)
        db.session.commit()
        notify(_("Đã đổi tên biểu mẫu."))
        return redirect_to(url_for("tasks.show_task", task_id=form.task_id))
    status = 422 if title.is_submitted() else 200
    return render_template("tasks/rename_form.html", form=title, report_form=form), status


@bp.post("/forms/<int:form_id>/delete")
@requires(Permission.TASKS_EDIT)
def delete_form(form_id: int) -> Page:
    """Delete a form that no unit owes; the next page offers to undo it."""
    form = _load.form_or_404(form_id, Permission.TASKS_EDIT)
    tasks.delete_form(actor(), form)
    db.session.commit()
    notify(_("Đã xoá biểu mẫu."), undo_url=url_for("tasks.restore_form", form_id=form_id))
    return redirect_to(url_for("tasks.show_task", task_id=form.task_id, _anchor="forms"))


@bp.post("/forms/<int:form_id>/restore")
@requires(Permission.TASKS_EDIT)
def restore_form(form_id: int) -> Page:
    """Bring a deleted form back."""
    form = _load.deleted_form_or_404(form_id, Permission.TASKS_EDIT)
    tasks.restore_form(actor(), form)
    db.session.commit()
    return redirect_to(url_for("tasks.show_task", task_id=form.task_id, _anchor="forms"))


def _task_form(task: Task | None = None) -> TaskForm:
    form = TaskForm(obj=task)
    form.due_word.offer(before_excludes_day=office.settings().before_excludes_day)
    return form


def _hub(task: Task, status: int = 200, **forms: Any) -> Page:
    row, rows = task_list.row_of(task), task_overview.form_rows(task)
    may_edit = actor().has(Permission.TASKS_EDIT)
    shown = {"files_form": FilesForm(formdata=None), "title_form": FormTitleForm(formdata=None)}
    body = render_template(
        "tasks/show.html",
        task=task,
        row=row,
        rows=rows,
        steps=_task_steps.steps_of(row, rows, may_edit=may_edit),
        may_edit=may_edit,
        **{**shown, **forms},
    )
    return body, status
