"""Units as an Excel list: written, and read back all or nothing."""

from collections.abc import Sequence
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import vietnamese
from core.errors import ConflictError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from documents import list_book
from documents.list_book import ListCell, ListColumn, ListRow
from documents.workbook_limited import read_limited
from domain import audit, organisation
from domain.unit_list_check import BETWEEN_GROUPS, NEEDED, TEXTS, TITLES, DryRun, Line, try_out
from models import ALWAYS, Unit, UnitGroup, UnitKind

WIDTHS = {"code": 16, "name": 48, "short_name": 20, "kind": 22, "parent": 20, "phone": 18,
          "email": 28, "groups": 44, "since": 14}  # fmt: skip
OTHERS = {
    "code": ("ma", "ma don vi"),
    "name": ("ten", "ten don vi"),
    "short_name": ("ten viet tat",),
    "kind": ("loai",),
    "parent": ("ma don vi cha", "ma cap tren", "thuoc don vi"),
    "phone": ("sdt", "so dien thoai"),
    "email": ("email",),
    "groups": ("nhom don vi",),
}

def write(target: IO[bytes]) -> None:
    """Write the open units, in official order, as a list that can be read back."""
    units = db.session.scalars(
        select(Unit)
        .where(Unit.closed_at.is_(None))
        .options(joinedload(Unit.parent), selectinload(Unit.groups))
        .order_by(Unit.position, Unit.id)
    )
    rows = [
        {
            **{name: getattr(unit, name) for name in TEXTS},
            "kind": _(organisation.KIND_NAMES[UnitKind(unit.kind)]),
            "parent": unit.parent.code if unit.parent else "",
            "groups": f"{BETWEEN_GROUPS} ".join(group.name for group in unit.groups),
            "since": vietnamese.format_date(unit.valid_from) if unit.valid_from != ALWAYS else "",
        }
        for unit in units
    ]
    list_book.write(_("Đơn vị"), _columns(), rows, target)


def read(content: bytes) -> list[ListRow]:
    """Return the lines of a file; raises UnreadableWorkbookError."""
    return list_book.read(read_limited(content), _columns(), NEEDED)


def packed(rows: Sequence[ListRow]) -> list[Any]:
    """Return lines as JSON values, for the step after the check."""
    return [
        [row.sheet, {key: [cell.name, cell.text] for key, cell in row.cells.items()}]
        for row in rows
    ]


def unpacked(found: Sequence[Any]) -> list[ListRow]:
    """Return the lines again; undoes `packed`."""
    return [
        ListRow(sheet, {key: ListCell(*cell) for key, cell in cells.items()})
        for sheet, cells in found
    ]


def accept(actor: Actor | None, rows: Sequence[ListRow]) -> DryRun:
    """Do all that a list says, or nothing; raises ConflictError where something is wrong by now."""
    run = try_out(rows)
    if run.problems:
        raise ConflictError(_("Danh sách đơn vị vừa có thay đổi khác. Hãy nộp lại tệp."))
    units = dict(run.known)
    for line in run.added:
        units[line.code] = organisation.add_unit(actor, **line.values)
    for line in run.lines:
        _settle(actor, line, units)
    _fill_groups(actor, run, units)
    db.session.flush()
    audit.record(
        actor, "unit.list_read", units[run.lines[0].code],
        added=len(run.added), changed=len(run.changed),
    )  # fmt: skip
    return run


def _columns() -> list[ListColumn]:
    kinds = tuple(_(name) for name in organisation.KIND_NAMES.values())
    hints = {"groups": _("Nhiều nhóm cách nhau bằng dấu chấm phẩy."),
             "since": _("Chỉ ghi cho đơn vị mới lập, ví dụ 01/07/2025.")}  # fmt: skip
    return [
        ListColumn(
            key, _(title), WIDTHS[key], OTHERS.get(key, ()),
            choices=kinds if key == "kind" else (), hint=hints.get(key, ""),
        )
        for key, title in TITLES.items()
    ]  # fmt: skip


def _settle(actor: Actor | None, line: Line, units: dict[str, Unit]) -> None:
    """Give a unit the values of its line; parents may be new themselves."""
    unit = units[line.code]
    parent = unit.parent
    if line.parent is not None:
        parent = units[line.parent.casefold()] if line.parent else None
    values = {name: value for name, value in line.values.items() if name != "since"}
    organisation.change_unit(actor, unit, **values, parent=parent)


def _fill_groups(actor: Actor | None, run: DryRun, units: dict[str, Unit]) -> None:
    """Put units into the groups that their lines name, and out of all others."""
    told = [(units[line.code], line.groups) for line in run.lines if line.groups is not None]
    for name in run.new_groups:
        members = [unit for unit, named in told if name in named]
        organisation.add_group(actor, name=name, units=members)
    for group in db.session.scalars(select(UnitGroup).options(selectinload(UnitGroup.units))):
        out = {unit for unit, named in told if group.name not in named}
        members = [unit for unit in group.units if unit not in out]
        members += [unit for unit, named in told if group.name in named and unit not in members]
        organisation.change_group(actor, group, name=group.name, units=members)
