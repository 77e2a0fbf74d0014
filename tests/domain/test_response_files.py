"""A report goes out as a workbook and comes back: every kind of question, and what others changed."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask

from core import clock
from core.errors import ConflictError
from core.extensions import db
from core.permissions import Role
from documents.workbook_read import UnreadableWorkbookError
from domain import answering, publishing, response_files
from domain.answering import AnswerConflictError
from domain.response_files import DryRun, ForeignFileError, OldVersionError
from models import AnswerChange, Question, Response, ResponseState
from questionnaire.types import all_types
from questionnaire.types.table_columns import new_column
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.filled_books import (
    ANSWERS,
    NOT_IN_CELLS,
    answers_of,
    bad_files,
    cell_beside,
    edited,
    questions,
    template_of,
    through_libreoffice,
)


@pytest.fixture
def response(app: Flask) -> Response:
    """A blank report with a question of every type."""
    unit = make_unit("Phòng A; B")
    make_unit("Phòng C")
    (assignment,) = publish(make_form(make_task(), *questions()), unit)
    return response_of(assignment)


@pytest.fixture
def filled(response: Response) -> Response:
    """The same report with an answer to every question that is answered in cells."""
    actor = actor_for(make_person(Role.REPORTER, response.assignment.unit))
    for uid, value in answers_of(response).items():
        answering.save_answer(actor, response, uid, value)
    return response


def tried(response: Response, content: bytes, **how: Any) -> DryRun:
    return response_files.try_out(None, response, response_files.read_file(content), **how)


def test_every_type_that_is_answered_in_cells_is_answered_here() -> None:
    assert {one.key for one in all_types()} == {*ANSWERS, "unit_picker", *NOT_IN_CELLS}


def test_a_file_that_nobody_touched_changes_nothing(filled: Response) -> None:
    run = tried(filled, template_of(filled))
    assert (run.problems, run.changes) == ([], [])


def read_from(response: Response, content: bytes) -> dict[str, Any]:
    """Return the answers that the cells hold, as if the report were blank."""
    book = response_files.read_file(content)
    book.bases.clear()
    response.answers = {}
    run = response_files.try_out(None, response, book)
    assert run.problems == []
    return {one.question.uid: one.new for one in run.changes}


def test_every_answer_comes_back_as_it_was(filled: Response) -> None:
    content, answers = template_of(filled), dict(filled.answers)
    assert set(answers) == set(answers_of(filled))
    assert read_from(filled, content) == answers


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_answer_comes_back_after_libreoffice_saved_it(
    filled: Response, tmp_path: Path
) -> None:
    content, answers = template_of(filled), dict(filled.answers)
    again = through_libreoffice(content, tmp_path)
    assert again != content
    assert read_from(filled, again) == answers


def test_typed_cells_become_changes_with_the_old_answer_beside(filled: Response) -> None:
    content = template_of(filled)
    values = {
        cell_beside(content, "Câu short_text"): None,
        cell_beside(content, "Câu integer"): 1250,
        cell_beside(content, "Câu percent"): 0.5,
        cell_beside(content, "Câu yes_no"): "có",
        cell_beside(content, "Câu decimal"): "1.234,5",
        cell_beside(content, "Câu money"): "không có số liệu",
        ("1.17", "D10"): 6,
    }
    run = tried(filled, edited(content, values))
    assert run.problems == []
    assert {one.question.uid: (one.old, one.new) for one in run.changes} == {
        "qshort_text": ("0123", None),
        "qinteger": (0, 1250),
        "qpercent": ("98.5", "50"),
        "qyes_no": (False, True),
        "qdecimal": ("123456789012345.125", "1234.5"),
        "qmoney": (15_000_000, {"none": True}),
        "qfixed_table": (
            filled.answers["qfixed_table"],
            {"rows": {**ANSWERS["fixed_table"]["rows"], "r1": {"a": 6, "b": 20, "chu": "ghi chú"}}},
        ),
    }


def test_what_was_accepted_is_stored_with_its_history(filled: Response) -> None:
    content = template_of(filled)
    values = {cell_beside(content, "Câu integer"): 7, cell_beside(content, "Câu scale"): None}
    run = tried(filled, edited(content, values))
    actor, rev = actor_for(make_person(Role.REPORTER, filled.assignment.unit)), filled.rev
    assert response_files.accept(actor, filled, response_files.to_write(run, ()), run.file) == 2
    assert (filled.answers["qinteger"], filled.answers["qscale"]) == (7, None)
    assert filled.rev == rev + 2
    assert filled.marks["qinteger"]["by"] == actor.person_id
    newest = AnswerChange.query.order_by(AnswerChange.id.desc()).limit(2)
    assert {(one.question, one.old, one.new) for one in newest} == {
        ("qinteger", 0, 7), ("qscale", 4, None),
    }  # fmt: skip


def test_rows_of_a_free_table_keep_their_ids_wherever_they_stand(filled: Response) -> None:
    content = edited(
        template_of(filled),
        {("1.18", "C8"): None, **{("1.18", f"{column}8"): None for column in "DEFGHIJK"},
         ("1.18", "C11"): "dòng mới"},
    )  # fmt: skip
    (change,) = tried(filled, content).changes
    first, new = change.new["rows"]
    assert first == ANSWERS["free_table"]["rows"][1]
    assert new["cells"] == {"short_text": "dòng mới"}
    assert new["id"] not in {"a1", "b2", ""}


def test_what_cannot_be_understood_is_named_with_its_sheet_and_cell(filled: Response) -> None:
    content = template_of(filled)
    sheet, integer = cell_beside(content, "Câu integer")
    _same, period = cell_beside(content, "Đến ngày")
    _same, choice = cell_beside(content, "Câu one_choice")
    _same, scale = cell_beside(content, "Câu scale")
    values = {
        (sheet, integer): "nhiều", (sheet, period): "mai", (sheet, choice): "Xuất sắc",
        (sheet, scale): 9, ("1.17", "E13"): "vài", ("1.18", "I9"): "hôm qua",
        (sheet, cell_beside(content, "Câu money")[1]): "=1/0",
    }  # fmt: skip
    run = tried(filled, edited(content, values))
    found = {(one.sheet.partition(" ")[0], one.cell): one.message for one in run.problems}
    expected = {
        ("1.", integer): "“nhiều” không phải số nguyên", ("1.", period): "“mai” không phải ngày",
        ("1.", choice): "“Xuất sắc” không có trong", ("1.", scale): "điểm từ 1 đến 5",
        ("1.17", "E13"): "“vài” không phải số", ("1.18", "I9"): "“hôm qua” không phải ngày",
        ("1.", cell_beside(content, "Câu money")[1]): "=1/0",
    }  # fmt: skip
    assert set(found) == set(expected)
    assert all(words in found[place] for place, words in expected.items())


def test_an_answer_changed_meanwhile_by_somebody_else_is_a_conflict(filled: Response) -> None:
    content = template_of(filled)
    actor = actor_for(make_person(Role.REPORTER, filled.assignment.unit, full_name="Trần B"))
    answering.save_answer(actor, filled, "qinteger", 5)
    answering.save_answer(actor, filled, "qscale", 1)
    run = tried(filled, edited(content, {cell_beside(content, "Câu integer"): 6}))
    (change,) = run.changes
    assert (change.old, change.new) == (5, 6)
    assert run.conflicts == [change]
    assert response_files.to_write(run, ()) == []
    assert response_files.to_write(run, {"qinteger"}) == [("qinteger", 6, change.rev)]
    run.refuse_conflicts()
    assert "đã được sửa" in run.problems[0].message


def test_sending_the_same_file_again_is_no_conflict_with_oneself(filled: Response) -> None:
    content, actor = template_of(filled), actor_for(make_person(Role.REPORTER))
    other = actor_for(make_person(Role.REPORTER))
    place = cell_beside(content, "Câu integer")
    book = response_files.read_file(edited(content, {place: 6}))
    run = response_files.try_out(actor, filled, book)
    response_files.accept(actor, filled, response_files.to_write(run, ()), run.file)
    book = response_files.read_file(edited(content, {place: 7}))
    assert response_files.try_out(actor, filled, book).conflicts == []
    assert len(response_files.try_out(other, filled, book).conflicts) == 1
    run = response_files.try_out(actor, filled, book)
    response_files.accept(actor, filled, response_files.to_write(run, ()), run.file)
    assert filled.answers["qinteger"] == 7


def test_a_change_between_the_check_and_the_writing_stops_it(filled: Response) -> None:
    content = template_of(filled)
    run = tried(filled, edited(content, {cell_beside(content, "Câu integer"): 6}))
    actor = actor_for(make_person(Role.REPORTER, filled.assignment.unit))
    answering.save_answer(actor, filled, "qinteger", 5)
    with pytest.raises(AnswerConflictError):
        response_files.accept(actor, filled, response_files.to_write(run, ()), run.file)


def test_a_file_of_another_unit_task_or_form_is_refused_by_name(filled: Response) -> None:
    other_unit, other_task = make_unit("Phòng khác"), make_task("Kế hoạch khác")
    unit = filled.assignment.unit
    (assignment,) = publish(make_form(other_task, "integer"), unit)
    book = response_files.read_file(template_of(response_of(assignment)))
    with pytest.raises(ForeignFileError, match="nhiệm vụ “Kế hoạch khác”, không phải của “Báo"):
        response_files.try_out(None, filled, book)
    (assignment,) = publish(make_form(make_task(), "integer"), other_unit)
    book = response_files.read_file(template_of(response_of(assignment)))
    with pytest.raises(ForeignFileError, match="đơn vị “Phòng khác”, không phải của “Phòng A; B”"):
        response_files.try_out(None, filled, book)


def test_a_file_of_an_older_version_is_refused_or_carried_over(filled: Response) -> None:
    content = template_of(filled)
    values = {cell_beside(content, "Câu integer"): 8, cell_beside(content, "Câu short_text"): "mới"}
    content = edited(content, {**values, ("1.17", "D10"): 9})
    form = filled.assignment.form
    (gone,) = Question.query.filter_by(uid="qshort_text")
    (table,) = Question.query.filter_by(uid="qfixed_table")
    gone.deleted_at = clock.now()
    rows = [*table.settings["rows"], {"id": "r5", "label": "Xã C"}]
    table.settings = {**table.settings, "rows": rows}
    form.rev += 1
    publishing.publish(form.task, form.task.rounds[0], None)
    db.session.expire_all()
    book = response_files.read_file(content)
    with pytest.raises(OldVersionError, match=r"phiên bản 1 .* nay theo phiên bản 2"):
        response_files.try_out(None, filled, book)
    run = response_files.try_out(None, filled, book, carry_over=True)
    assert (run.problems, run.left_out) == ([], ["Câu short_text"])
    assert {one.question.uid for one in run.changes} == {"qinteger", "qfixed_table"}
    (fixed,) = [one.new for one in run.changes if one.question.uid == "qfixed_table"]
    assert fixed["rows"]["r1"]["a"] == 9


def test_a_closed_report_takes_nothing(filled: Response) -> None:
    book = response_files.read_file(template_of(filled))
    filled.state = ResponseState.SUBMITTED
    with pytest.raises(ConflictError, match="đã nộp"):
        response_files.try_out(None, filled, book)


def test_a_thousand_bad_cells_are_counted_and_the_first_told(app: Flask) -> None:
    columns = [new_column(f"c{one}", f"Cột {one}", "integer") for one in range(10)]
    rows = [{"id": f"r{one}", "label": f"Dòng {one}"} for one in range(100)]
    table = {"type": "fixed_table", "settings": {"columns": columns, "rows": rows, "total": True}}
    (assignment,) = publish(make_form(make_task(), table), make_unit())
    response = response_of(assignment)
    cells = {("1.1", f"{column}{row}"): "bậy" for column in "CDEFGHIJKL" for row in range(8, 108)}
    run = tried(response, edited(template_of(response), cells))
    assert (len(run.problems), run.problem_count) == (response_files.MOST_PROBLEMS, 1000)
    assert run.more == "và 800 lỗi nữa"
    assert run.problems[0].cell == "C8"


def test_a_missing_or_doubled_sheet_is_told(filled: Response) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_of(filled)))
    del book["1.17 Câu fixed_table"]
    book.copy_worksheet(book["1.18 Câu free_table"])
    out = io.BytesIO()
    book.save(out)
    said = [one.message for one in tried(filled, out.getvalue()).problems]
    assert said == [
        "Tệp thiếu ô trả lời của câu “Câu fixed_table”.",
        "Câu “Câu free_table” có hai lần trong tệp.",
    ]


def test_a_bad_file_is_refused_with_a_sentence(filled: Response) -> None:
    for name, content, words in bad_files(template_of(filled)):
        with pytest.raises(UnreadableWorkbookError) as refused:
            response_files.read_file(content)
        assert words in str(refused.value), name
