"""A sheet as a page shows it: every cell with what it was understood as."""

from dataclasses import dataclass

from documents.sheets import Place, Sheet
from questionnaire.types.sheet_form import UnderstoodSheet
from questionnaire.types.sheet_roles import Role

MOST_ROWS, MOST_COLUMNS = 120, 40


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the page: its text, what it is, how many cells it covers, and its row's note."""

    text: str
    role: str
    width: int = 1
    height: int = 1
    level: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet, and how many rows the page leaves out."""

    rows: tuple[tuple[int, tuple[GridCell, ...]], ...]
    left_out: int


def grid_of(found: UnderstoodSheet) -> Grid:
    """Return the sheet from its first row to its last, rows in which nothing stands left out."""
    sheet = found.sheet
    places = sheet.cells.keys() | found.roles.keys()
    used = sorted({row for row, _column in places})
    last = min(MOST_COLUMNS, max((column for _row, column in places), default=0))
    rows = tuple(
        (row, tuple(_cell(found, row, column) for column in range(1, last + 1)
                    if not _is_covered(sheet, (row, column), used)))
        for row in used[:MOST_ROWS]
    )  # fmt: skip
    return Grid(rows, max(0, len(used) - MOST_ROWS))


def _is_covered(sheet: Sheet, place: Place, used: list[int]) -> bool:
    area = sheet.merged(*place)
    if area is None:
        return False
    top = next(row for row in used if row >= area[0])
    return place != (top, area[1])


def _cell(found: UnderstoodSheet, row: int, column: int) -> GridCell:
    role = found.roles.get((row, column), Role.TITLE if found.sheet.text(row, column) else "")
    area = found.sheet.merged(row, column)
    if area is None:
        note = found.notes.get(row) if column == found.label else None
        told = (note.level, note.text) if note else ()
        return GridCell(found.sheet.text(row, column), role, 1, 1, *told)
    width = min(area[3], MOST_COLUMNS) - column + 1
    return GridCell(found.sheet.text(area[0], area[1]), role, width, area[2] - row + 1)
