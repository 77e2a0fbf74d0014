"""Rows of a workbook that are repeated: everything below moves down, and all references follow."""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.merge import MergedCellRange

PART = re.compile(r"(\$?[A-Z]{1,3})?(\$?)([0-9]{1,7})")
AREA = re.compile(r"(?:\$?[A-Z]{1,3})?\$?[0-9]{1,7}(?::(?:\$?[A-Z]{1,3})?\$?[0-9]{1,7})?")


@dataclass
class Repeats:
    """How often rows are repeated, by sheet and row; says where every row is afterwards."""

    times: Mapping[str, Mapping[int, int]]
    _known: dict[tuple[str, int], int] = field(default_factory=dict)

    def start(self, sheet: str, row: int) -> int:
        """Return where a row, or the first of its repetitions, goes."""
        known = self._known.get((sheet, row))
        if known is None:
            above = (times - 1 for at, times in self.times.get(sheet, {}).items() if at < row)
            known = self._known[sheet, row] = row + sum(above)
        return known

    def end(self, sheet: str, row: int) -> int:
        """Return where a row, or the last of its repetitions, goes."""
        return self.start(sheet, row) + self.times.get(sheet, {}).get(row, 1) - 1

    def formula(self, text: str, sheet: str, row: int = 0, place: int = 0) -> str:
        """Return a formula of `sheet` after the move.

        In the repetition `place` of `row`, what points at its own row points at that repetition.
        """
        tokens = Tokenizer(text)
        for token in tokens.items:
            if token.type == "OPERAND" and token.subtype == "RANGE":
                token.value = self.reference(token.value, sheet, row, place)
        return str(tokens.render())

    def reference(self, text: str, sheet: str, row: int = 0, place: int = 0) -> str:
        """Return a reference after the move; names and whole columns stay as they are."""
        head, mark, area = text.rpartition("!")
        other = head.strip("'").replace("''", "'") if mark else sheet
        if other not in self.times or not AREA.fullmatch(area):
            return text
        own = row if other == sheet else 0
        first, colon, last = area.partition(":")
        if not colon:
            return f"{head}{mark}{self._part(first, other, own, place, at_end=False)}"
        return (
            f"{head}{mark}{self._part(first, other, own, place, at_end=False)}:"
            f"{self._part(last, other, own, place, at_end=True)}"
        )

    def area(self, text: str, sheet: str) -> str:
        """Return areas of one sheet, apart by blanks or commas, after the move.

        A single cell becomes as many cells as its row is repeated.
        """

        def moved(found: re.Match[str]) -> str:
            text = found[0] if ":" in found[0] else f"{found[0]}:{found[0]}"
            first, _colon, last = self.reference(text, sheet).partition(":")
            return first if first == last and ":" not in found[0] else f"{first}:{last}"

        return re.sub(AREA, moved, text)

    def _part(self, text: str, sheet: str, own: int, place: int, *, at_end: bool) -> str:
        found = PART.fullmatch(text)
        if found is None:
            return text
        column, fixed, row = found[1] or "", found[2], int(found[3])
        if row == own and not fixed:
            return f"{column}{self.start(sheet, row) + place}"
        return f"{column}{fixed}{self.end(sheet, row) if at_end else self.start(sheet, row)}"


def repeat_rows(book: Any, repeats: Repeats) -> None:
    """Repeat the rows, with their looks, and let everything else follow."""
    for sheet in book.worksheets:
        _move_cells(sheet, repeats)
        if sheet.title in repeats.times:
            _move_merges(sheet, repeats)
            _move_heights(sheet, repeats)
            _move_rules(sheet, repeats)
            _move_print(sheet, repeats)
    for defined in book.defined_names.values():
        defined.attr_text = repeats.formula(f"={defined.attr_text}", "")[1:]


