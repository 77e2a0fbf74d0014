"""A report goes out as a workbook and comes back: every kind of question, and what others changed."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.permissions import Role
from domain import answering, response_files
from domain.response_files import DryRun
from models import AnswerChange, Response
from questionnaire.types import all_types
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.filled_books import (
    ANSWERS,
    NOT_IN_CELLS,
    answers_of,
    cell_beside,
    edited,
    questions,
    template_of,
    through_libreoffice,
)


@pytest.fixture
def response(app: Flask) -> Response:
    """A blank report with a question of every type."""
    unit = make_unit("Phòng A; B")
    (assignment,) = publish(make_form(make_task(), *questions()), unit)
    make_unit("Phòng C")
    return response_of(assignment)


@pytest.fixture
def filled(response: Response) -> Response:
    """The same report with an answer to every question that is answered in cells."""
    actor = actor_for(make_person(Role.REPORTER, response.assignment.unit))
    for uid, value in answers_of(response).items():
        answering.save_answer(actor, response, uid, value)
    return response


def tried(response: Response, content: bytes, **how: Any) -> DryRun:
    return response_files.try_out(response, response_files.read_file(content), **how)


def test_every_type_that_is_answered_in_cells_is_answered_here() -> None:
    assert {one.key for one in all_types()} == {*ANSWERS, "unit_picker", *NOT_IN_CELLS}


def test_a_file_that_nobody_touched_changes_nothing(filled: Response) -> None:
    run = tried(filled, template_of(filled))
    assert (run.problems, run.changes) == ([], [])


def read_from(response: Response, content: bytes) -> dict[str, Any]:
    """Return the answers that the cells hold, as if the report were blank."""
    book = response_files.read_file(content)
    book.bases.clear()
    response.answers = {}
    run = response_files.try_out(response, book)
    assert run.problems == []
    return {one.question.uid: one.new for one in run.changes}


def test_every_answer_comes_back_as_it_was(filled: Response) -> None:
    content, answers = template_of(filled), dict(filled.answers)
    assert set(answers) == set(answers_of(filled))
    assert read_from(filled, content) == answers


def test_every_answer_comes_back_after_libreoffice_saved_it(
    filled: Response, tmp_path: Path
) -> None:
    content, answers = template_of(filled), dict(filled.answers)
    again = through_libreoffice(content, tmp_path)
    assert again != content
    assert read_from(filled, again) == answers
