"""What the cells of a sheet were understood as, and what is told beside its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.words import _
from documents.sheets import Place, Sheet
from questionnaire.types.sheet_body import Body
from questionnaire.types.sheet_head import Head
from questionnaire.types.sheet_lists import ListHead
from questionnaire.types.table_rows import RowKind, RowTree, row_of, rows_of


class Role(StrEnum):
    """What a cell was understood as."""

    TITLE = "title"
    HEAD = "head"
    MARK = "mark"
    LEAD = "lead"
    INPUT = "input"
    COMPUTED = "computed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RowNote:
    """How deep a row stands, and what it is reckoned or checked by, in words."""

    level: int
    text: str = ""


def table_roles(
    sheet: Sheet, head: Head, body: Body, made: Mapping[int, Mapping[str, Any]]
) -> dict[Place, Role]:
    """Return what each cell of a table is; `made` has the stored row of each row of the sheet."""
    roles = dict.fromkeys(
        (place for place in sheet.cells if head.top <= place[0] <= head.bottom), Role.HEAD
    )
    roles |= dict.fromkeys((place for place in sheet.cells if place[0] == head.marks), Role.MARK)
    for one in body.rows:
        for column in (head.number, head.label, head.measure, head.code):
            if column and sheet.text(one.row, column):
                roles[one.row, column] = Role.LEAD
        if one.row in made and not row_of(made[one.row]).has_cells:
            continue
        for figure in head.figures:
            place = (one.row, figure.column)
            if figure.column in one.closed:
                roles[place] = Role.CLOSED
            elif figure.column in body.columns or (one.row in body.sums and place not in body.lost):
                roles[place] = Role.COMPUTED
            else:
                roles[place] = Role.INPUT
    return roles


def row_notes(made: Mapping[int, Mapping[str, Any]]) -> dict[int, RowNote]:
    """Return what is told beside each row of the sheet that a table has taken."""
    rows = rows_of({"rows": list(made.values())})
    labels = {one.id: one.label for one in rows}
    wholes = {one.heading: labels[one.whole] for one in RowTree(rows).breakdowns()}
    return {
        place: RowNote(row.level, _note(row.kind, wholes.get(row.id, "")))
        for place, row in zip(made, rows, strict=True)
    }


def _note(kind: RowKind, whole: str) -> str:
    if kind == RowKind.SUM:
        return _("bằng tổng các dòng bên dưới")
    if not whole:
        return ""
    if kind == RowKind.PARTS:
        return _("cộng lại bằng “%(row)s”", row=whole)
    return _("mỗi dòng không lớn hơn “%(row)s”", row=whole)


def list_roles(sheet: Sheet, head: ListHead) -> dict[Place, Role]:
    """Return what each cell of a list is."""
    roles = dict.fromkeys(
        (place for place in sheet.cells if head.top <= place[0] <= head.bottom), Role.HEAD
    )
    return roles | {(head.bottom + 1, one.column): Role.INPUT for one in head.columns}