def _move_cells(sheet: Any, repeats: Repeats) -> None:
    title, times = sheet.title, repeats.times.get(sheet.title, {})
    cells, sheet._cells = sheet._cells, {}
    for (row, column), cell in sorted(cells.items()):
        for place in range(times.get(row, 1)):
            target = repeats.start(title, row) + place
            moved = cell if place == times.get(row, 1) - 1 else _copied(sheet, cell)
            moved.row = target
            sheet._cells[target, column] = moved
            if moved.data_type == "f":
                _follow(moved, title, repeats, row if row in times else 0, place)
            if getattr(moved, "hyperlink", None):
                moved.hyperlink.ref = moved.coordinate
    sheet._current_row = max((row for row, _column in sheet._cells), default=0)


def _copied(sheet: Any, cell: Any) -> Any:
    if isinstance(cell, MergedCell):
        made: Any = MergedCell(sheet, cell.row, cell.column)
    else:
        made = type(cell)(sheet, cell.row, cell.column)
        made._value, made.data_type = copy(cell._value), cell.data_type
    made._style = copy(cell._style)
    return made


def _follow(cell: Any, title: str, repeats: Repeats, row: int, place: int) -> None:
    value = cell._value
    if isinstance(value, str):
        cell._value = repeats.formula(value, title, row, place)
    elif hasattr(value, "text") and hasattr(value, "ref"):
        value.text = repeats.formula(value.text, title, row, place)
        value.ref = cell.coordinate if ":" not in value.ref else repeats.area(value.ref, title)


def _move_merges(sheet: Any, repeats: Repeats) -> None:
    title, times, moved = sheet.title, repeats.times[sheet.title], []
    for one in sheet.merged_cells.ranges:
        if one.min_row == one.max_row and one.min_row in times:
            starts = [repeats.start(title, one.min_row) + at for at in range(times[one.min_row])]
            rows = [(start, start) for start in starts]
        else:
            rows = [(repeats.start(title, one.min_row), repeats.end(title, one.max_row))]
        moved += [
            MergedCellRange(
                sheet,
                CellRange(
                    min_row=first, max_row=last, min_col=one.min_col, max_col=one.max_col
                ).coord,
            )
            for first, last in rows
        ]
    sheet.merged_cells = MultiCellRange(moved)


def _move_heights(sheet: Any, repeats: Repeats) -> None:
    title, times = sheet.title, repeats.times[sheet.title]
    known = dict(sheet.row_dimensions.items())
    sheet.row_dimensions.clear()
    for row, dimension in known.items():
        for place in range(times.get(row, 1)):
            moved = copy(dimension)
            moved.index = repeats.start(title, row) + place
            sheet.row_dimensions[moved.index] = moved
    for one in sheet.row_breaks.brk:
        one.id = repeats.end(title, one.id)


def _move_rules(sheet: Any, repeats: Repeats) -> None:
    title, rules = sheet.title, sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for area in rules:
        for rule in area.rules:
            rule.formula = [repeats.formula(f"={one}", title)[1:] for one in rule.formula]
            sheet.conditional_formatting.add(repeats.area(str(area.sqref), title), rule)
    for check in sheet.data_validations.dataValidation:
        check.sqref = MultiCellRange(repeats.area(str(check.sqref), title))
        for name in ("formula1", "formula2"):
            if text := getattr(check, name):
                setattr(check, name, repeats.formula(f"={text}", title)[1:])


def _move_print(sheet: Any, repeats: Repeats) -> None:
    title = sheet.title
    if sheet.print_area:
        areas = [one.rpartition("!")[2] for one in str(sheet.print_area).split(",")]
        sheet.print_area = ",".join(repeats.area(one, title).replace("$", "") for one in areas)
    if sheet.print_title_rows:
        sheet.print_title_rows = repeats.area(sheet.print_title_rows, title).replace("$", "")
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = repeats.area(sheet.auto_filter.ref, title)
    if sheet.freeze_panes:
        sheet.freeze_panes = repeats.reference(sheet.freeze_panes, title)
    for drawn in (*sheet._images, *sheet._charts):
        for corner in (getattr(drawn.anchor, "_from", None), getattr(drawn.anchor, "to", None)):
            if corner is not None:
                corner.row = repeats.start(title, corner.row + 1) - 1
