import io
from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from models import Assignment, Attachment, Form, Person, Response, ResponseState, Submission
from tests.conftest import Browser
from tests.factories import (
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de000000"
    "0c4944415478da63f8cfc0000003010100f70341430000000049454e44ae426082"
)
HTMX = {"HX-Request": "true"}


class Case:
    """A unit with its people, and the report that it owes."""

    def __init__(self, *questions: Any, **task_values: Any) -> None:
        self.unit = make_unit()
        self.form: Form = make_form(make_task(**task_values), *questions)
        self.assignment: Assignment = publish(self.form, self.unit)[0]
        self.reporter: Person = make_person(Role.REPORTER, self.unit)
        self.url = f"/reports/{self.assignment.id}"
        self.section = f"{self.url}/sections/s{self.form.id}"
        db.session.commit()

    @property
    def response(self) -> Response:
        db.session.expire_all()
        return response_of(self.assignment)


@pytest.fixture
def case(app: Flask) -> Case:
    return Case(
        {"type": "integer", "uid": "so", "required": True},
        {"type": "long_text", "uid": "chu"},
        {"type": "evidence", "uid": "anh"},
        "note",
    )


def test_an_answer_is_saved_by_itself_right_or_wrong(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    sent = browser.post(f"{case.url}/answers/so", data={"so": "1.234", "seen-so": "0"})
    assert sent.status_code == 200
    assert "Đã lưu" in sent.text
    assert 'name="seen-so" value="1"' in sent.text
    assert case.response.answers == {"so": 1234}
    browser.post(f"{case.url}/answers/so", data={"so": "mười hai", "seen-so": "1"})
    assert case.response.answers == {"so": {"typed": "mười hai"}}
    assert 'value="mười hai"' in browser.get(case.section).text


def test_only_questions_of_the_form_with_typed_answers_are_saved(
    case: Case, browser: Browser
) -> None:
    browser.sign_in(case.reporter)
    for uid in ("zz", "anh", f"f{case.form.id}q4"):
        assert browser.post(f"{case.url}/answers/{uid}", data={uid: "1"}).status_code == 404
    assert case.response.answers == {}


def test_a_conflict_shows_both_and_keeps_the_first_until_the_person_chooses(
    case: Case, browser: Browser
) -> None:
    browser.sign_in(case.reporter)
    browser.post(f"{case.url}/answers/chu", data={"chu": "Của tôi", "writer": "a", "seq": "1"})
    blind = {"chu": "Của <b>kia</b>", "writer": "b", "seq": "1", "seen-chu": "0"}
    refused = browser.post(f"{case.url}/answers/chu", data=blind)
    assert refused.status_code == 409
    assert "Của tôi" in refused.text
    assert case.response.answers == {"chu": "Của tôi"}
    browser.post(f"{case.url}/answers/chu", data={**blind, "seq": "2", "seen-chu": "1"})
    assert case.response.answers == {"chu": "Của <b>kia</b>"}
    assert "Của <b>kia" not in browser.get(case.section).text


def test_a_section_is_saved_as_a_whole_without_scripts(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    posted = {"so": "7", "chu": "Dòng một\r\nDòng hai", "seen-so": "0", "seen-chu": "0", "go": "next"}
    sent = browser.post(case.section, data=posted)
    assert (sent.status_code, sent.location) == (303, f"{case.url}/check")
    assert case.response.answers == {"so": 7, "chu": "Dòng một\nDòng hai"}
    stay = browser.post(case.section, data={**posted, "go": "stay"})
    assert stay.location == case.section


def test_moving_on_names_what_is_wrong_and_saves_it_all_the_same(
    case: Case, browser: Browser
) -> None:
    browser.sign_in(case.reporter)
    sent = browser.post(case.section, data={"so": "7,5", "chu": "Vẫn lưu", "go": "next"})
    assert sent.status_code == 422
    assert 'href="#so"' in sent.text
    assert case.response.answers == {"so": {"typed": "7,5"}, "chu": "Vẫn lưu"}


def test_a_section_posted_blind_keeps_both_texts_on_the_page(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    browser.post(f"{case.url}/answers/chu", data={"chu": "Người kia"})
    sent = browser.post(case.section, data={"so": "", "chu": "Của tôi", "seen-chu": "0"})
    assert sent.status_code == 409
    assert "Người kia" in sent.text
    assert ">\nCủa tôi</textarea>" in sent.text
    again = {"so": "", "chu": "Của tôi", "seen-chu": "1"}
    assert browser.post(case.section, data=again).status_code == 303
    assert case.response.answers == {"chu": "Của tôi"}


def test_fields_that_nobody_asked_for_change_nothing(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    extra = {"state": "accepted", "rev": "99", "unit_id": "1", "anh": "x", "answers": "{}"}
    browser.post(case.section, data={"so": "1", **extra})
    assert case.response.answers == {"so": 1}
    assert case.response.state == ResponseState.DRAFT


def test_evidence_goes_up_comes_down_and_can_be_taken_back(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    upload = {"anh-file": (io.BytesIO(PNG), "ảnh <1>.png"), "so": "5"}
    url = f"{case.url}/evidence/anh"
    sent = browser.post(url, data=upload, content_type="multipart/form-data")
    assert sent.status_code == 303
    assert case.response.answers["so"] == 5
    (stored,) = case.response.answers["anh"]
    fetched = browser.get(f"/evidence/{stored['id']}")
    assert fetched.data == PNG
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    removed = browser.post(f"/evidence/{stored['id']}/remove", headers=HTMX)
    assert "Hoàn tác" in removed.text
    assert case.response.answers["anh"] == []
    browser.post(f"/evidence/{stored['id']}/restore")
    assert len(case.response.answers["anh"]) == 1


def test_a_refused_file_is_named_and_the_good_one_stays(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    files = [(io.BytesIO(b"MZ\x90\x00"), "virus.exe"), (io.BytesIO(PNG), "tot.png")]
    sent = browser.post(
        f"{case.url}/evidence/anh",
        data={"anh-file": files},
        content_type="multipart/form-data",
        headers=HTMX,
    )
    assert "virus.exe" in sent.text
    assert [one["name"] for one in case.response.answers["anh"]] == ["tot.png"]


def test_the_check_page_links_to_what_is_left_and_submitting_gives_a_receipt(
    case: Case, browser: Browser
) -> None:
    browser.sign_in(case.reporter)
    page = browser.get(f"{case.url}/check").text
    assert f"{case.section}?check=1#q-so" in page
    assert browser.post(f"{case.url}/submit").status_code == 422
    browser.post(f"{case.url}/answers/so", data={"so": "0"})
    sent = browser.post(f"{case.url}/submit")
    assert sent.location == f"{case.url}/receipts/1"
    assert browser.post(f"{case.url}/submit").location == sent.location
    receipt = browser.get(sent.location).text
    submission = Submission.query.one()
    assert submission.receipt in receipt
    assert submission.fingerprint in receipt
    assert browser.get(f"{case.url}/receipts/2").status_code == 404


def test_a_submitted_report_takes_no_answer_until_it_is_withdrawn(
    case: Case, browser: Browser
) -> None:
    browser.sign_in(case.reporter)
    browser.post(f"{case.url}/answers/so", data={"so": "1"})
    browser.post(f"{case.url}/submit")
    refused = browser.post(f"{case.url}/answers/so", data={"so": "2"})
    assert refused.status_code == 409
    assert case.response.answers["so"] == 1
    browser.post(f"{case.url}/withdraw")
    assert browser.post(f"{case.url}/answers/so", data={"so": "2"}).status_code == 200


def test_the_leader_signs_off_or_sends_back(app: Flask, browser: Browser) -> None:
    case = Case({"type": "integer", "uid": "so"}, needs_sign_off=True)
    leader = make_person(Role.LEADER, case.unit)
    browser.sign_in(case.reporter)
    browser.post(f"{case.url}/submit")
    assert case.response.state == ResponseState.AWAITING_SIGN_OFF
    assert browser.post(f"{case.url}/send-back", data={"reason": "x"}).status_code == 403
    chief = app.test_client()
    assert isinstance(chief, Browser)
    chief.sign_in(leader)
    assert "Duyệt và nộp" in chief.get(f"{case.url}/check").text
    assert chief.post(f"{case.url}/send-back", data={"reason": ""}).status_code == 422
    chief.post(f"{case.url}/send-back", data={"reason": "Thiếu ảnh"})
    assert "Thiếu ảnh" in browser.get(case.url).text
    browser.post(f"{case.url}/submit")
    chief.post(f"{case.url}/submit")
    assert case.response.state == ResponseState.SUBMITTED


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/sections/s1"),
        ("POST", "/sections/s1"),
        ("POST", "/answers/so"),
        ("GET", "/check"),
        ("POST", "/submit"),
        ("POST", "/withdraw"),
        ("GET", "/receipts/1"),
        ("POST", "/evidence/anh"),
    ],
)
def test_another_unit_s_report_is_not_there(
    case: Case, browser: Browser, method: str, path: str
) -> None:
    browser.sign_in(make_person(Role.LEADER, make_unit()))
    assert browser.open(case.url + path, method=method).status_code == 404
    assert case.response.answers == {}


def test_another_unit_s_evidence_is_not_there(
    case: Case, app: Flask, browser: Browser
) -> None:
    browser.sign_in(case.reporter)
    browser.post(f"{case.url}/evidence/anh", data={"anh-file": (io.BytesIO(PNG), "a.png")})
    attachment = Attachment.query.one().id
    stranger = app.test_client()
    assert isinstance(stranger, Browser)
    stranger.sign_in(make_person(Role.LEADER, make_unit()))
    assert stranger.get(f"/evidence/{attachment}").status_code == 404
    assert stranger.post(f"/evidence/{attachment}/remove").status_code == 404
    assert Attachment.query.one().deleted_at is None


def test_the_inbox_lists_what_the_unit_owes(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    assert case.form.title in browser.get("/reports").text


def test_an_empty_inbox_says_so(app: Flask, browser: Browser) -> None:
    browser.sign_in(make_person(Role.REPORTER))
    assert "Chưa có báo cáo nào" in browser.get("/reports").text


def test_tables_are_saved_by_cell_and_row(app: Flask, browser: Browser) -> None:
    case = Case({"type": "fixed_table", "uid": "co"}, {"type": "free_table", "uid": "tu"})
    rows = case.response.version.definition["sections"][0]["questions"][0]["settings"]["rows"]
    browser.sign_in(case.reporter)
    first = rows[0]["id"]
    browser.post(f"{case.url}/answers/co", data={f"co-{first}-so": "1.000"})
    browser.post(
        f"{case.url}/answers/tu",
        data={"tu-row": ["r1", "r2"], "tu-r1-ten": "Buổi 1", "tu-r1-so": "5", "tu-r2-ten": ""},
    )
    assert case.response.answers == {
        "co": {"rows": {first: {"so": 1000}}},
        "tu": {"rows": [{"id": "r1", "cells": {"ten": "Buổi 1", "so": 5}}]},
    }
    assert "Buổi 1" in browser.get(case.section).text


def test_evidence_gets_another_name_but_stays_of_its_kind(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    browser.post(f"{case.url}/evidence/anh", data={"anh-file": (io.BytesIO(PNG), "a.png")})
    (stored,) = case.response.answers["anh"]
    url = f"/evidence/{stored['id']}"
    field = f"anh-name-{stored['id']}"
    named = browser.post(f"{url}/rename", data={field: "../Panô <trung tâm>.exe", "so": "5"})
    assert named.status_code == 303
    (renamed,) = case.response.answers["anh"]
    assert renamed["name"] == "Panô _trung tâm_.exe.png"
    assert case.response.answers["so"] == 5
    assert "_trung" in browser.get(url).headers["Content-Disposition"]
    browser.post(f"{url}/rename", data={field: "  "}, headers=HTMX)
    assert case.response.answers["anh"][0]["name"] == renamed["name"]


def test_photos_have_a_thumbnail_and_other_files_have_none(case: Case, browser: Browser) -> None:
    browser.sign_in(case.reporter)
    files = [(io.BytesIO(PNG), "a.png"), (io.BytesIO(b"%PDF-1.7\n"), "b.pdf")]
    browser.post(f"{case.url}/evidence/anh", data={"anh-file": files})
    photo, text = case.response.answers["anh"]
    assert f'src="/evidence/{photo["id"]}/thumbnail"' in browser.get(case.section).text
    assert browser.get(f"/evidence/{photo['id']}/thumbnail").data.startswith(b"\xff\xd8")
    assert browser.get(f"/evidence/{text['id']}/thumbnail").status_code == 404
