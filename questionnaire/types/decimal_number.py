"""A number with decimal places."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from core.words import N_
from documents.blocks import CellKind
from questionnaire.types.base import Settings, Value
from questionnaire.types.numeric import Number, NumberSettings, decimal_number
from questionnaire.types.registry import register

MOST_PLACES = 6


class DecimalSettings(NumberSettings):
    """How many places, and between which numbers."""

    places = IntegerField(
        N_("Số chữ số sau dấu phẩy"), validators=[Optional(), NumberRange(1, MOST_PLACES)]
    )


@register
class DecimalNumber(Number):
    """A number with decimal places, stored as its canonical text."""

    key = "decimal"
    label = N_("Số thập phân")
    example = N_("Đo được, ví dụ 12,5 km")
    icon = "sigma"
    order = 21
    kind = CellKind.DECIMAL
    SettingsFields = DecimalSettings

    def default_settings(self) -> dict[str, Any]:
        return {**super().default_settings(), "places": 2}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        return {**super().clean_settings(data, previous), "places": data.get("places") or 2}

    def decimals(self, settings: Settings) -> int:
        return int(settings.get("places", MOST_PLACES))

    def number(self, text: str, settings: Settings) -> Value:
        return decimal_number(text, self.decimals(settings))
