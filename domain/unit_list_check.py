"""What a list of units would do, and every cell in it that is wrong."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import vietnamese
from core.extensions import db
from core.unit_texts import BAD_CODE, BAD_EMAIL, BAD_PHONE, CODE, EMAIL, LONGEST, PHONE
from core.words import N_, _
from documents.list_book import ListRow
from domain import organisation
from models import Unit, UnitGroup, UnitKind

MOST_ROWS = 5000
NEEDED = ("code", "name")
LONGEST_GROUP = 300
BETWEEN_GROUPS = ";"
TITLES = {
    "code": N_("Mã đơn vị"),
    "name": N_("Tên đầy đủ"),
    "short_name": N_("Tên ngắn"),
    "kind": N_("Loại đơn vị"),
    "parent": N_("Mã đơn vị cấp trên"),
    "phone": N_("Điện thoại"),
    "email": N_("E-mail"),
    "groups": N_("Nhóm"),
    "since": N_("Có từ ngày"),
}
PATTERNS = {"code": (CODE, BAD_CODE), "phone": (PHONE, BAD_PHONE), "email": (EMAIL, BAD_EMAIL)}
TEXTS = ("code", "name", "short_name", "phone", "email")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell, in a sentence."""

    sheet: str
    cell: str
    message: str


@dataclass(slots=True)
class Line:
    """A unit of the list: what it is to be, and the titles of what that changes."""

    unit: Unit | None
    values: dict[str, Any]
    parent: str | None
    groups: list[str] | None
    changes: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        """By what units are known: the code in small letters."""
        return str(self.values["code"]).casefold()


@dataclass(slots=True)
class DryRun:
    """What a list would do; nothing is done while there are problems."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new_groups: list[str] = field(default_factory=list)
    #: The open units by their codes in small letters.
    known: dict[str, Unit] = field(default_factory=dict)

    @property
    def added(self) -> list[Line]:
        """The units that aren't there yet."""
        return [line for line in self.lines if line.unit is None]

    @property
    def changed(self) -> list[Line]:
        """The units that are there and become otherwise."""
        return [line for line in self.lines if line.unit is not None and line.changes]


def try_out(rows: Sequence[ListRow]) -> DryRun:
    """Return what a list would do, with every problem of every cell.

    A unit is known by its code among the open ones; columns that the file lacks change nothing.
    """
    run = DryRun(known=_open_units())
    names = {group.name for group in db.session.scalars(select(UnitGroup))}
    if len(rows) > MOST_ROWS:
        run.problems.append(Problem("", "", _("Nhiều nhất %(most)d đơn vị một lần.", most=MOST_ROWS)))
        return run
    codes = {row.text("code").casefold() for row in rows} | run.known.keys()
    seen: set[str] = set()
    for row in rows:
        run.lines.append(_line(row, codes, seen, run))
    wanted = [name for line in run.lines for name in line.groups or ()]
    run.new_groups = [name for name in dict.fromkeys(wanted) if name not in names]
    _refuse_circles(rows, run)
    return run


def _open_units() -> dict[str, Unit]:
    query = (
        select(Unit)
        .where(Unit.closed_at.is_(None))
        .options(joinedload(Unit.parent), selectinload(Unit.groups))
    )
    return {unit.code.casefold(): unit for unit in db.session.scalars(query)}


def _line(row: ListRow, codes: Collection[str], seen: set[str], run: DryRun) -> Line:
    def wrong(key: str, message: str) -> None:
        cell = row.cells.get(key)
        run.problems.append(Problem(row.sheet, cell.name if cell else "", message))

    code = row.text("code")
    unit = run.known.get(code.casefold())
    values = _values(row, unit, wrong)
    if code and code.casefold() in seen:
        wrong("code", _("Mã %(code)s có ở dòng khác trong tệp.", code=code))
    seen.add(code.casefold())
    parent = row.text("parent") if "parent" in row.cells else None
    if parent and parent.casefold() not in codes:
        wrong("parent", _("Không có đơn vị nào mang mã %(code)s.", code=parent))
    named = None
    if "groups" in row.cells:
        parts = row.text("groups").split(BETWEEN_GROUPS)
        named = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
        if any(len(name) > LONGEST_GROUP for name in named):
            wrong("groups", _("Tên nhóm dài quá 300 ký tự."))
    line = Line(unit, values, parent, named)
    if unit is not None:
        line.changes = _changes(unit, line)
    return line


def _values(
    row: ListRow, unit: Unit | None, wrong: Callable[[str, str], None]
) -> dict[str, Any]:
    """Return what a line says of its unit, what it doesn't say being as it was."""
    values: dict[str, Any] = {
        name: row.text(name) if name in row.cells else getattr(unit, name, "") for name in TEXTS
    }
    for name in NEEDED:
        if not values[name]:
            wrong(name, _("Chưa nhập mục này."))
    for name, text in values.items():
        if len(text) > LONGEST[name]:
            wrong(name, _("Nhập nhiều nhất %(max)d ký tự.", max=LONGEST[name]))
        elif text and name in PATTERNS and not re.match(PATTERNS[name][0], text):
            wrong(name, _(PATTERNS[name][1]))
    values["kind"] = _kind(row, unit, wrong)
    if unit is None:
        values["since"] = _since(row, wrong)
    return values


def _kind(row: ListRow, unit: Unit | None, wrong: Callable[[str, str], None]) -> UnitKind:
    text = row.text("kind")
    if not text:
        return UnitKind(unit.kind) if unit else UnitKind.OTHER
    kinds = {vietnamese.search_key(_(name)): kind for kind, name in organisation.KIND_NAMES.items()}
    kind = kinds.get(vietnamese.search_key(text))
    if kind is None:
        names = "; ".join(_(name) for name in organisation.KIND_NAMES.values())
        wrong("kind", _("“%(text)s” không phải loại đơn vị. Chọn: %(names)s.", text=text, names=names))
    return kind or UnitKind.OTHER


def _since(row: ListRow, wrong: Callable[[str, str], None]) -> date | None:
    text = row.text("since")
    try:
        return vietnamese.parse_date(text) if text else None
    except ValueError as error:
        wrong("since", str(error))
        return None


def _changes(unit: Unit, line: Line) -> list[str]:
    """Return the titles of what a line changes of its unit."""
    found = [name for name in (*TEXTS, "kind") if getattr(unit, name) != line.values[name]]
    parent = unit.parent.code if unit.parent else ""
    if line.parent is not None and line.parent.casefold() != parent.casefold():
        found.append("parent")
    if line.groups is not None and set(line.groups) != {group.name for group in unit.groups}:
        found.append("groups")
    return [_(TITLES[name]) for name in found]


def _refuse_circles(rows: Sequence[ListRow], run: DryRun) -> None:
    """Find units that would stand under themselves."""
    above = {code: unit.parent.code.casefold() for code, unit in run.known.items() if unit.parent}
    above |= {
        line.code: line.parent.casefold()
        for line in run.lines
        if line.parent is not None
    }
    for row in rows:
        code, steps = row.text("code").casefold(), 0
        top = above.get(code, "")
        while top and top != code and steps <= len(above):
            top, steps = above.get(top, ""), steps + 1
        if top and top == code and "parent" in row.cells:
            message = _("Đơn vị không thể thuộc chính nó hoặc cấp dưới của nó.")
            run.problems.append(Problem(row.sheet, row.cells["parent"].name, message))
