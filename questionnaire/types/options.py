"""Named things inside a question (options, rows, columns) whose ids never change."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.vietnamese import clean_text
from questionnaire.ids import new_id

LONGEST_LABEL = 200

Option = Mapping[str, Any]


def lines_of(text: str) -> list[str]:
    """Return the lines of a pasted list: trimmed, without empty ones."""
    return [line[:LONGEST_LABEL] for line in map(clean_text, text.splitlines()) if line]


def kept(labels: Sequence[str], previous: Sequence[Option]) -> list[dict[str, str]]:
    """Return an option for each label; one that was there, or was only reworded, keeps its id.

    A label that was there keeps its id wherever it moves; of the others, a label takes the id
    that stood at its place if the label there is gone.
    """
    ids = {one["label"]: one["id"] for one in previous}
    found: list[str | None] = [ids.pop(label, None) for label in labels]
    gone = set(ids.values())
    for place, one in enumerate(previous[: len(found)]):
        if found[place] is None and one["id"] in gone:
            found[place] = one["id"]
    return [
        {"id": known or new_id(), "label": label} for known, label in zip(found, labels, strict=True)
    ]


def repeated(labels: Sequence[str]) -> str | None:
    """Return a label that stands there twice, big and small letters being the same."""
    seen: set[str] = set()
    for label in labels:
        if label.casefold() in seen:
            return label
        seen.add(label.casefold())
    return None
