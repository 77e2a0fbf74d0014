"""Answers of the round before: what fits is taken, and what was done is undone."""

from typing import Any

import pytest

from core.errors import ConflictError
from core.extensions import db
from core.permissions import Actor, Role
from domain import answering, previous, publishing, taking
from models import Assignment, Form, Question, Response, Round
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish, response_of
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")

ASKED: tuple[str | dict[str, Any], ...] = (
    {"type": "integer", "uid": "vu", "label": "Số vụ"},
    {"type": "long_text", "uid": "loi", "label": "Nhận xét"},
    {"type": "money", "uid": "chi", "label": "Kinh phí"},
    {"type": "evidence", "uid": "anh", "label": "Ảnh"},
    "free_table",
    "one_choice",
)


@pytest.fixture
def form() -> Form:
    return make_form(make_task(), *ASKED)


def table_of(form: Form) -> tuple[str, dict[str, Any]]:
    """Return the uid of the form's table, and an answer of one row that names its first column."""
    question = Question.query.filter_by(type="free_table").one()
    column = question.settings["columns"][0]["id"]
    return question.uid, {"rows": [{"id": "r1", "cells": {column: "Xã Một"}}]}


def two_rounds(form: Form, answers: dict[str, Any]) -> tuple[Actor, Response]:
    """Submit answers in the first round, and return a reporter with the report of the second."""
    unit = make_unit()
    (old,) = publish(form, unit)
    submit(old, answers)
    round_ = Round(task_id=form.task_id, name="Kỳ 2", position=1)
    db.session.add(round_)
    db.session.flush()
    publishing.publish(form.task, round_, None)
    new = Assignment.query.filter_by(round_id=round_.id).one()
    return actor_for(make_person(Role.REPORTER, unit)), response_of(new)


def found(report: Response) -> dict[str, Any]:
    return taking.takeable(report, previous.of_report(report))


def test_answers_are_taken_for_the_questions_asked_for_and_no_others(form: Form) -> None:
    person, report = two_rounds(form, {"vu": 12, "loi": "Tốt", "chi": {"none": True}})
    assert found(report) == {"vu": 12, "loi": "Tốt", "chi": {"none": True}}
    saved = taking.take(person, report, ["vu", "chi"])
    assert (saved.count, report.answers) == (2, {"vu": 12, "chi": {"none": True}})
    assert found(report) == {"loi": "Tốt"}


def test_a_table_is_taken_row_by_row(form: Form) -> None:
    uid, rows = table_of(form)
    person, report = two_rounds(form, {uid: rows})
    assert taking.take(person, report, [uid]).count == 1
    assert report.answers == {uid: rows}


def test_files_blank_answers_and_answers_that_were_wrong_are_not_taken(form: Form) -> None:
    _person, report = two_rounds(
        form, {"vu": {"typed": "mười hai"}, "loi": "", "anh": [{"id": 1, "name": "a.png"}]}
    )
    assert found(report) == {}


def test_only_blank_answers_are_filled_where_all_are_taken(form: Form) -> None:
    person, report = two_rounds(form, {"vu": 12, "loi": "Tốt"})
    answering.save_answer(person, report, "vu", 15)
    assert set(found(report)) == {"vu", "loi"}
    assert taking.blank(report, found(report)) == ["loi"]


def test_an_option_that_is_no_longer_there_is_not_taken(form: Form) -> None:
    uid = Question.query.filter_by(type="one_choice").one().uid
    _person, report = two_rounds(form, {uid: "không-còn"})
    assert found(report) == {}


def test_taking_is_undone_but_not_what_was_typed_since(form: Form) -> None:
    person, report = two_rounds(form, {"vu": 12, "loi": "Tốt"})
    answering.save_answer(person, report, "vu", 15)
    saved = taking.take(person, report, ["vu", "loi"])
    answering.save_answer(person, report, "loi", "Tốt hơn")
    assert taking.put_back(person, report, saved.first, saved.last) == 1
    assert report.answers == {"vu": 15, "loi": "Tốt hơn"}


def test_nobody_undoes_what_somebody_else_did_nor_files(form: Form) -> None:
    person, report = two_rounds(form, {"vu": 12})
    saved = taking.take(person, report, ["vu"])
    answering.save_answer(person, report, "anh", [{"id": 1}])
    other = actor_for(make_person(Role.REPORTER, report.assignment.unit))
    assert taking.put_back(other, report, 1, 99) == 0
    assert taking.put_back(person, report, saved.last + 1, 99) == 0
    assert report.answers == {"vu": 12, "anh": [{"id": 1}]}


def test_nothing_is_taken_into_a_closed_report(form: Form) -> None:
    person, report = two_rounds(form, {"vu": 12})
    report.state = "accepted"
    assert found(report) == {}
    with pytest.raises(ConflictError):
        taking.take(person, report, ["vu"])
