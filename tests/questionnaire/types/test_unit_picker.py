"""Units as answers."""

import pytest
from flask import Flask

from core import clock
from core.extensions import db
from domain import versions, working_copy
from models import Question
from questionnaire.types import get
from tests.factories import make_form, make_group, make_task, make_unit, publish

PICKER = get("unit_picker")
TWO = {"group": "", "several": False,
       "options": [{"id": "u1", "label": "Phòng A"}, {"id": "u2", "label": "Phòng B"}]}  # fmt: skip


def test_one_unit_or_several() -> None:
    assert PICKER.problems(["u1"], TWO) == []
    assert PICKER.problems(["u1", "u2"], TWO) == ["Chỉ chọn một đơn vị."]
    assert PICKER.problems(["u1", "u2"], {**TWO, "several": True}) == []
    assert PICKER.problems(["u9"], TWO) != []


def test_cells_hold_names() -> None:
    assert PICKER.to_cells(["u2", "u1"], TWO) == ["Phòng B; Phòng A"]
    assert PICKER.from_cells(["Phòng A"], TWO) == ["u1"]


@pytest.mark.parametrize("narrowed", [True, False])
def test_the_options_are_the_units_of_the_day_of_publication(app: Flask, narrowed: bool) -> None:
    first, second, closed = make_unit("Một"), make_unit("Hai"), make_unit("Ba")
    closed.closed_at = clock.now()
    group = make_group(second, closed)
    settings = {"group": str(group.id) if narrowed else "", "several": False}
    form = make_form(make_task(), {"type": "unit_picker", "settings": settings})
    publish(form, first)
    definition = versions.definition(form.versions[0].id)
    (question,) = definition.questions.values()
    labels = [one["label"] for one in question.settings["options"]]
    assert labels == (["Hai"] if narrowed else ["Một", "Hai"])
    second.name = "Hai mới"
    db.session.flush()
    assert [one["label"] for one in question.settings["options"]] == labels
    now = working_copy.as_defined(Question.query.one())
    assert "Hai mới" in [one["label"] for one in now.settings["options"]]
