"""What a unit reported in the round before, by the questions of today."""

from typing import Any

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import load_only

from core.extensions import db
from domain import versions
from models import (
    Assignment,
    Form,
    FormVersion,
    Question,
    Response,
    ResponseState,
    Round,
    Section,
    Submission,
)
from questionnaire.definition import FormDefinition

DONE = (ResponseState.SUBMITTED, ResponseState.ACCEPTED)


def of_report(response: Response) -> dict[str, Any] | None:
    """Return the unit's own answers of the round before by today's uids; None without any.

    A question that was left blank then is there with None, and one that wasn't asked isn't.
    """
    if response.current_submission is not None:
        return of_submission(response.current_submission)
    before = submission_before(response.assignment)
    return carried(before, response.assignment.form_id, versions.definition(response.version_id))


def of_submission(submission: Submission) -> dict[str, Any] | None:
    """Return what a submission was compared with, as `of_report` does."""
    form_id = _form_of(submission.version_id)
    return carried(submission.previous, form_id, versions.definition(submission.version_id))


def of_unit(form: Form, unit_id: int, definition: FormDefinition) -> dict[str, Any] | None:
    """Return what a unit would see of the round before in the newest round, as `of_report` does."""
    before = _submission_before(form, form.task.rounds[-1], unit_id)
    return carried(before, form.id, definition)


def submission_before(assignment: Assignment) -> Submission | None:
    """Return what the unit submitted in the round before, in this task or the one it carries on.

    None while that is open or returned: figures from further back aren't those of the round before.
    """
    return _submission_before(assignment.form, assignment.round, assignment.unit_id)


def carried(
    before: Submission | None, form_id: int, definition: FormDefinition
) -> dict[str, Any] | None:
    """Return the answers of `before` by today's uids of the form, as `of_report` does."""
    if before is None:
        return None
    then = versions.definition(before.version_id).questions
    same_form = _form_of(before.version_id) == form_id
    origins = {uid: uid for uid in definition.questions} if same_form else _origins(form_id)
    found = {}
    for uid, question in definition.questions.items():
        old = then.get(origins.get(uid, ""))
        if old is not None and old.type == question.type:
            found[uid] = before.answers.get(old.uid)
    return found


def _submission_before(form: Form, round_: Round, unit_id: int) -> Submission | None:
    same_form = and_(
        Assignment.form_id == form.id,
        tuple_(Round.position, Round.id) < tuple_(round_.position, round_.id),
    )
    query = (
        select(Response)
        .join(Assignment, Response.assignment_id == Assignment.id)
        .join(Round, Assignment.round_id == Round.id)
        .where(
            Assignment.unit_id == unit_id,
            or_(same_form, Assignment.form_id == form.copied_from_id),
        )
        .order_by(
            (Assignment.form_id == form.id).desc(), Round.position.desc(), Round.id.desc()
        )
        .limit(1)
    )
    response = db.session.scalars(query).first()
    if response is None or response.state not in DONE:
        return None
    return response.current_submission


def _origins(form_id: int) -> dict[str, str]:
    """Return which question of the form carried on each question was made from."""
    query = (
        select(Question)
        .join(Section, Question.section_id == Section.id)
        .where(Section.form_id == form_id, Question.origin != "")
        .options(load_only(Question.uid, Question.origin))
    )
    return {one.uid: one.origin for one in db.session.scalars(query)}


def _form_of(version_id: int) -> int:
    query = select(FormVersion.form_id).where(FormVersion.id == version_id)
    return db.session.execute(query).scalar_one()
