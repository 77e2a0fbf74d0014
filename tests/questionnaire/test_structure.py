"""What keeps a form from being published."""

from dataclasses import replace

import pytest

from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.structure import flaws
from questionnaire.types import QuestionType, all_types

QUESTION = Question("q", "integer", "Số buổi", code="SB")


def form(*questions: Question, title: str = "Chung") -> FormDefinition:
    return FormDefinition("F", sections=(Section("s", title, questions=questions),))


def messages(definition: FormDefinition) -> list[str]:
    return [flaw.message for flaw in flaws(definition)]


def test_a_whole_form_has_no_flaws() -> None:
    assert flaws(form(QUESTION)) == []


def test_a_form_needs_a_section_and_a_section_a_title_and_a_question() -> None:
    assert messages(FormDefinition("F")) == ["Biểu mẫu chưa có mục nào."]
    assert messages(form(title="Chung")) == ["Mục “Chung” chưa có câu hỏi."]
    assert messages(form(QUESTION, title="")) == ["Có mục chưa đặt tên."]
    assert flaws(form())[0].section == "s"


def test_a_question_needs_words_and_its_number_is_named() -> None:
    (flaw,) = flaws(form(QUESTION, Question("r", "date", "")))
    assert (flaw.message, flaw.question) == ("Câu 1.2 chưa có nội dung.", "r")

    (note,) = flaws(form(QUESTION, Question("n", "note", "")))
    assert (note.message, note.question) == ("Có ghi chú hoặc tiêu đề phụ chưa có nội dung.", "n")


def test_a_code_is_used_once_and_may_be_blank() -> None:
    other = replace(QUESTION, uid="r")
    assert messages(form(QUESTION, other)) == ["Mã “SB” dùng cho nhiều câu hỏi."]
    assert flaws(form(replace(QUESTION, code=""), replace(other, code=""))) == []


def test_a_type_that_is_gone_is_named() -> None:
    assert messages(form(Question("q", "hologram", "Đã bỏ"))) == [
        "Câu 1.1 thuộc loại không còn dùng được."
    ]


def test_settings_that_make_no_sense_are_named() -> None:
    lonely = {"options": [{"id": "a", "label": "Một"}]}
    assert messages(form(Question("q", "one_choice", "Chọn", settings=lonely))) == [
        "Câu 1.1: Cần ít nhất hai lựa chọn."
    ]


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.key)
def test_a_new_question_of_any_type_can_be_published(kind: QuestionType) -> None:
    assert flaws(form(Question("q", kind.key, "Câu", settings=kind.default_settings()))) == []
