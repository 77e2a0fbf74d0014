import re
from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import builder, publishing, working_copy
from models import Form, Question, Section
from questionnaire.types import all_types, get
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish

HTMX = {"HX-Request": "true"}


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


def section_of(form: Form) -> Section:
    return builder.sections_of(form)[0]


def labels(form: Form) -> list[str]:
    db.session.expire_all()
    definition = working_copy.definition_of(form)
    return [one.label for one in definition.questions.values()]


def posted(key: str) -> dict[str, Any]:
    """Return what the editor of a new question posts for the type's defaults."""
    kind = get(key)
    data: dict[str, Any] = {"type": key, "label": f"Câu {key}"}
    if len(kind.summings) > 1:
        data["summing"] = str(kind.summings[0])
    if kind.is_computed:
        data["rule"] = "1 + 1"
    for name, value in kind.form_settings(kind.default_settings()).items():
        if name == "columns":
            for place, line in enumerate(value):
                data |= {f"columns-{place}-{part}": text for part, text in line.items()}
        elif value is not None and value is not False and name not in data:
            data[name] = "y" if value is True else value
    return data


@pytest.mark.parametrize("key", [one.key for one in all_types()])
def test_a_question_of_each_type_is_added_edited_and_shown(
    editor: Browser, key: str
) -> None:
    form = make_form(make_task())
    url = f"/sections/{section_of(form).id}/questions"
    assert "<form" in editor.get(f"{url}/new?type={key}", headers=HTMX).text
    added = editor.post(url, data=posted(key), headers=HTMX)
    assert f"Câu {key}" in added.text
    question = Question.query.one()
    assert set(question.settings) == set(get(key).default_settings())
    page = editor.get(f"/questions/{question.id}/edit").text
    assert "<h1>" in page
    assert f"Câu {key}" in page
    changed = editor.post(
        f"/questions/{question.id}", data={**posted(key), "label": "Đã sửa"}, headers=HTMX
    )
    assert changed.text.lstrip().startswith("<li")
    assert labels(form) == ["Đã sửa"]
    assert "Đã sửa" in editor.get(f"/forms/{form.id}/preview").text


def test_ids_of_options_stay_when_they_are_reworded(editor: Browser) -> None:
    form = make_form(make_task(), "one_choice")
    question = Question.query.one()
    before = [one["id"] for one in question.settings["options"]]
    data = {"type": "one_choice", "label": "Mức", "summing": "share", "options": "Tốt\nLựa chọn 2\nKém"}
    editor.post(f"/questions/{question.id}", data=data)
    db.session.expire_all()
    after = Question.query.one().settings["options"]
    assert [one["id"] for one in after][:2] == before
    assert [one["label"] for one in after] == ["Tốt", "Lựa chọn 2", "Kém"]
    assert labels(form) == ["Mức"]


