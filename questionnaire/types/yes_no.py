"""Yes or no."""

from collections.abc import Iterable, Sequence

from core.vietnamese import clean_text, search_key
from core.words import N_, _
from documents.blocks import Block, Cell, CellKind, Column, Total
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
from questionnaire.types.choice import boxes, share_rows, shares_of
from questionnaire.types.figures import Summary
from questionnaire.types.reading import Plain, ReadAs
from questionnaire.types.registry import register

YES, NO = N_("Có"), N_("Không")
WORDS = {"co": True, "yes": True, "x": True, "1": True, "khong": False, "no": False, "0": False}


@register
class YesNo(QuestionType):
    """Yes or no, stored as true or false."""

    key = "yes_no"
    label = N_("Có / Không")
    example = N_("Ví dụ: Đã ban hành kế hoạch?")
    icon = "toggle-left"
    order = 40
    fits_in_table = True
    read_as = ReadAs.TRUTH
    summings = (Summing.SHARE, Summing.NONE)

    def parse(self, text: str, settings: Settings) -> Value:
        text = clean_text(text)
        if not text:
            return None
        if (key := search_key(text)) in WORDS:
            return WORDS[key]
        raise BadValue(_("“%(text)s” chưa rõ. Nhập Có hoặc Không.", text=text[:60]))

    def cell_input(self, settings: Settings) -> CellInput:
        return CellInput(control="select", options=(("1", _(YES)), ("0", _(NO))))

    def as_text(self, value: Value, settings: Settings) -> str:
        if is_typed(value):
            return str(value["typed"])
        return "" if value is None else _(YES) if value else _(NO)

    def as_typed(self, value: Value, settings: Settings) -> str:
        if value is None or is_typed(value):
            return self.as_text(value, settings)
        return "1" if value else "0"

    def plain(self, value: Value, settings: Settings) -> Plain:
        return bool(value)

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        given = [value for value in values if isinstance(value, bool)]
        counts = {"1": sum(given), "0": len(given) - sum(given)}
        return shares_of(counts, {"1": _(YES), "0": _(NO)}, len(given))

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        if question.summing != Summing.SHARE:
            return []
        return [share_rows(question, summary)]

    def columns(self, question: Question) -> list[Column]:
        return [Column(question.uid, (question.label,), CellKind.TEXT, question.summing)]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [self.as_text(value, settings) or None]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        cell = cells[0]
        if isinstance(cell, bool) or cell is None:
            return cell
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        try:
            return self.parse(text, settings)
        except BadValue as error:
            raise BadCell(str(error)) from None

    def blank(self, settings: Settings) -> list[Block]:
        return boxes([_(YES), _(NO)])
