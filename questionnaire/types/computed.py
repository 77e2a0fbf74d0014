"""A figure worked out from other answers."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from core.words import N_
from documents.blocks import CellKind
from questionnaire.definition import Summing
from questionnaire.types.base import Settings, Value
from questionnaire.types.numeric import Number, NumberSettings, decimal_number, plain_text
from questionnaire.types.posted import PostedForm
from questionnaire.types.registry import register

MOST_PLACES = 6


class ComputedSettings:
    """The formula, in words; the builder turns it into the stored rule."""

    rule = TextAreaField(N_("Công thức"), [Length(max=2000)], render_kw={"rows": 2})
    places = IntegerField(
        N_("Số chữ số sau dấu phẩy"), validators=[Optional(), NumberRange(0, MOST_PLACES)]
    )
    change = NumberSettings.change


@register
class Computed(Number):
    """A figure worked out by a rule, stored in `settings["rule"]`; nobody types it."""

    key = "computed"
    label = N_("Tính tự động")
    example = N_("Ví dụ: [Kinh phí] / [Số buổi]")
    icon = "calculator"
    entry_hint = N_("Tự tính từ các câu khác, không phải nhập.")
    order = 24
    kind = CellKind.DECIMAL
    is_computed = True
    fits_in_table = False
    summings = (Summing.NONE, Summing.SUM, Summing.MEAN, Summing.MIN, Summing.MAX)
    SettingsFields = ComputedSettings

    def default_settings(self) -> dict[str, Any]:
        return {"rule": None, "places": 2, "change": None}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        places, rule = data.get("places"), data.get("rule")
        return {
            "rule": rule if isinstance(rule, Mapping) else previous.get("rule"),
            "places": 2 if places is None else places,
            "change": data.get("change"),
        }

    def decimals(self, settings: Settings) -> int:
        return int(settings.get("places", 2))

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        return None

    def number(self, text: str, settings: Settings) -> Value:
        return decimal_number(text, self.decimals(settings))

    def from_rule(self, result: Any, settings: Settings) -> Value:
        if not isinstance(result, Decimal):
            return None
        unit = Decimal(1).scaleb(-self.decimals(settings))
        return plain_text(result.quantize(unit, rounding=ROUND_HALF_UP))
