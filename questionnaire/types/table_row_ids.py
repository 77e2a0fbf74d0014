"""Which rows of a table go on when its lines are given again: reworded, moved, or pasted anew."""

from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from questionnaire.ids import new_id

Draft = Mapping[str, Any]
NAMES = ("number", "label", "code", "under")
#: What tells a row from others, the surest first; without what it stands under, it must be alone.
SURE = (NAMES, ("label", "code", "under"), ("label", "under"))
ALONE = (("number", "label", "code"), ("label", "code"), ("number", "label"), ("label",))
ALIKE = 0.5
KEPT, NEW = "=", "-"
MOST_COMPARED = 400


def kept_ids(drafts: Sequence[Draft], previous: Sequence[Draft]) -> list[str]:
    """Return the id of each row: one that was there keeps it wherever it moves, or is reworded.

    Both need `label`, `number`, `code` and `level`.
    """
    match = _Match(_keys(drafts), _keys(previous))
    for sure in SURE:
        match.same(sure, alone=False)
    for likely in ALONE:
        match.same(likely, alone=True)
    match.between_known_ones()
    match.same(("code",), alone=True)
    return [new_id() if at is None else previous[at]["id"] for at in match.found]


def named_ids(known: str, count: int, previous: Sequence[str]) -> list[str]:
    """Return the id of each of `count` rows from "= r1 - r2", where - is a new row.

    Empty where that isn't said, or can't be.
    """
    first, *given = known.split()[: count + 2] or [""]
    old = [one for one in given if one != NEW]
    if first != KEPT or len(given) != count or len({*old}) != len(old) or {*old} - {*previous}:
        return []
    return [new_id() if one == NEW else one for one in given]


def _keys(rows: Sequence[Draft]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    above: list[tuple[int, str]] = []
    for row in rows:
        while above and above[-1][0] >= row["level"]:
            above.pop()
        under = "\n".join(label for _level, label in above)
        found.append({name: row[name] for name in NAMES[:-1]} | {"under": under})
        above.append((row["level"], row["label"]))
    return found


class _Match:
    """Pairs new rows with old ones, each at most once; `found` has the place of the old one."""

    def __init__(self, new: Sequence[Mapping[str, str]], old: Sequence[Mapping[str, str]]) -> None:
        self.new, self.old = new, old
        self.found: list[int | None] = [None] * len(new)
        self.left = set(range(len(old)))

    def same(self, names: Sequence[str], *, alone: bool) -> None:
        """Pair rows of which all these are the same and not all blank."""
        old, new = self._by(names, self.old, self.left), self._by(names, self.new, self._open())
        for key, places in new.items():
            there = old.get(key, [])
            if there and not (alone and len(places) + len(there) > 2):
                for place, at in zip(places, there, strict=False):
                    self._pair(place, at)

    def between_known_ones(self) -> None:
        """Pair what stands between the same rows: one for one, or by how alike the labels are."""
        for places in self._gaps():
            before = self.found[places[0] - 1] if places[0] else -1
            after = self.found[places[-1] + 1] if places[-1] + 1 < len(self.new) else len(self.old)
            there = self._left_after(before) or self._left_before(after)
            if len(there) == len(places):
                pairs = list(zip(places, there, strict=True))
            elif len(there) * len(places) <= MOST_COMPARED:
                pairs = self._alike(places, there)
            else:
                continue
            for place, at in pairs:
                self._pair(place, at)

    def _pair(self, place: int, at: int) -> None:
        self.found[place] = at
        self.left.remove(at)

    def _open(self) -> list[int]:
        return [place for place, at in enumerate(self.found) if at is None]

    @staticmethod
    def _by(
        names: Sequence[str], rows: Sequence[Mapping[str, str]], places: "set[int] | list[int]"
    ) -> dict[Hashable, list[int]]:
        found: dict[Hashable, list[int]] = {}
        for place in sorted(places):
            key = tuple(rows[place][name] for name in names)
            if any(key):
                found.setdefault(key, []).append(place)
        return found

    def _gaps(self) -> list[list[int]]:
        gaps: list[list[int]] = []
        for place in self._open():
            if gaps and gaps[-1][-1] == place - 1:
                gaps[-1].append(place)
            else:
                gaps.append([place])
        return gaps

    def _left_after(self, at: int | None) -> list[int]:
        there: list[int] = []
        place = -1 if at is None else at
        while place + 1 in self.left:
            place += 1
            there.append(place)
        return there

    def _left_before(self, at: int | None) -> list[int]:
        there: list[int] = []
        place = len(self.old) if at is None else at
        while place - 1 in self.left:
            place -= 1
            there.insert(0, place)
        return there

    def _alike(self, places: Sequence[int], there: Sequence[int]) -> list[tuple[int, int]]:
        likeness = sorted(
            (
                (_likeness(self.new[place]["label"], self.old[at]["label"]), place, at)
                for place in places
                for at in there
            ),
            key=lambda one: (-one[0], one[1:]),
        )
        pairs: dict[int, int] = {}
        for ratio, place, at in likeness:
            if ratio >= ALIKE and place not in pairs and at not in pairs.values():
                pairs[place] = at
        return list(pairs.items())


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
