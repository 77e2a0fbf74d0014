from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from core import clock
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Actor, Role
from domain import answering, builder, consequences, publishing, submitting
from models import Assignment, AuditEntry, Form, FormVersion, Question, Response, ResponseState, Task
from tests.factories import (
    actor_for,
    make_form,
    make_group,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")


def names(form: Form) -> list[str]:
    return [one.unit.name for one in publishing.recipients(form)]


def choose(form: Form, **chosen: Any) -> None:
    publishing.set_targets(
        None, form, **{"groups": [], "units": [], "excluded": [], **chosen}
    )


def question_of(form: Form) -> Question:
    return builder.questions_of(builder.sections_of(form)[0])[0]


def consequences_of(form: Form) -> consequences.FormConsequences:
    (found,) = consequences.count(form.task, form.task.rounds[0]).forms
    return found


def publish_again(task: Task) -> None:
    publishing.publish(task, task.rounds[0], None)


def test_groups_go_first_then_single_units_without_the_excluded_and_closed() -> None:
    a, b, c, d, e = (make_unit(name) for name in "ABCDE")
    group, later = make_group(a, b, c), make_group(c, d)
    c.closed_at = clock.now()
    form = make_form(make_task(), "integer")
    choose(form, groups=[later, group], units=[e, a], excluded=[b])
    assert names(form) == ["A", "D", "E"]
    assert [one.group_name for one in publishing.recipients(form)] == [group.name, later.name, ""]


def test_choosing_again_replaces_the_choice_and_the_same_choice_is_no_change() -> None:
    a, b = make_unit("A"), make_unit("B")
    form = make_form(make_task(), "integer")
    choose(form, units=[a])
    choose(form, units=[a])
    assert AuditEntry.query.count() == 1
    choose(form, units=[b])
    db.session.expire_all()
    assert names(form) == ["B"]
    choose(form)
    db.session.expire_all()
    assert (names(form), form.targets) == ([], [])


def test_groups_are_offered_with_their_open_units_only() -> None:
    a, b = make_unit("A"), make_unit("B")
    make_group(a, b, name="Nhóm")
    b.closed_at = clock.now()
    db.session.flush()
    assert [(group.name, units) for group, units in publishing.groups_to_choose()] == [
        ("Nhóm", [a])
    ]


def test_publishing_makes_a_version_and_a_report_for_each_unit_with_the_name_of_then() -> None:
    unit = make_unit("Tên cũ")
    form = make_form(make_task(), "integer")
    (owed,) = publish(form, unit)
    unit.name = "Tên mới"
    db.session.flush()
    assert (owed.unit_name, response_of(owed).state) == ("Tên cũ", ResponseState.NOT_STARTED)
    assert publishing.latest_version(form).number == 1  # type: ignore[union-attr]
    assert form.task.rounds[0].published_at is not None


def test_publishing_twice_makes_nothing_twice() -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit(), make_unit())
    first = form.task.rounds[0].published_at
    publish_again(form.task)
    assert (FormVersion.query.count(), Assignment.query.count()) == (1, 2)
    assert form.task.rounds[0].published_at == first


def test_two_people_publishing_at_once_make_nothing_twice(app: Flask) -> None:
    form = make_form(make_task(), "integer")
    choose(form, units=[make_unit() for _ in range(5)])
    task_id = form.task_id
    db.session.commit()

    def publish_in_a_thread(_time: int) -> None:
        with app.app_context():
            task = db.session.get_one(Task, task_id)
            publishing.publish(task, task.rounds[0], None)
            db.session.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(publish_in_a_thread, range(4)))
    assert (FormVersion.query.count(), Assignment.query.count(), Response.query.count()) == (1, 5, 5)


def test_a_version_never_changes_with_its_form() -> None:
    form = make_form(make_task(), {"type": "integer", "label": "Cũ", "uid": "q"})
    publish(form, make_unit())
    builder.change_question(None, question_of(form), label="Mới")
    publish_again(form.task)
    labels = [
        one.definition["sections"][0]["questions"][0]["label"]
        for one in FormVersion.query.order_by(FormVersion.number)
    ]
    assert labels == ["Cũ", "Mới"]


def test_open_reports_move_on_with_their_answers_and_submitted_ones_stay() -> None:
    form = make_form(make_task(), {"type": "integer", "uid": "q"})
    owed = publish(form, *(make_unit() for _ in range(4)))
    draft, sent, accepted, returned = (response_of(one) for one in owed)
    answering.save_answer(actor_for(make_person(Role.REPORTER)), draft, "q", 5)
    submit(owed[1], {"q": 1})
    submit(owed[2], {"q": 2}, state=ResponseState.ACCEPTED)
    returned.state = ResponseState.RETURNED
    builder.add_question(None, builder.sections_of(form)[0], type="integer", label="Thêm")
    publish_again(form.task)
    db.session.expire_all()
    newest = publishing.latest_version(form)
    assert newest is not None
    moved = {one.id for one in (draft, returned)}
    assert {one.id for one in Response.query if one.version_id == newest.id} == moved
    assert draft.answers == {"q": 5}
    assert {sent.version_id, accepted.version_id} == {newest.id - 1}


