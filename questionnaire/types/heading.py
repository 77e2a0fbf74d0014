"""A heading between questions."""

from core.words import N_
from documents.blocks import Block, Heading, Paragraph
from questionnaire.definition import Question
from questionnaire.types.registry import register
from questionnaire.types.words_only import WordsOnly


@register
class HeadingLine(WordsOnly):
    """A heading between questions."""

    key = "heading"
    label = N_("Tiêu đề phụ")
    example = N_("Chia mục thành các phần nhỏ")
    icon = "heading"
    order = 80

    def words(self, question: Question) -> list[Block]:
        hint = [Paragraph(question.hint, italic=True)] if question.hint else []
        return [Heading(question.label, 3), *hint]
