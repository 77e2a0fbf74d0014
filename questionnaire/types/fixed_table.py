"""A table whose rows the secretariat gives: stored as {"rows": {row id: {column id: value}}}."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired

from core.words import N_, _
from documents.blocks import Block, Cell, Column, Table, Total
from questionnaire.definition import Question, Summing
from questionnaire.types.base import (
    BadSettings,
    PostedForm,
    ReadCell,
    Settings,
    Summary,
    Value,
)
from questionnaire.types.options import kept, lines_of, repeated
from questionnaire.types.reading import Named
from questionnaire.types.registry import register
from questionnaire.types.table import TableType
from questionnaire.types.table_columns import (
    ColumnsSettings,
    TableColumn,
    cell_value,
    clean_columns,
    column_lines,
    columns_of,
    head_rows,
    new_column,
    summarise_cells,
)

MOST_ROWS = 300


class FixedTableSettings(ColumnsSettings):
    """The columns, the rows, and whether a total row stands below."""

    rows = TextAreaField(N_("Các dòng, mỗi dòng một chỉ tiêu"), validators=[InputRequired()])
    total = BooleanField(N_("Có dòng tổng cộng"))


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
        labels = lines_of(data.get("rows") or "")
        if not labels:
            raise BadSettings({"rows": _("Cần ít nhất một dòng.")})
        if len(labels) > MOST_ROWS:
            raise BadSettings({"rows": _("Nhiều nhất %(most)d dòng.", most=MOST_ROWS)})
        if twice := repeated(labels):
            raise BadSettings({"rows": _("“%(label)s” có hai lần.", label=twice)})
        return {
            "columns": clean_columns(data.get("columns") or [], previous.get("columns", [])),
            "rows": kept(labels, previous.get("rows", [])),
            "total": bool(data.get("total")),
        }

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        return {
            "columns": column_lines(settings.get("columns", [])),
            "rows": "\n".join(row["label"] for row in settings.get("rows", [])),
            "total": settings.get("total", False),
        }

    # What the templates and the checks of the table need

    def head(self, settings: Settings) -> Any:
        """Return the head rows, the first column being that of the row labels."""
        return head_rows(columns_of(settings), _("Nội dung"))

    def cell_problems(self, value: Value, settings: Settings) -> dict[tuple[str, str], str]:
        """Return what is wrong, by (row id, column id)."""
        columns = {column.id: column for column in columns_of(settings)}
        return {
            (row, name): problems[0]
            for row, cells in (value or {}).get("rows", {}).items()
            for name, cell in cells.items()
            if name in columns and (problems := columns[name].problems(cell))
        }

    def column_totals(self, value: Value, settings: Settings) -> dict[str, str]:
        """Return the total row of one answer as texts, for the columns that add up."""
        rows = (value or {}).get("rows", {}).values()
        totals = {}
        for column in columns_of(settings):
            if column.adds_up:
                summary = column.type.summarise([row.get(column.id) for row in rows], column.settings)
                figure = summary.figures.get(Summing.SUM)
                stored = None if figure is None else column.type.to_json(_whole(figure))
                totals[column.id] = column.as_text(stored)
        return totals

    # Input and storage

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        columns = columns_of(settings)
        rows: dict[str, dict[str, Value]] = {}
        for row in settings.get("rows", []):
            cells = {
                column.id: value
                for column in columns
                if not column.type.is_empty(
                    value := column.type.read(form, f"{name}-{row['id']}-{column.id}", column.settings)
                )
            }
            if cells:
                rows[row["id"]] = cells
        return {"rows": rows} if rows else None

    def is_empty(self, value: Value) -> bool:
        return not value or not value.get("rows")

    def as_text(self, value: Value, settings: Settings) -> str:
        if self.is_empty(value):
            return ""
        columns = columns_of(settings)
        lines = []
        for row in settings.get("rows", []):
            if cells := value["rows"].get(row["id"]):
                given = (
                    f"{column.label}: {column.as_text(cells[column.id])}"
                    for column in columns
                    if column.id in cells
                )
                lines.append(f"{row['label']} – {'; '.join(given)}")
        return "\n".join(lines)

    def problems(self, value: Value, settings: Settings) -> list[str]:
        labels = {row["id"]: row["label"] for row in settings.get("rows", [])}
        columns = {column.id: column.label for column in columns_of(settings)}
        return [
            f"{labels.get(row, '')} – {columns[name]}: {message}"
            for (row, name), message in self.cell_problems(value, settings).items()
        ]

    # Rules

    def row_names(self, settings: Settings) -> tuple[Named, ...] | None:
        return tuple(Named(row["id"], (row["label"],)) for row in settings.get("rows", []))

    def filled_rows(self, value: Value) -> list[tuple[str, Mapping[str, Value]]]:
        return list(value["rows"].items())

    # Summary

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        columns = columns_of(settings)
        gathered: dict[str, dict[str, list[Value]]] = {
            row["id"]: {column.id: [] for column in columns} for row in settings.get("rows", [])
        }
        answered = 0
        for value in values:
            if self.is_empty(value):
                continue
            answered += 1
            for row, cells in value["rows"].items():
                if row in gathered:
                    for name, cell in cells.items():
                        if name in gathered[row]:
                            gathered[row][name].append(cell)
        return Summary(
            answered=answered,
            cells={
                (row, name): summary
                for row, cells in gathered.items()
                for name, summary in summarise_cells(columns, cells).items()
            },
        )

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        settings, columns = question.settings, columns_of(question.settings)
        rows: list[tuple[Cell | Total, ...]] = [
            (row["label"], *(self._total(question, row["id"], one, summary) for one in columns))
            for row in settings.get("rows", [])
        ]
        strong = frozenset({len(rows)} if settings.get("total") else ())
        if settings.get("total"):
            rows.append((_("Tổng cộng"), *(self._grand(question, one, summary) for one in columns)))
        return [Table(self.head(settings), tuple(rows), strong)]

    def _total(
        self, question: Question, row: str, column: TableColumn, summary: Summary
    ) -> Cell | Total:
        key = f"{question.uid}.{row}.{column.id}"
        figures = summary.cells.get((row, column.id), Summary())
        blocks = column.type.summary_blocks(column.as_question(key), figures)
        return blocks[0] if blocks and isinstance(blocks[0], Total) else None

    def _grand(self, question: Question, column: TableColumn, summary: Summary) -> Cell | Total:
        if not column.adds_up:
            return None
        parts = [
            self._total(question, row["id"], column, summary)
            for row in question.settings.get("rows", [])
        ]
        totals = [part for part in parts if isinstance(part, Total)]
        figures = [part.value for part in totals if part.value is not None]
        return Total(
            tuple(name for part in totals for name in part.columns),
            Summing.SUM,
            sum(figures, Decimal(0)) if figures else None,
            totals[0].kind,
            totals[0].decimals,
        )

    # Excel

    def columns(self, question: Question) -> list[Column]:
        return [
            Column(
                key=f"{question.uid}.{row['id']}.{column.id}",
                headings=(question.label, row["label"], " – ".join(column.headings)),
                kind=inner.kind,
                summing=inner.summing,
                measure=column.measure,
                decimals=inner.decimals,
            )
            for row in question.settings.get("rows", [])
            for column in columns_of(question.settings)
            for inner in column.type.columns(column.as_question("cell"))
        ]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return self._cells(value, settings.get("rows", []), columns_of(settings))

    def cell_maker(self, question: Question) -> Callable[[Value], Sequence[Cell]]:
        rows, columns = question.settings.get("rows", []), columns_of(question.settings)
        blank: list[Cell] = [None] * (len(rows) * len(columns))
        return lambda value: self._cells(value, rows, columns) if value else blank

    def _cells(self, value: Value, rows: Any, columns: Sequence[TableColumn]) -> list[Cell]:
        given = (value or {}).get("rows", {})
        cells: list[Cell] = []
        for row in rows:
            one = given.get(row["id"], {})
            for column in columns:
                cells += column.type.to_cells(one.get(column.id), column.settings)
        return cells

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        rows: dict[str, dict[str, Value]] = {}
        left = iter(cells)
        for row in settings.get("rows", []):
            for column in columns_of(settings):
                value = cell_value(column, next(left))
                if not column.type.is_empty(value):
                    rows.setdefault(row["id"], {})[column.id] = value
        return {"rows": rows} if rows else None

    # Word

    def to_blocks(self, value: Value, settings: Settings) -> list[Block]:
        given = (value or {}).get("rows", {})
        rows = tuple(
            (
                row["label"],
                *(
                    column.as_text(given.get(row["id"], {}).get(column.id))
                    for column in columns_of(settings)
                ),
            )
            for row in settings.get("rows", [])
        )
        return [Table(self.head(settings), rows)]


def _whole(figure: Decimal) -> Any:
    return int(figure) if figure == figure.to_integral_value() else figure
