"""One of several options."""

from collections.abc import Iterable, Sequence

from core.vietnamese import clean_text
from core.words import N_
from documents.blocks import Cell, CellKind, Column
from questionnaire.definition import Question
from questionnaire.types.base import BadCell, BadValue, CellInput, ReadCell, Settings, Value
from questionnaire.types.choice import Choice, count_chosen, shares_of
from questionnaire.types.figures import Summary
from questionnaire.types.registry import register


@register
class OneChoice(Choice):
    """One of several options, stored as its id."""

    key = "one_choice"
    label = N_("Chọn một")
    example = N_("Ví dụ: Tốt, Khá, Trung bình")
    icon = "circle-dot"
    order = 41
    fits_in_table = True

    def parse(self, text: str, settings: Settings) -> Value:
        return self.option_named(text, settings) if clean_text(text) else None

    def cell_input(self, settings: Settings) -> CellInput:
        return CellInput(control="select", options=tuple(self.options(settings).items()))

    def as_typed(self, value: Value, settings: Settings) -> str:
        return value if isinstance(value, str) else self.as_text(value, settings)

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        given = [value for value in values if isinstance(value, str) and value]
        counts = count_chosen([value] for value in given)
        return shares_of(counts, self.options(settings), len(given))

    def columns(self, question: Question) -> list[Column]:
        return [Column(question.uid, (question.label,), CellKind.TEXT, question.summing)]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [self.as_text(value, settings) or None]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        if cells[0] is None:
            return None
        try:
            return self.parse(str(cells[0]), settings)
        except BadValue as error:
            raise BadCell(str(error)) from None
