"""A narrative of many lines."""

from core.words import N_
from questionnaire.types.registry import register
from questionnaire.types.text import Text


@register
class LongText(Text):
    """A narrative of many lines."""

    key = "long_text"
    label = N_("Đoạn văn")
    example = N_("Kết quả, khó khăn, kiến nghị viết thành lời")
    icon = "align-left"
    order = 11
    lines = True
    default_longest = 5000
