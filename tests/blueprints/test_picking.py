"""Pickers in the question's editor: they write rules, open filled in, and say what is wrong where."""

from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import working_copy
from models import Form, Question
from questionnaire.rules import Names, parse
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task
from tests.support.pages import fields_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    browser.sign_in(make_person(Role.SECRETARIAT))
    return browser


@pytest.fixture
def form(app: Flask) -> Form:
    return make_form(
        make_task(),
        {"type": "yes_no", "uid": "co", "label": "Có tổ chức"},
        {"type": "integer", "uid": "so", "label": "Số buổi"},
        {"type": "money", "uid": "chi", "label": "Kinh phí"},
        {"type": "computed", "uid": "tb", "label": "Mỗi buổi"},
        {"type": "short_text", "uid": "ma", "label": "Mã kho"},
    )


def url_of(uid: str) -> str:
    return f"/questions/{Question.query.filter_by(uid=uid).one().id}"


def stored(form: Form, text: str) -> dict[str, Any]:
    return parse(text, Names.of(working_copy.definition_of(form))).to_json()


def question(uid: str) -> Question:
    db.session.expire_all()
    found: Question = Question.query.filter_by(uid=uid).one()
    return found


def test_a_picked_condition_is_saved_as_a_rule_and_opens_filled_in(
    editor: Browser, form: Form
) -> None:
    data = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    data |= {"visible_picker-lines-0-question": "co", "visible_picker-lines-0-value": "Có"}
    assert editor.post(url_of("chi"), data=data, headers=HTMX).status_code == 200
    assert question("chi").visible == stored(form, "[Có tổ chức] = ĐÚNG")
    shown = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    assert shown["visible_picker-lines-0-question"] == "co"
    assert shown["visible_picker-lines-0-value"] == "Có"
    assert shown["visible_rule"] == "[Có tổ chức] = ĐÚNG"


def test_without_scripts_buttons_add_lines_and_write_the_text_and_store_nothing(
    editor: Browser, form: Form
) -> None:
    data = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    data |= {
        "visible_picker-lines-0-question": "so",
        "visible_picker-lines-0-sign": ">",
        "visible_picker-lines-0-value": "0",
    }
    grown = editor.post(url_of("chi"), data={**data, "more": "line visible_picker"})
    assert grown.status_code == 200
    data = fields_of(grown.text, "visible_rule")
    assert data["visible_rule"] == "[Số buổi] > 0"
    data |= {
        "visible_picker-lines-1-question": "co",
        "visible_picker-lines-1-sign": "filled",
        "visible_picker-join": "any",
    }
    written = editor.post(url_of("chi"), data={**data, "more": "write"})
    data = fields_of(written.text, "visible_rule")
    assert data["visible_rule"] == "HOẶC([Số buổi] > 0; KHÔNG(TRỐNG([Có tổ chức])))"
    assert question("chi").visible is None
    assert editor.post(url_of("chi"), data=data).status_code == 303
    assert question("chi").visible == stored(form, data["visible_rule"])


def test_the_answers_of_a_picked_question_are_offered(editor: Browser, form: Form) -> None:
    data = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    data |= {"visible_picker-lines-0-question": "co", "more": "write"}
    page = editor.post(url_of("chi"), data=data, headers=HTMX).text
    offered = page.partition('id="visible_picker-lines-0-value-list"')[2].partition("</datalist>")[0]
    assert offered == '><option value="Có"></option><option value="Không"></option>'
    assert 'list="visible_picker-lines-0-value-list"' in page


def test_taking_the_picks_away_takes_the_rule_away(editor: Browser, form: Form) -> None:
    question("chi").visible = stored(form, "[Số buổi] > 0")
    db.session.commit()
    data = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    data["visible_picker-lines-0-question"] = ""
    editor.post(url_of("chi"), data=data, headers=HTMX)
    assert question("chi").visible is None


def test_a_text_written_by_hand_counts_and_isn_t_a_common_shape(
    editor: Browser, form: Form
) -> None:
    data = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    data["visible_rule"] = "[Số buổi] * 2 > 3"
    editor.post(url_of("chi"), data=data, headers=HTMX)
    assert question("chi").visible == stored(form, "[Số buổi] * 2 > 3")
    shown = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    assert "visible_picker-lines-0-question" not in shown
    assert shown["visible_rule"] == "[Số buổi] * 2 > 3"


def test_picks_and_text_that_both_changed_are_refused(editor: Browser, form: Form) -> None:
    data = fields_of(editor.get(url_of("chi") + "/edit").text, "visible_rule")
    data |= {
        "visible_picker-lines-0-question": "so",
        "visible_picker-lines-0-value": "1",
        "visible_rule": "[Số buổi] = 2",
    }
    refused = editor.post(url_of("chi"), data=data, headers=HTMX)
    assert refused.status_code == 422
    assert "công thức bên dưới cũng đã sửa" in refused.text
    assert question("chi").visible is None


def test_a_check_compares_with_another_question(editor: Browser, form: Form) -> None:
    data = fields_of(editor.get(url_of("so") + "/edit").text, "visible_rule")
    grown = editor.post(url_of("so"), data={**data, "more": "check"}, headers=HTMX)
    assert grown.status_code == 200
    data = fields_of(grown.text, "checks-0-rule")
    data |= {
        "checks-0-picker-lines-0-question": "so",
        "checks-0-picker-lines-0-sign": "<=",
        "checks-0-picker-lines-0-other": "chi",
        "checks-0-level": "warning",
        "checks-0-message": "Sao nhiều thế?",
    }
    editor.post(url_of("so"), data=data, headers=HTMX)
    (check,) = question("so").checks
    assert check["rule"] == stored(form, "[Số buổi] <= [Kinh phí]")
    assert (check["level"], check["message"]) == ("warning", "Sao nhiều thế?")
    again = fields_of(editor.get(url_of("so") + "/edit").text, "checks-0-rule")
    assert again["checks-0-picker-lines-0-other"] == "chi"
    editor.post(url_of("so"), data=again, headers=HTMX)
    assert question("so").checks == [check]


