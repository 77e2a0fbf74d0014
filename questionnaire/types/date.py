"""A date."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from core.vietnamese import clean_text, format_date, parse_date
from core.words import N_, _
from documents.blocks import Block, Cell, CellKind, Column, Paragraph
from questionnaire.answers import is_typed
from questionnaire.definition import Question, Summing
from questionnaire.types.base import (
    BadCell,
    BadValue,
    CellInput,
    QuestionType,
    ReadCell,
    Settings,
    Value,
)
from questionnaire.types.figures import Summary
from questionnaire.types.reading import Plain, ReadAs
from questionnaire.types.registry import register

BLANK_DATE = N_("ngày …… tháng …… năm …………")


@register
class Date(QuestionType):
    """A date, stored in ISO form."""

    key = "date"
    label = N_("Ngày")
    example = N_("Ví dụ 05/12/2026")
    icon = "calendar"
    order = 30
    fits_in_table = True
    read_as = ReadAs.DATE
    summings = (Summing.NONE,)

    def parse(self, text: str, settings: Settings) -> Value:
        text = clean_text(text)
        if not text:
            return None
        try:
            return parse_date(text).isoformat()
        except ValueError as error:
            raise BadValue(str(error)) from None

    def to_json(self, data: Any) -> Value:
        return data.isoformat() if isinstance(data, date) else data

    def from_json(self, value: Value) -> Any:
        return date.fromisoformat(value) if isinstance(value, str) else value

    def cell_input(self, settings: Settings) -> CellInput:
        return CellInput(inputmode="numeric")

    def as_text(self, value: Value, settings: Settings) -> str:
        return str(value["typed"]) if is_typed(value) else format_date(value)

    def plain(self, value: Value, settings: Settings) -> Plain:
        return date.fromisoformat(value)

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        return Summary(answered=sum(not self.is_empty(value) for value in values))

    def columns(self, question: Question) -> list[Column]:
        return [Column(question.uid, (question.label,), CellKind.DATE)]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        if isinstance(value, str):
            return [date.fromisoformat(value)]
        return [self.as_text(value, settings) or None]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        cell = cells[0]
        if isinstance(cell, datetime):
            return cell.date().isoformat()
        if isinstance(cell, date):
            return cell.isoformat()
        if cell is not None and not isinstance(cell, str):
            raise BadCell(_("“%(cell)s” không phải ngày.", cell=cell))
        try:
            return self.parse(cell or "", settings)
        except BadValue as error:
            raise BadCell(str(error)) from None

    def blank(self, settings: Settings) -> list[Block]:
        return [Paragraph(_(BLANK_DATE))]
