from datetime import datetime

import pytest

from core import clock
from core.clock import ZONE
from domain import copying, publishing, working_copy
from models import FormTarget, Question, Response
from tests.factories import make_form, make_group, make_task, make_unit, publish

pytestmark = pytest.mark.usefixtures("app")

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)


def test_last_year_s_task_becomes_a_draft_for_this_year_with_forms_and_units() -> None:
    due = datetime(2024, 12, 5, 17, 0, tzinfo=ZONE)
    task = make_task("Kế hoạch năm 2024, theo Nghị quyết 2021", number="12", due_at=due,
                     issuer="Sở", needs_sign_off=True)  # fmt: skip
    form = make_form(task, {"type": "one_choice", "code": "A1"}, "date", title="Biểu 1")
    units = [make_unit(), make_unit(), make_unit()]
    publish(form, units[2])
    form.targets.append(FormTarget(group_id=make_group(*units[:2]).id))
    form.targets.append(FormTarget(unit_id=units[0].id, excluded=True))
    with clock.stopped_at(NOW):
        copy = copying.copy_task(None, task)
    assert (copy.title, copy.number) == ("Kế hoạch năm 2026, theo Nghị quyết 2021", "")
    assert (copy.issuer, copy.needs_sign_off) == ("Sở", True)
    assert copy.rounds[0].due_at == due.replace(year=2026)
    assert copy.rounds[0].published_at is None
    (new,) = copy.forms
    old_questions = working_copy.definition_of(form).questions
    new_questions = working_copy.definition_of(new).questions
    assert [one.label for one in new_questions.values()] == ["Câu 1", "Câu 2"]
    assert not set(old_questions) & set(new_questions)
    assert [one.settings for one in new_questions.values()] == [
        one.settings for one in old_questions.values()
    ]
    assert {one.unit.id for one in publishing.recipients(new)} == {units[1].id, units[2].id}
    assert Response.query.count() == 1


def test_a_deadline_that_lies_ahead_stays() -> None:
    task = make_task("Kế hoạch năm 2026", due_at=datetime(2026, 12, 5, 17, 0, tzinfo=ZONE))
    with clock.stopped_at(NOW):
        copy = copying.copy_task(None, task)
    assert (copy.title, copy.rounds[0].due_at) == (task.title, task.rounds[0].due_at)


def test_the_29th_of_february_moves_to_the_28th() -> None:
    task = make_task(due_at=datetime(2024, 2, 29, 17, 0, tzinfo=ZONE))
    with clock.stopped_at(NOW):
        copy = copying.copy_task(None, task)
    assert copy.rounds[0].due_at == datetime(2027, 2, 28, 17, 0, tzinfo=ZONE)


def test_a_form_is_copied_within_its_task() -> None:
    task = make_task()
    form = make_form(task, "integer", title="Biểu 1")
    copy = copying.copy_form(None, form)
    assert (copy.task_id, copy.title) == (task.id, "Biểu 1 (bản sao)")
    assert Question.query.count() == 2


def test_rules_of_a_copy_read_the_copy() -> None:
    rule = {"call": "gt", "arguments": [{"question": "nguon"}, {"number": "0"}]}
    form = make_form(
        make_task(),
        {"type": "integer", "uid": "nguon"},
        {"type": "date", "visible": rule, "checks": [{"id": "k1", "rule": rule}]},
    )
    copy = copying.copy_form(None, form)
    first, second = working_copy.definition_of(copy).questions.values()
    assert second.visible is not None
    assert second.visible["arguments"][0] == {"question": first.uid}
    assert second.checks[0]["rule"]["arguments"][0] == {"question": first.uid}
    assert second.checks[0]["id"] == "k1"
