"""A unit's workbook from the command line: written, filled in, checked, stored."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import answering, builder, publishing
from models import AnswerChange, AuditEntry, Response
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.filled_books import bad_files, cell_beside, edited, questions


@pytest.fixture
def response(app: Flask) -> Response:
    (assignment,) = publish(make_form(make_task(), *questions()), make_unit(code="P01"))
    make_person(Role.ADMIN)
    db.session.commit()
    return response_of(assignment)


@pytest.fixture
def path(app: Flask, response: Response, tmp_path: Path) -> Path:
    """The unit's workbook, written by the command."""
    found = tmp_path / "mau.xlsx"
    assignment = response.assignment
    code, words, _said = run(
        app, "template", "--unit", "P01", "--task", assignment.round.task_id,
        "--form", assignment.form_id, "--out", found,
    )  # fmt: skip
    assert (code, str(found) in words) == (0, True)
    return found


def run(app: Flask, *arguments: object) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["response", *map(str, arguments)])
    db.session.expire_all()
    return done.exit_code, done.stdout, done.stderr


def fill(path: Path, label: str, value: Any) -> tuple[str, str]:
    """Put a value into the cell of an answer; return its sheet and name."""
    content = path.read_bytes()
    place = cell_beside(content, label)
    path.write_bytes(edited(content, {place: value}))
    return place


def test_a_dry_run_tells_every_change_and_stores_nothing(
    app: Flask, response: Response, path: Path
) -> None:
    fill(path, "Câu integer", 12)
    fill(path, "Câu date", "05/12/2026")
    code, words, _said = run(app, "import", path, "--dry-run", "--json")
    assert (code, orjson.loads(words)) == (0, {
        "problems": [],
        "changes": [
            {"question": "qinteger", "label": "Câu integer", "old": None, "new": 12},
            {"question": "qdate", "label": "Câu date", "old": None, "new": "2026-12-05"},
        ],
    })  # fmt: skip
    assert response.answers == {}
    assert AnswerChange.query.count() == 0


def test_an_import_stores_the_answers_under_a_name(
    app: Flask, response: Response, path: Path
) -> None:
    fill(path, "Câu integer", 12)
    code, words, _said = run(app, "import", path, "--json")
    assert (code, len(orjson.loads(words)["changes"])) == (0, 1)
    assert response.answers == {"qinteger": 12}
    assert AnswerChange.query.one().new == 12
    assert AuditEntry.query.filter_by(action="report.read_from_file").count() == 1
    again = run(app, "import", path, "--json")
    assert orjson.loads(again[1]) == {"problems": [], "changes": []}
    fill(path, "Câu integer", 13)
    assert run(app, "import", path)[0] == 0
    assert response.answers == {"qinteger": 13}


def test_an_import_is_stored_under_the_given_name(
    app: Flask, response: Response, path: Path
) -> None:
    reporter = make_person(Role.REPORTER, response.assignment.unit, username="nhap.lieu")
    db.session.commit()
    fill(path, "Câu integer", 13)
    code, _words, said = run(app, "import", path, "--as", "khong-co")
    assert (code, "Không có tài khoản" in said) == (2, True)
    assert run(app, "import", path, "--as", "nhap.lieu")[0] == 0
    assert response.marks["qinteger"]["by"] == reporter.id


def test_one_bad_cell_keeps_everything_out(app: Flask, response: Response, path: Path) -> None:
    fill(path, "Câu integer", 12)
    sheet, cell = fill(path, "Câu money", "nhiều")
    code, words, _said = run(app, "import", path, "--json")
    (problem,) = orjson.loads(words)["problems"]
    assert code == 1
    assert (problem["sheet"], problem["cell"]) == (sheet, cell)
    assert "“nhiều” không phải số nguyên" in problem["message"]
    assert response.answers == {}
    code, words, _said = run(app, "import", path)
    assert code == 1
    assert f"! {sheet} {cell}:" in words


def test_an_answer_that_was_changed_meanwhile_is_a_problem(
    app: Flask, response: Response, path: Path
) -> None:
    actor = actor_for(make_person(Role.REPORTER, response.assignment.unit))
    answering.save_answer(actor, response, "qinteger", 5)
    db.session.commit()
    fill(path, "Câu integer", 12)
    code, words, _said = run(app, "import", path, "--json")
    assert code == 1
    assert "đã được sửa trên hệ thống" in orjson.loads(words)["problems"][0]["message"]
    assert response.answers == {"qinteger": 5}


def test_a_file_that_can_t_be_read_ends_with_2_and_one_sentence(
    app: Flask, response: Response, path: Path, tmp_path: Path
) -> None:
    files = [(name, content) for name, content, _words in bad_files(path.read_bytes())]
    for name, content in files:
        bad = tmp_path / "xau.xlsx"
        bad.write_bytes(content)
        code, words, said = run(app, "import", bad, "--json")
        assert (name, code, words, len(said.strip().splitlines())) == (name, 2, "", 1)
    assert run(app, "import", tmp_path / "khong-co.xlsx")[0] == 2
    assert response.answers == {}


def test_a_file_of_an_older_version_says_which_and_offers_what_fits(
    app: Flask, response: Response, path: Path
) -> None:
    fill(path, "Câu integer", 12)
    form = response.assignment.form
    builder.add_question(None, builder.sections_of(form)[0], type="integer", label="Câu mới")
    publishing.publish(form.task, form.task.rounds[0], None)
    db.session.commit()
    code, _words, said = run(app, "import", path)
    assert code == 2
    assert "phiên bản 1" in said
    assert "nay theo phiên bản 2. Thêm --carry-over" in said
    assert run(app, "import", path, "--carry-over")[0] == 0
    assert response.answers == {"qinteger": 12}


def test_a_report_that_isn_t_there_is_refused(app: Flask, response: Response, tmp_path: Path) -> None:
    assignment = response.assignment
    for unit, task, form in (("P99", assignment.round.task_id, assignment.form_id),
                             ("P01", 99, assignment.form_id)):  # fmt: skip
        code, _words, said = run(
            app, "template", "--unit", unit, "--task", task, "--form", form,
            "--out", tmp_path / "x.xlsx",
        )  # fmt: skip
        assert (code, "không có báo cáo" in said) == (1, True)
    assert not (tmp_path / "x.xlsx").exists()
