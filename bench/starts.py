"""Four processes start at once on nothing: all must serve, from one database with one demo."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench import office
from core.config import ROOT
from core.extensions import db
from models import Unit

STARTS, PROCESSES = 20, 4
PATIENCE = 300.0


def run() -> list[dict[str, object]]:
    """Count good starts, and measure how long one takes where all is there."""
    good = 0
    second = []
    for _start in range(STARTS):
        with tempfile.TemporaryDirectory() as name:
            good += _start_together(Path(name))
            second.append(_start_again(Path(name)))
    middle = sorted(second)[len(second) // 2]
    return [
        {"bench": "first_start", "starts": STARTS, "good": good, "goal": STARTS},
        {"bench": "second_start", "ours": round(middle, 2), "goal": 2.0, "unit": "s"},
    ]


def _start_together(folder: Path) -> bool:
    """Tell whether all of them answered, and found the same units."""
    processes = [_serve(folder) for _process in range(PROCESSES)]
    answered = [_answers(process) for process in processes]
    _stop(processes)
    with office.app_at(folder).app_context():
        codes = [code for (code,) in db.session.query(Unit.code)]
        db.engine.dispose()
    return all(answered) and len(codes) == len(set(codes)) > 0


def _start_again(folder: Path) -> float:
    """Return how many seconds pass until the first answer."""
    began = time.monotonic()
    process = _serve(folder)
    _answers(process)
    took = time.monotonic() - began
    _stop([process])
    return took


def _serve(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "app.py", "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_PATH": str(folder), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _answers(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None  # noqa: S101 -- for the type checker; PIPE gives one.
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            with urllib.request.urlopen(f"{found.group()}health", timeout=PATIENCE) as answer:  # noqa: S310
                return bool(answer.status == 200)
    return False


def _stop(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.communicate(timeout=PATIENCE)
