"""What the workbook is made of in which a unit fills in its report, and what is read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents.blocks import Cell, EntryColumn, EntryTable, EntryUse
from documents.sheets import Place, SheetCell

KIND = "tong-hop-response"
"""What stands in the first cell of the hidden sheet, and so tells such a workbook."""
LINES, TABLE = "lines", "table"
"""What stands, with a uid, in the first cell of a sheet with questions or with a table."""
BODY = "#"
"""What stands in the hidden column of the last row above the rows of a table."""
ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of a section's sheet: a question or a part of one, or words only.

    `key` is the question's uid with the place of the cell among its cells, as "uid.0".
    """

    label: str
    number: str = ""
    key: str = ""
    column: EntryColumn | None = None
    use: EntryUse = EntryUse.NONE
    value: Cell = None
    measure: str = ""
    hint: str = ""
    #: The uid of the table that the line leads to.
    table: str = ""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A question that is a table, on a sheet of its own."""

    uid: str
    number: str
    label: str
    hint: str
    table: EntryTable


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """A section of the form, and its tables."""

    uid: str
    title: str
    intro: str
    lines: Sequence[EntryLine]
    tables: Sequence[TableSheet]


@dataclass(frozen=True, slots=True)
class Base:
    """How an answer stood when the workbook was made."""

    rev: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ResponseBook:
    """The whole workbook; `facts` say whose report it is."""

    title: str
    unit: str
    remarks: Sequence[str]
    facts: Mapping[str, str]
    bases: Mapping[str, Base]
    sections: Sequence[SectionSheet]


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell of a filled workbook, and where it stands."""

    sheet: str
    place: Place
    cell: SheetCell


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a filled table: its id, blank for a new one, and its cells by column id."""

    key: str
    row: int
    cells: Mapping[str, SheetCell]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A filled table."""

    sheet: str
    #: The number of each column, from 1, by its id.
    columns: Mapping[str, int]
    rows: Sequence[FoundRow]


@dataclass(slots=True)
class FilledBook:
    """What was read from a filled workbook."""

    facts: dict[str, str] = field(default_factory=dict)
    bases: dict[str, Base] = field(default_factory=dict)
    #: The cells of questions by "uid.0", and tables by uid.
    cells: dict[str, FoundCell] = field(default_factory=dict)
    tables: dict[str, FoundTable] = field(default_factory=dict)
    #: The sheets on which something stands a second time.
    repeated: dict[str, str] = field(default_factory=dict)
