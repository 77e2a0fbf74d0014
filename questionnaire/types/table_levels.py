"""How deep the rows of a table stand, by their numbers, dashes and breakdowns."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from questionnaire.types.table_rows import RowKind

PART = r"(?:[IVXLC]{1,6}|[A-ZĐ]\d{0,3}|\d{1,3}[a-zđ]?|[a-zđ]{1,2})"
NUMBER = re.compile(rf"{PART}(?:[.-]{PART}){{0,5}}|[-–+*•]")
TWO_PARTS_IN_ONE = re.compile(r"[A-ZĐ]\d+|\d+[a-zđ]")
PLAIN = 9
DASHED = 7
BREAKDOWNS = frozenset({RowKind.PARTS, RowKind.WITHIN})

Stored = Mapping[str, Any]


def derived_levels(drafts: Sequence[Stored]) -> list[int]:
    """Return how deep each row stands, by its number or the dash before its label."""
    levels: list[int] = []
    open_: list[_Open] = []
    for place, draft in enumerate(drafts):
        if draft["kind"] in BREAKDOWNS:
            _close_for(open_, _first_rank(drafts[place + 1 :]))
            levels.append(len(open_))
            open_.append(_Open(open_[-1].rank + 0.5 if open_ else 0.5, heads=True))
            continue
        rank = _rank(draft["number"], draft["label"])
        while open_ and not open_[-1].keeps(rank):
            open_.pop()
        levels.append(len(open_))
        open_.append(_Open(rank))
    return levels


class _Open:
    """A row under which more may come; smaller ranks stand higher."""

    def __init__(self, rank: float, *, heads: bool = False) -> None:
        self.rank, self.heads = rank, heads
        self.first: float | None = None

    def keeps(self, rank: float) -> bool:
        """Tell whether a row of this rank stands below."""
        if not self.heads:
            return rank > self.rank
        if self.rank < PLAIN and rank < self.rank:
            return False
        if self.first is None:
            self.first = rank
        return rank >= self.first and (rank != PLAIN or self.first == PLAIN)


def _close_for(open_: list[_Open], first: float) -> None:
    """Close what doesn't stand over a breakdown whose first row has the rank `first`.

    A further breakdown stands beside the one before it, but for one whose rows stand deeper than
    the row above; rows with the dash of the row above stand beside that row.
    """
    headings = [place for place, one in enumerate(open_) if one.heads]
    dashed = bool(open_) and DASHED <= open_[-1].rank < PLAIN and not open_[-1].heads
    if dashed and open_[-1].rank < first < PLAIN:
        return
    if headings:
        del open_[headings[-1] :]
    elif dashed and open_[-1].rank == first:
        open_.pop()


def _first_rank(drafts: Sequence[Stored]) -> float:
    first = next((one for one in drafts if one["kind"] not in BREAKDOWNS), None)
    return PLAIN if first is None else _rank(first["number"], first["label"])


def _rank(number: str, label: str) -> float:
    bare = number.strip(" .()")
    first, *more = re.split(r"[.-]", bare) if NUMBER.fullmatch(bare) else [""]
    deeper = len(more) + bool(TWO_PARTS_IN_ONE.fullmatch([first, *more][-1]))
    if first[:1].isdigit():
        return 2 + deeper / 2
    if first[:1].islower():
        return 6 + deeper / 10
    if first[:1].isupper():
        rank = 1 if re.fullmatch(r"[IVX]+|[LC]{2,}", first) else 0
        return rank + (deeper + 1) / 2 if deeper else rank
    return {"-": 7, "–": 7, "+": 8, "*": 8, "•": 8}.get((bare or label)[:1], PLAIN)
