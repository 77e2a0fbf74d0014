"""A filled workbook: the cells of its answers by the ids in its hidden row and column."""

from collections.abc import Iterable, Mapping
from datetime import date

from core.words import _
from documents.blocks import CellKind
from documents.response_parts import (
    ANSWER,
    BODY,
    KIND,
    LINES,
    TABLE,
    Base,
    FilledBook,
    FoundCell,
    FoundRow,
    FoundTable,
)
from documents.sheets import Sheet, SheetCell
from documents.workbook_read import UnreadableWorkbookError

BASE = "base"
QUOTED = '"'


class CellError(ValueError):
    """What stands in a cell is no answer, such as a formula's error; the message says so."""


def read(sheets: Iterable[Sheet]) -> FilledBook:
    """Return what a workbook made by `response_template` holds; raises UnreadableWorkbookError."""
    book = FilledBook()
    for sheet in sheets:
        kind, _colon, uid = sheet.text(1, 1).partition(":")
        if kind == KIND:
            _read_facts(sheet, book)
        elif kind == LINES:
            _read_lines(sheet, book)
        elif kind == TABLE:
            _read_table(sheet, uid, book)
    if not book.facts:
        raise UnreadableWorkbookError(
            _("Đây không phải mẫu Excel tải từ trang báo cáo. Hãy tải mẫu, điền rồi nộp lại.")
        )
    return book


def value_of(cell: SheetCell, kind: CellKind = CellKind.TEXT) -> str | int | float | date | None:
    """Return a cell as question types take it: None for a blank one; raises CellError.

    Shares are percents, as people see them.
    """
    if cell.formula and (cell.text.startswith("#") or not cell.text):
        raise CellError(
            _("Công thức %(formula)s chưa có kết quả. Hãy ghi giá trị.", formula=cell.formula[:60])
        )
    if cell.truth is not None:
        return cell.truth
    if cell.day is not None:
        return cell.day
    if cell.number is None:
        return cell.lines or cell.text or None
    shown = cell.format.split(QUOTED)[::2]
    is_share = kind == CellKind.PERCENT and any("%" in part for part in shown)
    number = cell.number * 100 if is_share else cell.number
    return int(number) if number == number.to_integral_value() else float(number)


def _read_facts(sheet: Sheet, book: FilledBook) -> None:
    for row in range(2, sheet.last_row + 1):
        name, value = sheet.text(row, 1), sheet.text(row, 2)
        if name == BASE and sheet.text(row, 3).isdecimal():
            book.bases[value] = Base(int(sheet.text(row, 3)), sheet.text(row, 4))
        elif name:
            book.facts[name] = value


def _read_lines(sheet: Sheet, book: FilledBook) -> None:
    columns = _named_columns(sheet)
    column = columns.get(ANSWER, 0)
    for row in range(2, sheet.last_row + 1):
        key = sheet.text(row, 1)
        if not key or not column:
            continue
        if key in book.cells:
            book.repeated[key.rpartition(".")[0]] = sheet.title
        book.cells[key] = FoundCell(sheet.title, (row, column), sheet.at(row, column))


def _read_table(sheet: Sheet, uid: str, book: FilledBook) -> None:
    columns = _named_columns(sheet)
    body = next((row for row in range(2, sheet.last_row + 1) if sheet.text(row, 1) == BODY), 0)
    if not body or not columns:
        return
    if uid in book.tables:
        book.repeated[uid] = sheet.title
    rows = [
        FoundRow(
            sheet.text(row, 1), row, {key: sheet.at(row, one) for key, one in columns.items()}
        )
        for row in range(body + 1, sheet.last_row + 1)
    ]
    book.tables[uid] = FoundTable(sheet.title, columns, rows)


def _named_columns(sheet: Sheet) -> Mapping[str, int]:
    return {
        sheet.text(1, column): column
        for column in range(2, sheet.last_column + 1)
        if sheet.text(1, column)
    }
