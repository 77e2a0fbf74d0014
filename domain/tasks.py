"""Tasks: made, changed, deleted and taken back, with their forms and files."""

from collections.abc import Collection
from datetime import datetime
from typing import IO, Any

from sqlalchemy import exists, func, select

from core import clock, vietnamese
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _, ngettext
from domain import audit, deadlines, files
from models import Assignment, Form, Round, StoredFile, Task, TaskFile

TEXTS = ("doc_type", "number", "symbol", "title", "issuer", "legal_basis", "instructions")
FIELDS = frozenset({*TEXTS, "issued_on", "needs_sign_off"})
LONGEST_SEARCH_KEY = 800
MOST_FILES = 50


def create(
    actor: Actor | None,
    *,
    title: str,
    due_at: datetime | None = None,
    locks_at: datetime | None = None,
    **fields: Any,
) -> Task:
    """Make a task with its first round, named by its year.

    `fields` are other columns of Task that people fill in.
    """
    now = clock.now()
    task = Task(created_at=now, updated_at=now, created_by_id=actor.person_id if actor else None)
    _fill(task, {"title": title, **fields})
    year = clock.local(due_at or now).year
    task.rounds.append(Round(name=_("Năm %(year)d", year=year)))
    set_deadline(task.rounds[0], due_at, locks_at)
    db.session.add(task)
    db.session.flush()
    audit.record(actor, "task.created", task)
    return task


def change(actor: Actor | None, task: Task, **fields: Any) -> None:
    """Change what is named of the task's columns, and `due_at` and `locks_at` of its last round."""
    round_ = task.rounds[-1]
    old = {name: getattr(task, name) for name in FIELDS & fields.keys()}
    old_dates = (round_.due_at, round_.locks_at)
    dates = (fields.pop("due_at", round_.due_at), fields.pop("locks_at", round_.locks_at))
    if dates != old_dates:
        set_deadline(round_, *dates)
    _fill(task, fields)
    changed = sorted(name for name, value in old.items() if getattr(task, name) != value)
    if not changed and dates == old_dates:
        return
    task.updated_at = clock.now()
    db.session.flush()
    detail: dict[str, Any] = {"fields": changed} if changed else {}
    if dates != old_dates:
        detail["deadline"] = [date.isoformat() if date else "" for date in dates]
    audit.record(actor, "task.changed", task, **detail)


def delete(actor: Actor | None, task: Task) -> None:
    """Take the task out of every list, units' inboxes too; `restore` brings all of it back."""
    task.deleted_at = clock.now()
    db.session.flush()
    audit.record(actor, "task.deleted", task)


def restore(actor: Actor | None, task: Task) -> None:
    """Bring a deleted task back."""
    task.deleted_at = None
    db.session.flush()
    audit.record(actor, "task.restored", task)


def add_form(actor: Actor | None, task: Task, title: str) -> Form:
    """Add an empty form at the end of the task."""
    highest = db.session.execute(
        select(func.coalesce(func.max(Form.position), -1)).where(Form.task_id == task.id)
    ).scalar_one()
    form = Form(
        task_id=task.id,
        title=_required(title, "title"),
        position=highest + 1,
        updated_at=clock.now(),
    )
    db.session.add(form)
    db.session.flush()
    db.session.expire(task, ["forms"])
    audit.record(actor, "form.created", form, task=task.id)
    return form


def rename_form(actor: Actor | None, form: Form, title: str) -> None:
    """Change the form's title; units see it from the next publication on."""
    form.title = _required(title, "title")
    form.rev += 1
    form.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, "form.renamed", form, task=form.task_id)


def delete_form(actor: Actor | None, form: Form) -> None:
    """Take the form out of its task; refused once units owe it, since their reports hang on it."""
    if owing := units_owing(form):
        raise ConflictError(
            ngettext(
                "Biểu mẫu đã giao cho %(num)d đơn vị nên không xoá được.",
                "Biểu mẫu đã giao cho %(num)d đơn vị nên không xoá được.",
                owing,
            )
        )
    form.deleted_at = clock.now()
    db.session.flush()
    db.session.expire(form.task, ["forms"])
    audit.record(actor, "form.deleted", form, task=form.task_id)


