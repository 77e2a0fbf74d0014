"""Any number of several options."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from core.vietnamese import clean_text
from core.words import N_, _
from documents.blocks import Block, Cell, CellKind, Column, Total
from questionnaire.answers import is_typed
from questionnaire.definition import Question, Summing
from questionnaire.types.base import BadCell, BadValue, ReadCell, Settings, Value
from questionnaire.types.choice import Choice, count_chosen, share_rows, shares_of
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import Plain, ReadAs
from questionnaire.types.registry import register

TICK = "x"
TICKS = {"x": True, "1": True, "có": True, "": False, "0": False, "không": False}


@register
class ManyChoices(Choice):
    """Any number of several options, stored as a list of ids in the options' order."""

    key = "many_choices"
    label = N_("Chọn nhiều")
    example = N_("Ví dụ: Panô, Băng rôn, Tờ rơi")
    icon = "check-square"
    entry_hint = N_("Ghi x vào mục được chọn.")
    order = 42
    read_as = ReadAs.LIST

    def plain(self, value: Value, settings: Settings) -> Plain:
        return list(value)

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        chosen = set(form.getlist(name))
        known = [option for option in self.options(settings) if option in chosen]
        return known or None

    def parse(self, text: str, settings: Settings) -> Value:
        parts = [part for part in text.split(";") if clean_text(part)]
        chosen: set[str] = set()
        while parts:
            parts = parts[self._take_longest(parts, chosen, settings) :]
        return [option for option in self.options(settings) if option in chosen] or None

    def _take_longest(self, parts: Sequence[str], chosen: set[str], settings: Settings) -> int:
        """Add the option that the most of the first parts name, since labels may hold semicolons."""
        for count in range(len(parts), 1, -1):
            with suppress(BadValue):
                chosen.add(self.option_named(";".join(parts[:count]), settings))
                return count
        chosen.add(self.option_named(parts[0], settings))
        return 1

    def as_typed(self, value: Value, settings: Settings) -> str:
        return "; ".join(value) if isinstance(value, list) else self.as_text(value, settings)

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        given = [value for value in values if isinstance(value, list) and value]
        return shares_of(count_chosen(given), self.options(settings), len(given))

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        if question.summing != Summing.SHARE:
            return []
        return [share_rows(question, summary, by_column=True)]

    def columns(self, question: Question) -> list[Column]:
        return [
            Column(f"{question.uid}.{option}", (question.label, label), CellKind.INTEGER, "sum")
            for option, label in self.options(question.settings).items()
        ]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        options = self.options(settings)
        if self.is_empty(value) or is_typed(value):
            return [None] * len(options)
        return [int(option in value) for option in options]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        chosen = []
        for option, cell in zip(self.options(settings), cells, strict=True):
            text = "" if cell is None else clean_text(str(cell)).casefold().removesuffix(".0")
            if text not in TICKS:
                raise BadCell(_("“%(cell)s” chưa rõ. Ghi 1 nếu chọn, để trống nếu không.", cell=cell))
            if TICKS[text]:
                chosen.append(option)
        return chosen or None

    def entry_choices(self, settings: Settings) -> tuple[Cell, ...]:
        return (TICK,)

    def entry_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [TICK if cell else None for cell in self.to_cells(value, settings)]
