"""A page of forty questions, beside the same page from one template over plain values."""

import tempfile
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from statistics import median

from bench import office
from bench.clients import Call, serving
from bench.clients import run as load

CLIENTS, SECONDS, TURNS, GOAL = 4, 1.0, 9, 0.6


def run() -> dict[str, object]:
    """Measure both in turn on the same server; rates are pages a second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desks = office.open_office(folder, CLIENTS)
        ours, reference = [], []
        with (
            serving("bench.office:app_at", folder) as port,
            serving("bench.bare:showing", folder) as bare_port,
        ):
            for _turn in range(TURNS):
                ours.append(load(port, CLIENTS, SECONDS, lambda one: repeat(desks[one].page))[0])
                reference.append(load(bare_port, CLIENTS, SECONDS, _pages)[0])
    return {
        "bench": "form_page",
        "ratio": round(median(ours) / median(reference), 3),
        "goal": GOAL,
        "ours": round(median(ours), 1),
        "reference": round(median(reference), 1),
        "unit": "pages/s",
    }


def _pages(_client: int) -> Iterator[Call]:
    return repeat(Call("/page", {}))
