"""What tables work out by themselves: columns reckoned from others, sum rows and the total row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from core.words import N_
from documents.blocks import Reckoning
from questionnaire.types.table_rows import TOTAL, RowKind, RowTree, TableRow

PLACES = 2
NOTHING_BELOW = N_("Không tính được vì mẫu số bằng 0.")

Place = tuple[str, str]
"""A cell: the id of its row and that of its column."""


class Way(StrEnum):
    """How a column is reckoned; the stored value never changes."""

    SUM = "sum"
    PERCENT = "percent"
    RATIO = "ratio"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Computation:
    """A column reckoned from others: `plus` less `minus`, in percent and ratio through `over`."""

    way: Way
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    over: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of all columns that it needs."""
        return (*self.plus, *self.minus, *self.over)

    def to_json(self) -> dict[str, Any]:
        """Return it as a column stores it."""
        sides = {"plus": self.plus, "minus": self.minus, "over": self.over}
        return {"kind": str(self.way), **{name: list(ids) for name, ids in sides.items() if ids}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> "Computation | None":
        """Read back what `to_json` gave; None for a column that is typed."""
        if not stored:
            return None
        sides = (tuple(stored.get(name, ())) for name in ("plus", "minus", "over"))
        return cls(Way(stored["kind"]), *sides)


@dataclass(frozen=True, slots=True)
class ReckonedColumn:
    """What reckoning knows of a column."""

    id: str
    adds_up: bool
    compute: Computation | None = None


@dataclass(slots=True)
class Reckoned:
    """The figures of a table, typed ones among them, and why some are blank."""

    values: dict[Place, Decimal | None] = field(default_factory=dict)
    reasons: dict[Place, str] = field(default_factory=dict)


class Reckoner:
    """Works out the cells of a table that nobody types.

    Blank cells count as nothing; a figure made of blank cells only is blank. Sum rows and the
    total row add up what can be added, and work percentages and averages out from those sums.
    """

    def __init__(self, columns: Sequence[ReckonedColumn], rows: Sequence[TableRow]) -> None:
        self.columns = {one.id: one for one in columns}
        self.rows = {one.id: one for one in rows}
        self.addends = RowTree(rows).addends()

    def is_typed(self, row: str, column: str) -> bool:
        """Tell whether people type the cell."""
        one = self.rows.get(row)
        if one is None or not one.has_cells or column in one.closed:
            return False
        if self.columns[column].compute is not None:
            return False
        return one.kind == RowKind.INPUT or not self.columns[column].adds_up

    def is_closed(self, row: str, column: str) -> bool:
        """Tell whether the cell doesn't apply, as none does in a row of words."""
        one = self.rows.get(row)
        return one is not None and (not one.has_cells or column in one.closed)

    @property
    def reckons(self) -> bool:
        """Whether any cell but those of the total row is worked out."""
        return any(one.compute for one in self.columns.values()) or len(self.addends) > 1

    def reckon(self, number: Callable[[str, str], Decimal | None]) -> Reckoned:
        """Return every figure; `number` gives those that are typed, by row and column."""
        found = Reckoned()
        for row in (*self.rows, TOTAL):
            for column in self.columns:
                self._value(row, column, number, found)
        return found

    def _value(
        self, row: str, column: str, number: Callable[[str, str], Decimal | None], found: Reckoned
    ) -> Decimal | None:
        place = (row, column)
        if place not in found.values:
            found.values[place] = None
            found.values[place] = self._worked_out(place, number, found)
        return found.values[place]

    def _worked_out(
        self, place: Place, number: Callable[[str, str], Decimal | None], found: Reckoned
    ) -> Decimal | None:
        row, column = place
        one = self.columns.get(column)
        if one is None or self.is_closed(row, column):
            return None
        if one.compute is not None:
            return self._quotient(place, one.compute, number, found)
        if self.is_typed(row, column):
            return number(row, column)
        if not one.adds_up:
            return None
        return _added([self._value(part, column, number, found) for part in self.addends[row]])

    def _quotient(
        self,
        place: Place,
        compute: Computation,
        number: Callable[[str, str], Decimal | None],
        found: Reckoned,
    ) -> Decimal | None:
        def side(ids: Sequence[str]) -> list[Decimal | None]:
            return [self._value(place[0], one, number, found) for one in ids]

        above = _less(_added(side(compute.plus)), _added(side(compute.minus)))
        if compute.way == Way.SUM or above is None:
            return above
        if compute.way == Way.MEAN:
            given = [figure for figure in side(compute.plus) if figure is not None]
            return rounded(Fraction(above) / len(given))
        below = _added(side(compute.over))
        if below is None:
            return None
        if below == 0:
            found.reasons[place] = NOTHING_BELOW
            return None
        return rounded(Fraction(above) / Fraction(below) * (100 if compute.way == Way.PERCENT else 1))

    def formula(self, row: str, column: str, key: Callable[[str, str], str]) -> Reckoning | None:
        """Return how the cell follows from typed ones, named by `key`; None where it can't."""

        def keys(places: Sequence[Place]) -> tuple[str, ...]:
            return tuple(key(*place) for place in places)

        compute = self.columns[column].compute
        if compute is None or compute.way == Way.SUM:
            plus, minus = self._terms(row, column)
        else:
            plus, minus = self._side(row, compute.plus, compute.minus)
        if not plus and not minus:
            return None
        figure = Reckoning(keys(plus), keys(minus), places=PLACES)
        if compute is None or compute.way == Way.SUM:
            return figure
        if compute.way == Way.MEAN:
            groups = [self._terms(row, part) for part in compute.plus]
            counted = tuple(keys([*up, *down]) for up, down in groups if up or down)
            return replace(figure, counted=counted)
        over, less = self._side(row, compute.over, ())
        factor = 100 if compute.way == Way.PERCENT else 1
        if not over and not less:
            return None
        return replace(figure, over=keys(over), over_minus=keys(less), factor=factor)

    def _side(
        self, row: str, plus: Sequence[str], minus: Sequence[str]
    ) -> tuple[list[Place], list[Place]]:
        up: list[Place] = []
        down: list[Place] = []
        for part in plus:
            more, less = self._terms(row, part)
            up, down = [*up, *more], [*down, *less]
        for part in minus:
            more, less = self._terms(row, part)
            up, down = [*up, *less], [*down, *more]
        return up, down

    def _terms(self, row: str, column: str) -> tuple[list[Place], list[Place]]:
        """Return the typed cells that the figure adds, and those that it takes away."""
        one = self.columns.get(column)
        if one is None or self.is_closed(row, column):
            return [], []
        if one.compute is not None:
            if one.compute.way != Way.SUM:
                return [], []
            return self._side(row, one.compute.plus, one.compute.minus)
        if self.is_typed(row, column):
            return [(row, column)], []
        if not one.adds_up:
            return [], []
        up: list[Place] = []
        down: list[Place] = []
        for part in self.addends.get(row, ()):
            more, less = self._terms(part, column)
            up, down = [*up, *more], [*down, *less]
        return up, down


def rounded(figure: Fraction) -> Decimal:
    """Return a quotient with `PLACES` places, halves away from zero."""
    scaled = abs(figure) * 10**PLACES
    whole = int(scaled + Fraction(1, 2))
    return Decimal(-whole if figure < 0 else whole).scaleb(-PLACES)


def _added(figures: Sequence[Decimal | None]) -> Decimal | None:
    given = [figure for figure in figures if figure is not None]
    return sum(given, Decimal(0)) if given else None


def _less(more: Decimal | None, less: Decimal | None) -> Decimal | None:
    if less is None:
        return more
    return (more or Decimal(0)) - less
