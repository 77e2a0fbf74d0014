"""What is only read: headings and notes."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from documents.blocks import Block, Cell, Column
from questionnaire.definition import Question, Summing
from questionnaire.types.base import QuestionType, ReadCell, Settings, Value
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import ReadAs


class WordsOnly(QuestionType):
    """The parent of what holds no answer; its label is what is read."""

    holds_answer = False
    read_as = ReadAs.NOTHING
    summings: ClassVar[tuple[Summing, ...]] = (Summing.NONE,)

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        return None

    def parse(self, text: str, settings: Settings) -> Value:
        return None

    def as_text(self, value: Value, settings: Settings) -> str:
        return ""

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        return Summary()

    def columns(self, question: Question) -> list[Column]:
        return []

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return []

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        return None

    def to_blocks(self, value: Value, settings: Settings) -> list[Block]:
        return []
