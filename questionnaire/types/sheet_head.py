"""The head of a table on a sheet: where it stands, what its columns are, and the marks below it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.vietnamese import search_key
from documents.sheets import Sheet
from questionnaire.types.table_head import MARK

DEEPEST = 6
LEADS_LOOKED_AT = 6
NUMBER_WORDS = frozenset({"tt", "stt", "so tt", "so thu tu", "no"})
MEASURE_WORDS = frozenset({"don vi tinh", "don vi", "dvt", "don vi do", "dv tinh"})
CODE_WORDS = frozenset({"ma so", "ma", "ma chi tieu", "ma so chi tieu", "ma dong"})
LABEL_WORDS = (
    "chi tieu", "ten chi tieu", "noi dung", "tieu chi", "hang muc", "danh muc", "doi tuong", "nhiem vu",
    "linh vuc", "cac chi tieu", "ten ", "loai ", "dia phuong", "ten", "nhom ", "hoat dong", "muc ",
)  # fmt: skip
ROMAN = re.compile(r"[IVXLC]{1,6}|[A-ZĐ]")
FIRST_MARKS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A column that holds what is reported, with the headings over it from the top."""

    column: int
    path: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A head; columns are counted from 1, 0 for one that isn't there."""

    top: int
    bottom: int
    marks: int
    number: int
    label: int
    measure: int
    code: int
    figures: tuple[Figure, ...]
    #: What stands over the rows, where that says more than "Chỉ tiêu".
    heading: str = ""

    @property
    def body(self) -> int:
        """The first row below the head."""
        return max(self.bottom, self.marks) + 1


def find_head(sheet: Sheet, start: int) -> Head | None:
    """Return the first head from the row `start` on that names its rows, None for none."""
    for row in range(start, sheet.last_row + 1):
        keys = keys_of(sheet, row)
        known = [column for column, key in keys.items() if is_lead(key)]
        if (len(known) >= 2 and len(keys) >= 3) or (known and len(keys) >= 4 and known[0] <= 2):
            return _head(sheet, row, _bottom(sheet, row, known), keys)
        if is_mark_row(sheet, row) and row > start:
            top = _climb(sheet, row - 1, start)
            if top:
                return _head(sheet, top, row - 1, keys_of(sheet, top))
    return None


def keys_of(sheet: Sheet, row: int) -> dict[int, str]:
    """Return the words of a row by column, without accents."""
    return {
        column: search_key(text).strip(" .:*()")
        for column in range(1, sheet.last_column + 1)
        if (text := sheet.text(row, column))
    }


def is_lead(key: str) -> bool:
    """Tell whether words head a column that names rows."""
    return key in NUMBER_WORDS | MEASURE_WORDS | CODE_WORDS or key in LABEL_WORDS


def is_mark_row(sheet: Sheet, row: int) -> bool:
    """Tell whether a row holds marks, such as A B C 1 2 3: each cell one, figures rising."""
    texts = [text for column in range(1, sheet.last_column + 1) if (text := sheet.text(row, column))]
    if len(texts) < FIRST_MARKS or not all(MARK.fullmatch(text) for text in texts):
        return False
    found = [re.match(r"\(?(\d+)", text) for text in texts]
    numbers = [int(one[1]) for one in found if one]
    return len(numbers) >= 2 and numbers[0] <= 2 and all(
        0 <= after - before <= 1 for before, after in itertools.pairwise(numbers)
    )


def _bottom(sheet: Sheet, top: int, leads: list[int]) -> int:
    """Return the last row of the head: as far as its merged cells reach, or the blanks below them."""
    bottom = max((area[2] for one in leads if (area := sheet.merged(top, one))), default=top)
    bottom = min(bottom, top + DEEPEST)
    if bottom > top:
        return bottom
    while bottom < top + DEEPEST:
        below = keys_of(sheet, bottom + 1)
        words = [text for column, text in below.items() if not text.replace(" ", "").isdigit()]
        if not words or any(one in below for one in leads) or is_mark_row(sheet, bottom + 1):
            break
        if any(sheet.at(bottom + 1, column).formula for column in below):
            break
        bottom += 1
    return bottom


