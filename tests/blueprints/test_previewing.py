import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import copying, working_copy
from models import Form, FormTarget, Question, Response, Unit
from questionnaire.rules import Names, parse
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish
from tests.support.reports import submit

HTMX = {"HX-Request": "true"}
ASKED = (
    {"type": "integer", "uid": "so", "label": "Số buổi", "required": True},
    {"type": "money", "uid": "chi", "label": "Kinh phí"},
    {"type": "computed", "uid": "tb", "label": "Mỗi buổi"},
)


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


@pytest.fixture
def form(app: Flask) -> Form:
    """A form that asks for the money only where there were sessions."""
    form = make_form(make_task("Kế hoạch năm 2025"), *ASKED)
    names = Names.of(working_copy.definition_of(form))
    rows = {one.uid: one for one in Question.query}
    rows["chi"].visible = parse("[Số buổi] > 0", names).to_json()
    rows["tb"].settings = {"rule": parse("[Kinh phí] / [Số buổi]", names).to_json(), "places": 1}
    db.session.commit()
    return form


def test_what_is_typed_is_checked_and_never_stored(editor: Browser, form: Form) -> None:
    url = f"/forms/{form.id}/preview"
    refused = editor.post(url, data={"so": "ba", "go": "check"}).text
    assert "error-summary" in refused
    assert 'value="ba"' in refused
    passed = editor.post(url, data={"so": "7", "chi": "21", "go": "check"}).text
    assert "đơn vị nộp được báo cáo" in passed
    assert db.session.query(Response).count() == 0


def test_rules_are_at_work(editor: Browser, form: Form) -> None:
    url = f"/forms/{form.id}/preview"
    assert 'data-asked="chi" hidden' in editor.get(url).text
    follow = editor.post(url, data={"so": "4", "chi": "10"}, headers=HTMX)
    assert follow.text == ""
    assert '"hidden":[]' in follow.headers["HX-Trigger"].replace(" ", "")
    assert '"tb":"2,5"' in follow.headers["HX-Trigger"].replace(" ", "")
    assert ">2,5<" in editor.post(url, data={"so": "4", "chi": "10"}).text


def test_a_chosen_unit_is_named_and_brings_its_round_before(editor: Browser, form: Form) -> None:
    unit, other = make_unit("Xã Một"), make_unit("Xã Hai")
    assignment, _other = publish(form, unit, other)
    submit(assignment, {"so": 12, "chi": 30})
    copy = copying.copy_task(None, form.task).forms[0]
    db.session.commit()
    url = f"/forms/{copy.id}/preview"
    assert "Kỳ trước" not in editor.get(url).text
    page = editor.get(f"{url}?unit={unit.id}").text
    assert "như Xã Một sẽ thấy" in page
    assert "Kỳ trước: 12" in page
    assert "Kỳ trước" not in editor.get(f"{url}?unit={other.id}").text


def test_only_units_that_get_the_form_can_be_chosen(editor: Browser, form: Form) -> None:
    mine, foreign = make_unit("Xã Một"), make_unit("Xã Hai")
    form.targets.append(FormTarget(unit_id=mine.id))
    db.session.commit()
    page = editor.get(f"/forms/{form.id}/preview?unit={foreign.id}").text
    assert "Xã Hai" not in page
    assert "Xã Một" in page


def test_nonsense_for_a_unit_chooses_none(editor: Browser, form: Form) -> None:
    assert db.session.query(Unit).count() == 1
    assert editor.get(f"/forms/{form.id}/preview?unit=x%00").status_code == 200
