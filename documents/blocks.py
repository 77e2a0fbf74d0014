"""The neutral things that question types hand to writers: cells, columns, paragraphs and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

Cell = str | int | Decimal | date | datetime | None
"""The value of one cell; its column says how it looks. None is blank."""


class CellKind(StrEnum):
    """How the cells of a column look and what they hold."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet with one row per unit.

    `key` is unique in the sheet: the question's uid, or `uid.row.column` for a cell of a table.
    `headings` go from the question down to the leaf. `summing` is a `Summing` value.
    """

    key: str
    headings: tuple[str, ...]
    kind: CellKind = CellKind.TEXT
    summing: str = "none"
    measure: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A figure out of the sums of columns: `plus` less `minus`, through something.

    It is divided by `over` less `over_minus`, or by how many of the `counted` groups of columns
    hold a number; quotients are multiplied by `factor` and rounded to `places`.
    """

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    over_minus: tuple[str, ...] = ()
    counted: tuple[tuple[str, ...], ...] = ()
    factor: int = 1
    places: int = 2


@dataclass(frozen=True, slots=True)
class Total:
    """A figure over columns of the unit sheet: a live formula there, with its value kept.

    `summing` is a `Summing` value over one column; "sum" may run over several. "share" counts the
    cells that read `criterion`. With a `reckoning` it says how the figure comes about.
    """

    columns: tuple[str, ...]
    summing: str
    value: int | Decimal | None = None
    kind: CellKind = CellKind.INTEGER
    decimals: int = 0
    criterion: str = ""
    reckoning: Reckoning | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    shape: ClassVar[str] = "title"

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; line breaks inside are kept.

    `lead` goes before the text and stands out, as a question does before a short answer.
    """

    shape: ClassVar[str] = "text"

    text: str
    bold: bool = False
    italic: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """Dotted lines to write on by hand, after `lead` and before `after`, such as "%"."""

    shape: ClassVar[str] = "dots"

    lines: int = 1
    lead: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table head, which may cover several columns and rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head rows of `HeadCell`, body rows of cells or totals."""

    shape: ClassVar[str] = "grid"

    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[tuple[Cell | Total, ...], ...]
    #: Rows to stand out, such as totals, by index.
    strong_rows: frozenset[int] = frozenset()
    #: The columns, from 0, whose cells are figures and stand on the right.
    figures: frozenset[int] = frozenset()


class EntryUse(StrEnum):
    """What may be done with a cell of a workbook that a unit fills in."""

    OPEN = "open"
    #: To be read only: worked out, or not to be given in a cell.
    READ = "read"
    #: Doesn't apply.
    CLOSED = "closed"
    #: Nothing stands there.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """What cells of a workbook that a unit fills in take; `choices` make a drop-down list."""

    key: str
    kind: CellKind = CellKind.TEXT
    decimals: int = 0
    choices: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryCell:
    """A cell of a table to fill in; a `reckoning` names cells as "row.column"."""

    use: EntryUse
    value: Cell = None
    reckoning: Reckoning | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row of a table to fill in: what names it, and its cells; `key` is its id."""

    key: str
    leads: tuple[str, ...]
    cells: tuple[EntryCell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class EntryTable:
    """A table to fill in, under its head; `most_rows` for one to which rows are added."""

    head: tuple[tuple[HeadCell, ...], ...]
    leads: int
    columns: tuple[EntryColumn, ...]
    rows: tuple[EntryRow, ...]
    most_rows: int = 0


@dataclass(frozen=True, slots=True)
class EntryProblem:
    """What is wrong in a filled table: the place of its row from 0, the column's key, a sentence."""

    row: int
    column: str
    message: str


Block = Heading | Paragraph | Blank | Table
Blocks = Sequence[Block]
