"""What a unit reported in the round before, by the questions of today."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import load_only

from core.clock import ZONE
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
from questionnaire.answers import Earlier, Since
from questionnaire.definition import FormDefinition
from questionnaire.types.table_carrying import carries

YEAR, NEAR, AFTER_NEW_YEAR = timedelta(days=365), timedelta(days=45), timedelta(days=14)
DONE = (ResponseState.SUBMITTED, ResponseState.ACCEPTED)


def of_report(response: Response) -> dict[str, Any] | None:
    """Return the unit's own answers of the round before by today's uids; None without any.

    A question that was left blank then is there with None, and one that wasn't asked isn't.
    """
    if response.current_submission is not None:
        return of_submission(response.current_submission)
    before = submission_before(response.assignment)
    return of_round_before(response.assignment, before, versions.definition(response.version_id))


def of_submission(submission: Submission) -> dict[str, Any] | None:
    """Return what a submission was compared with, as `of_report` does."""
    definition = versions.definition(submission.version_id)
    return of_round_before(submission.response.assignment, submission.previous, definition)


def of_unit(form: Form, unit_id: int, definition: FormDefinition) -> dict[str, Any] | None:
    """Return what a unit would see of the round before in the newest round, as `of_report` does."""
    round_ = form.task.rounds[-1]
    before = _submission_before(form, round_, unit_id)
    return _together(form, round_, unit_id, before, definition)


def of_round_before(
    assignment: Assignment, before: Submission | None, definition: FormDefinition
) -> dict[str, Any] | None:
    """Return the answers of `before`, what `submission_before` has found, as `of_report` does."""
    return _together(assignment.form, assignment.round, assignment.unit_id, before, definition)


def submission_before(assignment: Assignment) -> Submission | None:
    """Return what the unit submitted in the round before, in this task or the one it carries on.

    None while that is open or returned: figures from further back aren't those of the round before.
    """
    return _submission_before(assignment.form, assignment.round, assignment.unit_id)


def _together(
    form: Form, round_: Round, unit_id: int, before: Submission | None, definition: FormDefinition
) -> dict[str, Any] | None:
    """Return the answers of the round before, with those that tables carry on from other rounds."""
    last = _carried(before, form.id, definition)
    wanted = {since for one in definition.carrying for since in carries(one.settings["columns"])}
    if not wanted:
        return last
    then = _a_year_before(form, round_, unit_id) if Since.YEAR in wanted else None
    year = _carried(then, form.id, definition)
    if last is None and year is None:
        return None
    same_year = before is not None and _year_of(before.response.assignment.round) == _year_of(round_)
    return Earlier(last or {}, same_year=same_year, year=year or {})


def _a_year_before(form: Form, round_: Round, unit_id: int) -> Submission | None:
    """Return what the unit submitted in the round that was due nearest to a year before."""
    if round_.due_at is None:
        return None
    then = round_.due_at - YEAR
    query = (
        select(Response, Round.due_at)
        .join(Assignment, Response.assignment_id == Assignment.id)
        .join(Round, Assignment.round_id == Round.id)
        .where(
            Assignment.unit_id == unit_id,
            or_(Assignment.form_id == form.id, Assignment.form_id == form.copied_from_id),
            Round.due_at.between(then - NEAR, then + NEAR),
        )
    )
    found = [
        (response, abs(due_at - then))
        for response, due_at in db.session.execute(query)
        if response.state in DONE and due_at is not None
    ]
    nearest = min(found, key=lambda one: (one[1], one[0].id), default=None)
    return nearest[0].current_submission if nearest else None


def _year_of(round_: Round) -> int | None:
    """Return the year whose figures a round asks for; those of December may be due in January."""
    if round_.data_to is not None:
        return round_.data_to.year
    return (round_.due_at - AFTER_NEW_YEAR).astimezone(ZONE).year if round_.due_at else None


def _carried(
    before: Submission | None, form_id: int, definition: FormDefinition
) -> dict[str, Any] | None:
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
