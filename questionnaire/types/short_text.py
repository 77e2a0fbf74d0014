"""A text of one line."""

from core.words import N_
from questionnaire.types.registry import register
from questionnaire.types.text import Text


@register
class ShortText(Text):
    """A text of one line."""

    key = "short_text"
    label = N_("Chữ ngắn")
    example = N_("Một dòng, ví dụ tên, địa điểm, số văn bản")
    icon = "type"
    order = 10
