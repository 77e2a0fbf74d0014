"""The marks in a workbook of the office: "{{ tổng.so_buoi }}" in a cell, or a cell of that name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils.cell import coordinate_from_string

from core.vietnamese import search_key

MARK = re.compile(r"\{\{\s*([^{}]{1,200}?)\s*\}\}")
UNIT = "don_vi"
TOTAL = "tong"
CELL = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]+")
_OTHER = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: where it stands, what is written there, and the name that is meant."""

    sheet: str
    cell: str
    text: str
    name: str
    #: Whether the cell bears the name, instead of having it written in it.
    bears: bool = False

    @property
    def is_of_unit(self) -> bool:
        """Whether its row is repeated for each unit."""
        return self.name.startswith(f"{UNIT}.")

    @property
    def row(self) -> int:
        """The row of the cell, from 1."""
        return int(coordinate_from_string(self.cell)[1])


def plain_name(text: str) -> str:
    """Return a name as it is compared: "Đơn vị . Tên" and "don_vi.ten" are the same."""
    return ".".join(slug(part) for part in text.split("."))


def slug(text: str) -> str:
    """Return a text as part of a name: letters without accents, digits, and single underscores."""
    return _OTHER.sub("_", search_key(text)).strip("_")


def marks_of(book: Any) -> Iterator[Mark]:
    """Yield the marks of a workbook that openpyxl has read."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "{{" in cell.value:
                    for found in MARK.finditer(cell.value):
                        yield Mark(sheet.title, cell.coordinate, found[0], plain_name(found[1]))
    for text, defined in book.defined_names.items():
        name = plain_name(text)
        if not name.startswith((f"{TOTAL}.", f"{UNIT}.")):
            continue
        for title, area in defined.destinations:
            if CELL.fullmatch(area) and title in book.sheetnames:
                yield Mark(title, area.replace("$", ""), text, name, bears=True)
