"""An amount of money in whole đồng."""

from core.vietnamese import parse_integer, search_key
from core.words import N_
from documents.blocks import CellKind
from questionnaire.types.base import Settings, Value
from questionnaire.types.numeric import Number
from questionnaire.types.registry import register


@register
class Money(Number):
    """An amount of money in whole đồng."""

    key = "money"
    label = N_("Số tiền (đồng)")
    example = N_("Ví dụ 15.000.000")
    icon = "banknote"
    order = 22
    kind = CellKind.MONEY
    has_measure = False

    def number(self, text: str, settings: Settings) -> Value:
        key = search_key(text)
        for unit in ("dong", "vnd", "d"):
            if key.endswith(unit):
                text = text[: len(text) - len(unit)].strip()
                break
        return parse_integer(text)
