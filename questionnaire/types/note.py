"""A note to the reader."""

from core.words import N_
from questionnaire.types.registry import register
from questionnaire.types.words_only import WordsOnly


@register
class Note(WordsOnly):
    """A note to the reader."""

    key = "note"
    label = N_("Ghi chú hướng dẫn")
    example = N_("Lời dẫn, cách tính, lưu ý cho đơn vị")
    icon = "sticky-note"
    order = 81
