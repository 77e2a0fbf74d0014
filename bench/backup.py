"""Backs up while answers are saved, and puts each backup back elsewhere: all must be whole."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Event, Thread

from psycopg import connect

from bench import crash, office
from bench.crash import Tally
from bench.own_postgres import OwnPostgres
from core import schema, storage
from core.config import ROOT
from core.extensions import db
from domain import audit_log, files
from models import StoredFile

BACKUPS, CLIENTS, FILES = 20, 8, 20
ELSEWHERE = "elsewhere"


def run() -> Iterator[dict[str, object]]:
    """Back up both engines under load."""
    with tempfile.TemporaryDirectory() as name:
        yield _line("sqlite", *back_up_often(Path(name), BACKUPS))
    with OwnPostgres() as server, tempfile.TemporaryDirectory() as name:
        yield _line("postgresql", *back_up_often(Path(name), BACKUPS, server))


def back_up_often(
    folder: Path, backups: int, server: OwnPostgres | None = None
) -> tuple[int, int]:
    """Return how many backups came back whole, and how many answers were saved meanwhile."""
    (folder / crash.URL_FILE).write_text(server.url if server else "", encoding="utf-8")
    app = crash.app_at(folder)
    with app.app_context():
        schema.bring_up_to_date(db.engine, folder / "backups")
    desks = office.open_office(folder, CLIENTS, app)
    with app.app_context():
        contents = {_kept(place) for place in range(FILES)}
        db.session.commit()
        db.engine.dispose()
    process, port = crash.start(folder)
    tally, seqs, done = Tally(), count(1), Event()
    clients = [
        Thread(target=crash.save, args=(port, desk, tally, seqs, done)) for desk in desks
    ]
    for client in clients:
        client.start()
    whole = 0
    for _backup in range(backups):
        before = set(tally.acknowledged)
        path = folder / "backup.zip"
        _command(folder, server.url if server else "", "backup", "create", "--out", str(path))
        whole += _comes_back(path, before, contents, server)
    done.set()
    for client in clients:
        client.join()
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    return whole, len(tally.acknowledged)


def _kept(place: int) -> bytes:
    content = b"%PDF-1.4\n" + bytes([place]) * 50_000
    files.keep(BytesIO(content), f"minh-chung-{place}.pdf")
    return content


def _comes_back(
    path: Path, before: set[crash.Saved], contents: set[bytes], server: OwnPostgres | None
) -> bool:
    """Restore into an empty installation, and tell whether all that was acknowledged is there."""
    with tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), _empty_database(server)
        (folder / crash.URL_FILE).write_text(url, encoding="utf-8")
        _command(folder, url, "backup", "restore", str(path), "--yes")
        app = crash.app_at(folder)
        kept = set(crash.kept(app))
        with app.app_context():
            found = set()
            for stored in db.session.query(StoredFile):
                with storage.open_file(stored.storage_key) as file:
                    found.add(file.read())
            is_whole = audit_log.check().is_whole
            db.session.remove()
            db.engine.dispose()
    return before <= kept and found == contents and is_whole


def _empty_database(server: OwnPostgres | None) -> str:
    if server is None:
        return ""
    with connect(server.url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {ELSEWHERE} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {ELSEWHERE}".encode())
    return server.url.replace("/postgres?", f"/{ELSEWHERE}?")


def _command(folder: Path, url: str, *arguments: str) -> None:
    subprocess.run(  # noqa: S603 -- our own program.
        [sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_PATH": str(folder), "DATABASE_URL": url,
             "SECRET_KEY": office.SECRET},
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _line(engine: str, whole: int, acknowledged: int) -> dict[str, object]:
    return {
        "bench": f"backup_{engine}",
        "backups": BACKUPS,
        "whole": whole,
        "goal": BACKUPS,
        "answers": acknowledged,
    }
