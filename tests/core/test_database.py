"""What columns hold comes back as it was, writers wait for each other, and copies are whole."""

import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from core import clock, database
from core.extensions import db
from models import Question, Unit
from tests.factories import make_form, make_task, make_unit


def test_an_instant_comes_back_aware_and_in_utc(app: Flask) -> None:
    unit = make_unit()
    unit.created_at = datetime(2026, 1, 1, 0, 30, tzinfo=clock.ZONE)
    db.session.commit()
    db.session.expire_all()
    assert unit.created_at == datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
    assert unit.created_at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(app: Flask) -> None:
    unit = make_unit()
    unit.created_at = datetime(2026, 1, 1)
    with pytest.raises(StatementError, match="without a zone"):
        db.session.flush()
    db.session.rollback()


def test_a_document_comes_back_as_it_was(app: Flask) -> None:
    settings = {"chữ": ["Đà Nẵng", None, 0, False, "1.50"], "lồng": {"a": {}}}
    make_form(make_task(), {"type": "short_text", "settings": settings})
    db.session.commit()
    db.session.expire_all()
    assert db.session.query(Question).one().settings == settings


def test_links_to_nothing_are_refused(app: Flask) -> None:
    unit = make_unit()
    unit.parent_id = 999_999
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_writers_wait_for_each_other_and_none_fails(app: Flask) -> None:
    unit_id = make_unit(name="0").id
    db.session.commit()
    failures: list[BaseException] = []

    def add_up() -> None:
        try:
            with app.app_context():
                for _time in range(10):
                    unit = db.session.get_one(Unit, unit_id, with_for_update=True)
                    unit.name = str(int(unit.name) + 1)
                    db.session.commit()
        except BaseException as error:  # noqa: BLE001 -- a thread's failure must reach the test.
            failures.append(error)

    threads = [threading.Thread(target=add_up) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    db.session.expire_all()
    assert db.session.get_one(Unit, unit_id).name == "60"


def test_a_request_says_whether_it_writes(sqlite_app: Flask) -> None:
    """Two that only read stand side by side, where the second writer would wait."""
    database.set_writing(False)
    with sqlite_app.app_context(), db.engine.begin() as one, db.engine.begin() as other:
        for connection in (one, other):
            assert connection.execute(text("SELECT count(*) FROM unit")).scalar() is not None


def test_readers_don_t_wait_for_a_writer(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), db.engine.begin() as writer:
        writer.execute(text("UPDATE unit SET position = 1"))
        started = time.monotonic()
        with database.only_reading(), db.engine.connect() as reader:
            reader.execute(text("SELECT count(*) FROM unit"))
        assert time.monotonic() - started < 1


def test_sqlite_is_opened_so_that_nothing_acknowledged_is_lost(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), database.only_reading(), db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_a_writer_that_waits_too_long_says_so(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LONGEST_WAIT", 0.1)
    with (
        sqlite_app.app_context(),
        db.engine.begin(),
        pytest.raises((TimeoutError, OperationalError)),
        db.engine.begin(),
    ):
        pass
    with sqlite_app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE unit SET position = 1"))


def test_a_copy_holds_all_that_was_committed(sqlite_app: Flask, tmp_path: Path) -> None:
    with sqlite_app.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE copied (word TEXT)"))
            connection.execute(text("INSERT INTO copied VALUES ('đủ')"))
        database.copy_to(db.engine, tmp_path / "copy.sqlite3")
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE copied"))
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT word FROM copied").fetchall() == [("đủ",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_change_of_tables_that_leaves_links_to_nothing_is_taken_back(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        unit_id = make_unit().id
        child_id = make_unit(parent_id=unit_id).id
        db.session.commit()
        db.session.remove()
        with (
            db.engine.connect() as connection,
            pytest.raises(RuntimeError, match="links to nothing"),
            database.changing_tables(connection),
        ):
            connection.execute(text("DELETE FROM unit WHERE id = :id"), {"id": unit_id})
        assert db.session.get(Unit, unit_id) is not None
        for one in (child_id, unit_id):
            db.session.delete(db.session.get_one(Unit, one))
            db.session.commit()
        db.session.remove()
