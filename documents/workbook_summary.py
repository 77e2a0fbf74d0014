"""The first sheet: the official heading, who has reported, and every figure as a live formula."""

from collections.abc import Sequence
from dataclasses import replace

from core.vietnamese import document_date
from core.words import N_, _
from documents.blocks import Cell, CellKind, Heading, Paragraph, Table, Total
from documents.workbook_book import LINE, Book, Row, Sheet, Style, lines_of, sheet_reference
from documents.workbook_cells import Formula
from documents.workbook_charts import Bars
from documents.workbook_figures import FUNCTIONS, counting, over_area, over_cells, reckoned
from documents.workbook_parts import Chapter, Indicator, SummaryBook
from documents.workbook_units import UnitSheet

WIDTHS = (8, 52, 16, 18, 16, 16)
HEADS = (
    N_("Số câu"),
    N_("Chỉ tiêu"),
    N_("Đơn vị tính"),
    N_("Số liệu"),
    N_("Cách tính"),
    N_("Số đơn vị trả lời"),
)
WAYS = {
    "sum": N_("Tổng"),
    "mean": N_("Trung bình"),
    "min": N_("Nhỏ nhất"),
    "max": N_("Lớn nhất"),
    "share": N_("Số đơn vị chọn"),
}
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
PREPARED_BY = "NGƯỜI LẬP BIỂU"
SIGNED = "(Ký, ghi rõ họ tên)"
SEALED = "(Ký tên, đóng dấu)"
ROWS_TO_SIGN = 5
#: So many indicators of each form have a chart.
MOST_CHARTS = 6
MOTTO = "Độc lập - Tự do - Hạnh phúc"


