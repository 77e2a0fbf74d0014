"""What the summary workbook is made of, before it is a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from documents.blocks import Block, Cell, Column, Total


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues the workbook: the two lines of its heading, and its place."""

    parent: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its report; one that hasn't submitted has no cells.

    `lists` holds the rows of free tables, `texts` the narratives, both by question uid.
    """

    code: str
    name: str
    group: str
    state: str
    submitted_at: datetime | None = None
    cells: Sequence[Cell] = ()
    lists: Mapping[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowList:
    """A free table: the rows of all units make a sheet."""

    uid: str
    title: str
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A question whose answers are read one beside the other."""

    uid: str
    title: str


@dataclass(frozen=True, slots=True)
class Note:
    """What stands behind columns of the unit sheet."""

    keys: Sequence[str]
    number: str
    code: str
    text: str
    type: str
    measure: str
    #: The number of the version that brought the question, and of the one that took it away.
    added: int
    hidden: int | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A question in the summary sheet: figures, or tables of its own."""

    number: str
    label: str
    measure: str
    answered: int
    blocks: Sequence[Block | Total]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of a form in the summary sheet."""

    title: str
    indicators: Sequence[Indicator]


@dataclass(frozen=True, slots=True)
class FormPart:
    """One form of the round. `rows` is read once; `chapters` is asked for after that.

    `hidden` holds the places of the columns before the questions that aren't shown.
    """

    title: str
    columns: Sequence[Column]
    row_lists: Sequence[RowList]
    narratives: Sequence[Narrative]
    notes: Sequence[Note]
    rows: Iterable[UnitRow]
    chapters: Callable[[], Sequence[Chapter]]
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reminder:
    """A unit whose report is missing, late, returned, or due later, and whom to call."""

    code: str
    name: str
    group: str
    form: str
    state: str
    due_at: datetime | None
    submitted_at: datetime | None
    remark: str
    phone: str
    people: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many reports are where, and how many of each group have come and are missing."""

    counts: Sequence[tuple[str, int]] = ()
    groups: Sequence[tuple[str, int, int]] = ()


@dataclass(frozen=True, slots=True)
class SummaryBook:
    """The whole workbook; what can be called is asked for once all rows have been read.

    `signer` is the office of whoever signs, such as "Giám đốc".
    """

    office: Office
    day: date
    title: str
    basis: str
    control: Callable[[], str]
    forms: Sequence[FormPart]
    reminders: Callable[[], Iterable[Reminder]]
    progress: Callable[[], Progress] = Progress
    signer: str = ""
