"""Rules from the builder to the submission: what is asked, computed, refused and doubted."""

from typing import Any

import pytest
from flask import Flask

from core.errors import InvalidError
from core.extensions import db
from core.permissions import Role
from domain import answering, submitting, versions, working_copy
from models import Form, Question, Response
from questionnaire import checks
from questionnaire.filling import filled
from questionnaire.rules import Names, parse
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

ASKED: tuple[dict[str, Any], ...] = (
    {"type": "yes_no", "uid": "co", "label": "Có tổ chức"},
    {"type": "integer", "uid": "so", "label": "Số buổi", "required": True},
    {"type": "money", "uid": "chi", "label": "Kinh phí"},
    {"type": "computed", "uid": "tb", "label": "Mỗi buổi"},
)


@pytest.fixture
def form(app: Flask) -> Form:
    """A form in which the figures are asked only where there was anything to count."""
    form = make_form(make_task(), *ASKED)
    names = Names.of(working_copy.definition_of(form))
    rows = {one.uid: one for one in Question.query}

    def rule(text: str) -> dict[str, Any]:
        return parse(text, names).to_json()

    for uid in ("so", "chi", "tb"):
        rows[uid].visible = rule("[Có tổ chức] = ĐÚNG")
    rows["tb"].settings = {"rule": rule("[Kinh phí] / [Số buổi]"), "places": 1}
    rows["chi"].checks = [
        {"id": "k1", "rule": rule("[Kinh phí] >= [Số buổi]"), "level": "error", "message": "Quá ít."},
        {"id": "k2", "rule": rule("[Kinh phí] < 9000"), "level": "warning", "message": "Quá nhiều?"},
    ]
    db.session.flush()
    return form


def report(form: Form, **given: Any) -> tuple[Any, Response]:
    unit = make_unit()
    response = response_of(publish(form, unit)[0])
    person = actor_for(make_person(Role.REPORTER, unit))
    for uid, value in given.items():
        answering.save_answer(person, response, uid, value)
    return person, response


def test_a_figure_is_computed_and_submitted_exactly(form: Form) -> None:
    person, response = report(form, co=True, so=3, chi=1000)
    submission = submitting.submit(person, response)
    assert submission is not None
    assert submission.answers == {"co": True, "so": 3, "chi": 1000, "tb": "333.3"}
    assert response.answers == {"co": True, "so": 3, "chi": 1000}


def test_hidden_answers_stay_in_the_draft_and_out_of_the_submission(form: Form) -> None:
    person, response = report(form, so=3, chi=1000, co=False)
    definition = versions.definition(response.version_id)
    assert filled(definition, response.answers).visible == {"co"}
    assert checks.problems(definition, response.answers) == []
    submission = submitting.submit(person, response)
    assert submission is not None
    assert submission.answers == {"co": False}
    assert response.answers["chi"] == 1000


def test_division_by_zero_is_blank_with_a_reason(form: Form) -> None:
    _person, response = report(form, co=True, so=0, chi=1000)
    now = filled(versions.definition(response.version_id), response.answers)
    assert "tb" not in now.answers
    assert now.reasons["tb"]


def test_an_error_stops_the_submission(form: Form) -> None:
    person, response = report(form, co=True, so=30, chi=20)
    found = checks.problems(versions.definition(response.version_id), response.answers)
    assert [(one.question, one.message, one.level) for one in found] == [("chi", "Quá ít.", "error")]
    with pytest.raises(InvalidError):
        submitting.submit(person, response)


def test_a_warning_asks_for_a_reason_that_is_kept(form: Form) -> None:
    person, response = report(form, co=True, so=3, chi=9000)
    for reasons in ({}, {"k2": ""}, {"k9": "Lý do"}):
        with pytest.raises(InvalidError):
            submitting.submit(person, response, reasons)
    submission = submitting.submit(person, response, {"k2": "Mua thiết bị", "k9": "Thừa"})
    assert submission is not None
    assert submission.reasons == {"k2": "Mua thiết bị"}


def test_pages_hide_compute_and_ask_for_the_reason(form: Form, browser: Browser) -> None:
    unit = make_unit()
    assignment = publish(form, unit)[0]
    url = f"/reports/{assignment.id}"
    browser.sign_in(make_person(Role.REPORTER, unit))
    page = browser.get(f"{url}/sections/s{form.id}").text
    assert 'data-asked="so" hidden' in page
    sent = browser.post(f"{url}/answers/co", data={"co": "1"}, headers={"HX-Request": "true"})
    assert sent.headers["HX-Trigger"].count('"hidden": []') == 1
    browser.post(f"{url}/answers/so", data={"so": "3"})
    sent = browser.post(f"{url}/answers/chi", data={"chi": "9.000"})
    assert '"tb": "3000"' in sent.headers["HX-Trigger"] or '"tb": "3.000"' in sent.headers["HX-Trigger"]
    check = browser.get(f"{url}/check").text
    assert 'name="reason-k2"' in check
    assert browser.post(f"{url}/submit").status_code == 422
    assert browser.post(f"{url}/submit", data={"reason-k2": "Mua máy"}).status_code == 303
    reviewer = browser.application.test_client()
    assert isinstance(reviewer, Browser)
    reviewer.sign_in(make_person(Role.SECRETARIAT))
    assert "Mua máy" in reviewer.get(f"{url}/review").text


def test_the_builder_reads_rules_writes_them_back_and_points_at_mistakes(
    form: Form, browser: Browser
) -> None:
    browser.sign_in(make_person(Role.SECRETARIAT))
    question = Question.query.filter_by(uid="chi").one()
    url = f"/questions/{question.id}"
    page = browser.get(f"{url}/edit").text
    assert "[Kinh phí] &gt;= [Số buổi]" in page
    data = {
        "type": "money", "label": "Kinh phí", "summing": "sum",
        "visible_rule": "[Số buổi] > ", "checks-0-rule": "[Không có] > 1", "checks-0-level": "error",
    }  # fmt: skip
    refused = browser.post(url, data=data)
    assert refused.status_code == 422
    assert "Ký tự" in refused.text
    data |= {"visible_rule": "", "visible_picker-lines-0-question": "so",
             "visible_picker-lines-0-sign": ">", "visible_picker-lines-0-value": "5",
             "checks-0-rule": "[Kinh phí] > 1"}  # fmt: skip
    assert browser.post(url, data=data).status_code == 303
    db.session.expire_all()
    question = Question.query.filter_by(uid="chi").one()
    names = Names.of(working_copy.definition_of(form))
    assert question.visible == parse("[Số buổi] > 5", names).to_json()
    assert [one["level"] for one in question.checks] == ["error"]


def test_a_circle_of_formulas_is_refused(form: Form, browser: Browser) -> None:
    browser.sign_in(make_person(Role.SECRETARIAT))
    question = Question.query.filter_by(uid="tb").one()
    data = {"type": "computed", "label": "Mỗi buổi", "summing": "none", "rule": "[Mỗi buổi] + 1"}
    refused = browser.post(f"/questions/{question.id}", data=data)
    assert refused.status_code == 422
    assert "vòng tròn" in refused.text
