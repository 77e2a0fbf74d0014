"""A unit is told what is new in a form that it had begun to fill in."""

import pytest

from core.permissions import Actor, Role
from domain import answering, builder, carried, publishing, submitting
from models import Assignment, Form, Person, Question
from questionnaire.changes import ChangeKind
from tests.conftest import Browser
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


@pytest.fixture
def form() -> Form:
    return make_form(
        make_task(),
        {"type": "integer", "uid": "so", "label": "Số buổi"},
        {"type": "integer", "uid": "luot", "label": "Số lượt"},
    )


def change_and_publish(form: Form, label: str) -> None:
    builder.change_question(None, Question.query.filter_by(uid="so").one(), label=label)
    publishing.publish(form.task, form.task.rounds[-1], None)


def begun(form: Form) -> tuple[Actor, Assignment]:
    unit = make_unit()
    person = make_person(Role.LEADER, unit, username="lanhdao")
    (assignment,) = publish(form, unit)
    answering.save_answer(actor_for(person), response_of(assignment), "luot", 5)
    return actor_for(person), assignment


def test_what_was_typed_stays_and_what_is_new_is_listed_since_the_unit_began(form: Form) -> None:
    _leader, assignment = begun(form)
    report = response_of(assignment)
    assert carried.changes_of(report) is None
    change_and_publish(form, "Số cuộc")
    change_and_publish(form, "Số cuộc họp")
    assert report.answers == {"luot": 5}
    (change,) = carried.changes_of(report) or []
    assert (change.kind, change.label) == (ChangeKind.CHANGED, "Số cuộc họp")
    assert change.details == ("sửa nội dung câu hỏi",)
    carried.acknowledge(report)
    assert carried.changes_of(report) is None


def test_who_hasn_t_begun_isn_t_told(form: Form) -> None:
    (assignment,) = publish(form, make_unit())
    change_and_publish(form, "Số cuộc")
    assert carried.changes_of(response_of(assignment)) is None


def test_submitting_settles_it(form: Form) -> None:
    leader, assignment = begun(form)
    change_and_publish(form, "Số cuộc")
    report = response_of(assignment)
    assert carried.changes_of(report)
    submitting.submit(leader, report)
    assert carried.changes_of(report) is None


def test_the_report_s_page_says_what_is_new_until_it_was_seen(form: Form, browser: Browser) -> None:
    _leader, assignment = begun(form)
    change_and_publish(form, "Số cuộc")
    url = f"/reports/{assignment.id}"
    section = builder.sections_of(form)[0].uid
    browser.sign_in(Person.query.filter_by(username="lanhdao").one())
    assert "Số cuộc" in browser.get(url).text.split("Biểu mẫu đã được sửa")[1]
    assert "Xem những gì đã đổi" in browser.get(f"{url}/sections/{section}").text
    assert browser.post(f"{url}/known").status_code == 303
    assert "Biểu mẫu đã được sửa" not in browser.get(url).text
