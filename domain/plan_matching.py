"""Which units and groups a document means by the names that it uses."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from sqlalchemy import delete, select

from core import clock, vietnamese
from core.extensions import db
from core.permissions import Actor
from domain import audit, plan_bodies
from models import PastVersion, Unit, UnitAlias, UnitGroup

#: What parts an abbreviation: "VH-TT".
WITHIN_SHORT = re.compile(r"(?<=[A-ZĐ])[-–&.](?=[A-ZĐ])")
WORD = re.compile(r"\w+")
#: What says only that there are several, or joins names; an abbreviation leaves it out.
SMALL = frozenset({"va", "cac", "cua", "thuoc", "tai", "quy", "moi", "tren", "dia", "ban"})
PLURAL = frozenset({"cac", "quy", "moi", "tung"})
LIKE = 0.8
MOST_CANDIDATES = 40
LONGEST_KEY = 300
APART = re.compile(r"\s*;\s*")
#: Where a name joins several bodies; "các huyện, thành phố" only says where they are.
JOINED = re.compile(
    rf"(?:\s*,\s+|\s+và\s+)(?=(?!(?:huyện|xã|phường|quận|thành phố|thị trấn|thị xã|thôn)\b)"
    rf"{plan_bodies.ORGANISATION})",
    re.IGNORECASE,
)
SHARED_END = re.compile(
    r"\s+(?:các|cấp)\s+(?:huyện|xã|phường|quận|thành phố|thôn|tỉnh)\b.*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Known:
    """A group or a unit under one of its names."""

    words: tuple[str, ...]
    group_id: int | None = None
    unit_id: int | None = None

    @property
    def whom(self) -> tuple[int | None, int | None]:
        """The group or the unit, whatever its name."""
        return self.group_id, self.unit_id


@dataclass(slots=True)
class Match:
    """Whom a name means; `unmatched` are the parts of it that nobody is known by."""

    group_ids: list[int] = field(default_factory=list)
    unit_ids: list[int] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Names:
    """All names by which groups and open units are known: learnt, of now, and of before."""

    learnt: dict[str, list[Known]]
    known: list[Known]

    @cached_property
    def exact(self) -> dict[str, list[Known]]:
        """The names by their key, groups before units."""
        found: dict[str, list[Known]] = {}
        for one in self.known:
            found.setdefault(" ".join(one.words), []).append(one)
        return found

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """The places of the names that hold a word, or begin their words with it."""
        found: dict[str, list[int]] = {}
        for place, one in enumerate(self.known):
            for word in {*one.words, *_initials(one.words)}:
                found.setdefault(word, []).append(place)
        return found


def names() -> Names:
    """Return the names of today."""
    groups = db.session.execute(
        select(UnitGroup.id, UnitGroup.name).order_by(UnitGroup.position, UnitGroup.id)
    )
    known = [Known(_words(name), group_id=id_) for id_, name in groups]
    units = db.session.execute(
        select(Unit.id, Unit.name, Unit.short_name, Unit.code)
        .where(Unit.closed_at.is_(None))
        .order_by(Unit.position, Unit.id)
    )
    for id_, *called in units:
        known += [Known(_words(name), unit_id=id_) for name in dict.fromkeys(called) if name]
    open_units = {one.unit_id for one in known if one.unit_id}
    past = select(PastVersion.unit_id, PastVersion.name).order_by(PastVersion.valid_from.desc())
    known += [
        Known(_words(name), unit_id=id_) for id_, name in db.session.execute(past) if id_ in open_units
    ]
    learnt: dict[str, list[Known]] = {}
    for alias in db.session.scalars(select(UnitAlias).order_by(UnitAlias.id)):
        if alias.unit_id is None or alias.unit_id in open_units:
            one = Known((), group_id=alias.group_id, unit_id=alias.unit_id)
            learnt.setdefault(alias.key, []).append(one)
    return Names(learnt, known)


def match(name: str, known: Names) -> Match:
    """Return whom a name means: as a whole, or else each of the bodies that it joins."""
    found = _whole(name, known)
    if found:
        return _told(found, [])
    end = SHARED_END.search(name)
    together: list[Known] = []
    unmatched: list[str] = []
    for part in filter(None, APART.split(name)):
        one = _with_end(part, end, known)
        if one:
            together += one
            continue
        for piece in filter(None, JOINED.split(part)):
            met = _with_end(piece, end, known)
            together += met
            if not met:
                unmatched.append(piece.strip())
    return _told(together, unmatched)


def _with_end(name: str, end: re.Match[str] | None, known: Names) -> list[Known]:
    """Return whom a name means with the end that it shares with others, or without."""
    full = name if end is None or SHARED_END.search(name) else name + end[0]
    return _whole(full, known) or _whole(name, known)


def key_of(name: str) -> str:
    """Return a name as names are compared: without accents, marks and what says that there are many."""
    return " ".join(_words(name))[:LONGEST_KEY]


def learn(
    actor: Actor | None, name: str, *, groups: Sequence[UnitGroup], units: Sequence[Unit]
) -> None:
    """Remember whom a document means by `name`, in place of whom it meant before."""
    key = key_of(name)
    if not key or not (groups or units):
        return
    db.session.execute(delete(UnitAlias).where(UnitAlias.key == key))
    values = {
        "key": key, "name": name[:LONGEST_KEY], "created_at": clock.now(),
        "created_by_id": actor.person_id if actor else None,
    }  # fmt: skip
    learnt = [UnitAlias(**values, group_id=one.id) for one in groups]
    learnt += [UnitAlias(**values, unit_id=one.id) for one in units]
    db.session.add_all(learnt)
    db.session.flush()
    audit.record(actor, "alias.learnt", learnt[0], name=name[:LONGEST_KEY], count=len(learnt))


def forget(actor: Actor | None, alias: UnitAlias) -> None:
    """Take a name away from a unit or group."""
    audit.record(actor, "alias.forgotten", alias, name=alias.name)
    db.session.delete(alias)
    db.session.flush()


def aliases() -> list[UnitAlias]:
    """Return all learnt names, in the order of their words."""
    found = list(db.session.scalars(select(UnitAlias)))
    return sorted(found, key=lambda one: (vietnamese.sort_key(one.name), one.id))


def _told(found: Sequence[Known], unmatched: list[str]) -> Match:
    groups = dict.fromkeys(one.group_id for one in found if one.group_id)
    units = dict.fromkeys(one.unit_id for one in found if one.unit_id)
    return Match(list(groups), list(units), unmatched)


def _whole(name: str, known: Names) -> list[Known]:
    key = key_of(name)
    if key in known.learnt:
        return known.learnt[key]
    words = tuple(key.split())
    if not words:
        return []
    same = known.exact.get(key, [])
    if same:
        return same[:1]
    near = Counter(place for word in {*words} for place in known.by_word.get(word, ()))
    scored = [
        (_likeness(words, known.known[place].words), known.known[place])
        for place, _count in near.most_common(MOST_CANDIDATES)
    ]
    best = max((score for score, _one in scored), default=0.0)
    chosen = {one.whom: one for score, one in scored if score == best}
    if best >= LIKE and len(chosen) == 1:
        return list(chosen.values())
    begins = {
        one.group_id: one
        for _score, one in scored
        if one.group_id and len(words) > 1 and one.words[: len(words)] == words
    }
    return list(begins.values()) if len(begins) == 1 else []


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, abbreviations such as "VH-TT" as one."""
    plain = WITHIN_SHORT.sub("", vietnamese.clean_text(name))
    words = WORD.findall(vietnamese.search_key(plain))
    while len(words) > 1 and words[0] in PLURAL:
        words.pop(0)
    return tuple(words)


