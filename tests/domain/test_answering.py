from datetime import timedelta
from typing import Any

import pytest

from core import clock
from core.errors import ConflictError, NotFoundError
from core.permissions import Actor, Role
from domain import answering
from domain.answering import AnswerConflictError, Write
from models import AnswerChange, Response, ResponseState
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)

pytestmark = pytest.mark.usefixtures("app")


def report(**round_values: Any) -> tuple[Actor, Response]:
    unit = make_unit()
    form = make_form(make_task(**round_values), {"type": "integer", "uid": "q"}, "long_text")
    assignment = publish(form, unit)[0]
    return actor_for(make_person(Role.REPORTER, unit)), response_of(assignment)


def test_a_save_keeps_the_answer_its_mark_and_its_history() -> None:
    person, response = report()
    mark = answering.save_answer(person, response, "q", 12)
    answering.save_answer(person, response, "q", 15)
    assert response.answers == {"q": 15}
    assert response.state == ResponseState.DRAFT
    assert (mark["rev"], response.rev) == (1, 2)
    changes = AnswerChange.query.order_by(AnswerChange.id).all()
    assert [(one.old, one.new, one.rev) for one in changes] == [(None, 12, 1), (12, 15, 2)]
    assert answering.person_of(mark) == person.full_name


def test_the_same_again_and_blank_for_nothing_change_nothing() -> None:
    person, response = report()
    assert answering.save_answer(person, response, "q", None) == {}
    assert response.state == ResponseState.NOT_STARTED
    answering.save_answer(person, response, "q", 12)
    answering.save_answer(person, response, "q", 12)
    assert response.rev == 1
    assert AnswerChange.query.count() == 1


def test_edits_to_different_answers_both_stay() -> None:
    person, response = report()
    other = "f1q2"
    answering.save_answer(person, response, "q", 1, Write("trang-a", 1, 0))
    answering.save_answer(person, response, other, "Chữ", Write("trang-b", 1, 0))
    assert response.answers == {"q": 1, other: "Chữ"}


def test_a_blind_second_edit_of_the_same_answer_is_a_conflict_that_shows_the_first() -> None:
    person, response = report()
    answering.save_answer(person, response, "q", 1, Write("trang-a", 1, 0))
    with pytest.raises(AnswerConflictError) as caught:
        answering.save_answer(person, response, "q", 2, Write("trang-b", 1, 0))
    assert (caught.value.stored, caught.value.mark["rev"]) == (1, 1)
    assert response.answers == {"q": 1}
    answering.save_answer(person, response, "q", 2, Write("trang-b", 2, 1))
    assert response.answers == {"q": 2}


def test_a_page_goes_on_from_its_own_save_without_seeing_the_reply() -> None:
    person, response = report()
    answering.save_answer(person, response, "q", 1, Write("trang-a", 1, 0))
    answering.save_answer(person, response, "q", 12, Write("trang-a", 2, 0))
    assert response.answers == {"q": 12}


def test_a_straggler_of_the_same_page_is_left_out() -> None:
    person, response = report()
    answering.save_answer(person, response, "q", 12, Write("trang-a", 2, 0))
    answering.save_answer(person, response, "q", 1, Write("trang-a", 1, 0))
    assert response.answers == {"q": 12}


def test_an_unknown_question_is_not_found() -> None:
    person, response = report()
    with pytest.raises(NotFoundError):
        answering.save_answer(person, response, "zz", 1)


@pytest.mark.parametrize(
    "state",
    [ResponseState.AWAITING_SIGN_OFF, ResponseState.SUBMITTED, ResponseState.ACCEPTED],
)
def test_a_closed_report_takes_nothing_and_says_why(state: ResponseState) -> None:
    person, response = report()
    response.state = state
    with pytest.raises(ConflictError) as caught:
        answering.save_answer(person, response, "q", 1)
    assert caught.value.message == answering.closed_reason(response) != ""
    assert response.answers == {}


def test_after_the_lock_nothing_is_taken_and_to_the_second_before_it_is() -> None:
    locks = clock.now() + timedelta(hours=1)
    person, response = report(due_at=locks, locks_at=locks)
    with clock.stopped_at(locks):
        answering.save_answer(person, response, "q", 1)
    with clock.stopped_at(locks + timedelta(seconds=1)), pytest.raises(ConflictError):
        answering.save_answer(person, response, "q", 2)
    assert response.answers == {"q": 1}


def test_a_later_deadline_of_the_unit_keeps_its_report_open() -> None:
    locks = clock.now() + timedelta(hours=1)
    person, response = report(due_at=locks, locks_at=locks)
    response.assignment.due_at = locks + timedelta(days=1)
    with clock.stopped_at(locks + timedelta(hours=2)):
        answering.save_answer(person, response, "q", 1)
    assert response.answers == {"q": 1}


def test_an_exempt_unit_has_nothing_to_fill_in() -> None:
    person, response = report()
    response.assignment.exempted_at = clock.now()
    with pytest.raises(ConflictError):
        answering.save_answer(person, response, "q", 1)


def table_of(*rows: str) -> dict[str, Any]:
    return {"rows": [{"id": row, "cells": {"ten": f"Dòng {row}"}} for row in rows]}


def test_rows_that_two_pages_add_at_once_both_stay_whatever_replies_are_lost() -> None:
    unit = make_unit()
    form = make_form(make_task(), {"type": "free_table", "uid": "q"})
    response = response_of(publish(form, unit)[0])
    person, other = (actor_for(make_person(Role.REPORTER, unit)) for _one in range(2))
    answering.save_answer(person, response, "q", table_of("a"), Write("trang-a", 1, 0))
    answering.save_answer(other, response, "q", table_of("b"), Write("trang-b", 1, 0))
    assert response.answers["q"] == table_of("a", "b")
    # The first page hasn't seen the other's row, and the second one's reply was lost on the way.
    answering.save_answer(other, response, "q", table_of("b", "c"), Write("trang-b", 2, 0))
    assert response.answers["q"] == table_of("a", "b", "c")
    answering.save_answer(person, response, "q", table_of("a", "d"), Write("trang-a", 2, 1))
    assert response.answers["q"] == table_of("a", "b", "c", "d")
    # Who has seen them all may take one out.
    answering.save_answer(person, response, "q", table_of("a", "d"), Write("trang-a", 3, response.rev))
    assert response.answers["q"] == table_of("a", "d")


def test_the_same_cell_changed_by_two_is_still_a_conflict() -> None:
    unit = make_unit()
    form = make_form(make_task(), {"type": "free_table", "uid": "q"})
    response = response_of(publish(form, unit)[0])
    person = actor_for(make_person(Role.REPORTER, unit))
    answering.save_answer(person, response, "q", table_of("a"), Write("trang-a", 1, 0))
    mine = {"rows": [{"id": "a", "cells": {"ten": "Tên khác"}}]}
    with pytest.raises(AnswerConflictError) as caught:
        answering.save_answer(person, response, "q", mine, Write("trang-b", 1, 0))
    assert caught.value.stored == response.answers["q"] == table_of("a")
