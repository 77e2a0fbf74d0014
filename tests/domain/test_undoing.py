"""Every step of the builder is undone and done again, to the letter."""

import random
from typing import Any

import pytest
from flask import Flask

from core.errors import ConflictError
from core.extensions import db
from core.permissions import Actor, Role
from domain import arranging, builder, publishing, steps, undoing, working_copy
from models import Form, FormStep, Question, Section
from questionnaire.definition import FormDefinition
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def secretary(app: Flask) -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


def shown(form: Form) -> FormDefinition:
    db.session.expire_all()
    return working_copy.definition_of(form)


def undo(actor: Actor, form: Form) -> list[Any]:
    step = steps.latest(form)
    assert step is not None
    return undoing.undo(actor, form, step.id)


def redo(actor: Actor, form: Form) -> list[Any]:
    step = steps.undone(form)
    assert step is not None
    return undoing.redo(actor, form, step.id)


def act(actor: Actor, form: Form, chance: random.Random) -> None:
    """Do something that the builder offers, to whatever is there."""
    rows = working_copy.rows_of(form)
    section, questions = chance.choice(rows)
    away = chance.choice(rows)[0]
    if questions and chance.random() < 0.5:
        act_on_question(actor, chance.choice(questions), away, chance)
    else:
        act_on_section(actor, section, len(rows) > 1, chance)


def act_on_section(actor: Actor, section: Section, more: bool, chance: random.Random) -> None:
    form = section.form
    match chance.randrange(8):
        case 0:
            builder.change_section(actor, section, title=f"Tên {chance.random()}", intro="Lời")
        case 1:
            builder.move_section(actor, section, chance.randrange(4))
        case 2:
            builder.duplicate_section(actor, section)
        case 3 if more:
            builder.delete_section(actor, section)
        case 4:
            arranging.paste(actor, section, "Số xã\nSố thôn\tthôn\nKhó khăn")
        case 5 if gone := arranging.deleted(form)[1]:
            builder.restore_question(actor, chance.choice(gone))
        case 6:
            builder.add_question(actor, section, type="integer", label="Mới")
        case _:
            builder.add_section(actor, form, f"Mục {chance.random()}")


def act_on_question(
    actor: Actor, question: Question, away: Section, chance: random.Random
) -> None:
    section = question.section
    match chance.randrange(5):
        case 0:
            builder.delete_question(actor, question)
        case 1:
            builder.duplicate_question(actor, question)
        case 2:
            builder.move_question(actor, question, away, chance.randrange(5))
        case 3:
            places = {
                one.id: (away.id, chance.randrange(9)) for one in builder.questions_of(section)
            }
            arranging.order(actor, section.form, places)
        case _:
            builder.change_question(
                actor, question, label=f"Câu {chance.random()}", required=chance.random() < 0.5,
                checks=[{"level": "warn"}], settings={**question.settings, "least": "1"},
            )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_any_run_of_steps_is_undone_and_done_again(secretary: Actor, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- the same run each time.
    form = make_form(make_task(), *["integer"] * 3)
    db.session.query(FormStep).delete()
    states = [shown(form)]
    while len(states) < 25:
        before = db.session.query(FormStep).count()
        act(secretary, form, chance)
        if db.session.query(FormStep).count() > before:
            states.append(shown(form))
    for expected in reversed(states[:-1]):
        undo(secretary, form)
        assert shown(form) == expected
    assert steps.latest(form) is None
    for expected in states[1:]:
        redo(secretary, form)
        assert shown(form) == expected
    assert steps.undone(form) is None


def test_going_back_to_the_published_version_is_undone_too(secretary: Actor) -> None:
    form = make_form(make_task(), "integer", "date")
    publish(form, make_unit())
    question = builder.questions_of(builder.sections_of(form)[0])[0]
    published = shown(form)
    builder.change_question(secretary, question, label="Khác")
    builder.add_section(secretary, form, "Thêm")
    changed, rev = shown(form), form.rev
    arranging.revert(secretary, form)
    assert shown(form) == published
    undo(secretary, form)
    assert (shown(form), form.rev) == (changed, rev)
    redo(secretary, form)
    newest = publishing.latest_version(form)
    assert newest is not None
    assert (shown(form), form.rev) == (published, newest.form_rev)


def test_nothing_waits_to_be_published_once_every_step_since_is_undone(secretary: Actor) -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit())
    newest = publishing.latest_version(form)
    assert newest is not None
    builder.add_section(secretary, form, "Một")
    builder.add_section(secretary, form, "Hai")
    undo(secretary, form)
    assert form.rev != newest.form_rev
    undo(secretary, form)
    assert form.rev == newest.form_rev
    redo(secretary, form)
    assert form.rev != newest.form_rev


def test_a_new_step_leaves_nothing_to_do_again(secretary: Actor) -> None:
    form = make_form(make_task(), "integer")
    builder.add_section(secretary, form, "Một")
    undo(secretary, form)
    builder.add_section(secretary, form, "Hai")
    assert steps.undone(form) is None


def test_only_the_step_that_the_person_has_seen_is_undone(secretary: Actor) -> None:
    form = make_form(make_task(), "integer")
    builder.add_section(secretary, form, "Một")
    seen = steps.latest(form)
    assert seen is not None
    builder.add_section(secretary, form, "Của người khác")
    with pytest.raises(ConflictError, match="thay đổi khác"):
        undoing.undo(secretary, form, seen.id)
    with pytest.raises(ConflictError):
        undoing.redo(secretary, form, seen.id)


def test_steps_of_another_form_are_left_alone(secretary: Actor) -> None:
    task = make_task()
    one, other = make_form(task, "integer"), make_form(task, "integer")
    builder.add_section(secretary, one, "Một")
    step = steps.latest(one)
    assert step is not None
    with pytest.raises(ConflictError):
        undoing.undo(secretary, other, step.id)


def test_old_steps_are_forgotten(secretary: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST_KEPT", 3)
    form = make_form(make_task())
    for name in ("Một", "Hai", "Ba", "Bốn", "Năm"):
        builder.add_section(secretary, form, name)
    kept = db.session.query(FormStep).order_by(FormStep.id)
    assert [one.title for one in kept] == ["Ba", "Bốn", "Năm"]
