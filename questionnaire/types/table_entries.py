"""Tables on sheets of a workbook that a unit fills in: laid out, and read back cell by cell."""

from collections.abc import Mapping, Sequence

from documents.blocks import (
    Cell,
    EntryCell,
    EntryColumn,
    EntryProblem,
    EntryRow,
    EntryTable,
    EntryUse,
)
from questionnaire.types.base import BadCell, ReadCell, Value
from questionnaire.types.table_columns import TableColumn
from questionnaire.types.table_free_rows import FreeRow
from questionnaire.types.table_head import head_rows, marker_row
from questionnaire.types.table_layout import Layout, ScreenCell, ScreenRow

INDENT = "    "
USES = {"typed": EntryUse.OPEN, "computed": EntryUse.READ, "closed": EntryUse.CLOSED}


def fixed_table(layout: Layout, value: Value) -> EntryTable:
    """Return a table with given rows, with its typed, computed and closed cells."""
    leads = len(layout.leads)
    head = head_rows(layout.columns, layout.leads)
    markers = marker_row(layout.columns, leads)
    return EntryTable(
        (*head, markers) if markers else head,
        leads,
        tuple(map(entry_column, layout.columns)),
        tuple(_row(layout, one) for one in layout.screen(value)),
    )


def free_table(
    columns: Sequence[TableColumn], given: Sequence[FreeRow], most_rows: int
) -> EntryTable:
    """Return a table to which the unit adds rows."""
    head = head_rows(columns)
    markers = marker_row(columns)
    rows = [
        EntryRow(
            row.id,
            (),
            tuple(
                EntryCell(
                    EntryUse.READ if one.compute else EntryUse.OPEN, _cell(one, row.cells.get(one.id))
                )
                for one in columns
            ),
        )
        for row in given
    ]
    return EntryTable(
        (*head, markers) if markers else head,
        0,
        tuple(map(entry_column, columns)),
        tuple(rows),
        most_rows,
    )


def entry_column(column: TableColumn) -> EntryColumn:
    """Return what the cells of a column take."""
    (look,) = column.type.columns(column.as_question("cell"))
    choices = column.type.entry_choices(column.settings)
    return EntryColumn(column.id, look.kind, look.decimals, choices)


def read_cell(
    place: int, column: TableColumn, cell: ReadCell, problems: list[EntryProblem]
) -> Value:
    """Return the stored value of a cell; what is wrong with it is added to `problems`."""
    try:
        value = column.type.from_cells([cell], column.settings)
    except BadCell as error:
        problems.append(EntryProblem(place, column.id, str(error)))
        return None
    found = column.problems(value)
    problems += [EntryProblem(place, column.id, text) for text in found[:1]]
    return value


def read_row(
    place: int,
    columns: Sequence[TableColumn],
    cells: Mapping[str, ReadCell],
    problems: list[EntryProblem],
) -> dict[str, Value]:
    """Return the stored values of the cells in which something stands."""
    found = {one.id: read_cell(place, one, cells.get(one.id), problems) for one in columns}
    return {one.id: found[one.id] for one in columns if not one.type.is_empty(found[one.id])}


def _row(layout: Layout, row: ScreenRow) -> EntryRow:
    first, *others = row.leads
    return EntryRow(
        row.row.id,
        (INDENT * row.row.level + first, *others),
        tuple(_entry(layout, row.row.id, one) for one in row.cells),
        row.is_total,
    )


def _entry(layout: Layout, row: str, cell: ScreenCell) -> EntryCell:
    use = USES.get(cell.use, EntryUse.NONE)
    if use == EntryUse.CLOSED:
        return EntryCell(use, cell.text)
    reckoning = (
        layout.reckoner.formula(row, cell.column.id, lambda *place: ".".join(place))
        if use == EntryUse.READ
        else None
    )
    return EntryCell(use, _cell(cell.column, cell.value), reckoning)


def _cell(column: TableColumn, value: Value) -> Cell:
    (cell,) = column.type.entry_cells(value, column.settings)
    return cell
