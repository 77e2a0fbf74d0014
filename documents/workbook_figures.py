"""Figures over the columns of a sheet: live formulas, with the values that they have now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from documents.blocks import Cell, Column, Reckoning
from documents.workbook_cells import Formula

FUNCTIONS = {"sum": "SUM", "mean": "AVERAGE", "min": "MIN", "max": "MAX"}
ROWS_AT_ONCE = 256
MOST_ARGUMENTS = 200
LONGEST_LITERAL = 200

Number = int | Decimal


@dataclass(slots=True)
class Figure:
    """What is known of the numbers of one column so far."""

    count: int = 0
    total: Number = 0
    least: Number | None = None
    most: Number | None = None

    def take(self, numbers: Sequence[Number]) -> None:
        """Add numbers, of which there is at least one."""
        self.count += len(numbers)
        self.total += sum(numbers)
        least, most = min(numbers), max(numbers)
        self.least = least if self.least is None else min(self.least, least)
        self.most = most if self.most is None else max(self.most, most)

    def take_figure(self, other: "Figure") -> None:
        """Add the numbers that `other` has seen."""
        if other.least is None or other.most is None:
            return
        self.take([other.least, other.most])
        self.count += other.count - 2
        self.total += other.total - other.least - other.most

    def value(self, summing: str) -> Number | None:
        """Return the figure; none where there were no numbers."""
        if not self.count:
            return None
        if summing == "mean":
            return Decimal(self.total) / self.count
        return {"sum": self.total, "min": self.least, "max": self.most}[summing]


@dataclass(slots=True)
class Figures:
    """The figures of all columns that have one, group by group."""

    columns: Sequence[Column]
    groups: dict[str, dict[int, Figure]] = field(default_factory=dict)
    _places: list[int] = field(default_factory=list)
    _group: str = ""
    _rows: list[Sequence[Cell]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._places = [
            place for place, column in enumerate(self.columns) if column.summing in FUNCTIONS
        ]

    def take(self, group: str, cells: Sequence[Cell]) -> None:
        """Add a row of `group`, whose cells may all be missing."""
        if group != self._group or len(self._rows) >= ROWS_AT_ONCE:
            self._count_in()
        self._group = group
        self.groups.setdefault(group, {})
        if cells:
            self._rows.append(cells)

    def of_group(self, group: str, place: int) -> Number | None:
        """Return the figure of the column at `place` over one group."""
        self._count_in()
        figure = self.groups[group].get(place, Figure())
        return figure.value(self.columns[place].summing)

    def of_all(self, place: int) -> Number | None:
        """Return the figure of the column at `place` over all rows."""
        self._count_in()
        whole = Figure()
        for figures in self.groups.values():
            whole.take_figure(figures.get(place, Figure()))
        return whole.value(self.columns[place].summing)

    def _count_in(self) -> None:
        if not self._rows:
            return
        figures = self.groups[self._group]
        for place in self._places:
            numbers = [
                value
                for row in self._rows
                if (value := row[place]) is not None and isinstance(value, int | Decimal)
            ]
            if numbers:
                figures.setdefault(place, Figure()).take(numbers)
        self._rows.clear()


def over_area(summing: str, area: str, value: Number | None) -> Formula:
    """Return the figure over one area; while nobody has answered it stays blank, and not 0."""
    text = f"{FUNCTIONS[summing]}({area})"
    if value is None:
        text = f'IF(COUNT({area})=0,"",{text})'
    return Formula(text, value)


def over_group(
    summing: str, area: str, where: tuple[str, str], cell: str, value: Number | None
) -> Formula:
    """Return the figure over the rows of a group, to stand in `cell`.

    `where` holds the area of the groups' names, and the cell with the name of this one. Nothing
    depends on the order of the rows, so that people may sort them.
    """
    names, name = where
    numbers = f"SUMPRODUCT(--({names}={name}),--ISNUMBER({area}))"
    if summing in {"min", "max"}:
        text = f"{FUNCTIONS[summing]}(IF(({names}={name})*ISNUMBER({area}),{area}))"
        return Formula(f'IF({numbers}=0,"",{text})', value, array_at=cell)
    text = f"SUMPRODUCT(--({names}={name}),{area})"
    if summing == "mean":
        text = f"{text}/{numbers}"
    return Formula(f'IF({numbers}=0,"",{text})', value)


def over_cells(cells: Sequence[str], value: Number | None) -> Formula:
    """Return the sum of single cells, of which there may be more than a function takes."""
    text = _in_parts("SUM", cells)
    if value is None and len(cells) <= MOST_ARGUMENTS:
        text = f'IF(COUNT({",".join(cells)})=0,"",{text})'
    return Formula(text, value)


def reckoned(
    reckoning: Reckoning, cell_of: Callable[[str], str], value: Number | None
) -> Formula:
    """Return a figure made of the sums of columns; blank where there is nothing to divide by."""

    def cells(keys: Sequence[str]) -> list[str]:
        return [cell_of(key) for key in keys]

    plus, minus = cells(reckoning.plus), cells(reckoning.minus)
    above = _difference(plus, minus)
    given = f"{_count([*plus, *minus])}=0"
    if reckoning.counted:
        below = "+".join(f"({_count(cells(group))}>0)" for group in reckoning.counted)
        return Formula(f'IF({given},"",ROUND(({above})/({below}),{reckoning.places}))', value)
    if not reckoning.over and not reckoning.over_minus:
        return Formula(f'IF({given},"",{above})', value)
    below = _difference(cells(reckoning.over), cells(reckoning.over_minus))
    share = f"({above})*{reckoning.factor}/({below})"
    return Formula(f'IF(OR({given},{below}=0),"",ROUND({share},{reckoning.places}))', value)


def _difference(plus: Sequence[str], minus: Sequence[str]) -> str:
    more = _in_parts("SUM", plus) if plus else "0"
    return f"{more}-({_in_parts('SUM', minus)})" if minus else more


def _count(cells: Sequence[str]) -> str:
    return f"({_in_parts('COUNT', cells)})"


def _in_parts(function: str, cells: Sequence[str]) -> str:
    """Return a function over more cells than it may take at once."""
    return "+".join(
        f"{function}({','.join(cells[start : start + MOST_ARGUMENTS])})"
        for start in range(0, len(cells), MOST_ARGUMENTS)
    )


def counting(area: str, criterion: str, value: Number | None) -> Formula:
    """Return how many cells of `area` read `criterion`."""
    parts = [
        criterion[start : start + LONGEST_LITERAL].replace('"', '""')
        for start in range(0, len(criterion), LONGEST_LITERAL)
    ]
    literal = "&".join(f'"{part}"' for part in parts or [""])
    return Formula(f"SUMPRODUCT(--({area}={literal}))", value)
