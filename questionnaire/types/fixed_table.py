"""A table whose rows the secretariat gives: stored as {"rows": {row id: {column id: value}}}."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from core.words import N_, _
from documents.blocks import Block, Cell, Column, EntryProblem, EntryTable, Total
from questionnaire.definition import Question, Summing
from questionnaire.types import table_entries
from questionnaire.types.base import ReadCell, Settings, Value
from questionnaire.types.figures import Summary
from questionnaire.types.options import kept
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import EntryRows, Named, ReadTable
from questionnaire.types.registry import register
from questionnaire.types.table import TableType
from questionnaire.types.table_blocks import document_table, summary_table
from questionnaire.types.table_carrying import carried_rows, sources
from questionnaire.types.table_checks import cell_problems, in_words
from questionnaire.types.table_columns import cell_value, new_column
from questionnaire.types.table_design import clean_columns, column_lines, pasted_over
from questionnaire.types.table_head import head_rows, marker_row, pasted_table
from questionnaire.types.table_layout import FIRST, LAST, Layout, ScreenRow
from questionnaire.types.table_row_lines import (
    cells_of,
    read_rows,
    row_lines,
)
from questionnaire.types.table_rows import TOTAL
from questionnaire.types.table_settings import FixedTableSettings


@register
class FixedTable(TableType):
    """A table whose rows the secretariat gives."""

    key = "fixed_table"
    label = N_("Bảng có sẵn dòng")
    example = N_("Dòng do Văn phòng đặt, đơn vị điền ô")
    icon = "table-2"
    order = 60
    SettingsFields = FixedTableSettings

    def default_settings(self) -> dict[str, Any]:
        return {
            "columns": [new_column("so", _("Số lượng"), "integer")],
            "rows": kept([_("Dòng 1"), _("Dòng 2")], []),
            "total": True,
        }

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        before = previous.get("columns", [])
        lines, columns = cells_of(data.get("rows") or ""), data.get("columns") or []
        if pasted := pasted_table(lines):
            lines, columns = pasted.rows, pasted_over(pasted.columns, before)
        clean = clean_columns(columns, before)
        total = data.get("total")
        return {
            "columns": clean,
            "rows": read_rows(
                lines,
                previous.get("rows", []),
                [one["id"] for one in clean],
                [one["id"] for one in before],
                "" if pasted else data.get("row_ids") or "",
            ),
            "total": FIRST if total == FIRST else bool(total),
        }

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        columns, total = settings.get("columns", []), settings.get("total")
        return {
            "columns": column_lines(columns),
            "rows": row_lines(settings.get("rows", []), [one["id"] for one in columns]),
            "total": "" if not total else FIRST if total == FIRST else LAST,
        }

    def catalogues(self, settings: Settings) -> dict[str, Sequence[Mapping[str, Any]]]:
        own = {"id", "closed"}
        rows = [
            {name: value for name, value in row.items() if name not in own}
            for row in settings.get("rows", [])
        ]
        return {"rows": rows, **super().catalogues(settings)}

    # What the templates and the checks of the table need

    def head(self, settings: Settings) -> Any:
        """Return the head rows, the first columns being those that name the rows."""
        layout = Layout(settings)
        return head_rows(layout.columns, layout.leads)

    def markers(self, settings: Settings) -> Any:
        """Return the marks under the head, none where there are none."""
        layout = Layout(settings)
        return marker_row(layout.columns, len(layout.leads))

    def screen(self, value: Value, settings: Settings) -> list[ScreenRow]:
        """Return the rows as pages show them."""
        return Layout(settings).screen(value)

    def definition(self, settings: Settings) -> str:
        """Return how the page reckons, in JSON."""
        return orjson.dumps(Layout(settings).definition()).decode()

    def cell_problems(self, value: Value, settings: Settings) -> dict[tuple[str, str], str]:
        """Return what is wrong, by (row id, column id)."""
        return cell_problems(Layout(settings), value)

    def column_totals(self, value: Value, settings: Settings) -> dict[str, str]:
        """Return the total row of one answer as texts, for the columns that have a figure there."""
        layout = Layout(settings)
        values = layout.reckon(value).values
        return {
            one.id: one.as_text(one.from_number(values[TOTAL, one.id]))
            for one in layout.columns
            if layout.is_figure(one)
        }

    def carrying_columns(self, settings: Settings) -> list[str]:
        """Return what the columns are called that begin with figures of earlier rounds."""
        named = sources(settings.get("columns", []))
        return [" – ".join(one.headings) for one in Layout(settings).columns if one.id in named]

    # Input and storage

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        rows: dict[str, dict[str, Value]] = {}
        for row, column in Layout(settings).typed_places():
            value = column.type.read(form, f"{name}-{row.id}-{column.id}", column.settings)
            if not column.type.is_empty(value):
                rows.setdefault(row.id, {})[column.id] = value
        return {"rows": rows} if rows else None

    def is_empty(self, value: Value) -> bool:
        return not value or not value.get("rows")

    def as_text(self, value: Value, settings: Settings) -> str:
        if self.is_empty(value):
            return ""
        layout = Layout(settings)
        cells, titles = layout.all_cells(value), layout.row_titles()
        lines = []
        for row in layout.rows:
            given = [
                f"{column.label}: {text}"
                for column in layout.columns
                if (text := column.as_text(cells.get((row.id, column.id))))
            ]
            if given:
                lines.append(f"{titles[row.id]} – {'; '.join(given)}")
        return "\n".join(lines)

    def problems(self, value: Value, settings: Settings) -> list[str]:
        layout = Layout(settings)
        return list(in_words(layout, cell_problems(layout, value)))

    # Rules

    def row_names(self, settings: Settings) -> tuple[Named, ...] | None:
        layout = Layout(settings)
        titles = layout.row_titles()
        return tuple(
            Named(row.id, tuple(dict.fromkeys((row.label, row.code, row.title, titles[row.id]))))
            for row in layout.rows
            if row.has_cells
        )

    def filled_rows(self, value: Value, settings: Settings) -> list[tuple[str, Mapping[str, Value]]]:
        found: dict[str, dict[str, Value]] = {}
        for (row, column), cell in Layout(settings).all_cells(value).items():
            if cell is not None:
                found.setdefault(row, {})[column] = cell
        return list(found.items())

    def typed_rows(self, value: Value) -> list[tuple[str, Mapping[str, Value]]]:
        return list(value["rows"].items())

    def from_rows(self, rows: Mapping[str, Mapping[str, Value]]) -> Value:
        return {"rows": dict(rows)} if rows else None

    # Earlier rounds

    def carried(self, earlier: Mapping[str, Value], settings: Settings) -> Value:
        return carried_rows(settings, earlier)

    # Summary

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        layout = Layout(settings)
        gathered: dict[tuple[str, str], list[Value]] = {
            (row.id, column.id): [] for row, column in layout.typed_places()
        }
        answered = 0
        for value in values:
            if self.is_empty(value):
                continue
            answered += 1
            for row, cells in value["rows"].items():
                for name, cell in cells.items():
                    if (row, name) in gathered:
                        gathered[row, name].append(cell)
        columns = {one.id: one for one in layout.columns}
        return Summary(
            answered=answered,
            cells={
                place: columns[place[1]].type.summarise(cells, columns[place[1]].settings)
                for place, cells in gathered.items()
            },
        )

    def added(self, values: Sequence[Value], question: Question) -> Value:
        if question.summing != Summing.SUM:
            return None
        rows: dict[str, dict[str, Value]] = {}
        for row, column in Layout(question.settings).typed_places():
            cells = [value["rows"].get(row.id, {}).get(column.id) for value in values]
            if given := [cell for cell in cells if not column.type.is_empty(cell)]:
                rows.setdefault(row.id, {})[column.id] = column.added(given)
        return {"rows": rows}

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        return [summary_table(question, Layout(question.settings), summary)]

    # Excel

    def columns(self, question: Question) -> list[Column]:
        layout = Layout(question.settings)
        titles = layout.row_titles()
        return [
            Column(
                key=f"{question.uid}.{row.id}.{column.id}",
                headings=(question.label, titles[row.id], " – ".join(column.headings)),
                kind=inner.kind,
                summing=inner.summing,
                measure=column.measure or row.measure,
                decimals=inner.decimals,
            )
            for row, column in layout.places()
            for inner in column.type.columns(column.as_question("cell"))
        ]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return _cells(value, Layout(settings))

    def cell_maker(self, question: Question) -> Callable[[Value], Sequence[Cell]]:
        layout = Layout(question.settings)
        blank = _cells(None, layout)
        return lambda value: _cells(value, layout) if value else blank

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        layout = Layout(settings)
        rows: dict[str, dict[str, Value]] = {}
        for (row, column), cell in zip(layout.places(), cells, strict=True):
            if layout.reckoner.is_typed(row.id, column.id):
                value = cell_value(column, cell)
                if not column.type.is_empty(value):
                    rows.setdefault(row.id, {})[column.id] = value
        return {"rows": rows} if rows else None

    def entry_table(self, value: Value, question: Question) -> EntryTable | None:
        return table_entries.fixed_table(Layout(question.settings), value)

    def from_entry_rows(self, rows: EntryRows, settings: Settings) -> ReadTable:
        layout, problems = Layout(settings), list[EntryProblem]()
        found: dict[str, dict[str, Value]] = {}
        for place, (row, given) in enumerate(rows):
            typed = [one for one in layout.columns if layout.reckoner.is_typed(row, one.id)]
            if cells := table_entries.read_row(place, typed, given, problems):
                found[row] = cells
        return {"rows": found} if found else None, problems

    # Word

    def to_blocks(self, value: Value, settings: Settings) -> list[Block]:
        return [document_table(Layout(settings), value)]


def _cells(value: Value, layout: Layout) -> list[Cell]:
    cells = layout.all_cells(value)
    return [
        cell
        for row, column in layout.places()
        for cell in column.type.to_cells(cells[row.id, column.id], column.settings)
    ]
