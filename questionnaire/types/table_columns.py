"""The columns of tables: each delegates its cells to a simple type."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from core.vietnamese import clean_text
from core.words import N_, _
from documents.blocks import HeadCell
from questionnaire.answers import is_typed
from questionnaire.definition import Question, Summing
from questionnaire.ids import new_id
from questionnaire.types import registry
from questionnaire.types.base import (
    BadCell,
    BadSettings,
    CellInput,
    QuestionType,
    Settings,
    Summary,
    Value,
)
from questionnaire.types.options import kept, repeated

MOST_COLUMNS = 60
SPARE_LINES = 3


class ColumnForm(Form):
    """One column, as a line of the designer's grid."""

    id = HiddenField()
    group = StringField(N_("Nhóm cột"), validators=[Length(max=120)])
    label = StringField(N_("Tên cột"), validators=[Length(max=200)])
    type = SelectField(
        N_("Kiểu"),
        choices=lambda: [
            SelectChoice(one.key, _(one.label)) for one in registry.all_types() if one.fits_in_table
        ],
        validators=[Optional()],
        default="integer",
    )
    measure = StringField(N_("Đơn vị tính"), validators=[Length(max=60)])
    options = StringField(
        N_("Lựa chọn (cách nhau bằng dấu chấm phẩy)"), validators=[Length(max=2000)]
    )


class ColumnsSettings:
    """The columns of a table, from left to right."""

    columns = FieldList(FormField(ColumnForm), N_("Các cột"), max_entries=MOST_COLUMNS + SPARE_LINES)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column with its type at hand."""

    id: str
    label: str
    group: str
    type: QuestionType
    settings: Mapping[str, Any]
    measure: str

    @property
    def adds_up(self) -> bool:
        """Whether a total row makes sense of this column."""
        return self.type.summings[0] == Summing.SUM

    @property
    def summing(self) -> str:
        """How the cells of many units become one."""
        return self.type.summings[0]

    @property
    def input(self) -> CellInput:
        """How a cell takes an answer."""
        return self.type.cell_input(self.settings)

    @property
    def headings(self) -> tuple[str, ...]:
        """The column's headings, from the group down."""
        return (self.group, self.label) if self.group else (self.label,)

    def as_question(self, uid: str) -> Question:
        """Return a cell of this column as a question of its own."""
        return Question(
            uid,
            self.type.key,
            self.label,
            measure=self.measure,
            summing=self.summing,
            settings=self.settings,
        )

    def as_text(self, value: Value) -> str:
        """Return a cell as a person reads it."""
        return self.type.as_text(value, self.settings)

    def as_typed(self, value: Value) -> str:
        """Return a cell as its input shows it."""
        return self.type.as_typed(value, self.settings)

    def problems(self, value: Value) -> list[str]:
        """Return what is wrong with a cell."""
        if self.type.is_empty(value):
            return []
        if is_typed(value):
            return [misread(self.type, value["typed"], self.settings)]
        return self.type.problems(value, self.settings)


def misread(type_: QuestionType, text: str, settings: Settings) -> str:
    """Return why a text kept as typed isn't understood."""
    try:
        type_.parse(text, settings)
    except ValueError as error:
        return str(error)
    return _("Nhập lại giá trị này.")


def new_column(id_: str, label: str, type_: str) -> dict[str, Any]:
    """Return the settings of a column of a new table."""
    return {
        "id": id_,
        "group": "",
        "label": label,
        "type": type_,
        "measure": "",
        "settings": registry.get(type_).default_settings(),
    }


def columns_of(settings: Settings) -> tuple[TableColumn, ...]:
    """Return the columns of a table's settings."""
    return tuple(
        TableColumn(
            id=one["id"],
            label=one["label"],
            group=one.get("group", ""),
            type=registry.get(one["type"]),
            settings=one.get("settings", {}),
            measure=one.get("measure", ""),
        )
        for one in settings.get("columns", [])
    )


def head_rows(columns: Sequence[TableColumn], first: str | None) -> tuple[tuple[HeadCell, ...], ...]:
    """Return the head of a table, of two rows where columns stand in groups.

    `first` heads the column of row labels, if there is one.
    """
    grouped = any(column.group for column in columns)
    depth = 2 if grouped else 1
    top: list[HeadCell] = [] if first is None else [HeadCell(first, 1, depth)]
    below: list[HeadCell] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        if not group:
            top += [HeadCell(_named(column), 1, depth) for column in found]
            continue
        top.append(HeadCell(group, len(found), 1))
        below += [HeadCell(_named(column), 1, 1) for column in found]
    return (tuple(top), tuple(below)) if grouped else (tuple(top),)


def _named(column: TableColumn) -> str:
    return f"{column.label} ({column.measure})" if column.measure else column.label


def clean_columns(lines: Iterable[Settings], previous: Sequence[Settings]) -> list[dict[str, Any]]:
    """Return the columns to store from the lines of the designer's grid; raises BadSettings."""
    known = {one["id"]: one for one in previous}
    columns = []
    for line in lines:
        label = clean_text(line.get("label") or "")
        if not label:
            continue
        type_ = registry.get(line.get("type") or "integer")
        if not type_.fits_in_table:
            raise BadSettings({"columns": _("Kiểu này không dùng được trong bảng.")})
        before = known.pop(line.get("id") or "", None)
        if before and before["type"] != type_.key:
            # What is stored under the id of the other type can't be read by this one.
            before = None
        columns.append(
            {
                "id": before["id"] if before else new_id(),
                "group": clean_text(line.get("group") or ""),
                "label": label,
                "type": type_.key,
                "measure": clean_text(line.get("measure") or ""),
                "settings": _column_settings(type_, line, before or {}),
            }
        )
    if not columns:
        raise BadSettings({"columns": _("Cần ít nhất một cột có tên.")})
    if twice := repeated([f"{one['group']} / {one['label']}" for one in columns]):
        raise BadSettings({"columns": _("Cột “%(label)s” có hai lần.", label=twice.strip(" /"))})
    return columns


def _column_settings(type_: QuestionType, line: Settings, before: Settings) -> dict[str, Any]:
    defaults = type_.default_settings()
    previous = before.get("settings", {})
    if "options" not in defaults:
        return {**defaults, **previous}
    labels = [one for one in map(clean_text, (line.get("options") or "").split(";")) if one]
    if len(labels) < 2:
        raise BadSettings(
            {"columns": _("Cột “%(label)s” cần ít nhất hai lựa chọn.", label=line["label"])}
        )
    return {"options": kept(labels, previous.get("options", []))}


def column_lines(columns: Sequence[Settings]) -> list[dict[str, Any]]:
    """Return the lines of the designer's grid, with some spare ones."""
    lines = [
        {
            **{name: one.get(name, "") for name in ("id", "group", "label", "type", "measure")},
            "options": "; ".join(
                option["label"] for option in one.get("settings", {}).get("options", [])
            ),
        }
        for one in columns
    ]
    return lines + [{"type": "integer"} for _spare in range(SPARE_LINES)]


def cell_value(column: TableColumn, cell: Any) -> Value:
    """Return the stored value of a cell read from a workbook; raises BadCell with the column."""
    try:
        return column.type.from_cells([cell], column.settings)
    except BadCell as error:
        raise BadCell(f"{column.label}: {error}") from None


def summarise_cells(
    columns: Sequence[TableColumn], cells: Mapping[str, list[Value]]
) -> dict[str, Summary]:
    """Return the summary of each column from its values."""
    return {
        column.id: column.type.summarise(cells.get(column.id, ()), column.settings)
        for column in columns
    }
