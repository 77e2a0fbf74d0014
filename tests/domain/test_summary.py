"""Sums, control figures and texts of a round, from real rows."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from core import clock
from core.errors import NotFoundError
from core.extensions import db
from domain import summary, summary_figures, summary_records
from models import Assignment, Form, Question, ResponseState
from questionnaire import tally
from questionnaire.answers import NO_DATA
from questionnaire.definition import FormDefinition, Section
from questionnaire.definition import Question as Asked
from questionnaire.types import Summary, get
from tests.factories import make_form, make_task, make_unit, publish, response_of
from tests.support.reports import submit


@pytest.fixture
def figures_of(app: Flask) -> Callable[[Form], dict[str, Summary]]:
    def figures(form: Form) -> dict[str, Summary]:
        _control, found = summary.summarise(form.task.rounds[0])
        return {
            line.question.uid: line.figures
            for one in found
            if one.form.form.id == form.id
            for _section, lines in one.sections
            for line in lines
        }

    return figures


def numbers_form(*units: str) -> tuple[Form, list[Assignment]]:
    form = make_form(make_task(), {"type": "integer", "uid": "n"}, {"type": "long_text", "uid": "t"})
    return form, publish(form, *(make_unit(name) for name in units))


def test_only_submitted_answers_count(figures_of: Callable[..., Any]) -> None:
    form, owed = numbers_form("A", "B", "C", "D")
    submit(owed[0], {"n": 5})
    submit(owed[1], {"n": 7}, state=ResponseState.ACCEPTED)
    draft = response_of(owed[2])
    draft.answers, draft.state = {"n": 1000}, ResponseState.DRAFT
    submit(owed[3], {"n": 2000})
    returned = response_of(owed[3])
    returned.state, returned.current_submission_id = ResponseState.RETURNED, None
    returned.submitted_at = None
    assert figures_of(form)["n"].figures["sum"] == 12


def test_what_was_submitted_counts_and_not_what_was_typed_later(
    figures_of: Callable[..., Any],
) -> None:
    form, owed = numbers_form("A")
    submit(owed[0], {"n": 5})
    response_of(owed[0]).answers = {"n": 99}
    assert figures_of(form)["n"].figures["sum"] == 5


def test_control_figures_leave_out_exempt_units(app: Flask) -> None:
    form, owed = numbers_form("A", "B", "C", "D", "E")
    round_ = form.task.rounds[0]
    round_.due_at = clock.now() - timedelta(days=1)
    submit(owed[0], {"n": 1}, at=clock.now() - timedelta(days=2))
    submit(owed[1], {"n": 1}, state=ResponseState.ACCEPTED)
    owed[2].exempted_at = clock.now()
    owed[3].due_at = clock.now() + timedelta(days=2)
    control, _forms = summary.summarise(round_)
    assert (control.expected, control.submitted, control.accepted) == (4, 2, 1)
    assert (control.late, control.missing, control.overdue, control.exempt) == (1, 2, 1, 1)


def test_questions_of_older_versions_keep_their_place(figures_of: Callable[..., Any]) -> None:
    form, owed = numbers_form("A", "B")
    submit(owed[0], {"n": 5, "t": "cũ"})
    old = db.session.query(Question).filter_by(uid="n").one()
    old.deleted_at = clock.now()
    form.rev += 1
    late = publish(form, make_unit("C"))
    submit(late[-1], {"t": "mới"})
    found = figures_of(form)
    assert found["n"].figures["sum"] == 5
    assert found["t"].answered == 2
    assert summary_records.forms_of(form.task.rounds[0])[0].version_numbers == [1, 2]


def test_each_form_of_a_round_has_its_own_figures(figures_of: Callable[..., Any]) -> None:
    task = make_task()
    one = make_form(task, {"type": "integer", "uid": "a"})
    two = make_form(task, {"type": "integer", "uid": "b"})
    unit = make_unit()
    submit(publish(one, unit)[0], {"a": 1})
    submit(publish(two, unit)[0], {"b": 2})
    assert figures_of(one)["a"].figures["sum"] == 1
    assert figures_of(two)["b"].figures["sum"] == 2
    assert summary.summarise(task.rounds[0])[0].expected == 2


def test_texts_come_with_their_units_in_the_official_order(app: Flask) -> None:
    form, owed = numbers_form("Một", "Hai", "Ba")
    submit(owed[2], {"t": "ba"})
    submit(owed[0], {"t": "một"})
    _control, forms = summary.summarise(form.task.rounds[0])
    lines = {line.question.uid: line for _section, lines in forms[0].sections for line in lines}
    assert lines["t"].texts == [("Một", "một"), ("Ba", "ba")]
    assert lines["n"].texts is None


def test_answers_to_one_question_come_in_pages(app: Flask) -> None:
    count = summary.UNITS_ON_A_PAGE + 2
    form, owed = numbers_form(*(f"Xã {at}" for at in range(count)))
    submit(owed[-1], {"n": 1250})
    found = summary_records.form_of(form.task.rounds[0], form.id)
    page = summary.page_of_answers(found, summary.question_of(found, "n"), 9)
    assert (page.number, page.pages, page.total) == (2, 2, count)
    assert [(row.standing.name, row.text) for row in page.rows] == [
        (f"Xã {count - 2}", ""), (f"Xã {count - 1}", "1.250"),
    ]  # fmt: skip


def test_a_deleted_form_is_left_out(app: Flask) -> None:
    form, owed = numbers_form("A")
    submit(owed[0], {"n": 5})
    form.deleted_at = clock.now()
    control, forms = summary.summarise(form.task.rounds[0])
    assert (control.expected, forms) == (0, [])


def test_foreign_forms_and_questions_are_not_found(app: Flask) -> None:
    form, _owed = numbers_form("A")
    other, _owed = numbers_form_of_other_task()
    found = summary_records.form_of(form.task.rounds[0], form.id)
    with pytest.raises(NotFoundError):
        summary_records.form_of(form.task.rounds[0], other.id)
    with pytest.raises(NotFoundError):
        summary.question_of(found, "không có")


def numbers_form_of_other_task() -> tuple[Form, list[Assignment]]:
    form = make_form(make_task(), {"type": "integer", "uid": "other"})
    return form, publish(form, make_unit())


def test_more_reports_cost_no_more_queries(app: Flask) -> None:
    def queries(units: int) -> int:
        form = make_form(make_task(), {"type": "integer", "uid": f"n{units}"})
        for one in publish(form, *(make_unit() for _unit in range(units))):
            submit(one, {f"n{units}": 1})
        round_ = form.task.rounds[0]
        db.session.commit()
        counted: list[str] = []
        listener = lambda *args: counted.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert summary.summarise(round_)[0].submitted == units
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(counted)

    assert queries(2) == queries(30)


QUESTIONS = tuple(
    Asked(key, key, key, summing=get(key).summings[0], settings=get(key).default_settings())
    for key in ("integer", "percent", "one_choice", "yes_no", "fixed_table", "free_table")
)
DEFINITION = FormDefinition("Biểu", sections=(Section("s", "Mục", questions=QUESTIONS),))
ROW = QUESTIONS[4].settings["rows"][0]["id"]
OPTIONS = [one["id"] for one in QUESTIONS[2].settings["options"]]
number = st.none() | st.integers(-(10**15), 10**15) | st.just(NO_DATA)
reports = st.fixed_dictionaries(
    {},
    optional={
        "integer": number,
        "percent": st.decimals(0, 100, places=2).map(str),
        "one_choice": st.sampled_from(OPTIONS),
        "yes_no": st.booleans(),
        "fixed_table": number.map(lambda one: {"rows": {ROW: {"so": one}}}),
        "free_table": number.map(lambda one: {"rows": [{"id": "a", "cells": {"so": one}}]}),
    },
)


@given(st.lists(reports, max_size=12), st.integers(0, 12))
def test_sums_of_parts_are_the_sum_of_all(documents: list[Any], cut: int) -> None:
    parts = [tally.tally(DEFINITION, some) for some in (documents[:cut], documents[cut:])]
    whole = tally.tally(DEFINITION, documents)
    for uid, expected in whole.items():
        found = summary_figures.added(parts[0][uid], parts[1][uid])
        assert plain(found) == plain(expected)


def plain(found: Summary) -> Any:
    return (
        found.answered,
        found.no_data,
        {key: round(Decimal(value), 6) for key, value in found.figures.items()},
        found.shares if found.answered else (),
        {place: plain(cell) for place, cell in found.cells.items()} if found.answered else {},
        found.rows,
    )
