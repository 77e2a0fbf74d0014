"""Answers saved a second, end to end, beside a bare view that writes one row."""

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from bench import office
from bench.clients import Call, serving
from bench.clients import run as load
from bench.office import Desk

CLIENTS, SECONDS, TURNS, GOAL = 8, 1.0, 9, 0.6
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def run() -> dict[str, object]:
    """Measure both in turn on the same server; rates are answers a second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desks = office.open_office(folder, CLIENTS)
        ours, reference = [], []
        with (
            serving("bench.office:app_at", folder) as port,
            serving("bench.bare:writing", folder) as bare_port,
        ):
            seqs = count(1)
            for _turn in range(TURNS):
                ours.append(load(port, CLIENTS, SECONDS, lambda one: saves(desks[one], seqs))[0])
                reference.append(load(bare_port, CLIENTS, SECONDS, rows)[0])
    return {
        "bench": "autosave",
        "ratio": round(median(ours) / median(reference), 3),
        "goal": GOAL,
        "ours": round(median(ours), 1),
        "reference": round(median(reference), 1),
        "unit": "answers/s",
    }


def saves(desk: Desk, seqs: Iterator[int]) -> Iterator[Call]:
    """Type a new number into one question after the other, for ever."""
    numbers = [uid for uid, kind in desk.questions if kind == "integer"]
    for seq in seqs:
        yield desk.save(numbers[seq % len(numbers)], str(seq), seq)


def rows(_client: int) -> Iterator[Call]:
    """Have the bare view write one row after the other, for ever."""
    for seq in count(1):
        yield Call("/answer", FORM, f"text={seq}".encode())
