"""What the board and the other lists cost with 3,500 units and 1,000 tasks, beside 50 and 10."""

import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient

from bench import big_round, office
from core import clock
from core.extensions import db
from core.permissions import Role
from models import Round, Task, Unit

SIZES = {"few": (50, 10), "many": (3_500, 1_000)}
QUESTIONS, TURNS, GOAL = 10, 15, 1.5
ADDRESSES = {
    "board": (Role.SECRETARIAT, "/rounds/{round}/board"),
    "board, submitted": (Role.SECRETARIAT, "/rounds/{round}/board?kind=submitted"),
    "tasks": (Role.SECRETARIAT, "/tasks"),
    "punctuality": (Role.SECRETARIAT, "/punctuality"),
    "units": (Role.ADMIN, "/units"),
    "log": (Role.ADMIN, "/audit"),
}


def run() -> list[dict[str, object]]:
    """Open every list in turn in both offices; times are medians in milliseconds, sizes in KB."""
    with tempfile.TemporaryDirectory() as name:
        apps = {size: _office(Path(name) / size, *counts) for size, counts in SIZES.items()}
        times: dict[tuple[str, str], list[float]] = {}
        weights: dict[tuple[str, str], float] = {}
        for _turn in range(TURNS):
            for page, (role, address) in ADDRESSES.items():
                for size, (client, headers, round_id) in apps.items():
                    began = perf_counter()
                    answer = client.get(address.format(round=round_id), headers=headers[role])
                    times.setdefault((page, size), []).append((perf_counter() - began) * 1000)
                    if answer.status_code != 200:
                        raise RuntimeError(f"{address}: {answer.status_code}")
                    weights[page, size] = len(answer.data) / 1024
    lines = [_line(f"list {page}", *_middle(times, page), "ms") for page in ADDRESSES]
    weight = _line("board page", weights["board", "many"], weights["board", "few"], "KB")
    boards = [page for page in ADDRESSES if page.startswith("board")]
    worst = max(boards, key=lambda page: _middle(times, page)[0] / _middle(times, page)[1])
    return [*lines, weight, _line("board", *_middle(times, worst), "ms")]


def _middle(times: dict[tuple[str, str], list[float]], page: str) -> tuple[float, float]:
    """Return the medians of a page with many rows and with few."""
    return median(times[page, "many"]), median(times[page, "few"])


def _office(
    folder: Path, units: int, tasks: int
) -> tuple[FlaskClient, dict[Role, dict[str, str]], int]:
    folder.mkdir()
    app: Flask = big_round.app_at(folder)
    with app.app_context():
        big_round.fill(units, QUESTIONS)
        round_id: int = db.session.query(Round.id).scalar()
        now = clock.now()
        for place in range(tasks - 1):
            task = Task(title=f"Nhiệm vụ số {place}", created_at=now, updated_at=now)
            task.rounds.append(Round(name="Kỳ 1"))
            db.session.add(task)
        unit_id: int = db.session.query(db.func.min(Unit.id)).scalar()
        headers = {
            role: office.browser_of(app, role, unit_id, f"nguoi.{role}")
            for role in (Role.SECRETARIAT, Role.ADMIN)
        }
        db.session.commit()
    return app.test_client(use_cookies=False), headers, round_id


def _line(name: str, ours: float, reference: float, unit: str) -> dict[str, object]:
    return {
        "bench": name,
        "ratio": round(ours / reference, 3),
        "goal": GOAL,
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "unit": unit,
    }
