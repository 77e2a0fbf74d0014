"""The summary from the command line."""

from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from core import clock
from core.extensions import db
from models import AuditEntry, Task
from tests.factories import make_form, make_task, make_unit, publish


@pytest.fixture
def task(app: Flask) -> Task:
    task = make_task()
    publish(make_form(task, "integer"), make_unit())
    db.session.commit()
    return task


def run(app: Flask, *arguments: object) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["summary", "export", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_workbook_is_written_and_logged(app: Flask, task: Task, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.xlsx"
    code, words = run(app, "--task", task.id, "--round", task.rounds[0].id, "--out", path)
    assert (code, str(path) in words) == (0, True)
    assert CalamineWorkbook.from_path(path).sheet_names[0] == "Tổng hợp"
    assert db.session.query(AuditEntry).filter_by(action="summary.downloaded").count() == 1


def test_unknown_things_are_refused_with_a_sentence(
    app: Flask, task: Task, tmp_path: Path
) -> None:
    path = tmp_path / "tong-hop.xlsx"
    for arguments, words in (
        (("--task", 999, "--out", path), "Không có nhiệm vụ nào có mã 999."),
        (("--task", task.id, "--round", 999, "--out", path), "không có kỳ nào có mã 999."),
        (("--task", task.id, "--out", tmp_path / "không có" / "x.xlsx"), "Không có thư mục"),
    ):
        code, said = run(app, *arguments)
        assert code == 1
        assert words in said
    assert not path.exists()


def test_a_deleted_task_is_refused(app: Flask, task: Task, tmp_path: Path) -> None:
    task.deleted_at = clock.now()
    db.session.commit()
    code, said = run(app, "--task", task.id, "--out", tmp_path / "x.xlsx")
    assert (code, "Không có nhiệm vụ" in said) == (1, True)
