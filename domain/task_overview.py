"""The forms of one task, each with what is in it, who gets it, and what isn't published yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from core.extensions import db
from domain import publishing
from models import Assignment, Form, FormVersion, Question, Section, Task


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form of the task; `new_units` are chosen but don't owe it yet."""

    form: Form
    sections: int
    questions: int
    recipients: int
    owing: int
    new_units: int
    version: int
    is_edited: bool

    @property
    def has_news(self) -> bool:
        """Whether units have yet to learn of something."""
        return self.version > 0 and (self.is_edited or self.new_units > 0)


def form_rows(task: Task) -> list[FormRow]:
    """Return the forms of the task in order."""
    forms = publishing.forms_of(task)
    ids = [form.id for form in forms]
    sections = _count(
        select(Section.form_id, func.count(Section.id))
        .where(Section.form_id.in_(ids), Section.deleted_at.is_(None))
        .group_by(Section.form_id)
    )
    questions = _count(
        select(Section.form_id, func.count(Question.id))
        .join(Question, Question.section_id == Section.id)
        .where(
            Section.form_id.in_(ids),
            Section.deleted_at.is_(None),
            Question.deleted_at.is_(None),
        )
        .group_by(Section.form_id)
    )
    owing = _units_by_form(task, ids)
    versions = _newest_versions(ids)
    return [
        _row(form, sections, questions, owing.get(form.id, set()), versions.get(form.id, (0, 0)))
        for form in forms
    ]


def _row(
    form: Form,
    sections: dict[int, int],
    questions: dict[int, int],
    owing: set[int],
    version: tuple[int, int],
) -> FormRow:
    chosen = {one.unit.id for one in publishing.recipients(form)}
    number, rev = version
    return FormRow(
        form=form,
        sections=sections.get(form.id, 0),
        questions=questions.get(form.id, 0),
        recipients=len(chosen),
        owing=len(owing),
        new_units=len(chosen - owing),
        version=number,
        is_edited=number > 0 and form.rev != rev,
    )


def _count(query: Any) -> dict[int, int]:
    rows: Iterable[Sequence[int]] = db.session.execute(query)
    return {key: number for key, number in rows}  # noqa: C416 -- rows are no pairs to dict().


def _units_by_form(task: Task, ids: list[int]) -> dict[int, set[int]]:
    owing: dict[int, set[int]] = {}
    for form, unit in db.session.execute(
        select(Assignment.form_id, Assignment.unit_id).where(
            Assignment.form_id.in_(ids), Assignment.round_id == task.rounds[-1].id
        )
    ):
        owing.setdefault(form, set()).add(unit)
    return owing


def _newest_versions(ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return number and `form_rev` of each form's newest version."""
    found = db.session.execute(
        select(FormVersion.form_id, FormVersion.number, FormVersion.form_rev)
        .where(FormVersion.form_id.in_(ids))
        .order_by(FormVersion.number)
    )
    return {form: (number, rev) for form, number, rev in found}