def test_without_scripts_a_change_leads_back_to_its_place_on_the_page(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    question = Question.query.one()
    sent = editor.post(f"/questions/{question.id}", data={**posted("integer"), "label": "Mới"})
    assert sent.status_code == 303
    assert sent.location == f"/forms/{form.id}#r-{question.uid}"


def test_what_is_wrong_is_told_and_what_was_typed_stays(editor: Browser) -> None:
    form = make_form(make_task())
    url = f"/sections/{section_of(form).id}/questions"
    data = {**posted("integer"), "label": "", "hint": "Giữ lại", "least": "9", "most": "1"}
    refused = editor.post(url, data=data, headers=HTMX)
    assert refused.status_code == 422
    assert "Giữ lại" in refused.text
    data["label"] = "Số"
    refused = editor.post(url, data=data, headers=HTMX)
    assert refused.status_code == 422
    assert "Số lớn nhất phải không nhỏ hơn số nhỏ nhất." in refused.text
    assert labels(form) == []


def test_an_unknown_type_is_not_there(editor: Browser) -> None:
    form = make_form(make_task())
    url = f"/sections/{section_of(form).id}/questions"
    assert editor.get(f"{url}/new?type=hologram").status_code == 404
    assert editor.post(url, data={"type": "hologram", "label": "x"}).status_code == 404


def test_a_table_s_grid_grows_on_demand_and_nothing_is_stored_yet(editor: Browser) -> None:
    form = make_form(make_task())
    url = f"/sections/{section_of(form).id}/questions"
    data = posted("fixed_table")
    before = editor.get(f"{url}/new?type=fixed_table", headers=HTMX).text.count("-measure")
    grown = editor.post(url, data={**data, "more": "columns"}, headers=HTMX)
    assert grown.status_code == 200
    assert grown.text.count("-measure") > before
    assert labels(form) == []


def test_rows_move_are_copied_deleted_and_brought_back(editor: Browser) -> None:
    form = make_form(make_task(), "integer", "date", "percent")
    one, two, three = Question.query.order_by(Question.id).all()
    editor.post(f"/questions/{three.id}/move", data={"step": "up"}, headers=HTMX)
    assert labels(form) == ["Câu 1", "Câu 3", "Câu 2"]
    editor.post(f"/questions/{one.id}/move", data={"place": "3"}, headers=HTMX)
    assert labels(form) == ["Câu 3", "Câu 2", "Câu 1"]
    editor.post(f"/questions/{two.id}/duplicate", headers=HTMX)
    assert labels(form) == ["Câu 3", "Câu 2", "Câu 2", "Câu 1"]
    deleted = editor.post(f"/questions/{three.id}/delete", headers=HTMX)
    assert f"/questions/{three.id}/restore" in deleted.text
    assert f'id="r-{three.uid}" hx-swap-oob="delete"' in deleted.text
    assert labels(form) == ["Câu 2", "Câu 2", "Câu 1"]
    editor.post(f"/questions/{three.id}/restore")
    assert labels(form) == ["Câu 3", "Câu 2", "Câu 2", "Câu 1"]


def test_a_question_moves_to_another_section_but_not_to_another_form(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    question = Question.query.one()
    second = builder.add_section(None, form, "Hai")
    elsewhere = section_of(make_form(make_task()))
    url = f"/questions/{question.id}/move"
    assert editor.post(url, data={"section": elsewhere.id, "place": "1"}).status_code == 422
    assert Question.query.one().section_id == question.section_id
    editor.post(url, data={"section": second.id, "place": "1"})
    db.session.expire_all()
    assert Question.query.one().section_id == second.id


def test_sections_are_added_renamed_moved_copied_and_deleted_with_a_way_back(
    editor: Browser,
) -> None:
    form = make_form(make_task(), "integer")
    first = section_of(form)
    editor.post(f"/forms/{form.id}/sections", data={"title": "Kiến nghị"}, headers=HTMX)
    refused = editor.post(f"/forms/{form.id}/sections", data={"title": " "}, headers=HTMX)
    assert refused.status_code == 422
    editor.post(f"/sections/{first.id}/move", data={"step": "down"}, headers=HTMX)
    editor.post(f"/sections/{first.id}", data={"title": "Kết quả"}, headers=HTMX)
    editor.post(f"/sections/{first.id}/duplicate", headers=HTMX)
    db.session.expire_all()
    titles = [one.title for one in builder.sections_of(form)]
    assert titles == ["Kiến nghị", "Kết quả", "Kết quả (bản sao)"]
    deleted = editor.post(f"/sections/{first.id}/delete", headers=HTMX)
    assert f"/sections/{first.id}/restore" in deleted.text
    editor.post(f"/sections/{first.id}/restore")
    db.session.expire_all()
    assert [one.title for one in builder.sections_of(form)] == titles


def test_what_a_person_types_is_shown_and_never_run(editor: Browser) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    form = make_form(make_task(), {"type": "integer", "label": hostile, "hint": hostile})
    builder.change_section(None, section_of(form), title=hostile, intro=hostile)
    for path in (f"/forms/{form.id}", f"/forms/{form.id}/preview", "/questions/1/edit"):
        text = editor.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_published_version_stays_as_it_was(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit())
    question = Question.query.one()
    editor.post(f"/questions/{question.id}", data={**posted("integer"), "label": "Đổi"})
    db.session.expire_all()
    version = publishing.latest_version(form)
    assert version is not None
    assert version.definition["sections"][0]["questions"][0]["label"] == "Câu 1"
    assert "Có thay đổi chưa công bố" in editor.get(f"/forms/{form.id}").text


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.REPORTER, Role.ADMIN])
def test_only_the_secretariat_builds(app: Flask, browser: Browser, role: Role) -> None:
    form = make_form(make_task(), "integer")
    question = Question.query.one()
    browser.sign_in(make_person(role))
    assert browser.get(f"/forms/{form.id}").status_code == 403
    refused = browser.post(f"/questions/{question.id}/delete")
    assert refused.status_code == 403
    assert labels(form) == ["Câu 1"]


