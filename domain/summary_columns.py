"""What a question's type puts into files of the summary; a type that is gone keeps its data."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import orjson

from core.words import _
from documents.blocks import Block, Cell, Column, Total
from questionnaire import types
from questionnaire.definition import Question, Summing
from questionnaire.types import Summary, UnknownQuestionType

CellMaker = Callable[[Any], Sequence[Cell]]


def columns_of(question: Question) -> list[Column]:
    """Return the columns of a question in the sheet with one row per unit."""
    try:
        return types.get(question.type).columns(question)
    except UnknownQuestionType:
        return [Column(question.uid, (question.label,))]


def cell_maker(question: Question, kept: Sequence[int]) -> CellMaker:
    """Return what makes the cells of an answer: those of the columns at the places `kept`."""
    maker = _all_cells(question)
    if len(kept) == len(columns_of(question)):
        return maker
    if len(kept) == 1:
        (place,) = kept
        return lambda value: (maker(value)[place],)
    chosen = itemgetter(*kept)
    return lambda value: chosen(maker(value))


def has_own_sheet(question: Question) -> bool:
    """Tell whether the rows of its answers make a sheet."""
    try:
        return types.get(question.type).has_own_sheet
    except UnknownQuestionType:
        return False


def blocks_of(question: Question, found: Summary) -> Sequence[Block | Total]:
    """Return how the question stands in the summary sheet."""
    try:
        return types.get(question.type).summary_blocks(question, found)
    except UnknownQuestionType:
        return []


def type_name(question: Question) -> str:
    """Return what the question's type is called."""
    try:
        return _(types.get(question.type).label)
    except UnknownQuestionType:
        return question.type


def _all_cells(question: Question) -> CellMaker:
    try:
        maker = types.get(question.type).cell_maker(question)
    except UnknownQuestionType:
        return lambda value: [None if value is None else orjson.dumps(value).decode()]
    return _remembering(maker) if question.summing == Summing.SHARE else maker


def _remembering(maker: CellMaker) -> CellMaker:
    """Make the cells of each option once, since thousands of units choose among a few."""
    known: dict[str | bool, Sequence[Cell]] = {}

    def cells(value: Any) -> Sequence[Cell]:
        if not isinstance(value, str | bool):
            return maker(value)
        if value not in known:
            known[value] = maker(value)
        return known[value]

    return cells
