import pytest
from flask import Flask

from core.errors import InvalidError
from domain import builder, working_copy
from models import AuditEntry, Question
from questionnaire.definition import Summing
from tests.factories import make_form, make_task

pytestmark = pytest.mark.usefixtures("app")


def labels(form: object) -> list[list[str]]:
    definition = working_copy.definition_of(form)  # type: ignore[arg-type]
    return [[one.label for one in section.questions] for section in definition.sections]


def test_a_question_takes_the_defaults_of_its_type() -> None:
    form = make_form(make_task())
    section = builder.sections_of(form)[0]
    question = builder.add_question(None, section, type="integer", label="Số buổi", measure="buổi")
    assert question.summing == Summing.SUM
    assert question.settings == {"least": None, "most": None, "change": None}
    assert form.rev == 1
    note = builder.add_question(
        None, section, type="note", label="Ghi chú", measure="buổi", required=True, summing="sum"
    )
    assert (note.measure, note.required, note.summing) == ("", False, Summing.NONE)


def test_only_what_is_named_changes() -> None:
    form = make_form(make_task(), "integer")
    question = builder.questions_of(builder.sections_of(form)[0])[0]
    builder.change_question(None, question, label="Mới", type="date", uid="x", summing="share")
    assert (question.label, question.type, question.summing) == ("Mới", "integer", Summing.SUM)
    assert question.uid != "x"


def test_questions_move_within_and_between_sections() -> None:
    form = make_form(make_task(), "integer", "date", "note")
    first = builder.sections_of(form)[0]
    second = builder.add_section(None, form, "Mục hai")
    one, two, three = builder.questions_of(first)
    builder.move_question(None, three, first, 0)
    assert labels(form) == [["Câu 3", "Câu 1", "Câu 2"], []]
    builder.move_question(None, one, second, 99)
    builder.move_question(None, two, second, -5)
    assert labels(form) == [["Câu 3"], ["Câu 2", "Câu 1"]]


def test_a_question_stays_in_its_form() -> None:
    task = make_task()
    question = builder.questions_of(builder.sections_of(make_form(task, "integer"))[0])[0]
    elsewhere = builder.sections_of(make_form(task))[0]
    with pytest.raises(InvalidError):
        builder.move_question(None, question, elsewhere, 0)


def test_a_copy_follows_its_original_and_has_an_id_of_its_own() -> None:
    form = make_form(make_task(), {"type": "integer", "code": "A1"}, "date")
    question = builder.questions_of(builder.sections_of(form)[0])[0]
    copy = builder.duplicate_question(None, question)
    assert labels(form) == [["Câu 1", "Câu 1", "Câu 2"]]
    assert copy.uid != question.uid
    assert copy.code == ""


def test_a_section_is_copied_with_its_questions() -> None:
    form = make_form(make_task(), "integer", "date")
    section = builder.sections_of(form)[0]
    builder.add_section(None, form, "Cuối")
    copy = builder.duplicate_section(None, section)
    assert labels(form) == [["Câu 1", "Câu 2"], ["Câu 1", "Câu 2"], []]
    assert copy.title == "Mục chung (bản sao)"
    uids = [one.uid for one in Question.query]
    assert len(set(uids)) == 4


def test_what_is_deleted_comes_back_to_its_place() -> None:
    form = make_form(make_task(), "integer", "date", "note")
    section = builder.sections_of(form)[0]
    middle = builder.questions_of(section)[1]
    builder.delete_question(None, middle)
    assert labels(form) == [["Câu 1", "Câu 3"]]
    builder.restore_question(None, middle)
    assert labels(form) == [["Câu 1", "Câu 2", "Câu 3"]]
    builder.delete_section(None, section)
    assert labels(form) == []
    builder.restore_section(None, section)
    assert labels(form) == [["Câu 1", "Câu 2", "Câu 3"]]


def test_sections_move() -> None:
    form = make_form(make_task())
    second = builder.add_section(None, form, "Hai")
    builder.move_section(None, second, 0)
    assert [one.title for one in builder.sections_of(form)] == ["Hai", "Mục chung"]


def test_each_change_raises_the_revision_and_is_in_the_audit_log(app: Flask) -> None:
    form = make_form(make_task(), "integer")
    question = builder.questions_of(builder.sections_of(form)[0])[0]
    builder.change_question(None, question, label="Mới")
    builder.delete_question(None, question)
    assert form.rev == 2
    assert [one.action for one in AuditEntry.query.order_by(AuditEntry.id)] == [
        "question.changed",
        "question.deleted",
    ]
