"""What rules see of an answer: what it is read as, and the parts of a table that they may name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from documents.blocks import Cell, EntryProblem
from questionnaire.definition import Question


class ReadAs(StrEnum):
    """What a rule reads an answer as."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    DATE = "date"
    #: Several things (options, files, rows) that a rule can only count or look for.
    LIST = "list"
    NOTHING = "nothing"


Plain = Decimal | str | bool | date | list[object] | None


@dataclass(frozen=True, slots=True)
class Named:
    """A row or a column that a rule may name by any of its names, the shortest first."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and columns of a table; `rows` is None where the units add them."""

    columns: tuple[Named, ...]
    rows: tuple[Named, ...] | None
    #: Each column's cells as a question of their own, by column id.
    cells: Mapping[str, Question]


EntryRows = Sequence[tuple[str, Mapping[str, Cell | float]]]
"""Rows of a filled table: their ids, blank for new ones, and their cells by column id."""
ReadTable = tuple[Any, list[EntryProblem]]
"""The stored value of a filled table, and what is wrong in its cells."""
