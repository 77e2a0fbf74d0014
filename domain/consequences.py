"""What a publication would do, counted before it happens, and what forbids it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from core import clock
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import publishing, versions, working_copy
from domain.publishing import DONE, Recipient
from models import Assignment, Form, Response, Round, Submission, Task
from questionnaire.changes import Change, changes, refusals
from questionnaire.structure import Flaw, flaws


@dataclass(frozen=True, slots=True)
class FormConsequences:
    """What a publication would do to one form.

    `kept` are units that owe the form already and are no longer chosen; they keep owing it.
    """

    form: Form
    version: int
    is_new_version: bool
    recipients: int
    new: Sequence[Recipient]
    already: int
    kept: Sequence[Assignment]
    flaws: Sequence[Flaw]
    changes: Sequence[Change]
    refusals: Sequence[Change]
    #: Reports not submitted that move to the new version, and submitted ones that stay on theirs.
    moving: int
    staying: int

    @property
    def is_blocked(self) -> bool:
        """Whether something of this form keeps the task from being published."""
        return bool(self.flaws or self.refusals or not self.recipients)

    @property
    def does_nothing(self) -> bool:
        """Whether units would notice nothing of it."""
        return not self.is_new_version and not self.new


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a publication would do to a task; `several` counts the forms of units with more than one."""

    task: Task
    round: Round
    forms: Sequence[FormConsequences]
    several: Sequence[tuple[str, int]]
    units: int

    @property
    def reports(self) -> int:
        """How many reports will be owed by the units that are chosen."""
        return sum(one.recipients for one in self.forms)

    @property
    def new_reports(self) -> int:
        """How many reports will be owed that aren't yet."""
        return sum(len(one.new) for one in self.forms)

    @property
    def has_passed(self) -> bool:
        """Whether the deadline has passed already."""
        return self.round.due_at is not None and self.round.due_at < clock.now()

    @property
    def is_blocked(self) -> bool:
        """Whether anything has to be mended first."""
        no_deadline = self.round.due_at is None
        return no_deadline or not self.forms or any(one.is_blocked for one in self.forms)

    @property
    def does_nothing(self) -> bool:
        """Whether everything is published as it stands."""
        return self.round.published_at is not None and all(one.does_nothing for one in self.forms)


def count(task: Task, round_: Round) -> Consequences:
    """Return what publishing `task` in `round_` would do now."""
    forms: list[FormConsequences] = []
    times, names = Counter[int](), dict[int, str]()
    for form in publishing.forms_of(task):
        chosen = publishing.recipients(form)
        forms.append(_of_form(form, round_, chosen))
        times.update(one.unit.id for one in chosen)
        names |= {one.unit.id: one.unit.name for one in chosen}
    several = [(names[unit], number) for unit, number in times.items() if number > 1]
    return Consequences(task, round_, forms, several, len(times))


def publish(actor: Actor, task: Task, round_: Round) -> None:
    """Publish the task unless something has to be mended first; then raises InvalidError."""
    db.session.refresh(round_, with_for_update=True)
    if count(task, round_).is_blocked:
        raise InvalidError(_("Chưa công bố được. Hãy sửa các điểm nêu dưới đây."))
    publishing.publish(task, round_, actor)


def _of_form(form: Form, round_: Round, chosen: list[Recipient]) -> FormConsequences:
    newest = publishing.latest_version(form)
    working = working_copy.definition_of(form)
    is_new = newest is None or newest.form_rev != form.rev
    owed = db.session.scalars(
        select(Assignment)
        .where(Assignment.round_id == round_.id, Assignment.form_id == form.id)
        .order_by(Assignment.position)
    ).all()
    owing, wanted = {one.unit_id for one in owed}, {one.unit.id for one in chosen}
    old = versions.definition(newest.id) if newest is not None and is_new else None
    moving, staying = _count_reports(form, round_) if old else (0, 0)
    return FormConsequences(
        form=form,
        version=(newest.number if newest else 0) + (1 if is_new else 0),
        is_new_version=is_new,
        recipients=len(chosen),
        new=[one for one in chosen if one.unit.id not in owing],
        already=len(owing & wanted),
        kept=[one for one in owed if one.unit_id not in wanted],
        flaws=flaws(working),
        changes=changes(old, working) if old else [],
        refusals=refusals(old, working, _submitted(form)) if old else [],
        moving=moving,
        staying=staying,
    )


def _count_reports(form: Form, round_: Round) -> tuple[int, int]:
    """Return how many reports would move to a new version, and how many stay on theirs."""
    is_done = Response.state.in_(DONE)
    moving, staying = db.session.execute(
        select(
            func.count(Response.id).filter(~is_done),
            func.count(Response.id).filter(is_done),
        )
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(Assignment.round_id == round_.id, Assignment.form_id == form.id)
    ).one()
    return moving, staying


def _submitted(form: Form) -> Sequence[Any]:
    """Return the answers of everything that was ever submitted on the form."""
    return db.session.scalars(
        select(Submission.answers)
        .join(Response, Response.id == Submission.response_id)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(Assignment.form_id == form.id)
    ).all()
