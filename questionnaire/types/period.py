"""A period from one date to another."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from core.vietnamese import clean_text, format_date
from core.words import N_, _
from documents.blocks import Block, Cell, CellKind, Column, Paragraph
from questionnaire.answers import is_typed, typed
from questionnaire.definition import Question, Summing
from questionnaire.types.base import (
    BadCell,
    BadValue,
    QuestionType,
    ReadCell,
    Settings,
    Value,
)
from questionnaire.types.date import BLANK_DATE
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.registry import get, register

PARTS = ("from", "to")
BETWEEN = " – "


@register
class Period(QuestionType):
    """A period, stored as {"from": ISO date, "to": ISO date}."""

    key = "period"
    label = N_("Khoảng thời gian")
    example = N_("Ví dụ: từ 01/06/2026 đến 15/06/2026")
    icon = "calendar-range"
    order = 31
    summings = (Summing.NONE,)

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        sent = [(form.getlist(f"{name}-{part}") or [""])[0] for part in PARTS]
        if not any(map(clean_text, sent)):
            return None
        return self.from_text(BETWEEN.join(sent), settings)

    def parse(self, text: str, settings: Settings) -> Value:
        if not clean_text(text):
            return None
        parts = [clean_text(part) for part in text.split(BETWEEN.strip())]
        if len(parts) != len(PARTS) or not all(parts):
            raise BadValue(_("Nhập cả ngày bắt đầu và ngày kết thúc, ví dụ 01/06/2026 và 15/06/2026."))
        dates = [get("date").parse(part, {}) for part in parts]
        return dict(zip(PARTS, dates, strict=True))

    def part(self, value: Value, place: int) -> str:
        """Return what the input for the start (0) or the end (1) shows."""
        if is_typed(value):
            return (*value["typed"].split(BETWEEN), "", "")[place].strip()
        return format_date((value or {}).get(PARTS[place]))

    def as_text(self, value: Value, settings: Settings) -> str:
        if is_typed(value):
            return str(value["typed"])
        if self.is_empty(value):
            return ""
        return BETWEEN.join(format_date(value[part]) for part in PARTS)

    def from_text(self, text: str, settings: Settings) -> Value:
        try:
            return self.parse(text, settings)
        except BadValue:
            return typed(text)

    def problems(self, value: Value, settings: Settings) -> list[str]:
        if value["from"] <= value["to"]:
            return []
        return [_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")]

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        return Summary(answered=sum(not self.is_empty(value) for value in values))

    def columns(self, question: Question) -> list[Column]:
        words = (_("Từ ngày"), _("Đến ngày"))
        return [
            Column(f"{question.uid}.{part}", (question.label, word), CellKind.DATE)
            for part, word in zip(PARTS, words, strict=True)
        ]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        if self.is_empty(value):
            return [None, None]
        if is_typed(value):
            return [self.part(value, 0) or None, self.part(value, 1) or None]
        return [date.fromisoformat(value[part]) for part in PARTS]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        given: list[Any] = [get("date").from_cells([cell], {}) for cell in cells]
        if given == [None, None]:
            return None
        if None in given:
            raise BadCell(_("Thiếu ngày bắt đầu hoặc ngày kết thúc."))
        return dict(zip(PARTS, given, strict=True))

    def blank(self, settings: Settings) -> list[Block]:
        day = _(BLANK_DATE)
        return [Paragraph(_("Từ %(start)s", start=day)), Paragraph(_("đến %(end)s", end=day))]