class SummarySheet:
    """Writes the sheet, which is made first but filled once the units are known."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet: Sheet = book.add_sheet(_("Tổng hợp"), WIDTHS)
        self.bars: list[Bars] = []
        self._charts_left, self._of_form = 0, ""

    def write(self, content: SummaryBook, units: Sequence[UnitSheet]) -> None:
        """Write everything."""
        self._official_heading(content)
        self._centred(_("BẢNG TỔNG HỢP SỐ LIỆU"), 24, bold=True, font_size=14)
        self._centred(content.title, LINE * lines_of(content.title, 110), bold=True, font_size=13)
        if content.basis:
            self._centred(content.basis, LINE * lines_of(content.basis, 110), italic=True)
        control = content.control()
        self._centred(control, LINE * lines_of(control, 120))
        for part, unit_sheet in zip(content.forms, units, strict=True):
            if len(units) > 1:
                self.sheet.add_row()
                self._line(part.title, bold=True, font_size=14)
            self._charts_left, self._of_form = MOST_CHARTS, part.title if len(units) > 1 else ""
            for chapter in part.chapters():
                self._chapter(chapter, unit_sheet)
        self._signatures(content.signer)

    def _signatures(self, signer: str) -> None:
        middle = {"align": "center", "valign": "vcenter", "text_wrap": True}
        self.sheet.add_row()
        self._two(PREPARED_BY, signer.upper(), {"bold": True}, {"bold": True}, middle)
        self._two(SIGNED, SEALED, {"italic": True}, {"italic": True}, middle)
        for _row in range(ROWS_TO_SIGN):
            self.sheet.add_row()

    def _official_heading(self, content: SummaryBook) -> None:
        office = content.office
        middle = {"align": "center", "valign": "vcenter", "text_wrap": True}
        self._two(office.parent.upper(), NATION, {}, {"bold": True}, middle)
        self._two(office.name.upper(), MOTTO, {"bold": True}, {"bold": True, "underline": 1}, middle)
        place = f"{office.place}, {document_date(content.day)}"
        self._two("", place, {}, {"italic": True}, middle)
        self.sheet.add_row()

    def _two(
        self, left: str, right: str, left_look: dict[str, object],
        right_look: dict[str, object], look: dict[str, object],
    ) -> None:  # fmt: skip
        height = max(LINE * lines_of(left, 52), LINE * lines_of(right, 60))
        row = self.sheet.add_row(
            [
                (left, self.book.style(**look, **left_look)),
                (None, 0),
                (right, self.book.style(**look, **right_look)),
            ],
            height,
        )
        self.sheet.join(row, 0, 1, 2)
        self.sheet.join(row, 2, 1, len(WIDTHS) - 2)

    def _centred(self, text: str, height: float, **look: object) -> None:
        style = self.book.style(align="center", valign="vcenter", text_wrap=True, **look)
        row = self.sheet.add_row([(text, style)], height)
        self.sheet.join(row, 0, 1, len(WIDTHS))

    def _line(self, text: str, **look: object) -> None:
        style = self.book.style(valign="vcenter", text_wrap=True, **look)
        row = self.sheet.add_row([(text, style)], LINE * lines_of(text, 110))
        self.sheet.join(row, 0, 1, len(WIDTHS))

    def _chapter(self, chapter: Chapter, units: UnitSheet) -> None:
        self.sheet.add_row()
        self._line(chapter.title, bold=True, font_size=13)
        in_list = False
        for place, indicator in enumerate(chapter.indicators):
            if all(isinstance(block, Total) for block in indicator.blocks):
                if not in_list:
                    if place:
                        self.sheet.add_row()
                    self.sheet.add_row([(_(head), self.book.head_style()) for head in HEADS], 36)
                in_list = True
                for block in indicator.blocks:
                    self._figure(indicator, block, units)
            else:
                in_list = False
                self._tables(indicator, units)

    def _figure(self, indicator: Indicator, total: object, units: UnitSheet) -> None:
        if not isinstance(total, Total):
            return
        text, centre = self.book.cell_style(CellKind.TEXT), self.book.style(
            border=1, valign="top", align="center", text_wrap=True, num_format="@"
        )
        self.sheet.add_row(
            [
                (indicator.number, centre),
                (indicator.label, text),
                (indicator.measure or None, centre),
                (formula_of(total, units), self._total_style(total)),
                (_(WAYS[total.summing]), centre),
                (indicator.answered, self.book.cell_style(CellKind.INTEGER)),
            ]
        )
        if total.summing in FUNCTIONS and len(total.columns) == 1 and units.has(total.columns):
            self._keep_chart(units.bars(total.columns[0], indicator.label, indicator.measure))

    def _keep_chart(self, found: Bars | None) -> None:
        if found is not None and self._charts_left:
            self._charts_left -= 1
            title = " – ".join(filter(None, (self._of_form, found.title)))
            self.bars.append(replace(found, title=title))

    def _keep_table_chart(self, indicator: Indicator, table: Table) -> None:
        """Keep a chart of a table just written that has a name and a figure in each row."""
        lines = [row for row in table.rows if len(row) == 2 and isinstance(row[1], Total)]
        if not lines or len(lines) < len(table.rows):
            return
        last, here = self.sheet.next_row, sheet_reference(self.sheet)
        areas = [f"{here}${letter}${last - len(lines) + 1}:${letter}${last}" for letter in "BC"]
        names, figures = [str(row[0]) for row in lines], [row[1].value for row in lines]  # type: ignore[union-attr]
        self._keep_chart(Bars(indicator.label, areas[0], areas[1], names, figures))

    def _tables(self, indicator: Indicator, units: UnitSheet) -> None:
        self.sheet.add_row()
        answered = _("%(count)d đơn vị trả lời", count=indicator.answered)
        self._line(f"{indicator.number}. {indicator.label} ({answered})", bold=True)
        for block in indicator.blocks:
            if isinstance(block, Table):
                self._table(block, units)
                self._keep_table_chart(indicator, block)
            elif isinstance(block, Heading | Paragraph):
                self._line(block.text)

    def _table(self, table: Table, units: UnitSheet) -> None:
        width = max((len(row) for row in table.rows), default=0) + 1
        top = self.sheet.next_row
        taken: set[tuple[int, int]] = set()
        for level, heads in enumerate(table.head):
            texts: list[str | None] = [None] * width
            place = 1
            for head in heads:
                while (level, place) in taken:
                    place += 1
                texts[place] = head.text
                taken |= {
                    (level + down, place + right)
                    for down in range(head.rows)
                    for right in range(head.columns)
                }
                self.sheet.join(top + level, place, head.rows, head.columns)
                place += head.columns
            style = self.book.head_style()
            heads_at = ((at, text) for at, text in enumerate(texts) if text)
            lines = max((lines_of(text, 16 if at > 1 else 52) for at, text in heads_at), default=1)
            self.sheet.add_row([(None, 0), *((text, style) for text in texts[1:])], LINE * lines)
        for number, row in enumerate(table.rows):
            self.sheet.add_row(self._table_row(row, number in table.strong_rows, units))

    def _table_row(self, row: Sequence[Cell | Total], bold: bool, units: UnitSheet) -> Row:
        cells: list[tuple[Cell | Formula, Style]] = [(None, 0)]
        for value in row:
            if isinstance(value, Total):
                cells.append((formula_of(value, units), self._total_style(value, bold=bold)))
            else:
                cells.append((value, self.book.cell_style(CellKind.TEXT, bold=bold)))
        return cells

    def _total_style(self, total: Total, *, bold: bool = False) -> Style:
        return self.book.cell_style(total.kind, total.decimals, bold=bold)


def formula_of(total: Total, units: UnitSheet) -> Cell | Formula:
    """Return the live formula of a figure, pointing into the unit sheet.

    One that needs columns which were left out is a plain number.
    """
    if not units.has(_needed(total)):
        return total.value
    if total.reckoning is not None:
        return reckoned(total.reckoning, units.total_cell, total.value)
    if total.summing == "share":
        return counting(units.area(total.columns[0]), total.criterion, total.value)
    if len(total.columns) > 1:
        return over_cells([units.total_cell(key) for key in total.columns], total.value)
    return over_area(total.summing, units.area(total.columns[0]), total.value)


def _needed(total: Total) -> Sequence[str]:
    how = total.reckoning
    if how is None:
        return total.columns
    counted = (key for group in how.counted for key in group)
    return (*how.plus, *how.minus, *how.over, *how.over_minus, *counted)
