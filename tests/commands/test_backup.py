"""A backup holds everything, says when it is damaged, and puts back what was there."""

import hashlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import orjson
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from core import database, schema, storage
from core.extensions import db
from core.permissions import Role
from domain import answering, audit, audit_log, backups, files, sessions
from models import Response, SignInSession, StoredFile
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)

PHOTO = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    # What other tests had made beside the app holds the database open, as a running server would.
    for name in ("side_process", "background_process"):
        app.extensions[name].close()
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["backup", *map(str, arguments)])


@pytest.fixture
def response(app: Flask) -> Response:
    """A report with one answer, one stored file, and somebody signed in."""
    unit = make_unit()
    report = response_of(publish(make_form(make_task(), {"type": "integer", "uid": "q"}), unit)[0])
    person = make_person(Role.REPORTER, unit)
    answering.save_answer(actor_for(person), report, "q", 12)
    files.keep(BytesIO(PHOTO), "minh-chung.pdf")
    sessions.start(person, address="127.0.0.1", browser="Chromium")
    db.session.commit()
    return report


def answer_now() -> object:
    db.session.expire_all()
    return db.session.query(Response).one().answers


def change_everything() -> None:
    report = db.session.query(Response).one()
    report.answers = {"q": 99}
    stored = db.session.query(StoredFile).one()
    storage.delete(stored.storage_key)
    db.session.commit()


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write the backup anew with other members."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    target = path.with_name("khac.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def test_what_was_backed_up_comes_back_whole(run: Run, response: Response, tmp_path: Path) -> None:
    path = tmp_path / "sao-luu.zip"
    made = run("create", "--out", path)
    assert made.exit_code == 0, made.output
    assert path.stat().st_mode & 0o077 == 0
    change_everything()

    put_back = run("restore", path, "--yes")

    assert put_back.exit_code == 0, put_back.output
    assert answer_now() == {"q": 12}
    with files.open_stored(db.session.query(StoredFile).one()) as stored:
        assert stored.read() == PHOTO
    assert db.session.query(SignInSession).count() == 0
    assert audit_log.check().is_whole
    assert audit_log.list_entries(audit_log.LogFilter(), 1)[1][0].entry.action == "installation.restored"
    assert not list(audit.broken_entries())


def test_what_was_there_before_is_kept(run: Run, response: Response, tmp_path: Path) -> None:
    path = tmp_path / "sao-luu.zip"
    run("create", "--out", path)
    said = run("restore", path, "--yes").output
    assert "before-restore" in said
    assert Path(said.strip().rpartition(": ")[2]).stat().st_size > 1000


def test_restoring_asks_first(run: Run, response: Response, tmp_path: Path) -> None:
    path = tmp_path / "sao-luu.zip"
    run("create", "--out", path)
    change_everything()
    assert run("restore", path).exit_code == 1
    assert answer_now() == {"q": 99}


def damage(members: dict[str, bytes]) -> None:
    name = next(one for one in members if one.startswith("files/"))
    members[name] = members[name][:-1] + b"?"


def lose(members: dict[str, bytes]) -> None:
    del members[next(one for one in members if one.startswith("files/"))]


def add(members: dict[str, bytes]) -> None:
    members["files/aa/bb/" + "c" * 32] = b"la"


def corrupt(members: dict[str, bytes]) -> None:
    """Spoil a page of the database, and make the list agree with it."""
    content = bytearray(members["database"])
    content[4096 * 3 : 4096 * 4] = b"?" * 4096
    listed = orjson.loads(members["list.json"])
    members["database"] = bytes(content)
    listed["members"]["database"]["sha256"] = hashlib.sha256(content).hexdigest()
    members["list.json"] = orjson.dumps(listed)


def forge(members: dict[str, bytes]) -> None:
    """Leave a file out of the list as well: the rows still ask for it."""
    listed = orjson.loads(members["list.json"])
    name = next(one for one in members if one.startswith("files/"))
    del members[name], listed["members"][name]
    members["list.json"] = orjson.dumps(listed)


def from_the_future(members: dict[str, bytes]) -> None:
    listed = orjson.loads(members["list.json"])
    members["list.json"] = orjson.dumps({**listed, "revision": "9999"})


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", [damage, lose, add, forge, corrupt, from_the_future, dict.clear])
def test_what_isn_t_whole_is_refused_and_nothing_changes(
    run: Run, response: Response, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    run("create", "--out", tmp_path / "sao-luu.zip")
    broken = rewritten(tmp_path / "sao-luu.zip", change)
    change_everything()
    if change is not from_the_future:
        assert run("check", broken).exit_code == 1
    refused = run("restore", broken, "--yes")
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output
    assert answer_now() == {"q": 99}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_log_that_was_changed_is_backed_up_and_told(
    run: Run, response: Response, tmp_path: Path
) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entry SET action = 'x' WHERE id = 1"))
    said = run("create", "--out", tmp_path / "sao-luu.zip")
    assert said.exit_code == 0
    assert "nhật ký đã bị sửa" in said.output
    assert "nhật ký đã bị sửa" in run("check", tmp_path / "sao-luu.zip").output


def test_nothing_is_restored_under_a_running_server(
    app: Flask, run: Run, response: Response, tmp_path: Path
) -> None:
    path = tmp_path / "sao-luu.zip"
    run("create", "--out", path)
    db.session.remove()
    with database.only_reading(), db.engine.connect() as server:
        server.execute(text("SELECT 1"))
        said = run("restore", path, "--yes")
    assert said.exit_code == 1
    assert "đang chạy" in said.output


def test_a_backup_of_the_other_engine_is_refused(
    app: Flask, run: Run, response: Response, tmp_path: Path
) -> None:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[db.engine.dialect.name]
    path = tmp_path / "sao-luu.zip"
    run("create", "--out", path)
    backup = backups.read(path)

    def change(members: dict[str, bytes]) -> None:
        listed = orjson.loads(members["list.json"])
        members["list.json"] = orjson.dumps({**listed, "engine": other})

    said = run("restore", rewritten(path, change), "--yes")
    assert said.exit_code == 1
    assert backup.revision == schema.revisions()[-1]
