"""Kills everything at random while answers are saved, and counts those that were lost."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from threading import Event, Thread

from flask import Flask
from sqlalchemy import select

from app import create_app
from bench import office
from bench.office import Desk
from bench.own_postgres import OwnPostgres
from core.config import Settings
from core.extensions import db
from models import AnswerChange, Response

ROUNDS, CLIENTS, ACKNOWLEDGED = 200, 8, 100
PATIENCE = 60.0
LONGEST_WAIT = 0.4
URL_FILE = "database_url"

#: An answer that the server said it has: the report, the question, and what was typed.
Saved = tuple[int, str, int]


@dataclass(slots=True)
class Tally:
    """What a series of crashes came to."""

    kills: int = 0
    acknowledged: set[Saved] = field(default_factory=set)

    def lost(self, kept: Iterable[Saved]) -> set[Saved]:
        """Return what was acknowledged and isn't among what was kept."""
        return self.acknowledged - set(kept)


def run() -> Iterator[dict[str, object]]:
    """Crash both engines, each with what runs under it."""
    with tempfile.TemporaryDirectory() as name:
        yield _line("sqlite", *crash(Path(name), ROUNDS))
    with OwnPostgres() as server, tempfile.TemporaryDirectory() as name:
        yield _line("postgresql", *crash(Path(name), ROUNDS, server))


def crash(
    folder: Path, rounds: int, server: OwnPostgres | None = None
) -> tuple[Tally, set[Saved]]:
    """Save, kill and start again so many times; return what was acknowledged, and what was lost."""
    (folder / URL_FILE).write_text(server.url if server else "", encoding="utf-8")
    desks = office.open_office(folder, CLIENTS, app_at(folder))
    tally, seqs = Tally(), count(1)
    for _round in range(rounds):
        _one_round(folder, desks, tally, seqs)
        if server:
            server.kill()
            server.start()
    return tally, tally.lost(kept(app_at(folder)))


def app_at(folder: Path) -> Flask:
    """Return the app on the database that the folder names."""
    url = (folder / URL_FILE).read_text(encoding="utf-8")
    return create_app(
        Settings(instance_path=folder, secret_key=office.SECRET, database_url=url)
    )


def kept(app: Flask) -> list[Saved]:
    """Return every answer that the history of the database holds."""
    columns = (Response.assignment_id, AnswerChange.question, AnswerChange.new)
    query = select(*columns).join(Response, Response.id == AnswerChange.response_id)
    with app.app_context():
        return [(id_, uid, new) for id_, uid, new in db.session.execute(query)]


def _one_round(folder: Path, desks: list[Desk], tally: Tally, seqs: "count[int]") -> None:
    process, port = start(folder)
    before, done = len(tally.acknowledged), Event()
    clients = [Thread(target=save, args=(port, desk, tally, seqs, done)) for desk in desks]
    for client in clients:
        client.start()
    end = time.monotonic() + PATIENCE
    while len(tally.acknowledged) < before + ACKNOWLEDGED:
        if time.monotonic() > end:
            raise RuntimeError("the server took too long to save anything")
        time.sleep(0.01)
    time.sleep(secrets.randbelow(1000) / 1000 * LONGEST_WAIT)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done.set()
    for client in clients:
        client.join()
    tally.kills += 1


def start(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """Start a server on the database that the folder names; return it and its port."""
    code = (
        "from pathlib import Path; from waitress.server import create_server; "
        f"from bench.crash import app_at; s = create_server(app_at(Path({str(folder)!r})), "
        "host='127.0.0.1', port=0, threads=8); print(s.effective_port, flush=True); s.run()"
    )
    process = subprocess.Popen(  # noqa: S603 -- our own program.
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None  # noqa: S101 -- for the type checker; PIPE gives one.
    return process, int(process.stdout.readline())


def save(port: int, desk: Desk, tally: Tally, seqs: "count[int]", done: Event) -> None:
    """Save until the line breaks; only what was answered whole counts as acknowledged."""
    numbers = [uid for uid, kind in desk.questions if kind == "integer"]
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    while not done.is_set():
        seq = next(seqs)
        uid = numbers[seq % len(numbers)]
        call = desk.save(uid, str(seq), seq)
        try:
            connection.request("POST", call.path, call.body, call.headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, HTTPException):
            return
        if answer.status != 200:
            raise RuntimeError(f"{call.path}: {answer.status} {text[:300]!r}")
        tally.acknowledged.add((desk.assignment_id, uid, seq))


def _line(engine: str, tally: Tally, lost: set[Saved]) -> dict[str, object]:
    return {
        "bench": f"crash_{engine}",
        "kills": tally.kills,
        "acknowledged": len(tally.acknowledged),
        "lost": len(lost),
        "goal": 0,
    }
