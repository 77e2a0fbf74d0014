"""A whole number."""

from core.words import N_
from documents.blocks import CellKind
from questionnaire.types.numeric import Number
from questionnaire.types.registry import register


@register
class Integer(Number):
    """A whole number."""

    key = "integer"
    label = N_("Số nguyên")
    example = N_("Đếm được, ví dụ 12 buổi, 350 lượt người")
    icon = "hash"
    order = 20
    kind = CellKind.INTEGER
