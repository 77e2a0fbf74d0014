"""Later deadlines for single units: asked for, granted and refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from core import clock
from core.errors import ConflictError, ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.vietnamese import format_deadline
from core.words import _
from domain import audit, closing, deadlines
from domain.closing import Closed
from models import Assignment, Extension, Response, ResponseState, Round

SENT = frozenset({ResponseState.SUBMITTED, ResponseState.ACCEPTED})


def may_ask(response: Response) -> bool:
    """Tell whether a later deadline would be of any use to the unit."""
    assignment = response.assignment
    why = closing.why_closed(response, signing_off=True)
    return why in (None, Closed.LOCKED) and deadlines.due_at(assignment) is not None


def ask(actor: Actor, response: Response, until: datetime, reason: str) -> Extension:
    """Ask for a later deadline; the caller holds the row of the response.

    Raises ConflictError where none is of use or one is waiting, InvalidError for a date that
    isn't later.
    """
    assignment = response.assignment
    if not actor.may(Permission.REPORTS_FILL, assignment.unit_id):
        raise ForbiddenError
    if not may_ask(response):
        raise ConflictError(_("Báo cáo này không cần gia hạn."))
    if waiting(assignment) is not None:
        raise ConflictError(_("Đơn vị đã xin gia hạn và đang chờ trả lời."))
    _check(assignment, until)
    asked = Extension(
        assignment_id=assignment.id,
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
        asked_until=until,
        asked_reason=reason,
    )
    db.session.add(asked)
    _record(actor, "extension.asked", assignment)
    return asked


def grant(actor: Actor, assignments: Sequence[Assignment], until: datetime, answer: str) -> None:
    """Give units a later deadline, whether they have asked or not; a lock moves along.

    All or none: raises InvalidError for a date that isn't later for one of them, and ConflictError
    for a report that is sent or not owed. The caller holds the rows of the assignments.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    for one in assignments:
        response = response_of(one)
        if one.exempted_at is not None or response.state in SENT:
            raise ConflictError(_("%(unit)s đã nộp hoặc được miễn.", unit=one.unit_name))
        _check(one, until)
    for one in assignments:
        extension = waiting(one) or Extension(assignment_id=one.id)
        _decide(actor, extension, answer)
        extension.granted_until = until
        db.session.add(extension)
        one.due_at, one.locked_at = until, None
        _record(actor, "extension.granted", one, until=until.isoformat())


def refuse(actor: Actor, extension: Extension, answer: str) -> None:
    """Refuse a later deadline, with the reason; raises ConflictError for one that is decided."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if extension.decided_at is not None:
        raise ConflictError(_("Đề nghị gia hạn này đã được trả lời."))
    _decide(actor, extension, answer)
    _record(actor, "extension.refused", extension.assignment)


def waiting(assignment: Assignment) -> Extension | None:
    """Return what a unit has asked for and not been told yet."""
    query = select(Extension).where(
        Extension.assignment_id == assignment.id, Extension.decided_at.is_(None)
    )
    return db.session.scalars(query).first()


def of_assignment(assignment: Assignment) -> list[Extension]:
    """Return everything that was asked and decided for a unit, the newest first."""
    query = (
        select(Extension)
        .where(Extension.assignment_id == assignment.id)
        .options(joinedload(Extension.asked_by), joinedload(Extension.decided_by))
        .order_by(Extension.id.desc())
    )
    return list(db.session.scalars(query))


def waiting_in(round_: Round) -> list[Extension]:
    """Return what units of a round have asked for and not been told yet, the oldest first."""
    query = (
        select(Extension)
        .join(Extension.assignment)
        .where(Assignment.round_id == round_.id, Extension.decided_at.is_(None))
        .options(contains_eager(Extension.assignment), joinedload(Extension.asked_by))
        .order_by(Extension.id)
    )
    return list(db.session.scalars(query))


def response_of(assignment: Assignment) -> Response:
    """Return the unit's report."""
    return db.session.scalars(
        select(Response).where(Response.assignment_id == assignment.id)
    ).one()


def _check(assignment: Assignment, until: datetime) -> None:
    due = deadlines.due_at(assignment)
    if until <= clock.now():
        raise InvalidError(fields={"until": [_("Hạn mới phải ở phía trước.")]})
    if due is not None and until <= due:
        text = _(
            "Hạn mới phải sau hạn hiện nay của %(unit)s (%(due)s).",
            unit=assignment.unit_name,
            due=format_deadline(due),
        )
        raise InvalidError(fields={"until": [text]})


def _decide(actor: Actor, extension: Extension, answer: str) -> None:
    extension.decided_by_id = actor.person_id
    extension.decided_at = clock.now()
    extension.answer = answer


def _record(actor: Actor, action: str, assignment: Assignment, **detail: object) -> None:
    db.session.flush()
    audit.record(actor, action, response_of(assignment), unit_id=assignment.unit_id, **detail)
