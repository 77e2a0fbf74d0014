"""The heads of tables: columns under groups of one to three levels, and the marks below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from core.vietnamese import clean_text, search_key
from documents.blocks import HeadCell

MOST_GROUPS = 3
BETWEEN_GROUPS = " > "
#: What heads the columns that name the rows: number, label, measuring unit and code.
LEADS = {
    **dict.fromkeys(("tt", "stt", "so tt"), 0),
    **dict.fromkeys(("chi tieu", "ten chi tieu", "noi dung"), 1),
    **dict.fromkeys(("don vi tinh", "don vi", "dvt"), 2),
    **dict.fromkeys(("ma so", "ma", "ma chi tieu"), 3),
}
LEADS_LOOKED_AT = 5
MARK = re.compile(r"\(?(?:[A-ZĐ]|MS|\d{1,3}(?:\.\d{1,2})*[a-z]?)\)?(?:\s*\(?=.+)?")


class Headed(Protocol):
    """What a head needs to know of a column."""

    @property
    def label(self) -> str: ...
    @property
    def groups(self) -> tuple[str, ...]: ...
    @property
    def marker(self) -> str: ...
    @property
    def measure(self) -> str: ...


def head_rows(
    columns: Sequence[Headed], leads: Sequence[str] = ()
) -> tuple[tuple[HeadCell, ...], ...]:
    """Return the head of a table: equal groups side by side are one cell, at every level.

    A column under fewer groups than others reaches down to the last row. `leads` head the columns
    that name the rows.
    """
    depth = 1 + max((len(one.groups) for one in columns), default=0)
    rows: list[list[HeadCell]] = [[] for _level in range(depth)]
    rows[0] = [HeadCell(text, 1, depth) for text in leads]
    for level in range(depth):
        for _path, run in groupby(enumerate(columns), key=lambda found: _path_of(found, level)):
            members = [one for _place, one in run]
            if len(members[0].groups) < level:
                continue
            if len(members[0].groups) == level:
                rows[level].append(HeadCell(_named(members[0]), 1, depth - level))
            else:
                rows[level].append(HeadCell(members[0].groups[level], len(members), 1))
    return tuple(map(tuple, rows))


def _path_of(found: tuple[int, Headed], level: int) -> tuple[object, ...]:
    place, one = found
    return (one.groups[: level + 1], place if len(one.groups) <= level else -1)


def _named(column: Headed) -> str:
    return f"{column.label} ({column.measure})" if column.measure else column.label


def marker_row(columns: Sequence[Headed], leads: int = 0) -> tuple[HeadCell, ...]:
    """Return the row of marks under the head, none where no column has one.

    Columns that name the rows are marked A, B, C.
    """
    if not any(one.marker for one in columns):
        return ()
    letters = [HeadCell(chr(ord("A") + place)) for place in range(leads)]
    return (*letters, *(HeadCell(one.marker) for one in columns))


def groups_of(stored: Any) -> tuple[str, ...]:
    """Return the groups of a stored column, from the top."""
    return tuple(stored.get("groups") or filter(None, [stored.get("group", "")]))


def stored_groups(text: str) -> dict[str, Any]:
    """Return how a column stores what was typed as "Nhóm > Nhóm con"."""
    groups = [one for part in text.split(BETWEEN_GROUPS.strip()) if (one := clean_text(part))]
    if len(groups) > MOST_GROUPS:
        groups = [*groups[: MOST_GROUPS - 1], " – ".join(groups[MOST_GROUPS - 1 :])]
    first = {"group": groups[0] if groups else ""}
    return {**first, "groups": groups} if len(groups) > 1 else first


@dataclass(frozen=True, slots=True)
class PastedTable:
    """A table copied from Excel: its columns as lines of the designer, and the rows below."""

    columns: list[dict[str, Any]]
    rows: list[list[str]]


def pasted_table(lines: Sequence[Sequence[str]]) -> PastedTable | None:
    """Return the columns and rows of a copied table, or None if it doesn't begin with a head.

    A head is known by the words over the columns that name the rows. Cells that were merged come
    as blanks after the first; columns are read by their lowest heading.
    """
    first = [search_key(clean_text(cell)).rstrip(".:") for cell in lines[0]] if lines else []
    known = [place for place, key in enumerate(first[:LEADS_LOOKED_AT]) if key in LEADS]
    if not known or (len(known) < 2 and known[0] > 1):
        return None
    leads = known[-1] + 1
    width = max(len(line) for line in lines)
    if width <= leads:
        return None
    grid = [[clean_text(cell) for cell in line] + [""] * (width - len(line)) for line in lines]
    depth = 1
    while depth < len(grid) and not any(grid[depth][:leads]) and any(grid[depth]):
        depth += 1
    marked = depth < len(grid) and _is_marker_row(grid[depth], leads)
    marks = grid[depth] if marked else [""] * width
    columns = [
        _column(path, marks[leads + place])
        for place, path in enumerate(_paths([line[leads:] for line in grid[:depth]]))
        if path
    ]
    roles = _roles(first[:leads])
    return PastedTable(columns, [_in_order(line, roles) for line in lines[depth + marked :]])


def _roles(heads: Sequence[str]) -> list[int | None]:
    """Return what each of the first columns holds, by its place among the cells of a row."""
    roles = [LEADS.get(head) for head in heads]
    if 1 not in roles:
        # Another word, such as "Danh mục", heads the labels; or "Đơn vị" doesn't mean the measure.
        unknown = [place for place, role in enumerate(roles) if role is None]
        named = unknown or [place for place, head in enumerate(heads) if head == "don vi"]
        if named:
            roles[named[0]] = 1
    return roles


def _in_order(line: Sequence[str], roles: Sequence[int | None]) -> list[str]:
    cells = [""] * (1 + max(role or 1 for role in roles))
    for role, cell in zip(roles, line, strict=False):
        if role is not None:
            cells[role] = cell
    rest = list(line[len(roles) :])
    return [*cells, *[""] * (4 - len(cells)), *rest] if any(rest) else cells


def _is_marker_row(line: Sequence[str], leads: int) -> bool:
    given = [cell for cell in line[leads:] if cell]
    return len(given) * 2 >= len(line) - leads and all(
        MARK.fullmatch(cell) for cell in [*given, *filter(None, line[:leads])]
    )


def _paths(levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the headings over each column, from the top."""
    found: list[list[str]] = []
    before: list[str] = [""] * len(levels)
    for place in range(len(levels[0])):
        given = [level[place] for level in levels]
        path: list[str] = []
        begun = False
        for level, text in enumerate(given):
            if text:
                begun = True
            elif not begun and any(given[level:]):
                text = before[level]
            path.append(text)
        before = path
        found.append([text for text in path if text])
    return found


def _column(path: Sequence[str], marker: str) -> dict[str, Any]:
    key = search_key(path[-1])
    kind = "integer"
    if key.startswith(("ghi chu", "noi dung", "ten ")):
        kind = "short_text"
    elif key.startswith("ty le") or path[-1].strip().startswith("%"):
        kind = "percent"
    group = BETWEEN_GROUPS.join(path[:-1])
    return {"group": group, "label": path[-1], "type": kind, "marker": marker}
