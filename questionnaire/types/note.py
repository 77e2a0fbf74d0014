"""A note to the reader."""

from core.words import N_
from documents.blocks import Block, Paragraph
from questionnaire.definition import Question
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

    def words(self, question: Question) -> list[Block]:
        return [Paragraph(text, italic=True) for text in (question.label, question.hint) if text]
