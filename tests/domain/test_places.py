"""The order of questions against a plain list to which the same was done."""

import random

import pytest

from core import clock
from core.errors import ConflictError
from core.extensions import db
from domain import builder, working_copy
from models import Question
from tests.factories import make_form, make_task

pytestmark = pytest.mark.usefixtures("app")


def test_any_run_of_changes_leaves_the_order_that_a_list_would_have() -> None:
    form = make_form(make_task(), *["integer"] * 4)
    first = builder.sections_of(form)[0]
    second = builder.add_section(None, form, "Hai")
    model = {first.id: [one.id for one in builder.questions_of(first)], second.id: []}
    bin_: list[tuple[int, int, int]] = []
    chance = random.Random(20261123)  # noqa: S311 -- the same run each time.
    for _step in range(120):
        home = chance.choice([one for one in model if model[one]] or [first.id])
        act = chance.choice(["move", "move", "copy", "add", "delete", "restore"])
        listed = model[home]
        if act == "add" or not listed:
            section = first if home == first.id else second
            listed.append(builder.add_question(None, section, type="date", label="Thêm").id)
            continue
        question = db.session.get(Question, chance.choice(listed))
        assert question is not None
        place = listed.index(question.id)
        if act == "move":
            away = chance.choice([first, second])
            target = chance.randrange(-1, len(model[away.id]) + 2)
            builder.move_question(None, question, away, target)
            listed.remove(question.id)
            others = model[away.id]
            others.insert(max(0, min(target, len(others))), question.id)
        elif act == "copy":
            listed.insert(place + 1, builder.duplicate_question(None, question).id)
        elif act == "delete":
            builder.delete_question(None, question)
            bin_.append((home, place, listed.pop(place)))
        elif bin_:
            where, was, gone = bin_.pop()
            back = db.session.get(Question, gone)
            assert back is not None
            builder.restore_question(None, back)
            model[where].insert(min(was, len(model[where])), gone)
        db.session.expire_all()
        assert {
            section.id: [one.id for one in questions]
            for section, questions in working_copy.rows_of(form)
        } == model
        assert [one.position for one in builder.questions_of(first)] == list(
            range(len(model[first.id]))
        )


def test_what_somebody_has_deleted_can_t_be_moved_and_isn_t_deleted_twice() -> None:
    form = make_form(make_task(), "integer", "date", "percent")
    section = builder.sections_of(form)[0]
    one, two, three = builder.questions_of(section)
    builder.delete_question(None, one)
    deleted_at, rev = one.deleted_at, form.rev
    builder.delete_question(None, one)
    assert (one.deleted_at, form.rev) == (deleted_at, rev)
    assert [two.position, three.position] == [0, 1]
    with pytest.raises(ConflictError, match="vừa xoá"):
        builder.move_question(None, one, section, 1)
    builder.restore_question(None, one)
    builder.restore_question(None, one)
    assert [one.position, two.position, three.position] == [0, 1, 2]
    section.deleted_at = clock.now()
    with pytest.raises(ConflictError):
        builder.move_section(None, section, 0)
