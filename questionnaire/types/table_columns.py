"""The columns of tables: each delegates its cells to a simple type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.validators import Length, Optional

from core.words import N_, _
from questionnaire.answers import Since, is_typed, typed
from questionnaire.definition import Question, Summing
from questionnaire.types import registry
from questionnaire.types.base import BadCell, CellInput, QuestionType, Settings, Value
from questionnaire.types.figures import Summary
from questionnaire.types.numeric import Number
from questionnaire.types.table_formulas import APART, DIFFERENCE
from questionnaire.types.table_head import groups_of
from questionnaire.types.table_sums import Computation, ReckonedColumn, Way

MOST_COLUMNS = 60
SPARE_LINES = 3
WAYS = {
    "": N_("Đơn vị nhập"),
    APART: N_("Đơn vị nhập, không cộng dồn"),
    Since.LAST: N_("Lấy từ kỳ trước"),
    Since.TO_DATE: N_("Lấy từ kỳ trước trong cùng năm (luỹ kế)"),
    Since.YEAR: N_("Lấy từ cùng kỳ năm trước"),
    Way.SUM: N_("Tổng các cột"),
    DIFFERENCE: N_("Hiệu hai cột"),
    Way.PERCENT: N_("Tỷ lệ phần trăm giữa hai cột"),
    Way.RATIO: N_("Cột trước chia cột sau"),
    Way.MEAN: N_("Trung bình các cột"),
}


class ColumnForm(Form):
    """One column, as a line of the designer's grid."""

    id = HiddenField()
    group = StringField(N_("Nhóm cột"), validators=[Length(max=400)])
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
    marker = StringField(N_("Ký hiệu"), validators=[Length(max=60)])
    compute = SelectField(
        N_("Cách tính"),
        choices=lambda: [SelectChoice(str(key), _(label)) for key, label in WAYS.items()],
        validators=[Optional()],
        default="",
    )
    parts = StringField(N_("Tính từ các cột"), validators=[Length(max=400)])


class FreeColumnForm(ColumnForm):
    """One column of a table to which units add rows: no row stands there already."""

    compute = SelectField(
        N_("Cách tính"),
        choices=lambda: [
            SelectChoice(str(key), _(label)) for key, label in WAYS.items() if key not in list(Since)
        ],
        validators=[Optional()],
        default="",
    )


def columns_field(line: type[ColumnForm]) -> UnboundField:
    """Return the field of all columns, a line of the designer's grid each."""
    return FieldList(FormField(line), N_("Các cột"), max_entries=MOST_COLUMNS + SPARE_LINES)


class ColumnsSettings:
    """The columns of a table, from left to right."""

    columns = columns_field(ColumnForm)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column with its type at hand."""

    id: str
    label: str
    groups: tuple[str, ...]
    type: QuestionType
    settings: Mapping[str, Any]
    measure: str
    marker: str = ""
    compute: Computation | None = None
    #: Whether its figures may be added up, if they can be at all.
    sums: bool = True

    @property
    def adds_up(self) -> bool:
        """Whether a total row makes sense of this column."""
        return self.type.summings[0] == Summing.SUM and self.sums

    @property
    def summing(self) -> str:
        """How the cells of many units become one."""
        return self.type.summings[0] if self.sums else Summing.NONE

    @property
    def reckoned(self) -> ReckonedColumn:
        """What reckoning knows of the column."""
        return ReckonedColumn(self.id, self.adds_up, self.compute)

    @property
    def input(self) -> CellInput:
        """How a cell takes an answer."""
        return self.type.cell_input(self.settings)

    @property
    def headings(self) -> tuple[str, ...]:
        """The column's headings, from the group down."""
        return (*self.groups, self.label)

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

    def added(self, values: Sequence[Value]) -> Value:
        """Return the one cell of several units together; where they can't be added, all of them."""
        together = self.type.added(values, self.as_question("cell"))
        if together is None and len(values) > 1:
            return typed("; ".join(dict.fromkeys(self.as_text(value) for value in values)))
        return values[0] if together is None else together

    def as_text(self, value: Value) -> str:
        """Return a cell as a person reads it."""
        return self.type.as_text(value, self.settings)

    def as_typed(self, value: Value) -> str:
        """Return a cell as its input shows it."""
        return self.type.as_typed(value, self.settings)

    def number(self, value: Value) -> Decimal | None:
        """Return a cell as reckoning takes it; None for what is no number."""
        if value is None or isinstance(value, Mapping) or not isinstance(self.type, Number):
            return None
        return Decimal(value)

    def from_number(self, figure: Decimal | None) -> Value:
        """Return a figure as a cell stores it."""
        if figure is None:
            return None
        return self.type.to_json(int(figure) if figure == figure.to_integral_value() else figure)

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
            groups=groups_of(one),
            type=registry.get(one["type"]),
            settings=one.get("settings", {}),
            measure=one.get("measure", ""),
            marker=one.get("marker", ""),
            compute=(compute := Computation.from_json(one.get("compute"))),
            sums=one.get("sums", True) if compute is None else compute.way == Way.SUM,
        )
        for one in settings.get("columns", [])
    )


def figure_columns(columns: Sequence[TableColumn], leads: int) -> frozenset[int]:
    """Return the places of the columns of figures, after `leads` others."""
    return frozenset(
        place for place, one in enumerate(columns, start=leads) if one.input.numeric
    )


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
