"""What is wrong with a filled fixed table: in its cells, and between a row and its breakdown."""

from collections.abc import Sequence
from decimal import Decimal

from core.vietnamese import format_number
from core.words import _
from questionnaire.answers import is_no_data, is_typed
from questionnaire.types.base import Value
from questionnaire.types.table_layout import Layout
from questionnaire.types.table_rows import Breakdown, RowKind
from questionnaire.types.table_sums import Place


def cell_problems(layout: Layout, value: Value) -> dict[Place, str]:
    """Return what is wrong, by cell."""
    given = (value or {}).get("rows", {})
    found: dict[Place, str] = {}
    for row, column in layout.typed_places():
        problems = column.problems(given.get(row.id, {}).get(column.id))
        if problems:
            found[row.id, column.id] = problems[0]
    if not layout.breakdowns:
        return found
    figures = layout.reckon(value).values
    for breakdown in layout.breakdowns:
        for column in layout.columns:
            if column.adds_up and column.compute is None:
                cells = [given.get(row, {}).get(column.id) for row in breakdown.parts]
                if not any(is_typed(cell) or is_no_data(cell) for cell in cells):
                    _check(layout, breakdown, column.id, figures, found)
    return found


def _check(
    layout: Layout,
    breakdown: Breakdown,
    column: str,
    figures: dict[Place, Decimal | None],
    found: dict[Place, str],
) -> None:
    whole = figures.get((breakdown.whole, column))
    parts = {row: figures.get((row, column)) for row in breakdown.parts}
    given = [figure for figure in parts.values() if figure is not None]
    if whole is None or not given:
        return
    rows = {row.id: row for row in layout.rows}
    if breakdown.kind == RowKind.WITHIN:
        for row, figure in parts.items():
            if figure is not None and figure > whole:
                found.setdefault(
                    (row, column),
                    _("Không được lớn hơn “%(whole)s” (%(number)s).",
                      whole=rows[breakdown.whole].title, number=format_number(whole)),
                )  # fmt: skip
    elif sum(given, Decimal(0)) != whole:
        found.setdefault(
            (breakdown.whole, column),
            _("Các dòng “%(heading)s” cộng lại là %(sum)s, dòng này là %(number)s.",
              heading=rows[breakdown.heading].label.rstrip(": "),
              sum=format_number(sum(given, Decimal(0))), number=format_number(whole)),
        )  # fmt: skip


def in_words(layout: Layout, found: dict[Place, str]) -> Sequence[str]:
    """Return the problems with the names of their row and column, in reading order."""
    titles = layout.row_titles()
    return [
        f"{titles[row.id]} – {column.label}: {found[row.id, column.id]}"
        for row, column in layout.places()
        if (row.id, column.id) in found
    ]
