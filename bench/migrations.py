"""Kills migrations at random points: the tables must be as they were, or as they are to be."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import flask_migrate

from bench import crash
from bench.own_postgres import OwnPostgres
from core import database, schema
from core.extensions import db
from models import Unit

KILLS = 20
UPGRADE = (
    "import sys; from pathlib import Path; from bench import crash, migrations; "
    "migrations.upgrade(crash.app_at(Path(sys.argv[1])))"
)


def run() -> Iterator[dict[str, object]]:
    """Kill on both engines."""
    with tempfile.TemporaryDirectory() as name:
        yield _line("sqlite", *kill_often(Path(name), KILLS))
    with OwnPostgres() as server, tempfile.TemporaryDirectory() as name:
        yield _line("postgresql", *kill_often(Path(name), KILLS, server.url))


def upgrade(app: object) -> None:
    """Bring the tables up to date, saying when it begins."""
    with app.app_context():  # type: ignore[attr-defined]
        print("begins", flush=True)  # noqa: T201 -- the parent waits for it.
        flask_migrate.upgrade(str(schema.MIGRATIONS))


def kill_often(folder: Path, kills: int, url: str = "") -> tuple[int, int, int]:
    """Return how many kills left the old tables, the new ones, and anything else."""
    (folder / crash.URL_FILE).write_text(url, encoding="utf-8")
    app = crash.app_at(folder)
    old, new = schema.revisions()[0], schema.revisions()[-1]
    with app.app_context():
        flask_migrate.upgrade(str(schema.MIGRATIONS))
        went = [_reset_and_upgrade(folder, old, None)[1] for _time in range(2)]
        left = {old: 0, new: 0}
        others = 0
        for _kill in range(kills):
            after = secrets.randbelow(1000) / 1000 * max(went)
            found, _took = _reset_and_upgrade(folder, old, after)
            if found in left and _is_sound():
                left[found] += 1
            else:
                others += 1
        flask_migrate.upgrade(str(schema.MIGRATIONS))
        db.engine.dispose()
    return left[old], left[new], others


def _reset_and_upgrade(folder: Path, old: str, kill_after: float | None) -> tuple[str | None, float]:
    """Go back to the old tables and upgrade in a process of its own; return where that ended."""
    flask_migrate.upgrade(str(schema.MIGRATIONS))
    flask_migrate.downgrade(str(schema.MIGRATIONS), revision=old)
    db.engine.dispose()
    process = subprocess.Popen(  # noqa: S603 -- our own program.
        [sys.executable, "-c", UPGRADE, str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 -- for the type checker; PIPE gives one.
    process.stdout.readline()
    began = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    took = time.monotonic() - began
    return schema.current_revision(db.engine), took


def _is_sound() -> bool:
    """Tell whether the engine finds nothing wrong and the tables can be read."""
    with database.only_reading(), db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            return bool(connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok")
        return connection.execute(db.select(db.func.count(Unit.id))).scalar() is not None


def _line(engine: str, old: int, new: int, others: int) -> dict[str, object]:
    return {
        "bench": f"migrations_{engine}",
        "kills": old + new + others,
        "old": old,
        "new": new,
        "neither": others,
        "goal": 0,
    }