def test_what_is_wrong_is_said_with_its_check_and_line(editor: Browser, form: Form) -> None:
    data = fields_of(editor.get(url_of("so") + "/edit").text, "visible_rule")
    data |= {
        "checks-0-picker-lines-0-question": "so",
        "checks-0-level": "error",
        "checks-0-picker-lines-0-value": "1",
        "checks-0-picker-lines-1-question": "chi",
        "checks-0-picker-lines-1-value": "nhiều lắm",
    }
    refused = editor.post(url_of("so"), data=data, headers=HTMX)
    assert refused.status_code == 422
    assert "Kiểm tra 1: Dòng 2: " in refused.text
    data |= {"checks-0-picker-lines-1-question": "", "checks-0-rule": "[Số buổi] >", "more": "write"}
    del data["checks-0-picker-lines-0-question"]
    shown = editor.post(url_of("so"), data=data, headers=HTMX)
    assert shown.status_code == 200
    assert "Ký tự 12: Quy tắc còn dở dang" in shown.text


def test_a_computed_figure_is_picked(editor: Browser, form: Form) -> None:
    data = fields_of(editor.get(url_of("tb") + "/edit").text, "rule")
    refused = editor.post(url_of("tb"), data=data, headers=HTMX)
    assert refused.status_code == 422
    assert "Chọn cách tính, hoặc viết công thức." in refused.text
    data |= {
        "figure-method": "ratio",
        "figure-questions-0": "chi",
        "figure-questions-1": "so",
    }
    editor.post(url_of("tb"), data=data, headers=HTMX)
    assert question("tb").settings["rule"] == stored(form, "[Kinh phí] / [Số buổi]")
    data = fields_of(editor.get(url_of("tb") + "/edit").text, "rule")
    assert (data["figure-method"], data["figure-questions-0"]) == ("ratio", "chi")
    data["figure-method"] = "last_change"
    written = editor.post(url_of("tb"), data={**data, "more": "write"}, headers=HTMX)
    text = fields_of(written.text, "rule")["rule"]
    assert text == "([Kinh phí] - KỲTRƯỚC([Kinh phí])) / KỲTRƯỚC([Kinh phí]) * 100"


def test_picks_that_go_round_in_a_circle_are_refused(editor: Browser, form: Form) -> None:
    question("tb").settings = {"rule": stored(form, "[Kinh phí] * 2"), "places": 0, "change": None}
    db.session.commit()
    section = question("tb").section_id
    data = {
        "type": "computed", "label": "Vòng", "summing": "none",
        "figure-method": "sum", "figure-questions-0": "tb",
    }  # fmt: skip
    editor.post(f"/sections/{section}/questions", data=data, headers=HTMX)
    new = Question.query.filter_by(label="Vòng").one().uid
    data = fields_of(editor.get(url_of("tb") + "/edit").text, "rule")
    data |= {"rule": "", "figure-method": "sum", "figure-questions-0": new, "figure-questions-1": ""}
    refused = editor.post(url_of("tb"), data=data, headers=HTMX)
    assert refused.status_code == 422
    assert "Công thức đi vòng tròn" in refused.text


@pytest.mark.parametrize(
    ("tried", "said"), [("TP-001", "Đạt"), ("TP-1", "Ghi mã như TP-001"), ("", "Đạt")]
)
def test_a_pattern_is_tried_before_it_is_saved(
    editor: Browser, form: Form, tried: str, said: str
) -> None:
    data = {
        "type": "short_text", "label": "Mã kho", "summing": "list", "pattern": "own",
        "expression": r"TP-\d{3}", "said": "Ghi mã như TP-001", "tried": tried, "more": "try",
    }  # fmt: skip
    shown = editor.post(url_of("ma"), data=data, headers=HTMX)
    assert shown.status_code == 200
    status = shown.text.partition('id="tried-says"')[2].partition("</p>")[0]
    assert said in status
    assert question("ma").settings["pattern"] == ""


def test_a_pattern_that_can_t_be_read_is_said_in_words(editor: Browser, form: Form) -> None:
    data = {
        "type": "short_text", "label": "Mã kho", "summing": "list", "pattern": "own",
        "expression": "TP-(", "tried": "x",
    }  # fmt: skip
    for more, status in (("try", 200), ("", 422)):
        shown = editor.post(url_of("ma"), data={**data, "more": more}, headers=HTMX)
        assert shown.status_code == status
        assert "Thiếu dấu ) ở “TP-(”." in shown.text


def test_a_new_question_s_pickers_write_to_its_own_address(editor: Browser, form: Form) -> None:
    section = question("so").section_id
    page = editor.get(f"/sections/{section}/questions/new?type=date", headers=HTMX).text
    assert f'hx-post="/sections/{section}/questions" hx-trigger="change"' in page
    page = editor.get(url_of("so") + "/edit", headers=HTMX).text
    assert f'hx-post="{url_of("so")}" hx-trigger="change"' in page
