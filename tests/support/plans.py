"""Plans of our own, in the shapes that offices write, with the facts that each of them states."""

from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(__file__).parents[1] / "plan_texts"


def text_of(name: str) -> str:
    """Return the text of a plan in tests/plan_texts."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def facts_of(name: str) -> dict[str, Any]:
    """Return what was read by hand in a plan."""
    facts: dict[str, Any] = orjson.loads((FOLDER / f"{name}.json").read_bytes())
    return facts


def facts_of_all() -> list[str]:
    """Return the names of the plans that were read by hand."""
    return sorted(one.stem for one in FOLDER.glob("*.json"))


STATE_PLAN = text_of("kh-so")
PARTY_PLAN = text_of("kh-ban-dang")
LETTER = text_of("cv-phong")
DECISION = text_of("qd-xa-bang")
