from io import BytesIO

import pytest
from docx import Document
from flask import Flask

from core.permissions import Role
from domain import builder
from models import Form
from questionnaire.types import all_types
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


@pytest.fixture
def form(app: Flask) -> Form:
    form = make_form(make_task("Tuyên truyền <b>năm 2026</b>"), *[one.key for one in all_types()])
    question = builder.questions_of(builder.sections_of(form)[0])[0]
    builder.change_question(None, question, label="Số <i>buổi</i>", required=True, hint="Tính cả năm")
    return form


def words_of(content: bytes) -> str:
    """Return all text of a Word file, tables included."""
    body = Document(BytesIO(content)).element.body
    return "\n".join("".join(one.itertext()) for one in body.iterchildren())


def test_the_blank_form_is_a_page_with_every_question_escaped(editor: Browser, form: Form) -> None:
    page = editor.get(f"/forms/{form.id}/blank").text
    for question in builder.questions_of(builder.sections_of(form)[0])[1:]:
        assert question.label in page
    assert "Số &lt;i&gt;buổi&lt;/i&gt; *" in page
    assert "Tính cả năm" in page
    assert f'href="/forms/{form.id}/blank.docx"' in page


def test_the_blank_form_is_a_word_file_with_the_same_words(editor: Browser, form: Form) -> None:
    answer = editor.get(f"/forms/{form.id}/blank.docx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content_type.endswith("wordprocessingml.document")
    words = words_of(answer.data)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert "Số <i>buổi</i> *" in words
    for question in builder.questions_of(builder.sections_of(form)[0])[1:]:
        assert question.label in words


def test_an_empty_form_can_be_printed_too(editor: Browser) -> None:
    form = make_form(make_task())
    assert editor.get(f"/forms/{form.id}/blank").status_code == 200
    assert editor.get(f"/forms/{form.id}/blank.docx").status_code == 200
