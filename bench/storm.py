"""Eight clients do everything at once to one SQLite file, by two servers: nobody may be refused."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from threading import Thread

from flask import Flask
from sqlalchemy import event

from bench import office
from bench.clients import PATIENCE, Call, serving
from bench.office import Desk
from core import database
from core.extensions import db

CLIENTS, OPERATIONS = 8, 10_000


def run() -> dict[str, object]:
    """Count what isn't answered, and what wouldn't be if transactions began as they do by default."""
    refused = storm("bench.office:app_at", OPERATIONS)
    control = storm("bench.storm:app_that_upgrades_locks", OPERATIONS // 10)
    return {
        "bench": "storm",
        "operations": OPERATIONS,
        "refused": sum(refused.values()),
        "control": sum(control.values()),
        "goal": 0,
    }


def app_that_upgrades_locks(folder: Path) -> Flask:
    """Return the app with transactions that take the right to write only when they write."""
    app = office.app_at(folder)
    with app.app_context():
        event.remove(db.engine, "begin", database._begin_sqlite)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return app


def storm(target: str, operations: int) -> Counter[int]:
    """Send so many requests of all kinds; return how often which status other than 200 came back."""
    refused: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        desks = office.open_office(folder, CLIENTS // 2)
        ports = [stack.enter_context(serving(target, folder)) for _server in range(2)]
        clients = [
            Thread(
                target=_work,
                args=(ports[place % 2], desks[place // 2], place, operations // CLIENTS, refused),
            )
            for place in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    return refused


def _work(port: int, desk: Desk, place: int, operations: int, refused: Counter[int]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE * 4)
    for _operation, call in zip(range(operations), _mixed(desk, place), strict=False):
        method = "GET" if call.body is None else "POST"
        connection.request(method, call.path, call.body, call.headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            refused[answer.status] += 1
    connection.close()


def _mixed(desk: Desk, place: int) -> Iterator[Call]:
    """Save answers for ever; look at the page, at the inbox, and tell of oneself in between.

    Two clients share each report, and each types into questions of its own.
    """
    numbers = [uid for uid, kind in desk.questions if kind == "integer"][place % 2 :: 2]
    inbox = Call("/reports", desk.headers)
    here = Call(f"/reports/{desk.assignment_id}/here", desk.headers, b"")
    for seq in count(1):
        uid = numbers[seq % len(numbers)]
        yield desk.save(uid, str(seq), seq, writer=f"page-{place}")
        if seq % 4 == 0:
            yield (here, desk.page, inbox)[seq // 4 % 3]
