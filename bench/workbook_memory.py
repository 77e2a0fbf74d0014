"""The most memory that an export takes, for ten times the units."""

import resource
import subprocess
import sys
from pathlib import Path

import click

from bench.big_round import app_at, big_round
from bench.workbook import QUESTIONS, export
from core.config import ROOT

FEW, MANY, GOAL, MOST_ADDED = 332, 3321, 1.2, 30.0
KIB = 1024


def run() -> list[dict[str, object]]:
    """Export both rounds in processes of their own and compare their peaks."""
    few, many = peak(FEW), peak(MANY)
    peaks = {"ours": round(many, 1), "reference": round(few, 1), "unit": "MiB"}
    return [
        {"bench": "workbook_memory", "ratio": round(many / few, 3), "goal": GOAL, **peaks},
        {"bench": "workbook_memory added", "ratio": round(many - few, 1), "goal": MOST_ADDED, **peaks},
    ]


def peak(units: int) -> float:
    """Return the peak of a process that opens a round of so many units and exports it."""
    with big_round(units, QUESTIONS) as (_app, folder):
        line = [sys.executable, "-m", "bench.workbook_memory", str(folder)]
        done = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return float(done.stdout)


def main(folder: Path) -> None:
    """Export the round in `folder` and say how many MiB that took at most."""
    with app_at(folder).app_context():
        export(folder)
    click.echo(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
