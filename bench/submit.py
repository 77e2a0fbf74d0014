"""Reports of forty answers submitted a second, complete, beside a bare view that writes one row."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import repeat
from pathlib import Path
from statistics import median

from bench import office
from bench.autosave import rows
from bench.clients import Call, serving
from bench.clients import run as load
from bench.office import Desk
from core.extensions import db
from domain import versions
from models import Response

CLIENTS, SECONDS, TURNS, GOAL = 8, 1.0, 9, 0.5
VALUES = {
    "integer": 1234,
    "money": 5_000_000,
    "percent": "12.5",
    "yes_no": True,
    "date": "2026-03-31",
    "long_text": "Đã triển khai đầy đủ, đúng tiến độ.",
}
#: A submitted report is open again at once, so that the same few may be submitted for ever.
REOPENED = """
CREATE TRIGGER reopened AFTER INSERT ON audit_entry WHEN NEW.action = 'report.submitted' BEGIN
    UPDATE response SET state = 'draft', current_submission_id = NULL, submitted_at = NULL
    WHERE id = NEW.object_id;
END
"""


def run() -> dict[str, object]:
    """Measure both in turn on the same server; rates are reports a second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desks = office.open_office(folder, CLIENTS)
        _fill_in(folder, desks)
        ours, reference = [], []
        with (
            serving("bench.office:app_at", folder) as port,
            serving("bench.bare:writing", folder) as bare_port,
        ):
            for _turn in range(TURNS):
                ours.append(load(port, CLIENTS, SECONDS, lambda one: _submits(desks[one]))[0])
                reference.append(load(bare_port, CLIENTS, SECONDS, rows)[0])
    return {
        "bench": "submit",
        "ratio": round(median(ours) / median(reference), 3),
        "goal": GOAL,
        "ours": round(median(ours), 1),
        "reference": round(median(reference), 1),
        "unit": "reports/s",
    }


def _fill_in(folder: Path, desks: list[Desk]) -> None:
    """Answer all questions of every report."""
    with office.app_at(folder).app_context():
        for desk in desks:
            report = db.session.query(Response).filter_by(assignment_id=desk.assignment_id).one()
            questions = versions.definition(report.version_id).questions
            report.answers = {
                uid: VALUES.get(one.type) or one.settings["options"][0]["id"]
                for uid, one in questions.items()
            }
            report.state = "draft"
        db.session.commit()
    with closing(sqlite3.connect(folder / "tonghop.sqlite3")) as connection:
        connection.execute(REOPENED)


def _submits(desk: Desk) -> Iterator[Call]:
    headers = {
        **desk.headers,
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
    }
    return repeat(Call(f"/reports/{desk.assignment_id}/submit", headers, b""))
