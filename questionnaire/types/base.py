"""The contract of a question type: one class says all that the product knows of a kind of question.

A type is stateless and pure. It is handed its settings (a dict as stored) and a value (JSON as
stored) and changes neither. Besides a type's own values, a stored value may be
`questionnaire.answers.typed(text)` (not understood, kept as typed) or `NO_DATA`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms.fields.core import Field, UnboundField

from documents.blocks import Blank, Block, Cell, Column, EntryTable, Paragraph, Total
from questionnaire.answers import typed
from questionnaire.definition import Question, Summing
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import EntryRows, Grid, Plain, ReadAs, ReadTable
from questionnaire.types.table_merging import ApartError

Settings = Mapping[str, Any]
Value = Any
ReadCell = Cell | float
"""A cell of a filled workbook, where readers give numbers as floats too."""


class BadValue(ValueError):
    """What was typed can't be understood; the message says how to write it."""


class BadCell(ValueError):
    """A cell of a filled workbook can't be understood; the message names what stands in it."""


class BadSettings(ValueError):
    """The builder's settings don't fit together; `fields` maps a settings field to its message."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class CellInput:
    """How a cell of a table takes an answer: `control` is "text", "lines" or "select"."""

    control: str = "text"
    inputmode: str = "text"
    numeric: bool = False
    options: tuple[tuple[str, str], ...] = ()


class NoSettings:
    """The settings fields of a type that has none."""


class AnswerField(Field):
    """The form field of any question: takes what the page sends and holds the stored value."""

    def __init__(self, *, question: Question, type: "QuestionType", **kwargs: Any) -> None:
        super().__init__(question.label, **kwargs)
        self.question = question
        self.type = type

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the stored value from the posted form, or keep the one given."""
        self.errors = ()
        self.data = (
            data if formdata is None else self.type.read(formdata, self.name, self.question.settings)
        )


