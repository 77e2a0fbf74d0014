"""A workbook of 3,000 units and 40 questions, from the click to the last byte, in seconds."""

import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from bench import big_round, office
from bench.clients import PATIENCE, serving
from bench.workbook import plain
from core.extensions import db
from core.permissions import Role
from models import Round, Unit

UNITS, QUESTIONS, TURNS, GOAL = 3000, 40, 5, 0.7


def run() -> dict[str, object]:
    """Click on the download as a clerk does, after having looked at the page that it stands on."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, clerk = clerk_of_big_round(folder, UNITS, QUESTIONS)
        ours, reference = [], []
        with serving("bench.office:app_at", folder) as port:
            get(port, path.removesuffix(".xlsx"), clerk)
            get(port, path, clerk)
            for _turn in range(TURNS):
                start = time.perf_counter()
                get(port, path, clerk)
                ours.append(time.perf_counter() - start)
                start = time.perf_counter()
                plain(folder, UNITS, QUESTIONS)
                reference.append(time.perf_counter() - start)
    return {
        "bench": "export_3000x40",
        "ratio": round(median(ours) / median(reference), 3),
        "goal": GOAL,
        "ours": round(median(ours), 3),
        "reference": round(median(reference), 3),
        "unit": "s",
    }


def clerk_of_big_round(folder: Path, units: int, questions: int) -> tuple[str, dict[str, str]]:
    """Fill in a large round; return the address of its workbook and a clerk's browser."""
    app = office.app_at(folder)
    with app.app_context():
        db.create_all()
        big_round.fill(units, questions)
        unit = db.session.query(Unit).first()
        round_ = db.session.query(Round).one()
        assert unit is not None  # noqa: S101 -- for the type checker.
        headers = office.browser_of(app, Role.CLERK, unit.id, "tonghop")
        path = f"/rounds/{round_.id}/summary.xlsx"
        db.session.commit()
    return path, headers


def get(port: int, path: str, headers: dict[str, str]) -> bytes:
    """Return what the server answers; raises RuntimeError for anything but a good answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return body
