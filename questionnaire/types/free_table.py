"""A table to which the unit adds rows: {"rows": [{"id": row id, "cells": {column id: value}}]}."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from core.words import N_, _
from documents.blocks import (
    Block,
    Cell,
    CellKind,
    Column,
    EntryProblem,
    EntryTable,
    HeadCell,
    Table,
    Total,
)
from questionnaire.definition import Question, Summing
from questionnaire.ids import new_id
from questionnaire.types import table_entries
from questionnaire.types.base import BadCell, ReadCell, Settings, Value
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import EntryRows, ReadTable
from questionnaire.types.registry import register
from questionnaire.types.table import TableType
from questionnaire.types.table_columns import (
    ColumnsSettings,
    FreeColumnForm,
    cell_value,
    columns_field,
    columns_of,
    figure_columns,
    new_column,
    summarise_cells,
)
from questionnaire.types.table_design import clean_columns, column_lines
from questionnaire.types.table_free_rows import FreeRow, complete, rows_together, typed_columns
from questionnaire.types.table_head import head_rows, marker_row

MOST_ROWS = 200
BLANK_ROWS = 8
ROW_ID = re.compile(r"[a-z0-9]{1,12}")


class FreeTableSettings(ColumnsSettings):
    """The columns, and how many rows are taken."""

    columns = columns_field(FreeColumnForm)

    most_rows = IntegerField(
        N_("Nhiều nhất bao nhiêu dòng"), validators=[Optional(), NumberRange(1, MOST_ROWS)]
    )


@register
class FreeTable(TableType):
    """A table to which the unit adds rows."""

    key = "free_table"
    label = N_("Bảng tự thêm dòng")
    example = N_("Đơn vị kê từng hoạt động, sản phẩm, văn bản")
    icon = "rows-3"
    order = 61
    has_own_sheet = True
    SettingsFields = FreeTableSettings

    def default_settings(self) -> dict[str, Any]:
        return {
            "columns": [
                new_column("ten", _("Tên"), "short_text"),
                new_column("so", _("Số lượng"), "integer"),
            ],
            "most_rows": 50,
        }

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        return {
            "columns": clean_columns(data.get("columns") or [], previous.get("columns", [])),
            "most_rows": data.get("most_rows") or 50,
        }

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        return {**settings, "columns": column_lines(settings.get("columns", []))}

    # What the templates and the checks of the table need

    def head(self, settings: Settings) -> Any:
        """Return the head rows."""
        return head_rows(columns_of(settings))

    def markers(self, settings: Settings) -> Any:
        """Return the marks under the head, none where there are none."""
        return marker_row(columns_of(settings))

    def definition(self, settings: Settings) -> str:
        """Return how the page reckons, in JSON; blank where nothing is reckoned."""
        columns = columns_of(settings)
        if not any(one.compute for one in columns):
            return ""
        reckoned = {one.id: one.compute.to_json() if one.compute else {} for one in columns}
        return orjson.dumps({"columns": reckoned, "rows": {}}).decode()

    def rows(self, value: Value, settings: Settings) -> list[FreeRow]:
        """Return the rows with all their cells, reckoned ones among them."""
        return complete(columns_of(settings), (value or {}).get("rows", []))

    def cell_problems(self, value: Value, settings: Settings) -> dict[tuple[str, str], str]:
        """Return what is wrong, by (row id, column id)."""
        columns = {column.id: column for column in columns_of(settings)}
        return {
            (row["id"], name): problems[0]
            for row in (value or {}).get("rows", [])
            for name, cell in row["cells"].items()
            if name in columns and (problems := columns[name].problems(cell))
        }

    # Input and storage

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        columns = typed_columns(columns_of(settings))
        rows: list[dict[str, Any]] = []
        for row in dict.fromkeys(form.getlist(f"{name}-row")):
            if len(rows) == MOST_ROWS or not ROW_ID.fullmatch(row):
                continue
            cells = {
                column.id: value
                for column in columns
                if not column.type.is_empty(
                    value := column.type.read(form, f"{name}-{row}-{column.id}", column.settings)
                )
            }
            if cells:
                rows.append({"id": row, "cells": cells})
        return {"rows": rows} if rows else None

    def is_empty(self, value: Value) -> bool:
        return not value or not value.get("rows")

    def as_text(self, value: Value, settings: Settings) -> str:
        columns = columns_of(settings)
        return "\n".join(
            "; ".join(
                f"{column.label}: {column.as_text(row.cells[column.id])}"
                for column in columns
                if column.id in row.cells
            )
            for row in self.rows(value, settings)
        )

    def problems(self, value: Value, settings: Settings) -> list[str]:
        places = {row["id"]: place for place, row in enumerate(value["rows"], start=1)}
        columns = {column.id: column.label for column in columns_of(settings)}
        found = [
            _("Dòng %(row)d – %(column)s: %(message)s",
              row=places[row], column=columns[name], message=message)
            for (row, name), message in self.cell_problems(value, settings).items()
        ]  # fmt: skip
        most = settings.get("most_rows") or MOST_ROWS
        if len(value["rows"]) > most:
            found.append(_("Nhiều nhất %(most)d dòng.", most=most))
        return found

    # Rules

    def filled_rows(self, value: Value, settings: Settings) -> list[tuple[str, Mapping[str, Value]]]:
        return [(row.id, row.cells) for row in self.rows(value, settings)]

    def typed_rows(self, value: Value) -> list[tuple[str, Mapping[str, Value]]]:
        return [(row["id"], row["cells"]) for row in value["rows"]]

    def from_rows(self, rows: Mapping[str, Mapping[str, Value]]) -> Value:
        found = [{"id": row, "cells": dict(cells)} for row, cells in rows.items()]
        return {"rows": found} if found else None

    # Summary

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        columns = columns_of(settings)
        gathered: dict[str, list[Value]] = {column.id: [] for column in columns}
        answered = rows = 0
        for value in values:
            if self.is_empty(value):
                continue
            answered += 1
            for row in complete(columns, value["rows"]):
                rows += 1
                for name, cell in row.cells.items():
                    if name in gathered:
                        gathered[name].append(cell)
        cells = summarise_cells(columns, gathered)
        return Summary(
            answered=answered,
            rows=rows,
            cells={("", name): summary for name, summary in cells.items()},
        )

    def added(self, values: Sequence[Value], question: Question) -> Value:
        return rows_together(values)

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        return [Total((question.uid,), Summing.SUM, summary.rows if summary.answered else None)]

    # Excel

    def columns(self, question: Question) -> list[Column]:
        heading = _("%(label)s (số dòng)", label=question.label)
        return [Column(question.uid, (heading,), CellKind.INTEGER, Summing.SUM)]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [None if self.is_empty(value) else len(value["rows"])]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        if cells[0] is None:
            return None
        raise BadCell(_("Các dòng của bảng nằm ở trang tính riêng."))

    def sheet_columns(self, question: Question) -> list[Column]:
        return [
            Column(
                key=f"{question.uid}.{column.id}",
                headings=column.headings,
                kind=inner.kind,
                summing=inner.summing,
                measure=column.measure,
                decimals=inner.decimals,
            )
            for column in columns_of(question.settings)
            for inner in column.type.columns(column.as_question("cell"))
        ]

    def sheet_rows(self, value: Value, question: Question) -> list[list[Cell]]:
        columns = columns_of(question.settings)
        return [
            [
                cell
                for column in columns
                for cell in column.type.to_cells(row.cells.get(column.id), column.settings)
            ]
            for row in self.rows(value, question.settings)
        ]

    def from_sheet_rows(self, rows: Sequence[Sequence[ReadCell]], settings: Settings) -> Value:
        """Return the stored value of rows read from the type's own sheet; raises BadCell."""
        columns = columns_of(settings)
        found = []
        for place, row in enumerate(rows, start=1):
            cells = {
                column.id: value
                for column, cell in zip(columns, row, strict=True)
                if column.compute is None
                and not column.type.is_empty(value := cell_value(column, cell))
            }
            if cells:
                found.append({"id": f"r{place}", "cells": cells})
        return {"rows": found} if found else None

    def entry_table(self, value: Value, question: Question) -> EntryTable | None:
        settings = question.settings
        most = settings.get("most_rows") or MOST_ROWS
        return table_entries.free_table(columns_of(settings), self.rows(value, settings), most)

    def from_entry_rows(self, rows: EntryRows, settings: Settings) -> ReadTable:
        columns, problems = typed_columns(columns_of(settings)), list[EntryProblem]()
        most = settings.get("most_rows") or MOST_ROWS
        found: dict[str, dict[str, Value]] = {}
        for place, (row, given) in enumerate(rows):
            cells = table_entries.read_row(place, columns, given, problems)
            if not cells:
                continue
            if len(found) == most:
                text = _("Nhiều nhất %(most)d dòng.", most=most)
                problems.append(EntryProblem(place, columns[0].id, text))
                break
            known = ROW_ID.fullmatch(row) and row not in found
            found[row if known else new_id()] = cells
        kept = [{"id": row, "cells": cells} for row, cells in found.items()]
        return {"rows": kept} if kept else None, problems

    # Word

    def to_blocks(self, value: Value, settings: Settings) -> list[Block]:
        columns, head = columns_of(settings), self.head(settings)
        head = ((HeadCell(_("STT"), 1, len(head)), *head[0]), *head[1:])
        if markers := self.markers(settings):
            head = (*head, (HeadCell(""), *markers))
        blanks = min(settings.get("most_rows") or MOST_ROWS, BLANK_ROWS)
        given = [FreeRow("", {})] * blanks if value is None else self.rows(value, settings)
        rows = tuple(
            (str(place), *(column.as_text(row.cells.get(column.id)) for column in columns))
            for place, row in enumerate(given, start=1)
        )
        return [Table(head, rows, figures=figure_columns(columns, leads=1))]