class QuestionType:
    """One kind of question."""

    key: ClassVar[str]
    #: What the builder calls it, marked with N_.
    label: ClassVar[str]
    #: One line with an example, marked with N_.
    example: ClassVar[str] = ""
    icon: ClassVar[str]
    #: Where the builder lists it; types of one sort stand together.
    order: ClassVar[int] = 100
    holds_answer: ClassVar[bool] = True
    #: Whether columns of tables can be of this type.
    fits_in_table: ClassVar[bool] = False
    #: Whether the answer is files, which come by upload and not with the posted form.
    is_uploaded: ClassVar[bool] = False
    #: Whether the answer is worked out by a rule and never typed.
    is_computed: ClassVar[bool] = False
    #: Whether the options are the units of the organisation, which `settings["group"]` may narrow.
    takes_units: ClassVar[bool] = False
    #: Whether answers are rows that need a sheet of their own.
    has_own_sheet: ClassVar[bool] = False
    #: What is said beside the cell that a unit fills in, marked with N_.
    entry_hint: ClassVar[str] = ""
    #: Whether the answer is a text to be read beside those of other units.
    is_narrative: ClassVar[bool] = False
    #: Whether a measuring unit makes sense.
    has_measure: ClassVar[bool] = False
    #: What a rule reads an answer as.
    read_as: ClassVar[ReadAs] = ReadAs.TEXT
    #: The ways of summing that the builder offers; the first is the default.
    summings: ClassVar[tuple[Summing, ...]] = (Summing.NONE,)
    SettingsFields: ClassVar[type] = NoSettings

    # Builder

    def default_settings(self) -> dict[str, Any]:
        """Return the settings of a new question of this type."""
        return {}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        """Return the settings to store from what the builder's form holds; raises BadSettings.

        Options, rows and columns that were in `previous` keep their ids.
        """
        return {}

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        """Return the data for the builder's form from stored settings: undoes `clean_settings`."""
        return dict(settings)

    # Input and storage

    def field(self, question: Question) -> UnboundField:
        """Return the unbound form field of `question`."""
        return UnboundField(AnswerField, question=question, type=self)

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        """Return the stored value of what the page sent under `name`; None when left blank."""
        sent = form.getlist(name)
        return self.from_text(sent[0] if sent else "", settings)

    def from_text(self, text: str, settings: Settings) -> Value:
        """Return the stored value of a typed text, kept as typed where it isn't understood."""
        try:
            return self.parse(text, settings)
        except BadValue:
            return typed(text)

    def parse(self, text: str, settings: Settings) -> Value:
        """Return the stored value of a typed text, None for a blank one; raises BadValue."""
        raise NotImplementedError

    def to_json(self, data: Any) -> Value:
        """Return a Python value (int, Decimal, date …) as it is stored."""
        return data

    def from_json(self, value: Value) -> Any:
        """Return a stored value as a Python value; undoes `to_json`."""
        return value

    def is_empty(self, value: Value) -> bool:
        """Tell whether nothing was answered; 0, False and "không có số liệu" are answers."""
        return value is None or value == "" or value == [] or value == {}

    def merge(self, before: Value, mine: Value, theirs: Value) -> Value:
        """Return an answer with two edits of `before` in it; raises ApartError where only one fits."""
        raise ApartError

    def cell_input(self, settings: Settings) -> CellInput:
        """Return how a cell of a table takes an answer of this type."""
        return CellInput()

    # Words

    def as_text(self, value: Value, settings: Settings) -> str:
        """Return the answer as a person reads it; blank for none."""
        raise NotImplementedError

    def as_typed(self, value: Value, settings: Settings) -> str:
        """Return the text that an input box shows, which `parse` takes back."""
        return self.as_text(value, settings)

    # Rules

    def plain(self, value: Value, settings: Settings) -> Plain:
        """Return an understood answer that isn't empty as rules read it, of the kind `read_as`."""
        return self.as_text(value, settings) or None

    def from_rule(self, result: Any, settings: Settings) -> Value:
        """Return what a rule has worked out as the type stores it; None for blank."""
        return self.to_json(result)

    def options(self, settings: Settings) -> dict[str, str]:
        """Return the labels of the options by id, in order."""
        return {}

    def catalogues(self, settings: Settings) -> dict[str, Sequence[Mapping[str, Any]]]:
        """Return the lists that a table may take as rows or columns, by what they are.

        Each line of a list is as a table stores its rows, without an id.
        """
        options = [{"label": label} for label in self.options(settings).values()]
        return {"options": options} if options else {}

    def grid(self, settings: Settings) -> Grid | None:
        """Return the rows and columns, if the answer is a table."""
        return None

    def filled_rows(self, value: Value, settings: Settings) -> list[tuple[str, Mapping[str, Value]]]:
        """Return each filled row of a table's answer: its id, and its cells by column id."""
        return []

    def carried(self, earlier: Mapping[str, Value], settings: Settings) -> Value:
        """Return what is taken from the answers of earlier rounds; None for nothing."""
        return None

    # Check

    def problems(self, value: Value, settings: Settings) -> list[str]:
        """Return what is wrong with an answer that isn't empty, in sentences for the person."""
        return []

    def doubt(self, value: Value, before: Value, settings: Settings) -> str:
        """Return why an answer is doubted beside that of the round before; blank if it isn't.

        Neither is empty.
        """
        return ""

    # Summary

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        """Sum up stored values, blank ones among them; accepts nothing, changes nothing."""
        raise NotImplementedError

    def added(self, values: Sequence[Value], question: Question) -> Value:
        """Return the one answer of several units together; None where theirs can't be added.

        None of `values` is empty.
        """
        return None

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        """Return how the question stands in the summary sheet: totals, or blocks of its own."""
        return []

    # Excel

    def columns(self, question: Question) -> list[Column]:
        """Return the columns of the question in the sheet with one row per unit."""
        raise NotImplementedError

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        """Return the cells of one answer, as many as `columns`."""
        raise NotImplementedError

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        """Return the stored value of cells read from a workbook; raises BadCell."""
        raise NotImplementedError

    def cell_maker(self, question: Question) -> Callable[[Value], Sequence[Cell]]:
        """Return `to_cells` for the answers to `question`, with what is the same for all done once."""
        settings = question.settings
        return lambda value: self.to_cells(value, settings)

    def sheet_columns(self, question: Question) -> list[Column]:
        """Return the columns of the type's own sheet, if it has one."""
        return []

    def sheet_rows(self, value: Value, question: Question) -> list[list[Cell]]:
        """Return the rows of one answer in the type's own sheet."""
        return []

    # Excel, as units fill it in

    def entry_choices(self, settings: Settings) -> tuple[Cell, ...]:
        """Return what a drop-down list in a cell offers; none where anything may be typed."""
        return tuple(label for _key, label in self.cell_input(settings).options)

    def entry_cells(self, value: Value, settings: Settings) -> list[Cell]:
        """Return the cells of an answer as a unit fills them in, which `from_cells` takes back."""
        return self.to_cells(value, settings)

    def entry_table(self, value: Value, question: Question) -> EntryTable | None:
        """Return one answer as a table on a sheet of its own, if it is one."""
        return None

    def from_entry_rows(self, rows: EntryRows, settings: Settings) -> ReadTable:
        """Return the stored value of the rows of such a table, with what is wrong in its cells."""
        raise NotImplementedError

    # Word

    def to_blocks(self, value: Value, settings: Settings) -> list[Block]:
        """Return the answer for a document; None gives the blank place of a printed form."""
        if value is None:
            return self.blank(settings)
        return [Paragraph(self.as_text(value, settings))]

    def blank(self, settings: Settings) -> list[Block]:
        """Return where the answer is written on a printed form."""
        return [Blank()]

    def words(self, question: Question) -> list[Block]:
        """Return what is only read, as documents have it; nothing where there is an answer."""
        return []
