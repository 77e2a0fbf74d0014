"""A share in percent, which is never added up."""

from decimal import Decimal

from core.words import N_
from documents.blocks import CellKind
from questionnaire.definition import Summing
from questionnaire.types.base import Settings, Value
from questionnaire.types.numeric import Number, decimal_number
from questionnaire.types.reading import Plain
from questionnaire.types.registry import register

PLACES = 2


@register
class Percent(Number):
    """A share in percent: 12.5 stands for 12,5%."""

    key = "percent"
    label = N_("Tỷ lệ phần trăm")
    example = N_("Ví dụ 98,5%")
    icon = "percent"
    order = 23
    kind = CellKind.PERCENT
    suffix = "%"
    has_measure = False
    summings = (Summing.NONE, Summing.MEAN, Summing.MIN, Summing.MAX)

    def decimals(self, settings: Settings) -> int:
        return PLACES

    def plain(self, value: Value, settings: Settings) -> Plain:
        """Return the share, as rules and Excel have it: 12,5% is 0.125."""
        return Decimal(value).scaleb(-2)

    def number(self, text: str, settings: Settings) -> Value:
        return decimal_number(text, PLACES)
