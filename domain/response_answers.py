"""One answer in a unit's workbook: which cells hold it, and what they say when filled in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from core.words import _
from documents.blocks import Column, EntryTable, EntryUse
from documents.response_parts import FilledBook, FoundCell, FoundTable
from documents.response_read import CellError, value_of
from documents.sheets import Place, cell_name
from questionnaire.definition import Question
from questionnaire.types import BadCell, QuestionType, UnknownQuestionType, get
from questionnaire.types.base import ReadCell, Value

FINGERPRINT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong on a sheet, in a sentence; `cell` is blank where no cell is to blame."""

    sheet: str
    cell: str
    message: str


@dataclass(slots=True)
class ReadAnswer:
    """What the cells of a question hold. It isn't `there` where the file has no cells for it."""

    value: Value = None
    problems: list[CellProblem] = field(default_factory=list)
    is_there: bool = True


def type_in_cells(question: Question) -> QuestionType | None:
    """Return the type of a question that is answered in cells; None for any other."""
    try:
        kind = get(question.type)
    except UnknownQuestionType:
        return None
    return kind if kind.holds_answer and not kind.is_uploaded and not kind.is_computed else None


def fingerprint(kind: QuestionType, question: Question, stored: Value) -> str:
    """Return what tells apart two answers to a question that would be read back differently."""
    content = orjson.dumps(as_read_back(kind, question, stored), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(content).hexdigest()[:FINGERPRINT_LENGTH]


def as_read_back(kind: QuestionType, question: Question, stored: Value) -> Value:
    """Return what a workbook that nobody has touched is read as; blank answers are None."""
    settings = question.settings
    table = kind.entry_table(stored, question)
    try:
        if table is None:
            value = kind.from_cells(kind.entry_cells(stored, settings), settings)
        else:
            rows = [(row.key, dict(_open_cells(table, place))) for place, row in enumerate(table.rows)]
            value, _problems = kind.from_entry_rows(rows, settings)
    except BadCell:
        value = stored
    return None if kind.is_empty(value) else value


def read(kind: QuestionType, question: Question, stored: Value, book: FilledBook) -> ReadAnswer:
    """Return what the workbook says; cells that it lacks are as they are stored."""
    table = kind.entry_table(stored, question)
    if table is None:
        answer = _read_cells(kind, question, stored, book)
    elif question.uid in book.tables:
        answer = _read_table(kind, question, table, book.tables[question.uid])
    else:
        answer = ReadAnswer(stored, is_there=False)
    if question.uid in book.repeated:
        text = _("Câu “%(label)s” có hai lần trong tệp.", label=question.label)
        answer.problems.append(CellProblem(book.repeated[question.uid], "", text))
    return answer


def _read_cells(
    kind: QuestionType, question: Question, stored: Value, book: FilledBook
) -> ReadAnswer:
    columns, settings = kind.columns(question), question.settings
    found = [book.cells.get(column.key) for column in columns]
    places = [one for one in found if one is not None]
    if not places:
        return ReadAnswer(stored, is_there=False)
    now = kind.entry_cells(stored, settings)
    answer = ReadAnswer(stored)
    cells = [
        _value(column, one, cell, answer)
        for column, one, cell in zip(columns, found, now, strict=True)
    ]
    if answer.problems:
        return answer
    try:
        answer.value = kind.from_cells(cells, settings)
    except BadCell as error:
        wrong = found[_place_of(error, kind, question, cells)] or places[0]
        answer.problems.append(_problem(wrong.sheet, wrong.place, str(error)))
        return answer
    if not kind.is_empty(answer.value):
        answer.problems += [
            _problem(places[0].sheet, places[0].place, text)
            for text in kind.problems(answer.value, settings)
        ]
    return answer


def _value(
    column: Column, found: FoundCell | None, stored: ReadCell, answer: ReadAnswer
) -> ReadCell:
    if found is None:
        return stored
    try:
        return value_of(found.cell, column.kind)
    except CellError as error:
        answer.problems.append(_problem(found.sheet, found.place, str(error)))
        return None


def _place_of(
    error: BadCell, kind: QuestionType, question: Question, cells: list[ReadCell]
) -> int:
    """Return which of several cells is to blame: the one that alone is refused with the same words."""
    for place, cell in enumerate(cells):
        alone: list[ReadCell] = [None] * len(cells)
        alone[place] = cell
        try:
            kind.from_cells(alone, question.settings)
        except BadCell as again:
            if str(again) == str(error):
                return place
    return 0


def _read_table(
    kind: QuestionType, question: Question, table: EntryTable, found: FoundTable
) -> ReadAnswer:
    answer = ReadAnswer()
    by_key = {row.key: row for row in found.rows if row.key}
    stored = {row.key: dict(_open_cells(table, place)) for place, row in enumerate(table.rows)}
    wanted = found.rows if table.most_rows else [by_key[key] for key in stored if key in by_key]
    rows: list[tuple[str, dict[str, ReadCell]]] = []
    places = []
    for row in wanted:
        cells = dict(stored.get(row.key, {}))
        for column in table.columns:
            if column.key in row.cells and (table.most_rows or column.key in cells):
                place = (row.row, found.columns[column.key])
                cell = FoundCell(found.sheet, place, row.cells[column.key])
                look = Column(column.key, (), column.kind)
                cells[column.key] = _value(look, cell, None, answer)
        rows.append((row.key, cells))
        places.append(row.row)
    if not table.most_rows:
        rows += [(key, cells) for key, cells in stored.items() if key not in by_key]
    answer.value, problems = kind.from_entry_rows(rows, question.settings)
    for one in problems:
        row_place = places[one.row] if one.row < len(places) else 0
        where = (row_place, found.columns.get(one.column, 0))
        answer.problems.append(_problem(found.sheet, where, one.message))
    return answer


def _open_cells(table: EntryTable, place: int) -> Iterator[tuple[str, ReadCell]]:
    row = table.rows[place]
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell.use == EntryUse.OPEN:
            yield column.key, cell.value


def _problem(sheet: str, place: Place, message: str) -> CellProblem:
    return CellProblem(sheet, cell_name(*place) if all(place) else "", message)
