"""The reports of a round as a summary reads them: one by one, and only what was submitted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, select

from core import clock
from core.errors import NotFoundError
from core.extensions import db
from domain import deadlines, versions
from models import Assignment, Form, FormVersion, Response, ResponseState, Round, Submission
from questionnaire import tally
from questionnaire.definition import FormDefinition

ROWS_AT_ONCE = 200

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Record:
    """One assignment; `answers` are those submitted, none where no submission counts."""

    assignment: Assignment
    state: ResponseState
    submitted_at: datetime | None
    late: bool
    overdue: bool
    return_reason: str = ""
    answers: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Control:
    """Who was expected and who has reported; exempt units are not expected."""

    at: datetime = field(default_factory=clock.now)
    expected: int = 0
    submitted: int = 0
    accepted: int = 0
    late: int = 0
    overdue: int = 0
    exempt: int = 0

    @property
    def missing(self) -> int:
        """How many of those expected have not reported, whether overdue or not."""
        return self.expected - self.submitted

    def count(self, record: Record) -> None:
        """Count one assignment in."""
        if record.state == ResponseState.EXEMPT:
            self.exempt += 1
            return
        self.expected += 1
        self.submitted += record.submitted_at is not None
        self.accepted += record.state == ResponseState.ACCEPTED
        self.late += record.late
        self.overdue += record.overdue


@dataclass(frozen=True)
class FormInRound:
    """A form of the round, with the versions that its units have answered or are answering.

    The newest round of a task has the newest version too: its words are those of today.
    """

    form: Form
    round: Round
    version_ids: Mapping[int, int]

    @cached_property
    def definition(self) -> FormDefinition:
        """The union of the versions."""
        return tally.merged([versions.definition(one) for one in self.version_ids.values()])

    @property
    def version_numbers(self) -> list[int]:
        """The numbers of the versions, in order."""
        return list(self.version_ids)


def forms_of(round_: Round) -> list[FormInRound]:
    """Return the forms that units owe in the round, in the task's order."""
    in_use: dict[int, set[int]] = {}
    owed = select(Assignment.form_id, Response.version_id, Submission.version_id).distinct()
    for form_id, open_version, submitted in db.session.execute(_of_round(owed, round_.id)):
        in_use.setdefault(form_id, set()).add(open_version)
        if submitted is not None:
            in_use[form_id].add(submitted)
    forms = db.session.scalars(
        select(Form)
        .where(Form.id.in_(in_use), Form.deleted_at.is_(None))
        .order_by(Form.position, Form.id)
    ).all()
    numbers = db.session.execute(
        select(FormVersion.form_id, FormVersion.number, FormVersion.id)
        .where(FormVersion.form_id.in_(in_use))
        .order_by(FormVersion.number)
    ).all()
    if round_.id == round_.task.rounds[-1].id:
        for form_id, version in {form_id: version for form_id, _number, version in numbers}.items():
            in_use[form_id].add(version)
    return [
        FormInRound(
            form,
            round_,
            {
                number: version
                for form_id, number, version in numbers
                if form_id == form.id and version in in_use[form.id]
            },
        )
        for form in forms
    ]


def form_of(round_: Round, form_id: int) -> FormInRound:
    """Return one form that units owe in the round; raises NotFoundError."""
    found = next((one for one in forms_of(round_) if one.form.id == form_id), None)
    if found is None:
        raise NotFoundError
    return found


def records(
    form: FormInRound,
    *,
    start: int = 0,
    most: int | None = None,
    where: Sequence[ColumnElement[bool]] = (),
) -> Iterator[Record]:
    """Yield one record per assignment in the official order, reading them as they are asked for."""
    query = (
        _of_round(
            select(
                Assignment,
                Response.state,
                Response.submitted_at,
                Response.return_reason,
                Submission.answers,
            ),
            form.round.id,
        )
        .where(Assignment.form_id == form.form.id, *where)
        .order_by(Assignment.position, Assignment.id)
        .offset(start)
        .limit(most)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for assignment, state, submitted_at, reason, answers in db.session.execute(query):
        yield _record(assignment, state, submitted_at, reason, answers)


def count_records(form: FormInRound, where: Sequence[ColumnElement[bool]] = ()) -> int:
    """Return how many units owe the form."""
    return db.session.execute(
        select(func.count())
        .select_from(Assignment)
        .where(
            Assignment.round_id == form.round.id, Assignment.form_id == form.form.id, *where
        )
    ).scalar_one()


def _of_round(query: Select[*Columns], round_id: int) -> Select[*Columns]:
    return (
        query.select_from(Assignment)
        .join(Response, Response.assignment_id == Assignment.id)
        .outerjoin(Submission, Submission.id == Response.current_submission_id)
        .where(Assignment.round_id == round_id)
    )


def _record(
    assignment: Assignment,
    state: str,
    submitted_at: datetime | None,
    reason: str,
    answers: Mapping[str, Any] | None,
) -> Record:
    if assignment.exempted_at is not None:
        return Record(assignment, ResponseState.EXEMPT, None, late=False, overdue=False)
    if answers is None:
        submitted_at = None
    return Record(
        assignment,
        ResponseState(state),
        submitted_at,
        deadlines.is_late(assignment, submitted_at),
        deadlines.is_overdue(assignment, submitted_at),
        reason,
        answers,
    )
