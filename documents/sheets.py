"""What was read from the sheets of a workbook: plain cells, by row and column from 1."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Place = tuple[int, int]
"""A cell by its row and column, from 1."""
Area = tuple[int, int, int, int]
"""Cells from a top row and left column to a bottom row and right column."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text as a person reads it, and what Excel knows of it."""

    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    #: What it is worked out by, with its "=".
    formula: str = ""
    #: How Excel shows numbers, such as "0.00".
    format: str = "General"
    #: How far the text is moved to the right, in steps or leading spaces.
    indent: int = 0
    #: The text with its line breaks, where it has any.
    lines: str = ""
    truth: bool | None = None


BLANK = SheetCell()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; cells that hold nothing aren't there."""

    title: str
    cells: Mapping[Place, SheetCell]
    merges: tuple[Area, ...] = ()
    #: Areas whose cells take one of these choices.
    choices: tuple[tuple[Area, tuple[str, ...]], ...] = ()
    hidden: bool = False
    _tops: dict[Place, Area] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for area in self.merges:
            top, left, bottom, right = area
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._tops[row, column] = area

    def at(self, row: int, column: int) -> SheetCell:
        """Return what stands in a cell; in a merged one, only its first cell holds anything."""
        return self.cells.get((row, column), BLANK)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        return self.at(row, column).text

    def merged(self, row: int, column: int) -> Area | None:
        """Return the merged area that a cell belongs to, if any."""
        return self._tops.get((row, column))

    def choices_at(self, row: int, column: int) -> tuple[str, ...]:
        """Return the choices that a cell offers, none where it takes anything."""
        for (top, left, bottom, right), options in self.choices:
            if top <= row <= bottom and left <= column <= right:
                return options
        return ()

    @property
    def last_row(self) -> int:
        """The last row in which something stands, 0 for none."""
        return max((row for row, _column in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column in which something stands, 0 for none."""
        return max((column for _row, column in self.cells), default=0)


def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, such as B7."""
    return f"{column_letters(column)}{row}"
