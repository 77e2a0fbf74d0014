"""Plain lists as workbooks: one heading row, one line for each thing; written, and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from xlsxwriter import Workbook

from core.vietnamese import search_key
from core.words import _
from documents.sheets import Sheet, cell_name
from documents.workbook_read import UnreadableWorkbookError

FONT = "Times New Roman"
ROWS_TO_LOOK_AT = 20
ROWS_WITH_CHOICES = 5000


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: `others` are headings that mean the same, as `search_key` writes them."""

    key: str
    title: str
    width: int
    others: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ListCell:
    """What stands in a cell, and which one it is."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of a list: its cells by the keys of their columns; all columns that the file has."""

    sheet: str
    cells: Mapping[str, ListCell]

    def text(self, key: str) -> str:
        """Return what stands in a column; blank where the file doesn't have it."""
        cell = self.cells.get(key)
        return cell.text if cell else ""


def write(
    title: str,
    columns: Sequence[ListColumn],
    rows: Sequence[Mapping[str, str]],
    target: Path | IO[bytes],
) -> None:
    """Write a list as a workbook; every cell is text, so that codes keep their leading zeros."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as book:
        sheet = book.add_worksheet(title)
        body = {"font_name": FONT, "font_size": 12, "text_wrap": True, "valign": "top", "border": 1}
        head = book.add_format({**body, "bold": True, "align": "center", "bg_color": "#E6ECF3"})
        text = book.add_format({**body, "num_format": "@"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, head)
            if column.hint:
                sheet.write_comment(0, place, column.hint)
            if column.choices:
                rule = {"validate": "list", "source": list(column.choices)}
                sheet.data_validation(1, place, ROWS_WITH_CHOICES, place, rule)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                sheet.write_string(number, place, row.get(column.key, ""), text)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)


def read(sheets: Sequence[Sheet], columns: Sequence[ListColumn], needed: Sequence[str]) -> list[ListRow]:
    """Return the lines of the first sheet that has the headings; raises UnreadableWorkbookError.

    `needed` are the keys of the columns without which there is no list.
    """
    for sheet in sheets:
        if sheet.hidden:
            continue
        for row in range(1, min(sheet.last_row, ROWS_TO_LOOK_AT) + 1):
            places = _headings(sheet, row, columns)
            if all(key in places for key in needed):
                return _rows(sheet, row, places)
    titles = ", ".join(f"“{one.title}”" for one in columns if one.key in needed)
    raise UnreadableWorkbookError(_("Không thấy dòng tiêu đề có các cột %(titles)s.", titles=titles))


def _headings(sheet: Sheet, row: int, columns: Sequence[ListColumn]) -> dict[str, int]:
    known = {
        name: column.key for column in columns for name in (_plain(column.title), *column.others)
    }
    found: dict[str, int] = {}
    for column in range(1, sheet.last_column + 1):
        key = known.get(_plain(sheet.text(row, column)))
        if key is not None:
            found.setdefault(key, column)
    return found


def _rows(sheet: Sheet, head: int, places: Mapping[str, int]) -> list[ListRow]:
    rows = []
    for row in range(head + 1, sheet.last_row + 1):
        cells = {
            key: ListCell(cell_name(row, column), sheet.text(row, column).strip())
            for key, column in places.items()
        }
        if any(cell.text for cell in cells.values()):
            rows.append(ListRow(sheet.title, cells))
    return rows


def _plain(text: str) -> str:
    return search_key(text.replace("_", " ").replace("*", " ")).strip()
