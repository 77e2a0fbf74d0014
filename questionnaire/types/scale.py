"""A score on a scale of whole points."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional

from core.vietnamese import clean_text
from core.words import N_, _
from documents.blocks import Block, Cell, CellKind, Paragraph
from questionnaire.definition import Summing
from questionnaire.types.base import Settings, Value
from questionnaire.types.choice import BOX
from questionnaire.types.numeric import Number
from questionnaire.types.registry import register

FEWEST, MOST, USUAL = 3, 10, 5


class ScaleSettings:
    """How many points there are, and what both ends mean."""

    points = IntegerField(
        N_("Số điểm cao nhất"), validators=[Optional(), NumberRange(FEWEST, MOST)]
    )
    low = StringField(N_("Điểm 1 nghĩa là"), validators=[Length(max=60)])
    high = StringField(N_("Điểm cao nhất nghĩa là"), validators=[Length(max=60)])


@register
class Scale(Number):
    """A score from 1 to the highest point, stored as a whole number."""

    key = "scale"
    label = N_("Thang điểm")
    example = N_("Ví dụ: 1 (kém) đến 5 (tốt)")
    icon = "gauge"
    order = 43
    kind = CellKind.INTEGER
    fits_in_table = False
    has_measure = False
    summings = (Summing.MEAN, Summing.MIN, Summing.MAX, Summing.NONE)
    SettingsFields = ScaleSettings

    def default_settings(self) -> dict[str, Any]:
        return {"points": USUAL, "low": "", "high": ""}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        return {
            "points": data.get("points") or USUAL,
            "low": clean_text(data.get("low") or ""),
            "high": clean_text(data.get("high") or ""),
        }

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        return dict(settings)

    def points(self, settings: Settings) -> Sequence[int]:
        """Return the points that can be given."""
        return range(1, int(settings.get("points") or USUAL) + 1)

    def entry_choices(self, settings: Settings) -> tuple[Cell, ...]:
        return tuple(self.points(settings))

    def problems(self, value: Value, settings: Settings) -> list[str]:
        most = len(self.points(settings))
        if isinstance(value, dict) or value in self.points(settings):
            return []
        return [_("Chọn điểm từ 1 đến %(most)d.", most=most)]

    def to_blocks(self, value: Value, settings: Settings) -> list[Block]:
        if not isinstance(value, int):
            return super().to_blocks(value, settings)
        return [Paragraph(f"{value} / {len(self.points(settings))}")]

    def blank(self, settings: Settings) -> list[Block]:
        points = [f"{BOX} {point}" for point in self.points(settings)]
        ends = [settings.get("low") or "", *points, settings.get("high") or ""]
        return [Paragraph("    ".join(part for part in ends if part))]