def _initials(words: Sequence[str]) -> list[str]:
    """Return the abbreviations of two and more words that follow each other."""
    large = [word for word in words if word not in SMALL]
    return [
        "".join(word[0] for word in large[start:end])
        for start in range(len(large))
        for end in range(start + 2, min(len(large), start + 7) + 1)
    ]


def _likeness(name: tuple[str, ...], target: tuple[str, ...]) -> float:
    """Return how much of both names is the same, from 0 to 1; abbreviations count as their words."""

    @cache
    def best(at: int, there: int) -> tuple[int, int]:
        """Return how many words of the target are met, and how many of the name are left over."""
        if at == len(name) or there == len(target):
            return 0, len(name) - at
        options = [best(at, there + 1)]
        met, left = best(at + 1, there)
        options.append((met, left + 1))
        if name[at] == target[there]:
            met, left = best(at + 1, there + 1)
            options.append((met + 1, left))
        end = _stands_for(name[at], target, there)
        if end:
            met, left = best(at + 1, end)
            options.append((met + end - there, left))
        return max(options, key=lambda one: (one[0], -one[1]))

    met, left = best(0, 0)
    return met / (len(target) + left) if target else 0.0


def _stands_for(word: str, target: tuple[str, ...], start: int) -> int:
    """Return where the words end that `word` abbreviates from `start` on; 0 where it doesn't."""
    place = start
    for letter in word:
        while place < len(target) and target[place] in SMALL and target[place][0] != letter:
            place += 1
        if place == len(target) or target[place][0] != letter:
            return 0
        place += 1
    return place if len(word) > 1 else 0


def units_named(text: str, known: Names) -> tuple[list[int], list[str]]:
    """Return the units whose names, short names or codes stand in `text` between semicolons.

    The second list has what no unit is known by.
    """
    found: list[int] = []
    unknown = []
    for name in filter(None, (one.strip() for one in text.split(";"))):
        same = known.exact.get(key_of(name), [])
        unit = next((one.unit_id for one in same if one.unit_id), None)
        if unit is None:
            unknown.append(name)
        else:
            found.append(unit)
    return found, unknown
