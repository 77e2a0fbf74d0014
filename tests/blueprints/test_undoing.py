import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import builder, steps
from models import Form, Question
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task

HTMX = {"HX-Request": "true"}


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


def step_of(form: Form) -> dict[str, int]:
    db.session.expire_all()
    step = steps.latest(form)
    assert step is not None
    return {"step": step.id}


def test_the_page_offers_the_latest_step_with_who_did_it(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    question = Question.query.one()
    editor.post(f"/questions/{question.id}/delete", headers=HTMX)
    page = editor.get(f"/forms/{form.id}").text
    assert f'formaction="/forms/{form.id}/undo"' in page
    assert "Xoá câu hỏi “Câu 1”" in page
    assert "/redo" not in page


def test_undoing_answers_with_what_it_has_changed(editor: Browser) -> None:
    form = make_form(make_task(), "integer", "date")
    section = builder.sections_of(form)[0]
    one = builder.questions_of(section)[0]
    url, words = f"/forms/{form.id}", {"type": "integer", "label": "Khác", "summing": "sum"}
    editor.post(f"/questions/{one.id}/delete", headers=HTMX)
    back = editor.post(f"{url}/undo", data=step_of(form), headers=HTMX)
    assert f'id="r-{one.uid}"' in back.text
    assert "/redo" in back.text
    again = steps.undone(form)
    assert again is not None
    gone = editor.post(f"{url}/redo", data={"step": again.id}, headers=HTMX)
    assert 'hx-swap-oob="delete"' in gone.text
    editor.post(f"{url}/undo", data=step_of(form), headers=HTMX)
    editor.post(f"/questions/{one.id}", data=words, headers=HTMX)
    row = editor.post(f"{url}/undo", data=step_of(form), headers=HTMX)
    assert row.headers["HX-Retarget"] == f"#r-{one.uid}"
    assert "<b>Câu 1</b>" in row.text
    editor.post(f"/questions/{one.id}/move", data={"step": "down"}, headers=HTMX)
    placed = editor.post(f"{url}/undo", data=step_of(form), headers=HTMX)
    assert "placed" in placed.headers["HX-Trigger"]
    editor.post(f"/sections/{section.id}", data={"title": "Tên khác"}, headers=HTMX)
    head = editor.post(f"{url}/undo", data=step_of(form), headers=HTMX)
    assert "Mục chung" in head.text
    editor.post(f"/sections/{section.id}/paste", data={"lines": "Một\nHai"})
    whole = editor.post(f"{url}/undo", data=step_of(form), headers=HTMX)
    assert whole.headers["HX-Retarget"] == "#form"


def test_without_scripts_the_page_comes_back(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    builder.add_section(None, form, "Mục hai")
    db.session.commit()
    answer = editor.post(f"/forms/{form.id}/undo", data=step_of(form))
    assert (answer.status_code, answer.location) == (303, f"/forms/{form.id}")
    assert "Mục hai" not in editor.get(f"/forms/{form.id}").text.split("<main")[1].split("undoing")[0]


def test_a_step_that_isn_t_the_latest_any_more_is_refused(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    builder.add_section(None, form, "Của mình")
    db.session.commit()
    seen = step_of(form)
    builder.add_section(None, form, "Của người khác")
    db.session.commit()
    assert editor.post(f"/forms/{form.id}/undo", data=seen, headers=HTMX).status_code == 409
    assert editor.post(f"/forms/{form.id}/undo", data={"step": "x"}).status_code == 409
    assert len(builder.sections_of(form)) == 3
