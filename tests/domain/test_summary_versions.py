"""Which versions a summary is built of: those in use, and today's words in the newest round."""

import pytest

from core.extensions import db
from domain import builder, publishing, summary_records
from models import Assignment, Form, Question, Round
from tests.factories import make_form, make_task, make_unit, publish
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def form() -> Form:
    """A form all of whose units have submitted before it was reworded and published again."""
    form = make_form(make_task(), {"type": "integer", "uid": "so", "label": "Số buổi"})
    (assignment,) = publish(form, make_unit())
    submit(assignment, {"so": 3})
    builder.change_question(None, Question.query.one(), label="Số buổi họp")
    return form


def labels(round_: Round) -> list[str]:
    definition = summary_records.forms_of(round_)[0].definition
    return [one.label for one in definition.questions.values()]


def test_the_newest_round_has_the_words_of_the_newest_version(form: Form) -> None:
    round_ = form.task.rounds[-1]
    assert labels(round_) == ["Số buổi"]
    publishing.publish(form.task, round_, None)
    assert labels(round_) == ["Số buổi họp"]


def test_an_earlier_round_keeps_the_words_that_its_units_read(form: Form) -> None:
    earlier = form.task.rounds[-1]
    later = Round(task_id=form.task_id, name="Kỳ 2", position=1)
    db.session.add(later)
    db.session.flush()
    db.session.expire(form.task)
    publishing.publish(form.task, later, None)
    assert Assignment.query.filter_by(round_id=later.id).count() == 1
    assert labels(earlier) == ["Số buổi"]
    assert labels(later) == ["Số buổi họp"]
