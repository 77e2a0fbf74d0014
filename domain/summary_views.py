"""Named views of the summary: made, changed, deleted, and what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core import clock
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from documents.blocks import Column
from domain import audit, summary
from domain.summary_columns import columns_of
from domain.summary_records import FormInRound, forms_of
from domain.summary_selection import Selection
from models import Assignment, Round, SummaryView, Task
from questionnaire import checks
from questionnaire.definition import Question

MOST_VIEWS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with the columns that it has in the unit sheet."""

    number: str
    question: Question
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a view of a round can show; questions by form and title of their section."""

    forms: Sequence[tuple[FormInRound, Sequence[tuple[str, Sequence[Choice]]]]]
    groups: Sequence[str]
    units: Sequence[tuple[int, str]]


def of_task(task: Task) -> list[SummaryView]:
    """Return the views of a task by name."""
    query = (
        select(SummaryView)
        .where(SummaryView.task_id == task.id, SummaryView.deleted_at.is_(None))
        .order_by(SummaryView.name, SummaryView.id)
    )
    return list(db.session.scalars(query))


def choices(round_: Round) -> Choices:
    """Return what a view of the round can show."""
    owed = db.session.execute(
        select(Assignment.unit_id, Assignment.unit_name, Assignment.group_name)
        .where(Assignment.round_id == round_.id)
        .order_by(Assignment.position, Assignment.id)
    ).all()
    return Choices(
        [(form, _sections(form)) for form in forms_of(round_)],
        list(dict.fromkeys(group for _unit, _name, group in owed if group)),
        list({unit: name for unit, name, _group in owed}.items()),
    )


def add(actor: Actor | None, task: Task, name: str, chosen: Selection) -> SummaryView:
    """Keep a selection under a name."""
    if len(of_task(task)) >= MOST_VIEWS:
        raise ConflictError(_("Nhiều nhất %(most)d chế độ xem. Hãy xoá bớt.", most=MOST_VIEWS))
    _refuse_twice(task, name)
    view = SummaryView(
        task_id=task.id,
        name=name,
        content=chosen.to_json(),
        created_by_id=actor.person_id if actor else None,
        created_at=clock.now(),
    )
    db.session.add(view)
    db.session.flush()
    audit.record(actor, "summary_view.created", view, task=task.id)
    return view


def change(actor: Actor | None, view: SummaryView, name: str, chosen: Selection) -> None:
    """Change what a view is called and what it shows."""
    _refuse_twice(view.task, name, but=view)
    view.name, view.content = name, chosen.to_json()
    db.session.flush()
    audit.record(actor, "summary_view.changed", view, task=view.task_id)


def delete(actor: Actor | None, view: SummaryView) -> None:
    """Take a view away; `restore` brings it back."""
    if view.deleted_at is None:
        view.deleted_at = clock.now()
        db.session.flush()
        audit.record(actor, "summary_view.deleted", view, task=view.task_id)


def restore(actor: Actor | None, view: SummaryView) -> None:
    """Bring a deleted view back."""
    if view.deleted_at is not None:
        view.deleted_at = None
        db.session.flush()
        audit.record(actor, "summary_view.restored", view, task=view.task_id)


def _refuse_twice(task: Task, name: str, but: SummaryView | None = None) -> None:
    if any(one.name == name and one is not but for one in of_task(task)):
        raise InvalidError(fields={"name": [_("Đã có chế độ xem tên này.")]})


def _sections(form: FormInRound) -> list[tuple[str, Sequence[Choice]]]:
    numbers = {one.uid: number for number, one in checks.numbered(form.definition)}
    found = [
        (
            section.title,
            [
                Choice(numbers[one.uid], one, columns)
                for one in section.questions
                if summary.holds_answer(one) and (columns := columns_of(one))
            ],
        )
        for section in form.definition.sections
    ]
    return [(title, asked) for title, asked in found if asked]
