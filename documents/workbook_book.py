"""The workbook file: sheets that take whole rows from top to bottom, in little memory and time.

XlsxWriter makes the file and everything around the cells. Its own way of writing a cell takes
several calls for each, so the sheets here write their rows themselves.
"""

import re
from collections.abc import Iterable, Sequence
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from isal import isal_zlib
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.blocks import Cell, CellKind
from documents.workbook_cells import Formula, cell_xml

FONT = "Times New Roman"
LONGEST_SHEET_NAME = 31
COMPRESSION = 3
KEPT_IN_MEMORY = 256 * 1024
NO_ROWS = b"<sheetData/>"
A4 = 9
WIDTH_OF_A_PAGE = 250
NUMBER_FORMATS = {
    CellKind.TEXT: "@",
    CellKind.INTEGER: "#,##0",
    CellKind.MONEY: "#,##0",
    CellKind.DATE: "dd/mm/yyyy",
}
MOMENT = "hh:mm dd/mm/yyyy"
LINE = 15.75
TALLEST_ROW = 409.0
#: How much of a column's width words fill before they go to the next line.
FILLED = 0.9

Style = int
Row = Sequence[tuple[Cell | Formula, Style]]


def number_format(kind: CellKind, decimals: int = 0) -> str:
    """Return the number format of Excel for a kind of cell."""
    places = "#,##0" + ("." + "0" * decimals if decimals else "")
    return NUMBER_FORMATS.get(kind) or (places + '"%"' if kind == CellKind.PERCENT else places)


class Sheet(Worksheet):
    """A worksheet that is written row after row."""

    def start(self, widths: Sequence[float]) -> None:
        """Begin with the first row; columns are so many characters wide."""
        self.widths = widths
        self.next_row = 0
        self.letters: list[str] = []
        self.rows = SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 -- closed with the book.

    def add_row(self, cells: Row = (), height: float | None = None) -> int:
        """Write the next row and return its index, from 0; without `height` its texts decide."""
        number = self.next_row + 1
        lines = self.lines_of(value for value, _style in cells) if height is None else 1
        letters = self.letters_of(len(cells))
        self.add_row_xml(
            "".join(
                f'<c r="{letter}{number}" s="{style}{cell_xml(value)}'
                for letter, (value, style) in zip(letters, cells, strict=False)
            ),
            len(cells),
            height,
            lines,
        )
        return number - 1

    def add_row_xml(
        self, cells: str, count: int, height: float | None = None, lines: int = 1
    ) -> None:
        """Write the next row, whose `count` cells are ready.

        A height that only follows from `lines` is left to Excel to better when somebody types.
        """
        if count:
            self._check_dimensions(self.next_row, count - 1)
        tall = f' ht="{height}" customHeight="1"' if height else ""
        if lines > 1:
            tall = f' ht="{min(lines * LINE, TALLEST_ROW)}"'
        self.next_row += 1
        self.rows.write(f'<row r="{self.next_row}"{tall}>{cells}</row>'.encode())

    def lines_of(self, values: Iterable[Cell | Formula]) -> int:
        """Return how many lines the longest text of a row takes in its column."""
        return most_lines(zip(values, self.widths, strict=False))

    def letters_of(self, count: int) -> list[str]:
        """Return the letters of the first `count` columns, or more."""
        while len(self.letters) < count:
            self.letters.append(xl_col_to_name(len(self.letters)))
        return self.letters

    def join(self, row: int, column: int, rows: int, columns: int) -> None:
        """Make one cell of several, whose rows may be written already."""
        if rows > 1 or columns > 1:
            self.merge.append([row, column, row + rows - 1, column + columns - 1])

    def _write_sheet_data(self) -> None:
        """Leave the place for the rows, which are put in when the sheet is packed."""
        self.fh.write(NO_ROWS.decode())


