"""The file behind a unit's workbook: its sheets, cells to fill in, and choices in a hidden sheet."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from core.vietnamese import format_number
from core.words import _
from documents.blocks import Cell, CellKind, EntryColumn, EntryUse
from documents.response_parts import KIND, ResponseBook
from documents.workbook_book import FONT, LINE, TALLEST_ROW, free_name, most_lines, number_format

A4 = 9
HIDDEN_NAME = "tong-hop"
FIRST_LIST = 6
#: Excel keeps no more digits of a number; longer ones are written as text.
MOST_DIGITS = 15
GROUNDS = {EntryUse.OPEN: "#FFFBE6", EntryUse.READ: "#EEF2F6", EntryUse.CLOSED: "#D0D4D9"}


class Book(Workbook):
    """A workbook that is filled in: locked but for the cells that take answers."""

    def __init__(self, target: IO[bytes]) -> None:
        super().__init__(
            target,
            {
                "in_memory": True,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {
                    "font_name": FONT, "font_size": 12, "valign": "top", "text_wrap": True,
                },
            },
        )  # fmt: skip
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names = {HIDDEN_NAME}
        self._lists: dict[tuple[Cell, ...], int] = {}

    def format(self, **properties: Any) -> Format:
        """Return the format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.add_format(properties)
        return self._formats[key]

    def head_format(self) -> Format:
        """Return the format of a table's head."""
        return self.format(
            border=1, bold=True, align="center", valign="vcenter", bg_color="#E7EDF3"
        )

    def entry_format(
        self, use: EntryUse, column: EntryColumn | None = None, *, bold: bool = False
    ) -> Format:
        """Return the format of a cell: one that takes an answer isn't locked."""
        kind = column.kind if column else CellKind.TEXT
        decimals = column.decimals if column else 0
        look: dict[str, Any] = {"border": 1, "bold": bold, "locked": use != EntryUse.OPEN}
        if use in GROUNDS:
            look["bg_color"] = GROUNDS[use]
        if use == EntryUse.CLOSED:
            return self.format(**look, align="center")
        look["num_format"] = (
            "0.00%" if kind == CellKind.PERCENT else number_format(kind, decimals)
        )
        look["align"] = {CellKind.TEXT: "left", CellKind.DATE: "center"}.get(kind, "right")
        return self.format(**look)

    def new_sheet(self, name: str, widths: Sequence[float]) -> Worksheet:
        """Add a sheet for A4 in landscape, whose first row and column are hidden."""
        sheet = self.add_worksheet(free_name(name, self._names))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.6)
        sheet.set_header(f'&C&"{FONT},Regular"&13&P')
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        for place, width in enumerate(widths, start=1):
            sheet.set_column(place, place, width)
        return sheet

    def put(
        self, sheet: Worksheet, row: int, column: int, value: Cell, look: Format, kind: CellKind
    ) -> None:
        """Write a cell: a text stays the text it is, a share is a share of one."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, look)
        elif len(Decimal(value).normalize().as_tuple().digits) > MOST_DIGITS:
            sheet.write_string(row, column, format_number(value), look)
        else:
            sheet.write_number(row, column, float(in_cell(value, kind)), look)

    def offer(
        self, sheet: Worksheet, areas: Iterable[tuple[int, int, int]], choices: tuple[Cell, ...]
    ) -> None:
        """Give cells a drop-down list; `areas` are first row, last row and column."""
        if not choices:
            return
        place = self._lists.setdefault(choices, len(self._lists)) + FIRST_LIST
        source = xl_range_abs(0, place, len(choices) - 1, place)
        for first, last, column in areas:
            sheet.data_validation(
                first, column, last, column,
                {
                    "validate": "list",
                    "source": f"='{HIDDEN_NAME}'!{source}",
                    "error_title": _("Chọn trong danh sách"),
                    "error_message": _("Hãy chọn một mục trong danh sách, hoặc để trống."),
                },
            )  # fmt: skip

    def finish(self, content: ResponseBook) -> None:
        """Add the hidden sheet, and write the file."""
        sheet = self.add_worksheet(HIDDEN_NAME)
        sheet.hide()
        sheet.protect()
        rows: list[tuple[str, ...]] = [(KIND, "1"), *content.facts.items()]
        rows += [
            ("base", uid, str(base.rev), base.fingerprint) for uid, base in content.bases.items()
        ]
        text = self.format(num_format="@")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                sheet.write_string(row, column, value, text)
        for choices, place in self._lists.items():
            for row, choice in enumerate(choices):
                self.put(sheet, row, FIRST_LIST + place, choice, self.format(), CellKind.INTEGER)
        self.close()


def make_room(sheet: Worksheet, row: int, cells: Iterable[tuple[Cell, float]]) -> None:
    """Make a row as high as its texts need in columns of these widths; one line is left alone."""
    lines = most_lines(cells)
    if lines > 1:
        sheet.set_row(row, min(lines * LINE, TALLEST_ROW))


def in_cell(value: int | Decimal, kind: CellKind) -> int | Decimal:
    """Return a number as it stands in its cell: 12,5 percent are 0.125 there."""
    return Decimal(value).scaleb(-2) if kind == CellKind.PERCENT else value
