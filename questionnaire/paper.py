"""A form on paper: blank, to write on by hand, or with the answers of one report."""

from collections.abc import Iterator
from dataclasses import replace

from core.numerals import roman
from documents.blocks import Blank, Block, Heading, Paragraph, Table
from questionnaire.answers import is_no_data, is_typed
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.filling import Filled
from questionnaire.types import QuestionType, UnknownQuestionType, get

#: Longer answers stand below the question, not beside it.
LONGEST_BESIDE = 120
MUST_BE_ANSWERED = "*"
#: Marks after which no colon follows.
ENDS = ("?", ":", "!")
NO_ANSWER = "(để trống)"


def blank_blocks(definition: FormDefinition) -> list[Block]:
    """Return the form with room for every answer."""
    return [
        block
        for place, section in enumerate(definition.sections, start=1)
        for block in (
            _title(place, section),
            *_told(section.intro),
            *(
                one
                for number, question in _numbered(section)
                for one in _blank(number, question)
            ),
        )
    ]


def answer_blocks(definition: FormDefinition, now: Filled) -> list[Block]:
    """Return the form with the answers to what is asked; sections without a question go."""
    found: list[Block] = []
    shown = 0
    for section in definition.sections:
        blocks = [
            block
            for number, question in _numbered(section, now)
            for block in _answered(number, question, now)
        ]
        if blocks:
            shown += 1
            found += [_title(shown, section), *blocks]
    return found


def label_of(number: str, question: Question) -> str:
    """Return what a question is called in a document: its number and its words."""
    return f"{number}. {question.label}" if number else question.label


def _title(place: int, section: Section) -> Heading:
    return Heading(f"{roman(place)}. {section.title}", 1)


def _told(text: str) -> list[Block]:
    return [Paragraph(text, italic=True)] if text else []


def _numbered(section: Section, now: Filled | None = None) -> Iterator[tuple[str, Question]]:
    """Yield the questions of a section, counted anew in it and without those that aren't asked."""
    count = 0
    for question in section.questions:
        if now is not None and question.uid not in now.visible:
            continue
        kind = _type_of(question)
        counts = kind is None or kind.holds_answer
        count += counts
        yield (str(count) if counts else ""), question


def _type_of(question: Question) -> QuestionType | None:
    try:
        return get(question.type)
    except UnknownQuestionType:
        return None


def _blank(number: str, question: Question) -> list[Block]:
    kind = _type_of(question)
    if kind is not None and not kind.holds_answer:
        return kind.words(question)
    blocks: list[Block] = kind.to_blocks(None, question.settings) if kind else [Blank()]
    label = label_of(number, question)
    if question.required:
        label += f" {MUST_BE_ANSWERED}"
    if question.measure:
        label += f" ({question.measure})"
    return _led(label, blocks, _told(question.hint))


def _answered(number: str, question: Question, now: Filled) -> list[Block]:
    kind, value = _type_of(question), now.answers.get(question.uid)
    if kind is not None and not kind.holds_answer:
        return kind.words(question)
    label = label_of(number, question)
    if kind is None or value is None or kind.is_empty(value):
        text = NO_ANSWER if kind or value is None else str(value)
        return [Paragraph(text, lead=_before(label))]
    if is_typed(value):
        return [Paragraph(f"“{value['typed']}”", lead=_before(label))]
    blocks = kind.to_blocks(value, question.settings)
    if kind.has_measure and question.measure and not is_no_data(value):
        blocks = [
            replace(one, text=f"{one.text} {question.measure}") if isinstance(one, Paragraph) else one
            for one in blocks
        ]
    elif question.measure and isinstance(blocks[0], Table):
        label += f" ({question.measure})"
    return _led(label, blocks, [])


def _led(label: str, blocks: list[Block], hint: list[Block]) -> list[Block]:
    """Return the answer after its label: on the same line where it is short."""
    first = blocks[0]
    alone = len(blocks) == 1 and not hint
    if alone and isinstance(first, Blank) and first.lines == 1 and not first.lead:
        return [replace(first, lead=_before(label))]
    if alone and isinstance(first, Paragraph) and not first.lead and _is_short(first.text):
        return [replace(first, lead=_before(label))]
    return [Heading(label, 2), *hint, *blocks]


def _before(label: str) -> str:
    """Return a label as it stands before an answer on the same line."""
    return f"{label} " if label.endswith(ENDS) else f"{label}: "


def _is_short(text: str) -> bool:
    return "\n" not in text and len(text) <= LONGEST_BESIDE