def test_a_moved_report_is_finished_and_submitted_on_the_new_version() -> None:
    form = make_form(make_task(), {"type": "integer", "uid": "q"})
    unit = make_unit()
    (owed,) = publish(form, unit)
    reporter = actor_for(make_person(Role.REPORTER, unit))
    answering.save_answer(reporter, response_of(owed), "q", 5)
    added = builder.add_question(
        None, builder.sections_of(form)[0], type="integer", label="Thêm", required=True
    )
    publish_again(form.task)
    db.session.expire_all()
    with pytest.raises(InvalidError):
        submitting.submit(reporter, response_of(owed))
    answering.save_answer(reporter, response_of(owed), added.uid, 7)
    submission = submitting.submit(reporter, response_of(owed))
    assert submission is not None
    assert submission.answers == {"q": 5, added.uid: 7}


def test_a_unit_no_longer_chosen_keeps_its_report() -> None:
    a, b, c = (make_unit(name) for name in "ABC")
    form = make_form(make_task(), "integer")
    publish(form, a, b)
    choose(form, units=[b, c])
    found = consequences_of(form)
    assert [one.unit_name for one in found.kept] == ["A"]
    assert [one.unit.name for one in found.new] == ["C"]
    assert (found.recipients, found.already) == (2, 1)
    publish_again(form.task)
    assert {one.unit_name for one in Assignment.query} == {"A", "B", "C"}


def test_the_consequences_count_units_reports_and_units_of_several_forms() -> None:
    a, b, c = (make_unit(name) for name in "ABC")
    task = make_task()
    choose(make_form(task, "integer"), units=[a, b])
    choose(make_form(task, "integer"), units=[b, c])
    found = consequences.count(task, task.rounds[0])
    assert (found.units, found.reports, found.new_reports) == (3, 4, 4)
    assert found.several == [("B", 2)]
    assert not found.is_blocked


@pytest.mark.parametrize("missing", ["deadline", "forms", "units", "questions"])
def test_what_is_missing_keeps_the_task_from_being_published(missing: str) -> None:
    task = make_task()
    if missing == "deadline":
        task.rounds[0].due_at = None
    if missing != "forms":
        form = make_form(task, *([] if missing == "questions" else ["integer"]))
        choose(form, units=[] if missing == "units" else [make_unit()])
    with pytest.raises(InvalidError):
        consequences.publish(secretary(), task, task.rounds[0])
    assert task.rounds[0].published_at is None
    assert Assignment.query.count() == 0


def secretary() -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


def test_a_deadline_in_the_past_is_told_but_forbids_nothing() -> None:
    task = make_task(due_at=clock.now())
    choose(make_form(task, "integer"), units=[make_unit()])
    assert consequences.count(task, task.rounds[0]).has_passed
    consequences.publish(secretary(), task, task.rounds[0])
    assert task.rounds[0].published_at is not None


def test_before_the_first_submission_anything_may_change() -> None:
    form = make_form(make_task(), {"type": "integer", "uid": "q", "measure": "hộ"})
    (owed,) = publish(form, make_unit())
    answering.save_answer(actor_for(make_person(Role.REPORTER)), response_of(owed), "q", 5)
    builder.change_question(None, question_of(form), measure="người")
    found = consequences_of(form)
    assert (found.refusals, found.moving, found.staying) == ([], 1, 0)
    assert "hộ" in found.changes[0].details[0]


def test_after_a_submission_the_meaning_of_answers_stays() -> None:
    options = [{"id": "tot", "label": "Tốt"}, {"id": "kha", "label": "Khá"}]
    form = make_form(
        make_task(),
        {"type": "one_choice", "uid": "q", "settings": {"options": options}},
    )
    (owed,) = publish(form, make_unit())
    submit(owed, {"q": "tot"})
    reworded = [{"id": "tot", "label": "TỐT"}, {"id": "kha", "label": "Kém"}]
    builder.change_question(None, question_of(form), settings={"options": reworded})
    assert consequences_of(form).refusals == []
    builder.change_question(None, question_of(form), settings={"options": reworded[1:]})
    assert "Tốt" in consequences_of(form).refusals[0].details[0]
    with pytest.raises(InvalidError):
        consequences.publish(secretary(), form.task, form.task.rounds[0])
    assert FormVersion.query.count() == 1


def test_a_withdrawn_submission_still_protects_its_meaning() -> None:
    form = make_form(make_task(), {"type": "integer", "uid": "q", "measure": "hộ"})
    unit = make_unit()
    (owed,) = publish(form, unit)
    reporter = actor_for(make_person(Role.REPORTER, unit))
    answering.save_answer(reporter, response_of(owed), "q", 5)
    submitting.submit(reporter, response_of(owed))
    submitting.withdraw(reporter, response_of(owed))
    builder.change_question(None, question_of(form), measure="người")
    assert consequences_of(form).refusals


def test_when_all_is_published_there_is_nothing_to_do() -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit())
    assert consequences.count(form.task, form.task.rounds[0]).does_nothing
    builder.change_question(None, question_of(form), hint="Mới")
    assert not consequences.count(form.task, form.task.rounds[0]).does_nothing
