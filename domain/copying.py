"""Starting from what is there: a task of last year, a form of the same task."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core import clock
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, builder, publishing, tasks
from models import Form, Question, Section, Task
from questionnaire.ids import new_id

COPIED = ("doc_type", "symbol", "issuer", "legal_basis", "instructions", "needs_sign_off")


def copy_task(actor: Actor | None, task: Task) -> Task:
    """Make a draft of the same task for this time: forms, units and all, but no answers.

    Deadlines move on by whole years until they lie ahead, and so does their year in the title;
    number and date of the document are left for the new one, and so are its files.
    """
    round_ = task.rounds[-1]
    basis = round_.due_at or task.created_at
    years = _years_ahead(basis)
    year = clock.local(basis).year
    copy = tasks.create(
        actor,
        title=re.sub(rf"\b{year}\b", str(year + years), task.title),
        due_at=_later(round_.due_at, years),
        locks_at=_later(round_.locks_at, years),
        **{name: getattr(task, name) for name in COPIED},
    )
    for form in task.forms:
        _copy_into(actor, form, copy, form.title).copied_from_id = form.id
    db.session.expire(copy)
    audit.record(actor, "task.copied", copy, source=task.id)
    return copy


def copy_form(actor: Actor | None, form: Form) -> Form:
    """Make a copy of the form in the same task."""
    title = _("%(title)s (bản sao)", title=form.title)[:300]
    copy = _copy_into(actor, form, form.task, title)
    copy.copied_from_id = form.copied_from_id
    audit.record(actor, "form.copied", copy, source=form.id)
    return copy


def _copy_into(actor: Actor | None, form: Form, task: Task, title: str) -> Form:
    """Copy working copy and recipients; closed units stay behind when the copy is published."""
    copy = tasks.add_form(actor, task, title)
    copy.intro = form.intro
    sections = [(one, builder.questions_of(one)) for one in builder.sections_of(form)]
    uids = {one.uid: new_id() for _section, questions in sections for one in questions}
    for section, questions in sections:
        _copy_section(section, questions, copy, uids)
    publishing.set_targets(
        actor,
        copy,
        groups=[one.group for one in form.targets if one.group is not None],
        units=[one.unit for one in form.targets if one.unit is not None and not one.excluded],
        excluded=[one.unit for one in form.targets if one.unit is not None and one.excluded],
    )
    return copy


def _copy_section(
    section: Section, questions: Sequence[Question], form: Form, uids: Mapping[str, str]
) -> None:
    new = Section(
        form_id=form.id,
        uid=new_id(),
        title=section.title,
        intro=section.intro,
        position=section.position,
    )
    db.session.add(new)
    db.session.flush()
    db.session.add_all(
        Question(
            section_id=new.id,
            uid=uids[one.uid],
            origin=one.origin if form.task_id == section.form.task_id else one.uid,
            type=one.type,
            position=one.position,
            **{name: rename(getattr(one, name), uids) for name in builder.EDITABLE},
        )
        for one in questions
    )
    db.session.flush()


def rename(stored: Any, uids: Mapping[str, str]) -> Any:
    """Return stored JSON with every uid that stands there replaced: rules name what they read."""
    if isinstance(stored, str):
        return uids.get(stored, stored)
    if isinstance(stored, list):
        return [rename(one, uids) for one in stored]
    if isinstance(stored, dict):
        return {key: rename(value, uids) for key, value in stored.items()}
    return stored


def _years_ahead(instant: datetime) -> int:
    """Return by how many whole years the instant must move to lie ahead."""
    years = 0
    while _later(instant, years) <= clock.now():  # type: ignore[operator]
        years += 1
    return years


def _later(instant: datetime | None, years: int) -> datetime | None:
    if instant is None:
        return None
    here = clock.local(instant)
    leap_day = (here.month, here.day) == (2, 29)
    return here.replace(year=here.year + years, day=28 if leap_day else here.day)
