"""A fixed table in the summary and in documents: the same head, rows and marks as on the page."""

from collections.abc import Sequence
from decimal import Decimal

from documents.blocks import Cell, HeadCell, Table, Total
from questionnaire.definition import Question, Summing
from questionnaire.types.base import Value
from questionnaire.types.figures import Summary
from questionnaire.types.table_columns import TableColumn, figure_columns
from questionnaire.types.table_head import head_rows, marker_row
from questionnaire.types.table_layout import Layout
from questionnaire.types.table_rows import RowKind, TableRow
from questionnaire.types.table_sums import Reckoned

CLOSED = "x"
#: Spaces that neither paper nor page throws away.
INDENT = "\u00a0" * 3


def summary_table(question: Question, layout: Layout, summary: Summary) -> Table:
    """Return the table of all units: every figure follows from the columns of the unit sheet."""
    columns = {one.id: one for one in layout.columns}

    def number(row: str, column: str) -> Decimal | None:
        one = summary.cells.get((row, column), Summary())
        return one.figures.get(Summing.SUM) if columns[column].adds_up else None

    reckoned = layout.reckoner.reckon(number)
    rows = list(layout.with_total())
    return Table(
        _head(layout),
        tuple(
            (
                *_indented(layout.lead_cells(row), row),
                *(_figure(question, layout, summary, reckoned, row, one) for one in layout.columns),
            )
            for row in rows
        ),
        frozenset(
            place
            for place, row in enumerate(rows)
            if row.id not in layout.reckoner.rows or row.kind == RowKind.SUM or not row.has_cells
        ),
    )


def _figure(
    question: Question, layout: Layout, summary: Summary, reckoned: Reckoned,
    row: TableRow, column: TableColumn,
) -> Cell | Total:  # fmt: skip
    if not row.has_cells:
        return None
    if column.id in row.closed:
        return CLOSED

    def key(row: str, column: str) -> str:
        return f"{question.uid}.{row}.{column}"

    if layout.reckoner.is_typed(row.id, column.id):
        figures = summary.cells.get((row.id, column.id), Summary())
        blocks = column.type.summary_blocks(column.as_question(key(row.id, column.id)), figures)
        return blocks[0] if blocks and isinstance(blocks[0], Total) else None
    reckoning = layout.reckoner.formula(row.id, column.id, key)
    if reckoning is None:
        return None
    (look,) = column.type.columns(column.as_question("cell"))
    value = reckoned.values.get((row.id, column.id))
    alone = not (reckoning.minus or reckoning.over or reckoning.over_minus or reckoning.counted)
    return Total(
        reckoning.plus,
        Summing.SUM,
        value,
        look.kind,
        look.decimals,
        reckoning=None if alone else reckoning,
    )


def document_table(layout: Layout, value: Value) -> Table:
    """Return one answer, or the blank form, as documents have it."""
    rows = layout.screen(value)
    return Table(
        _head(layout),
        tuple((*_indented(one.leads, one.row), *(cell.text for cell in one.cells)) for one in rows),
        frozenset(
            place for place, one in enumerate(rows) if one.is_total or not one.row.has_cells
        ),
        figure_columns(layout.columns, len(layout.leads)),
    )


def _indented(leads: Sequence[str], row: TableRow) -> tuple[str, ...]:
    """Return what names a row, moved in as deep as the row stands."""
    first, *others = leads
    return (INDENT * row.level + first, *others)


def _head(layout: Layout) -> tuple[tuple[HeadCell, ...], ...]:
    head = head_rows(layout.columns, layout.leads)
    markers = marker_row(layout.columns, len(layout.leads))
    return (*head, markers) if markers else head
