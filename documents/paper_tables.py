"""Tables on paper: what their cells read, how wide their columns are, and how the page lies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.vietnamese import format_date, format_datetime, format_number
from documents.blocks import Cell, CellKind, HeadCell, Table, Total

#: What A4 holds between the margins, in millimetres.
UPRIGHT_ROOM = 165.0
WIDE_ROOM = 252.0
SIZES = (12, 11, 10, 9, 8)
#: The least size of letters, in points, for which a table keeps the page upright.
LEAST_UPRIGHT = 11
#: The width of a letter of Times New Roman over its size, on the average and in millimetres.
LETTER = 0.46 * 25.4 / 72
#: How much wider than usual a capital is, in letters.
CAPITAL = 0.7
#: How wide the bold letters of headings are, in usual ones.
BOLD = 1.15
CELL_EDGES = 3.5
READABLE = 24
WIDEST = 60


@dataclass(frozen=True, slots=True)
class PlacedHead:
    """A cell of the head with the row and column where it begins, from 0."""

    row: int
    column: int
    cell: HeadCell


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits the page: the size of its letters, and the widths in millimetres."""

    size: int
    widths: tuple[float, ...]


def cell_text(cell: Cell | Total) -> str:
    """Return a cell as it is read: numbers and dates as the office writes them."""
    if isinstance(cell, Total):
        text = format_number(cell.value)
        return f"{text}%" if text and cell.kind == CellKind.PERCENT else text
    if isinstance(cell, datetime):
        return format_datetime(cell)
    if isinstance(cell, date):
        return format_date(cell)
    return format_number(cell) if isinstance(cell, int | Decimal) else cell or ""


def is_figure(cell: Cell | Total) -> bool:
    """Tell whether a cell holds a number, whatever its column is."""
    return isinstance(cell, int | Decimal | Total)


def placed(head: Sequence[Sequence[HeadCell]]) -> Iterator[PlacedHead]:
    """Yield the cells of a head where they stand, below those that reach down."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(head):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield PlacedHead(row, column, cell)
            taken |= {
                (row + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }


def width_of(table: Table) -> int:
    """Return how many columns a table has."""
    first = sum(one.columns for one in table.head[0]) if table.head else 0
    return max([first, *map(len, table.rows)])


def needs_wide_page(table: Table) -> bool:
    """Tell whether the table is too wide for an upright page."""
    least, _wanted = _widths(table, LEAST_UPRIGHT)
    return sum(least) > UPRIGHT_ROOM


def fit(table: Table, room: float) -> Fit:
    """Return the largest letters with which the table fits `room`, and its columns' widths."""
    for size in SIZES:
        least, wanted = _widths(table, size)
        if sum(least) <= room:
            break
    taken = sum(least)
    if taken >= room:
        return Fit(size, tuple(one * room / taken for one in least))
    more = [most - few for most, few in zip(wanted, least, strict=True)]
    shared = min(room - taken, sum(more))
    grown = [
        few + (shared * part / sum(more) if shared else 0)
        for few, part in zip(least, more, strict=True)
    ]
    # What is left goes to the wide columns, since a number of order needs none of it.
    left, weights = room - sum(grown), [one**3 for one in grown]
    return Fit(
        size,
        tuple(one + left * weight / sum(weights) for one, weight in zip(grown, weights, strict=True)),
    )


def _widths(table: Table, size: int) -> tuple[list[float], list[float]]:
    """Return the least widths of the columns, and those at which no text would be broken."""
    count = width_of(table)
    longest_word, longest_text = [1.0] * count, [1.0] * count
    for column, text, weight in _texts(table):
        lines = text.split("\n")
        words = (weight * _length(word) for line in lines for word in line.split())
        longest_word[column] = max(longest_word[column], *words, 0, 0)
        longest_text[column] = max(longest_text[column], *(weight * _length(one) for one in lines))
    letter = LETTER * size
    least = [
        max(word, min(text, READABLE)) * letter + CELL_EDGES
        for word, text in zip(longest_word, longest_text, strict=True)
    ]
    wanted = [
        max(min(text, WIDEST) * letter + CELL_EDGES, few)
        for text, few in zip(longest_text, least, strict=True)
    ]
    return least, wanted


def _length(text: str) -> float:
    """Return how many letters of usual width the text is as wide as; capitals are wider."""
    return len(text) + CAPITAL * sum(letter.isupper() for letter in text)


def _texts(table: Table) -> Iterator[tuple[int, str, float]]:
    """Yield the texts that stand in one column, and how wide their letters are.

    Of headings, which may break, only the words.
    """
    for one in placed(table.head):
        if one.cell.columns == 1:
            yield one.column, "\n".join(one.cell.text.split()), BOLD
    for row in table.rows:
        for column, cell in enumerate(row):
            yield column, cell_text(cell), 1
