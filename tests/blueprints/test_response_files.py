"""A unit downloads its workbook, sends it back filled in, looks at what it does, and accepts it."""

import io
import re
from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import answering, builder, publishing
from models import AnswerChange, Response, ResponseState
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
from tests.support.filled_books import bad_files, cell_beside, edited, questions, template_of


@pytest.fixture
def response(app: Flask) -> Response:
    (assignment,) = publish(make_form(make_task(), *questions()), make_unit("Phòng A"))
    return response_of(assignment)


@pytest.fixture
def reporter(browser: Browser, response: Response) -> Browser:
    return browser.sign_in(make_person(Role.REPORTER, response.assignment.unit))


def url(response: Response, rest: str = "") -> str:
    return f"/reports/{response.assignment_id}/excel{rest}"


def sent(browser: Browser, response: Response, content: bytes) -> Any:
    return browser.post(
        url(response),
        data={"file": (io.BytesIO(content), "mau.xlsx")},
        content_type="multipart/form-data",
    )


def filled(response: Response, **values: Any) -> bytes:
    """Return the unit's workbook with values beside the questions of these types."""
    content = template_of(response)
    db.session.commit()
    return edited(
        content, {cell_beside(content, f"Câu {key}"): value for key, value in values.items()}
    )


def found_in(page: str) -> str:
    found = re.search(r'name="found"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_report_leads_to_its_workbook_and_back(reporter: Browser, response: Response) -> None:
    page = reporter.get(f"/reports/{response.assignment_id}").text
    assert url(response, "/template.xlsx") in page
    assert f'href="{url(response)}"' in page
    file = reporter.get(url(response, "/template.xlsx"))
    name = file.headers["Content-Disposition"]
    assert re.search(r"attachment; filename=dv\d+-nv\d+-bm\d+\.xlsx", name)
    assert "giống hệt báo cáo" in sent(reporter, response, file.data).text


def test_a_file_is_checked_and_then_accepted(reporter: Browser, response: Response) -> None:
    answer = sent(reporter, response, filled(response, integer=12, one_choice="Tốt"))
    assert answer.status_code == 200
    assert "Tệp đổi 2 câu trả lời" in answer.text
    assert AnswerChange.query.count() == 0
    done = reporter.post(url(response, "/accept"), data={"found": found_in(answer.text)})
    assert done.location == f"/reports/{response.assignment_id}"
    db.session.expire_all()
    assert response.answers == {"qinteger": 12, "qone_choice": "tot"}
    assert "Đã ghi 2 câu trả lời" in reporter.get(done.location).text


def test_a_bad_cell_is_shown_and_nothing_can_be_accepted(
    reporter: Browser, response: Response
) -> None:
    answer = sent(reporter, response, filled(response, integer="<b>nhiều", money=5))
    assert answer.status_code == 422
    assert "Có 1 ô chưa đúng" in answer.text
    assert "“&lt;b&gt;nhiều” không phải số nguyên" in answer.text
    assert "Ghi vào báo cáo" not in answer.text
    assert response.answers == {}


def test_of_two_answers_the_person_chooses(reporter: Browser, response: Response) -> None:
    content = filled(response, integer=12, money=7)
    other = actor_for(make_person(Role.LEADER, response.assignment.unit, full_name="Trần B"))
    answering.save_answer(other, response, "qinteger", 5)
    page = sent(reporter, response, content).text
    assert "Trần B sửa lúc" in page
    data = {"found": found_in(page)}
    reporter.post(url(response, "/accept"), data=data)
    db.session.expire_all()
    assert response.answers == {"qinteger": 5, "qmoney": 7}
    reporter.post(url(response, "/accept"), data={**data, "taken": "qinteger"})
    db.session.expire_all()
    assert response.answers == {"qinteger": 12, "qmoney": 7}


def test_an_answer_that_changes_while_the_page_lies_open_stops_all(
    reporter: Browser, response: Response
) -> None:
    page = sent(reporter, response, filled(response, integer=12, money=7)).text
    other = actor_for(make_person(Role.LEADER, response.assignment.unit))
    answering.save_answer(other, response, "qmoney", 9)
    answer = reporter.post(url(response, "/accept"), data={"found": found_in(page)})
    assert answer.location == url(response)
    assert "vừa được sửa nên chưa ghi gì" in reporter.get(answer.location).text
    db.session.expire_all()
    assert response.answers == {"qmoney": 9}


def test_what_was_checked_can_t_be_altered_or_used_elsewhere(
    reporter: Browser, response: Response, app: Flask
) -> None:
    data = {"found": found_in(sent(reporter, response, filled(response, integer=12)).text)}
    altered = {"found": data["found"] + "x"}
    assert reporter.post(url(response, "/accept"), data=altered).status_code == 422
    colleague = app.test_client()
    assert isinstance(colleague, Browser)
    colleague.sign_in(make_person(Role.REPORTER, response.assignment.unit))
    assert colleague.post(url(response, "/accept"), data=data).status_code == 422
    assert AnswerChange.query.count() == 0


def test_bad_and_foreign_files_are_refused_beside_the_field(
    reporter: Browser, response: Response
) -> None:
    (assignment,) = publish(make_form(make_task(), "integer"), make_unit("Phòng B"))
    foreign = template_of(response_of(assignment))
    files = [*bad_files(template_of(response))[:-1], ("foreign", foreign, "đơn vị “Phòng B”")]
    for name, content, words in files:
        answer = sent(reporter, response, content)
        assert (name, answer.status_code, words in answer.text) == (name, 422, True)
    assert reporter.post(url(response), data={}).status_code == 422
    assert AnswerChange.query.count() == 0


def test_a_file_of_an_older_version_says_which_before_anything_is_taken(
    reporter: Browser, response: Response
) -> None:
    content, form = filled(response, integer=12), response.assignment.form
    builder.add_question(None, builder.sections_of(form)[0], type="integer", label="Câu mới")
    publishing.publish(form.task, form.task.rounds[0], None)
    page = sent(reporter, response, content).text
    assert "Tệp này theo phiên bản 1 của biểu mẫu; báo cáo nay theo phiên bản 2." in page
    reporter.post(url(response, "/accept"), data={"found": found_in(page)})
    db.session.expire_all()
    assert response.answers == {"qinteger": 12}


def test_a_closed_report_gives_its_workbook_but_takes_none(
    reporter: Browser, response: Response
) -> None:
    page = sent(reporter, response, content := filled(response, integer=12)).text
    response.state = ResponseState.SUBMITTED
    assert reporter.get(url(response, "/template.xlsx")).status_code == 200
    assert "rút lại trước" in reporter.get(url(response)).text
    assert "rút lại trước" in sent(reporter, response, content).text
    assert reporter.post(url(response, "/accept"), data={"found": found_in(page)}).status_code == 409
    assert response.answers == {}