def restore_form(actor: Actor | None, form: Form) -> None:
    """Bring a deleted form back to where it was."""
    form.deleted_at = None
    db.session.flush()
    db.session.expire(form.task, ["forms"])
    audit.record(actor, "form.restored", form, task=form.task_id)


def units_owing(form: Form) -> int:
    """Return how many units owe the form, in all rounds."""
    return db.session.execute(
        select(func.count(Assignment.id)).where(Assignment.form_id == form.id)
    ).scalar_one()


def is_owed_by(task: Task, units: Collection[int]) -> bool:
    """Tell whether one of `units` owes a report in a published round of the task."""
    return bool(
        db.session.execute(
            select(
                exists().where(
                    Assignment.unit_id.in_(units),
                    Assignment.round_id == Round.id,
                    Round.task_id == task.id,
                    Round.published_at.is_not(None),
                )
            )
        ).scalar()
    )


def add_file(actor: Actor | None, task: Task, stream: IO[bytes], filename: str) -> TaskFile:
    """Keep a file of the plan with the task; raises InvalidError for a refused one."""
    if len(task.files) >= MOST_FILES:
        raise InvalidError(_("Mỗi nhiệm vụ có nhiều nhất %(most)d tệp.", most=MOST_FILES))
    stored, name = files.keep(stream, filename)
    return attach(actor, task, stored, name)


def attach(actor: Actor | None, task: Task, stored: StoredFile, name: str) -> TaskFile:
    """Put a stored file to the task."""
    file = TaskFile(
        task_id=task.id,
        file_id=stored.id,
        name=name,
        uploaded_by_id=actor.person_id if actor else None,
        uploaded_at=clock.now(),
    )
    db.session.add(file)
    db.session.flush()
    db.session.expire(task, ["files"])
    audit.record(actor, "task_file.added", file, task=task.id)
    return file


def remove_file(actor: Actor | None, file: TaskFile) -> None:
    """Take a file out of its task; `restore_file` brings it back."""
    file.deleted_at = clock.now()
    db.session.flush()
    db.session.expire(file.task, ["files"])
    audit.record(actor, "task_file.removed", file, task=file.task_id)


def restore_file(actor: Actor | None, file: TaskFile) -> None:
    """Bring a removed file back."""
    file.deleted_at = None
    db.session.flush()
    db.session.expire(file.task, ["files"])
    audit.record(actor, "task_file.restored", file, task=file.task_id)


def _fill(task: Task, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"a task has no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        if name == "title":
            value = _required(value, "title")
        setattr(task, name, value)
    words = f"{task.number or ''}/{task.symbol or ''} {task.title} {task.issuer or ''}"
    task.search_key = vietnamese.search_key(words)[:LONGEST_SEARCH_KEY]


def _required(text: str, field: str) -> str:
    if not text.strip():
        raise InvalidError(fields={field: [_("Chưa nhập mục này.")]})
    return text


def set_deadline(round_: Round, due_at: datetime | None, locks_at: datetime | None) -> None:
    """Set both dates of a round; what units were told may move later, but never into the past."""
    if locks_at is not None and (due_at is None or locks_at < due_at):
        raise InvalidError(fields={"locks_at": [_("Ngày khoá sổ không được trước hạn nộp.")]})
    if round_.published_at is not None and due_at != round_.due_at:
        if due_at is None:
            raise InvalidError(fields={"due_at": [_("Nhiệm vụ đã công bố phải có hạn nộp.")]})
        if due_at < clock.now():
            text = _("Nhiệm vụ đã công bố: hạn nộp mới phải ở sau lúc này.")
            raise InvalidError(fields={"due_at": [text]})
    if locks_at != round_.locks_at and round_.id is not None:
        deadlines.release(round_)
    round_.due_at, round_.locks_at = due_at, locks_at
