"""The board: who owes what in a round, and where each report stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from core import clock, vietnamese
from core.extensions import db
from domain import deadlines, versions
from domain.paging import Page, page_of
from domain.structure import Standing, of_then, standings
from domain.successors import Structure
from models import Assignment, Form, Response, ResponseState, Round, Unit
from questionnaire import checks

PAGE_SIZE = 50
MOST_WORDS = 8
SENT = (ResponseState.SUBMITTED, ResponseState.ACCEPTED)
FILLING = (ResponseState.DRAFT, ResponseState.AWAITING_SIGN_OFF, ResponseState.RETURNED)

#: The kinds of reports that the board counts and filters by, in the order in which it shows them.
KINDS = (
    ResponseState.NOT_STARTED,
    ResponseState.DRAFT,
    ResponseState.AWAITING_SIGN_OFF,
    ResponseState.SUBMITTED,
    ResponseState.ACCEPTED,
    ResponseState.RETURNED,
    ResponseState.EXEMPT,
    "overdue",
    "late",
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What the board is narrowed to; empty parts narrow nothing."""

    words: str = ""
    kind: str = ""
    form_id: int | None = None
    group: str = ""
    structure: Structure = Structure.THEN


@dataclass(frozen=True, slots=True)
class Row:
    """One report on the board."""

    assignment: Assignment
    response: Response
    unit: Unit
    state: str
    late: bool
    overdue: bool
    due_at: datetime | None
    #: How many questions are answered, and how many there are; none before a report is begun.
    answered: tuple[int, int] | None
    #: The unit under which it stands, as it was called then or is called now.
    standing: Standing

    @property
    def mark(self) -> str:
        """Return a short mark of what the board shows of the report; another mark, another look."""
        shown = (
            self.state, self.late, self.overdue, self.answered, self.standing.name,
            self.response.submitted_at, self.response.updated_at, self.unit.phone,
        )  # fmt: skip
        return f"{crc32(repr(shown).encode()):08x}"


def rows(round_: Round, wanted: Filter, number: int = 1) -> Page:
    """Return a page of the board in official order: form by form, group by group."""
    query = (
        _reports(round_, Assignment, Response, Unit)
        .where(*_conditions(round_, wanted))
        .order_by(Form.position, Form.id, Assignment.position, Assignment.id)
    )
    if wanted.structure == Structure.NOW:
        return _page_of_now(round_, query, wanted, number)
    page = page_of(query, number, PAGE_SIZE)
    return Page([_row(*one) for one in page.rows], page.number, page.pages, page.total)


def changed(found: Page, seen: Iterable[str]) -> list[Row]:
    """Return the rows that don't look any more as they were `seen`, each as "assignment id-mark"."""
    marks = dict(one.partition("-")[::2] for one in seen)
    return [row for row in found.rows if marks.get(str(row.assignment.id), row.mark) != row.mark]


def _page_of_now(round_: Round, query: Select[Any], wanted: Filter, number: int) -> Page:
    """Return a page of the board in the order of the units of now; all of its ids are read first."""
    shown = set(db.session.scalars(query.with_only_columns(Assignment.id).order_by(None)))
    order = {
        id_: standing
        for form in forms(round_)
        if wanted.form_id in (None, form.id)
        for standing in standings(round_, form.id)
        for id_ in standing.assignments
        if id_ in shown
    }
    pages = max(1, -(-len(order) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    ids = list(order)[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    chosen = db.session.execute(query.where(Assignment.id.in_(ids)))
    found = {one[0].id: (one[0], one[1], one[2]) for one in chosen}
    rows = [_row(*found[id_], order[id_]) for id_ in ids]
    return Page(rows, number, pages, len(order))


def counts(round_: Round, wanted: Filter) -> dict[str, int]:
    """Return how many reports are of each kind, and "all", narrowed but for the kind itself."""
    kinds = {kind: func.sum(case((_is(round_, kind), 1), else_=0)) for kind in KINDS}
    narrowed = Filter(wanted.words, "", wanted.form_id, wanted.group)
    query = _reports(round_, func.count(Response.id), *kinds.values())
    total, *found = db.session.execute(query.where(*_conditions(round_, narrowed))).one()
    return {"all": total, **{kind: count or 0 for kind, count in zip(kinds, found, strict=True)}}


def owed(round_: Round) -> int:
    """Return how many reports of the round are still owed."""
    query = _reports(round_, func.count(Response.id)).where(
        Assignment.exempted_at.is_(None), Response.state.not_in(SENT)
    )
    return int(db.session.execute(query).scalar_one())


def groups(round_: Round) -> list[str]:
    """Return the names of the groups in the round, in official order."""
    query = (
        _reports(round_, Assignment.group_name, func.min(Form.position), func.min(Assignment.position))
        .where(Assignment.group_name != "")
        .group_by(Assignment.group_name)
        .order_by(func.min(Form.position), func.min(Assignment.position))
    )
    return [name for name, _form, _place in db.session.execute(query)]


def forms(round_: Round) -> list[Form]:
    """Return the forms that are owed in the round, in the task's order."""
    owed = select(Assignment.form_id).where(Assignment.round_id == round_.id)
    return list(
        db.session.scalars(
            select(Form).where(Form.id.in_(owed)).order_by(Form.position, Form.id)
        )
    )


def _row(
    assignment: Assignment, response: Response, unit: Unit, standing: Standing | None = None
) -> Row:
    exempt = assignment.exempted_at is not None
    return Row(
        assignment=assignment,
        response=response,
        unit=unit,
        state=ResponseState.EXEMPT if exempt else response.state,
        late=deadlines.is_late(assignment, response.submitted_at),
        overdue=deadlines.is_overdue(assignment, response.submitted_at),
        due_at=deadlines.due_at(assignment),
        answered=_answered(response) if response.state in FILLING else None,
        standing=standing or of_then(assignment),
    )


def _answered(response: Response) -> tuple[int, int]:
    return checks.count_answered(versions.definition(response.version_id), response.answers)


def _reports(round_: Round, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Response)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Form, Form.id == Assignment.form_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.round_id == round_.id)
    )


def _conditions(round_: Round, wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in vietnamese.search_key(wanted.words).split()[:MOST_WORDS]:
        found.append(Unit.search_key.contains(word, autoescape=True))
    if wanted.kind in KINDS:
        found.append(_is(round_, wanted.kind))
    if wanted.form_id is not None:
        found.append(Assignment.form_id == wanted.form_id)
    if wanted.group:
        found.append(Assignment.group_name == wanted.group)
    return found


def _is(round_: Round, kind: str) -> ColumnElement[bool]:
    due = func.coalesce(Assignment.due_at, Assignment.level_due_at, round_.due_at)
    exempt = Assignment.exempted_at.is_not(None)
    if kind == ResponseState.EXEMPT:
        return exempt
    if kind == "late":
        return and_(~exempt, Response.submitted_at > due)
    if kind == "overdue":
        asked_for = literal(round_.withdrawn_at is None)
        return and_(~exempt, Response.submitted_at.is_(None), due < clock.now(), asked_for)
    return and_(~exempt, Response.state == kind)