class _QuickZip(ZipFile):
    """A zip file whose parts are deflated by ISA-L, ten times as quickly as by zlib."""

    def open(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        part = super().open(*args, **kwargs)
        if getattr(part, "_compressor", None) is not None:
            part._compressor = isal_zlib.compressobj(  # type: ignore[attr-defined]
                COMPRESSION, isal_zlib.DEFLATED, -15
            )
        return part


class Book(Workbook):
    """A workbook in the dress of office documents."""

    def __init__(self, target: Any) -> None:
        super().__init__(
            target,
            {
                "in_memory": True,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": FONT, "font_size": 12},
            },
        )
        self._styles: dict[tuple[tuple[str, Any], ...], Style] = {}
        self._cell_styles: dict[tuple[CellKind, int, bool], Style] = {}
        self._names: set[str] = set()

    def style(self, **properties: Any) -> Style:
        """Return the style with these properties of XlsxWriter's formats."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.add_format(properties)._get_xf_index()
        return self._styles[key]

    def cell_style(self, kind: CellKind, decimals: int = 0, *, bold: bool = False) -> Style:
        """Return the style of a cell in a table."""
        key = (kind, decimals, bold)
        if key not in self._cell_styles:
            self._cell_styles[key] = self.style(
                border=1,
                valign="top",
                align={CellKind.TEXT: "left", CellKind.DATE: "center"}.get(kind, "right"),
                bold=bold,
                text_wrap=kind == CellKind.TEXT,
                num_format=number_format(kind, decimals),
            )
        return self._cell_styles[key]

    def moment_style(self) -> Style:
        """Return the style of a cell that holds an instant."""
        return self.style(border=1, valign="top", align="center", num_format=MOMENT)

    def head_style(self) -> Style:
        """Return the style of a table's head."""
        return self.style(
            border=1, bold=True, align="center", valign="vcenter", text_wrap=True,
            bg_color="#E7EDF3",
        )  # fmt: skip

    def title_style(self, *, size: int = 13, align: str = "left") -> Style:
        """Return the style of a sheet's title."""
        return self.style(bold=True, font_size=size, align=align, valign="vcenter")

    def add_sheet(self, name: str, widths: Iterable[float]) -> Sheet:
        """Add a sheet for A4 in landscape, with columns of these widths in characters.

        What would be too small to read on one page runs over several, side by side.
        """
        sheet: Sheet = self.add_worksheet(free_name(name, self._names), Sheet)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.6)
        sheet.set_header(f'&C&"{FONT},Regular"&13&P')
        sizes = list(widths)
        sheet.start(sizes)
        for place, width in enumerate(sizes):
            sheet.set_column(place, place, width)
        sheet.set_default_row(LINE)
        sheet.fit_to_pages(max(1, -(-int(sum(sizes)) // WIDTH_OF_A_PAGE)), 0)
        return sheet

    def _store_workbook(self) -> None:
        """Write the file: as XlsxWriter does, but through the quicker zip."""
        self.worksheets_objs[0].selected = 1
        self.worksheets_objs[0].active = 1
        self._prepare_sst_string_data()
        self._prepare_defined_names()
        self._prepare_drawings()
        self._add_chart_data()
        packager = self._get_packager()
        packager._add_workbook(self)
        packager._set_in_memory(True)
        rows = {
            f"xl/worksheets/sheet{number}.xml": sheet.rows
            for number, sheet in enumerate(self.worksheets(), start=1)
        }
        with _QuickZip(self.filename, "w", compression=ZIP_DEFLATED) as file:
            for part, name, _is_binary in packager._create_package():
                head, _mark, tail = part.getvalue().encode().partition(NO_ROWS)
                with file.open(name, "w") as packed:
                    packed.write(head)
                    if name in rows:
                        _pack_rows(rows[name], packed)
                    packed.write(tail)


def _pack_rows(rows: IO[bytes], packed: IO[bytes]) -> None:
    packed.write(b"<sheetData>")
    rows.seek(0)
    copyfileobj(rows, packed, KEPT_IN_MEMORY)
    rows.close()
    packed.write(b"</sheetData>")


def most_lines(cells: Iterable[tuple[Cell | Formula, float]]) -> int:
    """Return the most lines that any text takes in its width."""
    most = 1
    for value, width in cells:
        if isinstance(value, str) and (len(value) > width * FILLED or "\n" in value):
            most = max(most, lines_of(value, width))
    return most


def lines_of(text: str, width: float) -> int:
    """Return about how many lines a text takes that is wrapped to `width` characters."""
    room = max(int(width * FILLED), 1)
    return sum(-(-max(len(line), 1) // room) for line in text.split("\n"))


def free_name(wanted: str, taken: set[str]) -> str:
    """Return a name for a sheet that Excel allows and that isn't in `taken`, and add it there."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).split()).strip("' ")
    number = 1
    name = _first(plain, LONGEST_SHEET_NAME)
    while not name or name.casefold() in taken | {"history"}:
        number += 1
        name = f"{_first(plain, LONGEST_SHEET_NAME - 4)} {number}".strip()
    taken.add(name.casefold())
    return name


def _first(text: str, most: int) -> str:
    """Return the start of `text` that Excel counts as `most` characters."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore").strip("' ")


def sheet_reference(sheet: Sheet) -> str:
    """Return the sheet's name as formulas write it, with its "!"."""
    return "'" + str(sheet.get_name()).replace("'", "''") + "'!"
