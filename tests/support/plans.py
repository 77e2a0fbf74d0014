"""Plans of our own, in the shapes that offices write, with the facts that each of them states."""

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "plan_texts"


def text_of(name: str) -> str:
    """Return the text of a plan in tests/plan_texts."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


STATE_PLAN = text_of("kh-so")
PARTY_PLAN = text_of("kh-ban-dang")
LETTER = text_of("cv-phong")
DECISION = text_of("qd-xa-bang")
