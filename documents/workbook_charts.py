"""The last sheet: who has reported, and the first indicators of each form, as charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.words import N_, _
from documents.blocks import Cell, CellKind
from documents.workbook_book import FONT, Book, Row, Sheet, sheet_reference
from documents.workbook_parts import Progress

Number = Any
WIDTHS = (44.0, 13.0, 13.0, *(10.0,) * 9)
#: A chart covers so many columns and rows of the sheet; two stand side by side.
CHART_ROWS, CHART_PIXELS = 17, (560, 336)
SECOND_COLUMN = 4
PAIRS_ON_A_PAGE = 2
#: Pixels that keep a chart's border off the page before.
GAP = 6
#: With more rows of figures, the first charts go to the next page.
ROWS_ABOVE = 20
BLUE, GREY, RED, GREEN, AMBER = "#1F5A8C", "#B8C2CC", "#B3261E", "#2E7D4F", "#C77700"
PROGRESS_COLOURS = (GREEN, AMBER, RED, GREY, "#7A8794")
GROUP_HEADS = (N_("Nhóm"), N_("Đã nộp"), N_("Chưa nộp"))
MOST_LETTERS = 90


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of one figure over adjoining cells: where names and figures stand, and what they are."""

    title: str
    names: str
    figures: str
    known_names: Sequence[str]
    known_figures: Sequence[Number]
    measure: str = ""


class ChartsSheet:
    """Writes the sheet, whose charts point into the sheets before it and into its own head."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet: Sheet = book.add_sheet(_("Biểu đồ"), WIDTHS)
        self.charts: list[Any] = []

    def write(self, progress: Progress, indicators: Sequence[Bars]) -> None:
        """Write everything."""
        self.sheet.add_row([(_("Biểu đồ"), self.book.title_style(size=14))], 24)
        self.sheet.add_row()
        if progress.counts:
            self._progress(progress.counts)
        if len(progress.groups) > 1:
            self._groups(progress.groups)
        for one in indicators:
            self._indicator(one)
        self._place()

    def _progress(self, counts: Sequence[tuple[str, int]]) -> None:
        names, (figures,) = self._lines((_("Tình hình nộp"), _("Số báo cáo")), counts)
        chart = self._chart("doughnut", _("Tình hình nộp báo cáo"))
        chart.add_series({
            "categories": names, "values": figures, "name": _("Số báo cáo"),
            "categories_data": [one[0] for one in counts], "values_data": [one[1] for one in counts],
            "points": [{"fill": {"color": colour}} for colour in PROGRESS_COLOURS],
            "data_labels": {"value": True, "font": {"name": FONT, "color": "#FFFFFF"}},
        })  # fmt: skip
        chart.set_legend({"position": "right", "font": {"name": FONT, "size": 11}})

    def _groups(self, groups: Sequence[tuple[str, int, int]]) -> None:
        names, figures = self._lines([_(head) for head in GROUP_HEADS], groups)
        chart = self._chart("bar", _("Tình hình nộp theo nhóm"), "stacked")
        for place, (head, colour) in enumerate(zip(GROUP_HEADS[1:], (GREEN, GREY), strict=True)):
            chart.add_series({
                "categories": names, "values": figures[place], "name": _(head),
                "categories_data": [one[0] for one in groups],
                "values_data": [one[1 + place] for one in groups],
                "fill": {"color": colour}, "gap": 60,
                "data_labels": {"value": True, "font": {"name": FONT}, "num_format": "#,##0;;"},
            })  # fmt: skip
        chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 11}})
        self._axes(chart)

    def _indicator(self, one: Bars) -> None:
        title = one.title if len(one.title) <= MOST_LETTERS else one.title[: MOST_LETTERS - 1] + "…"
        chart = self._chart("bar", f"{title} ({one.measure})" if one.measure else title)
        chart.add_series({
            "categories": f"={one.names}", "values": f"={one.figures}",
            "categories_data": list(one.known_names), "values_data": list(one.known_figures),
            "fill": {"color": BLUE}, "gap": 60,
            "data_labels": {"value": True, "num_format": "#,##0.##", "font": {"name": FONT}},
        })  # fmt: skip
        chart.set_legend({"none": True})
        self._axes(chart)

    def _lines(
        self, heads: Sequence[str], lines: Sequence[Sequence[Cell]]
    ) -> tuple[str, list[str]]:
        """Write figures below a head; return where the names and each column of figures stand."""
        text, number = self.book.cell_style(CellKind.TEXT), self.book.cell_style(CellKind.INTEGER)
        self.sheet.add_row([(head, self.book.head_style()) for head in heads])
        first = self.sheet.next_row + 1
        for line in lines:
            row: Row = [(value, number if at else text) for at, value in enumerate(line)]
            self.sheet.add_row(row)
        last, here = self.sheet.next_row, sheet_reference(self.sheet)
        self.sheet.add_row()
        areas = [f"={here}${letter}${first}:${letter}${last}" for letter in "ABC"[: len(heads)]]
        return areas[0], areas[1:]

    def _chart(self, kind: str, title: str, subtype: str = "") -> Any:
        chart = self.book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
        chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "bold": True}})
        chart.set_size({"width": CHART_PIXELS[0], "height": CHART_PIXELS[1]})
        chart.set_chartarea({"border": {"color": GREY}})
        self.charts.append(chart)
        return chart

    def _axes(self, chart: Any) -> None:
        """Leave out the scale, since every bar says its figure; names go from top to bottom."""
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_y_axis({"num_font": {"name": FONT, "size": 10}, "reverse": True})

    def _place(self) -> None:
        """Put the charts below the figures, two side by side, so that no page cuts one."""
        top = self.sheet.next_row + 1
        breaks: list[int] = []
        beside_figures = int(top <= ROWS_ABOVE)
        for place, chart in enumerate(self.charts):
            pair, second = divmod(place, 2)
            row = top + pair * CHART_ROWS
            if not second and (pair - beside_figures) % PAIRS_ON_A_PAGE == 0:
                breaks.append(row)
            self.sheet.insert_chart(row, SECOND_COLUMN if second else 0, chart, {"y_offset": GAP})
        self.sheet.set_h_pagebreaks(breaks)