def test_a_deleted_form_is_not_there(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    form.deleted_at = form.updated_at
    question = Question.query.one()
    assert editor.get(f"/forms/{form.id}").status_code == 404
    assert editor.get(f"/questions/{question.id}/edit").status_code == 404


def test_two_designers_don_t_overwrite_each_other(editor: Browser) -> None:
    form = make_form(make_task(), "integer")
    question = Question.query.one()
    page = editor.get(f"/questions/{question.id}/edit", headers=HTMX).text
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)
    assert seen
    builder.change_question(None, question, label="Của người kia")
    mine = {**posted("integer"), "label": "Của tôi", "seen": seen.group(1)}
    refused = editor.post(f"/questions/{question.id}", data=mine, headers=HTMX)
    assert refused.status_code == 409
    assert "Của người kia" in refused.text
    assert "Của tôi" in refused.text
    assert labels(form) == ["Của người kia"]
    again = re.search(r'name="seen"[^>]*value="(\w+)"', refused.text)
    assert again
    editor.post(f"/questions/{question.id}", data={**mine, "seen": again.group(1)})
    assert labels(form) == ["Của tôi"]


def test_the_form_is_put_in_order_pasted_into_and_taken_back(editor: Browser) -> None:
    form = make_form(make_task(), "integer", "date")
    publish(form, make_unit())
    section = section_of(form)
    one, two = Question.query.order_by(Question.id)
    assert f'name="place-{one.id}"' in editor.get(f"/forms/{form.id}/order").text
    places = {f"section-{one.id}": section.id, f"place-{one.id}": 2,
              f"section-{two.id}": section.id, f"place-{two.id}": 1}  # fmt: skip
    editor.post(f"/forms/{form.id}/order", data=places)
    assert labels(form) == ["Câu 2", "Câu 1"]
    refused = editor.post(f"/sections/{section.id}/paste", data={"lines": " "})
    assert refused.status_code == 422
    editor.post(f"/sections/{section.id}/paste", data={"lines": "Số buổi (buổi)\nKết quả"})
    assert labels(form) == ["Câu 2", "Câu 1", "Số buổi", "Kết quả"]
    editor.post(f"/forms/{form.id}/revert")
    assert labels(form) == ["Câu 1", "Câu 2"]
    assert "Số buổi" in editor.get(f"/forms/{form.id}/bin").text




ROWS = "\n".join(
    (
        "I\tTrường\t\t\tchữ",
        "1.1.\t  Tổng số\ttrường\t01",
        "\t    Chia ra:",
        "\t      - Công lập\ttrường\t02\tnhập\tx",
    )
)


def test_the_rows_of_a_table_keep_their_columns_and_indents(editor: Browser) -> None:
    form = make_form(make_task())
    url = f"/sections/{section_of(form).id}/questions"
    editor.post(url, data={**posted("fixed_table"), "rows": ROWS})
    stored = Question.query.one().settings
    parts = ("number", "label", "measure", "code", "level")
    assert [tuple(one.get(part) for part in parts) for one in stored["rows"]] == [
        ("I", "Trường", None, None, None),
        ("1.1.", "Tổng số", "trường", "01", 1),
        (None, "Chia ra:", None, None, 2),
        (None, "- Công lập", "trường", "02", 3),
    ]
    question = Question.query.one()
    kind = get("fixed_table")
    shown = {**posted("fixed_table"), "rows": kind.form_settings(stored)["rows"]}
    shown["columns-0-id"] = stored["columns"][0]["id"]
    editor.post(f"/questions/{question.id}", data=shown)
    db.session.expire_all()
    assert Question.query.one().settings["rows"] == stored["rows"]


def test_lines_pasted_from_a_sheet_keep_their_columns(editor: Browser) -> None:
    form = make_form(make_task())
    section = section_of(form)
    editor.post(f"/sections/{section.id}/paste", data={"lines": "Số buổi\tbuổi\nSố vụ\tvụ"})
    assert [(one.label, one.measure) for one in Question.query.order_by(Question.id)] == [
        ("Số buổi", "buổi"), ("Số vụ", "vụ"),
    ]  # fmt: skip
