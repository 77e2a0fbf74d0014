import pytest
from flask import Flask

from core.errors import ConflictError, InvalidError
from core.permissions import Actor, Role
from domain import arranging, builder, publishing, working_copy
from models import Form, Question
from questionnaire.types.pasting import pasted_questions
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def secretary(app: Flask) -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


def labels(form: Form) -> list[list[str]]:
    definition = working_copy.definition_of(form)
    return [[one.label for one in section.questions] for section in definition.sections]


def test_all_questions_are_put_in_order_at_once(secretary: Actor) -> None:
    form = make_form(make_task(), "integer", "date", "percent")
    first = builder.sections_of(form)[0]
    second = builder.add_section(secretary, form, "Hai")
    one, two, three = Question.query.order_by(Question.id)
    places = {one.id: (second.id, 20), two.id: (first.id, 10), three.id: (second.id, 10)}
    arranging.order(secretary, form, places)
    assert labels(form) == [["Câu 2"], ["Câu 3", "Câu 1"]]


def test_equal_places_keep_their_order_and_unnamed_ones_follow(secretary: Actor) -> None:
    form = make_form(make_task(), "integer", "date", "percent")
    section = builder.sections_of(form)[0]
    _one, two, three = Question.query.order_by(Question.id)
    arranging.order(secretary, form, {two.id: (section.id, 1), three.id: (section.id, 1)})
    assert labels(form) == [["Câu 2", "Câu 3", "Câu 1"]]


def test_no_question_goes_into_another_form(secretary: Actor) -> None:
    task = make_task()
    form = make_form(task, "integer")
    elsewhere = builder.sections_of(make_form(task))[0]
    with pytest.raises(InvalidError):
        arranging.order(secretary, form, {Question.query.one().id: (elsewhere.id, 1)})


def test_the_bin_holds_what_was_deleted(secretary: Actor) -> None:
    form = make_form(make_task(), "integer", "date")
    section = builder.sections_of(form)[0]
    builder.delete_question(secretary, builder.questions_of(section)[0])
    sections, questions = arranging.deleted(form)
    assert ([one.title for one in sections], [one.label for one in questions]) == ([], ["Câu 1"])
    builder.delete_section(secretary, section)
    sections, questions = arranging.deleted(form)
    assert ([one.title for one in sections], [*questions]) == (["Mục chung"], [])


def test_the_form_goes_back_to_what_is_published(secretary: Actor) -> None:
    form = make_form(make_task(), {"type": "one_choice"}, "date")
    publish(form, make_unit())
    before = working_copy.definition_of(form)
    one, two = Question.query.order_by(Question.id)
    builder.change_question(secretary, one, label="Khác", settings={"options": []})
    builder.delete_question(secretary, two)
    builder.add_section(secretary, form, "Mới")
    arranging.revert(secretary, form)
    assert working_copy.definition_of(form) == before
    newest = publishing.latest_version(form)
    assert newest is not None
    assert newest.form_rev == form.rev
    assert [one.title for one in arranging.deleted(form)[0]] == ["Mới"]


def test_a_form_that_was_never_published_has_nothing_to_go_back_to(secretary: Actor) -> None:
    with pytest.raises(ConflictError):
        arranging.revert(secretary, make_form(make_task(), "integer"))


def test_pasted_lines_become_questions(secretary: Actor) -> None:
    form = make_form(make_task())
    section = builder.sections_of(form)[0]
    added = arranging.paste(secretary, section, "1. Số buổi (buổi)\n\n- Kết quả đạt được:\n")
    assert [(one.label, one.type, one.measure) for one in added] == [
        ("Số buổi", "integer", "buổi"),
        ("Kết quả đạt được", "long_text", ""),
    ]
    for text in (" \n ", "Câu\n" * 201):
        with pytest.raises(InvalidError):
            arranging.paste(secretary, section, text)


@pytest.mark.parametrize(
    ("line", "label", "kind", "measure"),
    [
        ("a) Kinh phí đã chi (ĐVT: đồng);", "Kinh phí đã chi", "money", ""),
        ("Tỷ lệ thôn có loa\t%", "Tỷ lệ thôn có loa", "percent", ""),
        ("Số tin, bài\ttin, bài", "Số tin, bài", "integer", "tin, bài"),
        ("Đã ban hành kế hoạch?", "Đã ban hành kế hoạch?", "yes_no", ""),
        ("Ngày tổ chức", "Ngày tổ chức", "date", ""),
        ("Người phụ trách (nếu có)", "Người phụ trách (nếu có)", "short_text", ""),
        ("1.2. Tổng số lượt người", "Tổng số lượt người", "integer", ""),
        ("• Nêu khó khăn, vướng mắc.", "Nêu khó khăn, vướng mắc", "long_text", ""),
    ],
)
def test_a_line_tells_what_it_asks(line: str, label: str, kind: str, measure: str) -> None:
    (found,) = pasted_questions(line)
    assert (found.label, found.type, found.measure) == (label, kind, measure)
