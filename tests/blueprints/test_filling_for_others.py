"""Pages around a report: taking from before, entering for a unit, receipts, and the paper."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import builder, publishing, working_copy
from models import Assignment, Form, Person, Response, Round, Submission, Unit
from questionnaire.rules import Names, parse
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish, response_of
from tests.support.reports import submit

ASKED: tuple[dict[str, Any], ...] = (
    {"type": "integer", "uid": "vu", "label": "Số <i>vụ</i>", "measure": "vụ"},
    {"type": "long_text", "uid": "loi", "label": "Nhận xét"},
)
LINE = "Trích <b>yếu</b>"


@pytest.fixture
def unit(app: Flask) -> Unit:
    return make_unit("Phòng Một")


@pytest.fixture
def form(app: Flask) -> Form:
    return make_form(make_task(LINE, doc_type="Kế hoạch", number="12", symbol="KH-SVHTTDL"), *ASKED)


@pytest.fixture
def first(form: Form, unit: Unit) -> Assignment:
    return publish(form, unit)[0]


@pytest.fixture
def second(form: Form, first: Assignment) -> Assignment:
    """The next round of the same form, after an answer in the first."""
    submit(first, {"vu": 12, "loi": "Kỳ trước\nviết vậy"})
    round_ = Round(task_id=form.task_id, name="Kỳ 2", position=1)
    db.session.add(round_)
    db.session.flush()
    publishing.publish(form.task, round_, None)
    found: Assignment = Assignment.query.filter_by(round_id=round_.id).one()
    db.session.commit()
    return found


@pytest.fixture
def reporter(unit: Unit) -> Person:
    return make_person(Role.REPORTER, unit)


def stored(assignment: Assignment) -> Response:
    db.session.expire_all()
    return response_of(assignment)


def test_one_answer_is_taken_and_what_was_typed_beside_it_is_kept(
    browser: Browser, reporter: Person, form: Form, second: Assignment
) -> None:
    browser.sign_in(reporter)
    url = f"/reports/{second.id}/sections/s{form.id}"
    page = browser.get(url).text
    assert page.count('name="take"') == 2
    assert "viết vậy" in page
    sent = browser.post(f"{url}/previous", data={"take": "vu", "vu": "", "loi": "Đang gõ"})
    assert sent.location == f"{url}#q-vu"
    assert stored(second).answers == {"vu": 12, "loi": "Đang gõ"}
    page = browser.get(url).text
    assert "Đã lấy 1 câu từ kỳ trước" in page
    undo = page.split('action="')
    address = next(one for one in undo if one.startswith(f"/reports/{second.id}/put-back"))
    browser.post(address.split('"')[0].replace("&amp;", "&"))
    assert stored(second).answers == {"vu": None, "loi": "Đang gõ"}


def test_a_section_and_a_report_take_what_is_blank(
    browser: Browser, reporter: Person, form: Form, second: Assignment
) -> None:
    browser.sign_in(reporter)
    url = f"/reports/{second.id}/sections/s{form.id}"
    assert "2 câu còn trống" in browser.get(url).text
    browser.post(f"{url}/previous", data={"vu": "15", "loi": ""})
    assert stored(second).answers == {"vu": 15, "loi": "Kỳ trước\nviết vậy"}
    browser.post(url, data={"vu": "15", "loi": ""})
    assert "Lấy từ kỳ trước" in browser.get(f"/reports/{second.id}").text
    browser.post(f"/reports/{second.id}/previous")
    assert stored(second).answers["loi"] == "Kỳ trước\nviết vậy"
    browser.post(f"/reports/{second.id}/previous")
    assert "không có số liệu nào" in browser.get(f"/reports/{second.id}").text


def test_the_first_round_offers_nothing(
    browser: Browser, reporter: Person, form: Form, first: Assignment
) -> None:
    browser.sign_in(reporter)
    assert "Lấy từ kỳ trước" not in browser.get(f"/reports/{first.id}").text
    assert "Lấy từ kỳ trước" not in browser.get(f"/reports/{first.id}/sections/s{form.id}").text


def test_the_office_enters_for_a_unit_and_the_unit_sees_it(
    browser: Browser, reporter: Person, form: Form, first: Assignment
) -> None:
    browser.sign_in(make_person(Role.SECRETARIAT, full_name="Văn thư Một"))
    url = f"/reports/{first.id}"
    section = f"{url}/sections/s{form.id}"
    assert browser.get(section).status_code == 404
    assert f"{url}/enter-for" in browser.get(f"{url}/review").text
    assert browser.post(f"{url}/enter-for", data={"reason": " "}).status_code == 422
    assert browser.post(f"{url}/enter-for", data={"reason": "Bản <u>giấy</u>"}).location == url
    assert browser.post(section, data={"vu": "7", "loi": "Giấy", "go": "next"}).status_code == 303
    page = browser.get(section).text
    assert "/reports\"" not in page
    assert "Theo dõi nộp" in page
    assert browser.post(f"{url}/submit").status_code == 303
    assert Submission.query.one().on_behalf
    assert "nhập thay" in browser.get(f"{url}/review").text
    browser.sign_in(reporter)
    page = browser.get(url).text
    assert "Văn phòng đang nhập thay báo cáo này" in page
    assert "Bản &lt;u&gt;giấy&lt;/u&gt;" in page
    browser.sign_in(make_person(Role.SECRETARIAT))
    browser.post(f"{url}/enter-for/end")
    assert browser.get(url).status_code == 404


def test_a_receipt_is_checked_by_anybody_who_holds_it(
    browser: Browser, reporter: Person, first: Assignment
) -> None:
    browser.sign_in(reporter)
    browser.post(f"/reports/{first.id}/submit")
    one = Submission.query.one()
    receipt = browser.get(f"/reports/{first.id}/receipts/1").text
    assert f"/receipts?number={one.receipt}" in receipt
    browser.sign_in(make_person(Role.REPORTER, make_unit()))
    assert "Biên nhận đúng và đang có hiệu lực" in browser.get(
        f"/receipts?number={one.receipt}&mark={one.fingerprint[:16]}"
    ).text
    page = browser.get(f"/receipts?number={one.receipt}&mark=<b>").text
    assert "Không đúng là biên nhận" in page
    assert "Phòng Một" not in page
    assert "<b>" not in page.split("<form class=\"card\"")[1]


def test_what_the_unit_has_mended_is_shown_to_both(
    browser: Browser, reporter: Person, form: Form, first: Assignment
) -> None:
    browser.sign_in(reporter)
    url = f"/reports/{first.id}"
    browser.post(f"{url}/sections/s{form.id}", data={"vu": "7", "loi": "Cũ", "go": "next"})
    browser.post(f"{url}/submit")
    office = make_person(Role.SECRETARIAT)
    browser.sign_in(office)
    assert "Thay đổi so với lần nộp" not in browser.get(f"{url}/review").text
    browser.post(f"{url}/review/return", data={"reason": "Xem lại"})
    browser.sign_in(reporter)
    assert "Chưa câu nào thay đổi." in browser.get(f"{url}/check").text
    browser.post(f"{url}/sections/s{form.id}", data={"vu": "8", "loi": "Cũ", "go": "next"})
    assert "<div>7</div>" in browser.get(f"{url}/check").text
    browser.post(f"{url}/submit")
    browser.sign_in(office)
    page = browser.get(f"{url}/review").text
    assert "Thay đổi so với lần nộp 1" in page
    assert ("<div>7</div>" in page, "<div>8</div>" in page) == (True, True)


def test_the_check_page_says_what_is_not_asked_and_why(
    browser: Browser, app: Flask, unit: Unit
) -> None:
    form = make_form(make_task(), *ASKED)
    question = builder.questions_of(builder.sections_of(form)[0])[1]
    builder.change_question(None, builder.questions_of(builder.sections_of(form)[0])[0], label="Số vụ")
    question.visible = parse("[Số vụ] > 0", Names.of(working_copy.definition_of(form))).to_json()
    (assignment,) = publish(form, unit)
    browser.sign_in(make_person(Role.REPORTER, unit))
    page = browser.get(f"/reports/{assignment.id}/check").text
    assert "1 câu không phải trả lời" in page
    assert "Chỉ hỏi khi: [Số vụ] &gt; 0" in page


def words_of(content: bytes) -> str:
    body = Document(BytesIO(content)).element.body
    return "\n".join("".join(one.itertext()) for one in body.iterchildren())


def test_a_report_is_a_document_marked_as_a_draft_until_it_is_submitted(
    browser: Browser, reporter: Person, form: Form, first: Assignment
) -> None:
    browser.sign_in(reporter)
    url = f"/reports/{first.id}"
    browser.post(f"{url}/sections/s{form.id}", data={"vu": "7", "loi": "Tốt", "go": "next"})
    page = browser.get(f"{url}/paper").text
    assert ("DỰ THẢO" in page, "Số &lt;i&gt;vụ&lt;/i&gt;" in page) == (True, True)
    browser.post(f"{url}/submit")
    words = words_of(browser.get(f"{url}/paper.docx").data)
    assert "DỰ THẢO" not in words
    assert "PHÒNG MỘT" in words
    assert "Thực hiện Kế hoạch số 12/KH-SVHTTDL" in words
    assert "1. Số <i>vụ</i>: 7 vụ" in words
    assert "2. Nhận xét: Tốt" in words
    one = Submission.query.one()
    assert one.receipt in browser.get(f"{url}/paper").text


def test_the_office_prints_what_was_submitted_and_never_a_draft(
    browser: Browser, first: Assignment, second: Assignment
) -> None:
    browser.sign_in(make_person(Role.CLERK))
    assert browser.get(f"/reports/{first.id}/paper").status_code == 200
    assert browser.get(f"/reports/{first.id}/paper.docx").status_code == 200
    assert browser.get(f"/reports/{second.id}/paper").status_code == 404


def test_a_reviewer_s_note_stands_beside_the_answer_on_both_sides(
    browser: Browser, reporter: Person, form: Form, first: Assignment
) -> None:
    office, url = make_person(Role.SECRETARIAT), f"/reports/{first.id}"
    browser.sign_in(reporter)
    browser.post(f"{url}/sections/s{form.id}", data={"vu": "7", "loi": "", "go": "next"})
    assert "1 câu không bắt buộc còn để trống" in browser.get(f"{url}/check").text
    browser.post(f"{url}/submit")
    browser.sign_in(office)
    browser.post(f"{url}/review/return", data={"reason": "Xem lại", "note-vu": "Đếm <b>lại</b>"})
    browser.sign_in(reporter)
    note = "Người tiếp nhận ghi: Đếm &lt;b&gt;lại&lt;/b&gt;"
    for path in (f"sections/s{form.id}", "check"):
        assert note in browser.get(f"{url}/{path}").text
    browser.post(f"{url}/sections/s{form.id}", data={"vu": "8", "loi": "", "go": "next"})
    browser.post(f"{url}/submit")
    browser.sign_in(office)
    page = browser.get(f"{url}/review").text
    assert page.count(note) == 1
    assert "– Số &lt;i&gt;vụ&lt;/i&gt;</p>" in page


def test_the_table_of_the_round_before_can_be_looked_at_beside_the_new_one(
    browser: Browser, unit: Unit, reporter: Person
) -> None:
    form = make_form(make_task(), {"type": "free_table", "uid": "bang", "label": "Hoạt động"})
    (first,) = publish(form, unit)
    submit(first, {"bang": {"rows": [{"id": "a", "cells": {"ten": "Hội <i>thi</i>", "so": 1250}}]}})
    round_ = Round(task_id=form.task_id, name="Kỳ 2", position=1)
    db.session.add(round_)
    db.session.flush()
    publishing.publish(form.task, round_, None)
    second = Assignment.query.filter_by(round_id=round_.id).one()
    browser.sign_in(reporter)
    page = browser.get(f"/reports/{second.id}/sections/s{form.id}").text
    before = page.partition("Số liệu kỳ trước")[2].partition("</details>")[0]
    assert "Hội &lt;i&gt;thi&lt;/i&gt;" in before
    assert "1.250" in before
    assert "<input" not in before
    assert "Số liệu kỳ trước" not in browser.get(f"/reports/{first.id}/sections/s{form.id}").text
