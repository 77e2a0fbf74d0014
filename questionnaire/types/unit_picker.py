"""One or several units of the organisation."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectField

from core.words import N_, _
from documents.blocks import Blank, Block, Cell, Column, Total
from questionnaire.definition import Question, Summing
from questionnaire.types.base import BadCell, BadValue, ReadCell, Settings, Value
from questionnaire.types.figures import Summary
from questionnaire.types.many_choices import ManyChoices
from questionnaire.types.registry import register


class UnitPickerSettings:
    """Among which units, and how many may be chosen."""

    group = SelectField(N_("Trong nhóm"), choices=[], validate_choice=False)
    several = BooleanField(N_("Chọn được nhiều đơn vị"))


@register
class UnitPicker(ManyChoices):
    """Units, stored as a list of option ids; the options are the units at publication."""

    key = "unit_picker"
    label = N_("Chọn đơn vị")
    example = N_("Ví dụ: đơn vị phối hợp")
    icon = "building-2"
    entry_hint = N_("Nhiều đơn vị thì cách nhau bằng dấu chấm phẩy.")
    order = 45
    takes_units = True
    summings = (Summing.LIST, Summing.NONE)
    SettingsFields = UnitPickerSettings

    def default_settings(self) -> dict[str, Any]:
        return {"group": "", "several": False}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        frozen = {"options": previous["options"]} if "options" in previous else {}
        return {"group": data.get("group") or "", "several": bool(data.get("several")), **frozen}

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        return {"group": settings.get("group", ""), "several": settings.get("several", False)}

    def problems(self, value: Value, settings: Settings) -> list[str]:
        if len(value) > 1 and not settings.get("several"):
            return [_("Chỉ chọn một đơn vị.")]
        return super().problems(value, settings)

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        return []

    def blank(self, settings: Settings) -> list[Block]:
        return [Blank(3)] if settings.get("several") else [Blank()]

    def columns(self, question: Question) -> list[Column]:
        return [Column(question.uid, (question.label,))]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [self.as_text(value, settings) or None]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        try:
            return self.parse("" if cells[0] is None else str(cells[0]), settings)
        except BadValue as error:
            raise BadCell(str(error)) from None

    def entry_choices(self, settings: Settings) -> tuple[Cell, ...]:
        return () if settings.get("several") else tuple(self.options(settings).values())

    def entry_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return self.to_cells(value, settings)
