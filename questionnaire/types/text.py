"""What both kinds of text share."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from core.vietnamese import clean_text, format_date
from core.words import N_, _
from documents.blocks import Blank, Block, Cell, CellKind, Column
from questionnaire.answers import is_typed
from questionnaire.definition import Question, Summing
from questionnaire.types.base import (
    BadSettings,
    CellInput,
    QuestionType,
    ReadCell,
    Settings,
    Value,
)
from questionnaire.types.figures import Summary

LONGEST = 20_000
LINES_TO_WRITE_ON = 5


class TextSettings:
    """How long the text may be."""

    shortest = IntegerField(
        N_("Ít nhất bao nhiêu ký tự"),
        validators=[Optional(), NumberRange(1, LONGEST)],
    )
    longest = IntegerField(
        N_("Nhiều nhất bao nhiêu ký tự"),
        validators=[Optional(), NumberRange(1, LONGEST)],
    )


class Text(QuestionType):
    """The parent of texts."""

    lines: ClassVar[bool] = False
    default_longest: ClassVar[int] = 300
    fits_in_table = True
    is_narrative = True
    summings = (Summing.LIST, Summing.NONE)
    SettingsFields = TextSettings

    def default_settings(self) -> dict[str, Any]:
        return {"shortest": None, "longest": self.default_longest}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        shortest, longest = data.get("shortest"), data.get("longest") or self.default_longest
        if shortest and shortest > longest:
            raise BadSettings({"shortest": _("Không được lớn hơn số ký tự nhiều nhất.")})
        return {"shortest": shortest, "longest": longest}

    def parse(self, text: str, settings: Settings) -> Value:
        return clean_text(text, lines=self.lines)[:LONGEST] or None

    def cell_input(self, settings: Settings) -> CellInput:
        return CellInput(control="lines" if self.lines else "text")

    def as_text(self, value: Value, settings: Settings) -> str:
        return value["typed"] if is_typed(value) else value or ""

    def problems(self, value: Value, settings: Settings) -> list[str]:
        longest = settings.get("longest") or LONGEST
        shortest = settings.get("shortest") or 0
        if len(value) < shortest:
            return [
                _(
                    "Mới có %(length)d ký tự; ít nhất %(shortest)d. Hãy ghi đầy đủ hơn.",
                    length=len(value),
                    shortest=shortest,
                )
            ]
        if len(value) <= longest:
            return []
        return [
            _(
                "Dài %(length)d ký tự; nhiều nhất %(longest)d. Hãy viết gọn lại.",
                length=len(value),
                longest=longest,
            )
        ]

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        return Summary(answered=sum(not self.is_empty(value) for value in values))

    def columns(self, question: Question) -> list[Column]:
        return [Column(question.uid, (question.label,), CellKind.TEXT)]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [self.as_text(value, settings) or None]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        cell = cells[0]
        if isinstance(cell, date | datetime):
            return format_date(cell)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return self.parse("" if cell is None else str(cell), settings)

    def blank(self, settings: Settings) -> list[Block]:
        return [Blank(LINES_TO_WRITE_ON if self.lines else 1)]
