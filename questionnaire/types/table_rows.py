"""The rows that a table is given: numbered, nested, some with words only, some that add up others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class RowKind(StrEnum):
    """What a row is for; the stored value never changes."""

    INPUT = "input"
    #: Words only, such as the heading of a part.
    LABEL = "label"
    #: "Chia ra:", whose rows must add up to the row above.
    PARTS = "parts"
    #: "Trong đó:", whose rows are each no more than the row above.
    WITHIN = "within"
    SUM = "sum"


DASHES = "-–+*•"
#: The id under which the total row is reckoned.
TOTAL = "+total"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as the secretariat gives it; `closed` are the columns that don't apply to it."""

    id: str
    label: str
    number: str = ""
    measure: str = ""
    code: str = ""
    level: int = 0
    kind: RowKind = RowKind.INPUT
    closed: frozenset[str] = frozenset()

    @property
    def has_cells(self) -> bool:
        """Whether figures stand in the row."""
        return self.kind in {RowKind.INPUT, RowKind.SUM}

    @property
    def dash(self) -> str:
        """The dash that the row begins with, blank for none."""
        first = (self.number or self.label)[:1]
        return first if first and first in DASHES else ""

    @property
    def title(self) -> str:
        """The label with its number, as other places name the row."""
        if not self.number:
            return self.label
        mark = "" if self.number[-1] in ".)" else "."
        return f"{self.number}{mark} {self.label}"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Rows into which the row `whole` is broken down."""

    heading: str
    kind: RowKind
    whole: str
    parts: tuple[str, ...]


def row_of(one: Mapping[str, Any]) -> TableRow:
    """Return a row from its settings."""
    return TableRow(
        id=one["id"],
        label=one["label"],
        number=one.get("number", ""),
        measure=one.get("measure", ""),
        code=one.get("code", ""),
        level=one.get("level", 0),
        kind=RowKind(one.get("kind", RowKind.INPUT)),
        closed=frozenset(one.get("closed", ())),
    )


def rows_of(settings: Mapping[str, Any]) -> tuple[TableRow, ...]:
    """Return the rows of a table's settings."""
    return tuple(map(row_of, settings.get("rows", [])))


class RowTree:
    """Which rows stand below which, by their levels.

    Rows after a "Chia ra" of their own level belong to it, up to the next row of words.
    """

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self.rows = rows
        self._below: dict[int, list[int]] = {place: [] for place in range(-1, len(rows))}
        above: list[int] = []
        open_: list[int] = []
        for place, row in enumerate(rows):
            while open_ and rows[open_[-1]].level >= row.level:
                open_.pop()
            above.append(open_[-1] if open_ else -1)
            self._below[above[place]].append(place)
            open_.append(place)
        for place in range(-1, len(rows)):
            self._adopt(place)
        self._whole = {
            inner: whole
            for place in range(-1, len(rows))
            for inner in self._below[place]
            if rows[inner].kind in {RowKind.PARTS, RowKind.WITHIN}
            and (whole := self._whole_of(inner, place)) is not None
        }

    def addends(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the rows that each sum row adds up, and those of the total row."""
        found = {
            row.id: tuple(self._parts_of(place))
            for place, row in enumerate(self.rows)
            if row.kind == RowKind.SUM
        }
        return {**found, TOTAL: tuple(self._under(-1))}

    def breakdowns(self) -> list[Breakdown]:
        """Return what "Chia ra" and "Trong đó" break down, where something stands above them."""
        return [
            Breakdown(self.rows[place].id, self.rows[place].kind, self.rows[whole].id, parts)
            for place, whole in sorted(self._whole.items())
            if (parts := tuple(self._under(place)))
        ]

    def _adopt(self, place: int) -> None:
        kept: list[int] = []
        heading = None
        for inner in self._below[place]:
            kind = self.rows[inner].kind
            if not self.rows[inner].has_cells:
                own = kind == RowKind.LABEL or self._below[inner]
                heading = None if own else inner
                kept.append(inner)
            elif heading is not None:
                self._below[heading].append(inner)
            else:
                kept.append(inner)
        self._below[place] = kept

    def _whole_of(self, place: int, above: int) -> int | None:
        """Return the row that a breakdown breaks down: the one above, or the one before.

        Rows with the dash of the one before stand beside it, and aren't parts of it.
        """
        if above >= 0 and self.rows[above].has_cells:
            return above
        before = [one for one in self._below[above] if one < place and self.rows[one].has_cells]
        if not before:
            return None
        dashes = {self.rows[one].dash for one in self._below[place]}
        return None if self.rows[before[-1]].dash in dashes - {""} else before[-1]

    def _parts_of(self, place: int) -> Iterator[str]:
        """Yield the first full breakdown of a row; without one, the rows right below it."""
        for inner, whole in sorted(self._whole.items()):
            if whole == place and self.rows[inner].kind == RowKind.PARTS:
                yield from self._under(inner)
                return
        yield from self._under(place)

    def _under(self, place: int) -> Iterator[str]:
        for inner in self._below[place]:
            row = self.rows[inner]
            if row.has_cells:
                yield row.id
            elif row.kind == RowKind.LABEL or (
                row.kind == RowKind.PARTS and inner not in self._whole
            ):
                yield from self._under(inner)
