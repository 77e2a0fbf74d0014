"""A form from a ministry's blank workbook: uploaded, checked cell by cell, confirmed."""

import zlib
from typing import Any

import orjson
from flask import Blueprint, current_app, render_template, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import form_files
from forms.form_files import FormFileForm, UnderstoodForm
from models import Task
from questionnaire.definition import FormDefinition

bp = Blueprint("form_files", __name__)

EDIT = Permission.TASKS_EDIT
#: How long a check page may lie open, in seconds.
PATIENCE = 24 * 3600
LARGEST_SEALED = 3_000_000


@bp.route("/tasks/<int:task_id>/forms/from-file", methods=["GET", "POST"])
@requires(EDIT)
def read_file(task_id: int) -> Any:
    """Take a workbook, and show what was understood of it; nothing is stored yet."""
    task = _load.task_or_404(task_id, EDIT)
    form = FormFileForm()
    if form.validate_on_submit():
        try:
            found = form_files.understood(form.file.data.read(), form.file.data.filename or "")
            definition = found.definition()
            if not definition.sections:
                raise ValueError(_("Không thấy bảng nào trong tệp này."))
            checked = UnderstoodForm(formdata=None, title=found.title, made=_seal(task, definition))
        except ValueError as error:
            form.refuse(fields={"file": [str(error)]})
        else:
            return _show(task, checked, found)
    status = 422 if form.is_submitted() else 200
    return render_template("form_files/upload.html", task=task, form=form), status


@bp.post("/tasks/<int:task_id>/forms/from-file/make")
@requires(EDIT)
def make(task_id: int) -> Any:
    """Make the form that was checked."""
    task = _load.task_or_404(task_id, EDIT)
    form = UnderstoodForm()
    definition = _unsealed(task, form.made.data or "")
    wanted = set(form.wanted.data or [])
    left_out = [one.uid for one in definition.sections if one.uid not in wanted]
    title = (form.title.data or "").strip() or definition.title
    made = form_files.make_form(actor(), task, definition, title=title[:300], left_out=left_out)
    db.session.commit()
    notify(_("Đã lập biểu mẫu từ tệp Excel. Xem lại rồi hãy công bố."))
    return redirect_to(url_for("builder.show_form", form_id=made.id))


def _show(task: Task, checked: UnderstoodForm, found: Any) -> Any:
    return render_template(
        "form_files/check.html",
        task=task,
        form=checked,
        sheets=list(zip(found.sheets, form_files.grids(found), strict=True)),
    )


def _sealer(task: Task) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"form-file-{task.id}")


def _seal(task: Task, definition: FormDefinition) -> str:
    """Return the definition as a text that only this server can have made."""
    packed = zlib.compress(orjson.dumps(definition.to_json())).hex()
    sealed = _sealer(task).dumps(packed)
    if len(sealed) > LARGEST_SEALED:
        raise ValueError(_("Tệp có quá nhiều bảng cho một biểu mẫu. Hãy tách thành nhiều tệp."))
    return str(sealed)


def _unsealed(task: Task, text: str) -> FormDefinition:
    try:
        packed = _sealer(task).loads(text, max_age=PATIENCE)
    except BadData as error:
        raise InvalidError(_("Trang kiểm tra đã quá hạn. Hãy tải tệp lên lại.")) from error
    return FormDefinition.from_json(orjson.loads(zlib.decompress(bytes.fromhex(packed))))