def _climb(sheet: Sheet, bottom: int, start: int) -> int:
    """Return the first row of a head that ends at `bottom`; 0 where nothing heads the marks."""
    top = bottom
    while top > max(start, bottom - DEEPEST) and _heads(sheet, top - 1):
        top -= 1
    return top if _heads(sheet, top) else 0


def _heads(sheet: Sheet, row: int) -> bool:
    keys = keys_of(sheet, row)
    covered = [
        column
        for column in range(1, sheet.last_column + 1)
        if (area := sheet.merged(row, column)) and area[0] < row
    ]
    return len(keys) >= 2 or bool(covered and keys)


def _head(sheet: Sheet, top: int, bottom: int, keys: dict[int, str]) -> Head:
    marks = bottom + 1 if is_mark_row(sheet, bottom + 1) else 0
    lead = _lead_columns(sheet, keys, marks)
    found = dict.fromkeys(("number", "measure", "code", "label"), 0)
    for column in lead:
        if name := _what_heads(sheet, top, column, keys.get(column, "")):
            found[name] = found[name] or column
    free = [column for column in lead if column not in found.values()]
    if not found["label"] and free:
        found["label"] = max(free, key=lambda one: _words_below(sheet, max(bottom, marks), one))
    if not found["label"] and keys.get(found["measure"]) == "don vi":
        found["label"], found["measure"] = found["measure"], 0
    used = {one for one in found.values() if one}
    last = sheet.last_column
    figures = tuple(
        Figure(column, path, sheet.text(marks, column) if marks else "")
        for column in range(1, last + 1)
        if column not in used
        and (not lead or column > min(lead))
        and (path := tuple(path_of(sheet, top, bottom, column)))
    )
    heading = sheet.text(top, found["label"]) if found["label"] else ""
    known = search_key(heading).startswith(LABEL_WORDS)
    return Head(top, bottom, marks, **found, figures=figures, heading="" if known else heading)


def _what_heads(sheet: Sheet, top: int, column: int, key: str) -> str:
    if key in NUMBER_WORDS or (column <= 2 and ROMAN.fullmatch(sheet.text(top, column))):
        return "number"
    if key in MEASURE_WORDS:
        return "measure"
    if key in CODE_WORDS:
        return "code"
    return "label" if key.startswith(LABEL_WORDS) else ""


def _lead_columns(sheet: Sheet, keys: dict[int, str], marks: int) -> list[int]:
    """Return the columns that name the rows: up to the last one known, or marked by a letter."""
    near = list(range(1, min(sheet.last_column, LEADS_LOOKED_AT) + 1))
    known = [one for one in near if is_lead(keys.get(one, ""))]
    known += [one for one in near if keys.get(one, "").startswith(LABEL_WORDS) and one <= FIRST_MARKS]
    known += [one for one in near if marks and ROMAN.fullmatch(sheet.text(marks, one))]
    if not known:
        return near[:1]
    first = next((one for one in near if keys.get(one)), 1)
    last = max(known)
    if last == first and keys.get(first) in NUMBER_WORDS:
        last = first + 1
    return [one for one in near if first <= one <= last]


def _words_below(sheet: Sheet, above: int, column: int) -> int:
    return sum(
        len(sheet.text(row, column)) for row in range(above + 1, min(above + 30, sheet.last_row) + 1)
    )


def path_of(sheet: Sheet, top: int, bottom: int, column: int) -> Iterator[str]:
    """Yield the headings over a column, each merged cell once.

    A blank beside a heading of the row belongs to it where words stand below: some centre a
    heading over columns without merging them.
    """
    seen = None
    for row in range(top, bottom + 1):
        area = sheet.merged(row, column) or (row, column, row, column)
        text = sheet.text(area[0], area[1])
        if not text and row < bottom and _has_words(sheet, row + 1, bottom, column):
            left = column - 1
            while left and not sheet.text(row, left) and sheet.merged(row, left) is None:
                left -= 1
            if left and not any(one[0] <= row <= one[2] and one[1] > left for one in sheet.merges):
                text, area = sheet.text(row, left), (row, left, row, column)
        if text and area != seen:
            seen = area
            yield text


def _has_words(sheet: Sheet, top: int, bottom: int, column: int) -> bool:
    return any(sheet.text(row, column) for row in range(top, bottom + 1))
