"""How much longer the slowest saves take, with many clients and while a summary is exported."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from threading import Event, Thread

from bench import office
from bench.autosave import saves
from bench.clients import percentile, serving
from bench.clients import run as load
from bench.export_3000x40 import clerk_of_big_round, get

CLIENTS, SECONDS, TURNS = 16, 5.0, 3
GOAL, EXPORT_GOAL = 3.0, 2.0
UNITS, QUESTIONS = 1000, 100


def run() -> list[dict[str, object]]:
    """Measure p99 over p50 of saves, and p99 during an export over p99 without one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, clerk = clerk_of_big_round(folder, UNITS, QUESTIONS)
        desks = office.open_office(folder, CLIENTS)
        middle, slow, busy = [], [], []
        with serving("bench.office:app_at", folder) as port:
            seqs = count(1)
            for _turn in range(TURNS):
                times = load(port, CLIENTS, SECONDS, lambda one: saves(desks[one], seqs))[1]
                middle.append(percentile(times, 0.5))
                slow.append(percentile(times, 0.99))
                with _exporting(port, path, clerk):
                    times = load(port, CLIENTS, SECONDS, lambda one: saves(desks[one], seqs))[1]
                busy.append(percentile(times, 0.99))
    return [
        _line("tail", GOAL, slow, middle),
        _line("tail_during_export", EXPORT_GOAL, busy, slow),
    ]


@contextmanager
def _exporting(port: int, path: str, headers: dict[str, str]) -> Iterator[None]:
    """Have the clerk download the workbook again and again during the block."""
    done = Event()

    def download() -> None:
        while not done.is_set():
            if get(port, path, headers)[:2] != b"PK":
                raise RuntimeError(path)

    thread = Thread(target=download)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _line(
    name: str, goal: float, ours: list[float], reference: list[float]
) -> dict[str, object]:
    return {
        "bench": name,
        "ratio": round(median(ours) / median(reference), 2),
        "goal": goal,
        "ours": round(1000 * median(ours), 1),
        "reference": round(1000 * median(reference), 1),
        "unit": "ms",
    }
