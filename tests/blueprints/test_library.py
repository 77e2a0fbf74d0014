from collections.abc import Iterable

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import builder, library
from models import Form, LibraryItem, Question, Section
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task

HTMX = {"HX-Request": "true"}


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


@pytest.fixture
def form(app: Flask) -> Form:
    return make_form(
        make_task(),
        {"type": "integer", "uid": "so", "label": "Số buổi"},
        {"type": "integer", "uid": "luot", "label": "Số lượt",
         "visible": {"do": ">", "with": [{"question": "so"}, {"number": "0"}]}},
    )  # fmt: skip


def kept(form: Form, *uids: str) -> list[int]:
    """Keep questions, or the whole first section, and return the ids in the library."""
    questions = [Question.query.filter_by(uid=uid).one() for uid in uids]
    items = [library.save_question(None, one) for one in questions]
    items = items or [library.save_section(None, builder.sections_of(form)[0])]
    db.session.commit()
    return [one.id for one in items]


def labels(form: Form) -> list[str]:
    db.session.expire_all()
    return [
        one.label for section in builder.sections_of(form) for one in builder.questions_of(section)
    ]


def names() -> Iterable[str]:
    db.session.expire_all()
    return [one.name for one in LibraryItem.query.filter_by(deleted_at=None)]


def test_a_question_and_a_section_are_kept_without_leaving_the_builder(
    editor: Browser, form: Form
) -> None:
    question, section = Question.query.filter_by(uid="luot").one(), builder.sections_of(form)[0]
    menu = editor.get(f"/questions/{question.id}/more", headers=HTMX).text
    assert f"/questions/{question.id}/library" in menu
    said = editor.post(f"/questions/{question.id}/library", headers=HTMX)
    assert said.headers.get("HX-Redirect") is None
    assert "Đã lưu “Số lượt” vào thư viện" in said.text
    assert "“Số buổi”" in said.text
    plain = editor.post(f"/sections/{section.id}/library")
    assert plain.headers["Location"].endswith(f"/forms/{form.id}#s-{section.uid}")
    assert list(names()) == ["Số lượt", "Mục chung"]


def test_an_empty_section_is_refused_in_words(editor: Browser, form: Form) -> None:
    empty = builder.add_section(None, form, "Mục rỗng")
    db.session.commit()
    said = editor.post(f"/sections/{empty.id}/library", headers=HTMX)
    assert "chưa có câu hỏi" in said.text
    assert list(names()) == []


def test_the_library_lists_finds_renames_deletes_and_brings_back(
    editor: Browser, form: Form
) -> None:
    assert "Thư viện chưa có gì" in editor.get("/library").text
    (item_id,) = kept(form, "so")
    kept(form)
    page = editor.get("/library?q=muc chung").text
    assert "Mục chung" in page
    assert f"/library/{item_id}" not in page
    assert "Không tìm thấy" in editor.get("/library?q=zzz").text
    assert editor.post(f"/library/{item_id}", data={"name": " "}).status_code == 422
    editor.post(f"/library/{item_id}", data={"name": "Buổi tuyên truyền"})
    assert "Buổi tuyên truyền" in editor.get("/library").text
    editor.post(f"/library/{item_id}/delete")
    page = editor.get("/library").text
    assert f"/library/{item_id}/restore" in page
    assert list(names()) == ["Mục chung"]
    editor.post(f"/library/{item_id}/restore")
    assert set(names()) == {"Mục chung", "Buổi tuyên truyền"}


def test_several_are_added_to_a_section_at_once(editor: Browser, form: Form) -> None:
    ids = kept(form, "so", "luot") + kept(form)
    other = make_form(make_task(), "date")
    last = builder.add_section(None, other, "Mục cuối")
    db.session.commit()
    first = builder.sections_of(other)[0].id
    page = editor.get(f"/forms/{other.id}/library?section={first}").text
    assert f'<option selected value="{first}"' in page
    assert f'<option selected value="{last.id}"' in editor.get(f"/forms/{other.id}/library").text
    answer = editor.post(f"/forms/{other.id}/library", data={"items": ids, "section": first})
    assert answer.status_code == 303
    assert labels(other) == ["Câu 1", "Số buổi", "Số lượt", "Số buổi", "Số lượt"]
    assert "Đã thêm 4 câu hỏi từ thư viện" in editor.get(answer.headers["Location"]).text


def test_rules_that_were_left_out_are_named(editor: Browser, form: Form) -> None:
    other = make_form(make_task(), "date")
    data = {"items": kept(form, "luot"), "section": builder.sections_of(other)[0].id}
    db.session.commit()
    editor.post(f"/forms/{other.id}/library", data=data)
    page = editor.get(f"/forms/{other.id}").text
    assert "Đã bỏ quy tắc của “Số lượt”" in page
    assert "“Số buổi”" in page


def test_looking_for_more_keeps_what_was_ticked(editor: Browser, form: Form) -> None:
    first, second = kept(form, "so", "luot")
    url = f"/forms/{form.id}/library"
    page = editor.post(url, data={"items": [first], "find": "1", "q": "luot"}).text
    assert f'value="{first}" id="item-{first}" checked' in page
    assert f'value="{second}" id="item-{second}">' in page
    assert labels(form) == ["Số buổi", "Số lượt"]


def test_nothing_chosen_and_a_section_of_another_form_are_refused(
    editor: Browser, form: Form
) -> None:
    ids = kept(form, "so")
    other = make_form(make_task(), "date")
    db.session.commit()
    url = f"/forms/{other.id}/library"
    own = builder.sections_of(other)[0].id
    none = editor.post(url, data={"section": own})
    assert none.status_code == 422
    assert "Chọn ít nhất một" in none.text
    foreign = Section.query.filter_by(form_id=form.id).one().id
    assert editor.post(url, data={"items": ids, "section": foreign}).status_code == 422
    assert editor.post(url, data={"items": ids * 60, "section": own}).status_code == 303
    assert labels(other) == ["Câu 1", "Số buổi"]


def test_a_form_without_sections_takes_from_the_library(editor: Browser, form: Form) -> None:
    ids = kept(form, "so")
    for section in builder.sections_of(form):
        builder.delete_section(None, section)
    db.session.commit()
    url = f"/forms/{form.id}/library"
    assert "Cuối biểu mẫu" in editor.get(url).text
    assert editor.post(url, data={"items": ids, "section": ""}).status_code == 303
    assert labels(form) == ["Số buổi"]
