"""A table of a sheet as the settings of a table with given rows."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.vietnamese import search_key
from core.words import _
from documents.sheets import Sheet, cell_name
from questionnaire.definition import Summing
from questionnaire.types import registry
from questionnaire.types.base import BadSettings
from questionnaire.types.sheet_body import Body, BodyRow
from questionnaire.types.sheet_columns import column_type
from questionnaire.types.sheet_formulas import Formula
from questionnaire.types.sheet_head import Figure, Head
from questionnaire.types.table_columns import MOST_COLUMNS
from questionnaire.types.table_design import clean_columns
from questionnaire.types.table_head import BETWEEN_GROUPS
from questionnaire.types.table_layout import FIRST
from questionnaire.types.table_levels import NUMBER, derived_levels
from questionnaire.types.table_row_lines import (
    INDENT,
    KIND_WORDS,
    MOST_ROWS,
    WORDS_ONLY,
    derived_kind,
    read_rows,
)
from questionnaire.types.table_rows import RowKind, RowTree, rows_of

#: What stands for nothing yet.
NOTHING = re.compile(r"[.…\s_\-–]+")
TOTAL_WORDS = ("tong", "cong")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should look at, in a sentence; `cell` may be blank."""

    sheet: str
    cell: str
    message: str


@dataclass(slots=True)
class MadeTable:
    """The settings of a table, and what couldn't be taken over."""

    settings: dict[str, Any]
    remarks: list[Remark] = field(default_factory=list)
    #: The stored row of each row of the sheet.
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)


def make_table(sheet: Sheet, head: Head, body: Body) -> MadeTable:
    """Return the table that a head and its rows make; raises BadSettings where they make none."""
    remarks = []
    figures, rows = head.figures[:MOST_COLUMNS], body.rows[:MOST_ROWS]
    if len(head.figures) > MOST_COLUMNS or len(body.rows) > MOST_ROWS:
        remarks.append(Remark(sheet.title, "", _(
            "Bảng lớn hơn mức cho phép (%(rows)d dòng, %(columns)d cột): phần thừa không được lấy.",
            rows=len(body.rows), columns=len(head.figures))))  # fmt: skip
    columns = clean_columns(_column_lines(sheet, figures, rows, body), [])
    total, kept = _without_total(rows, body)
    stored, dropped = _stored_rows(kept, figures, [one["id"] for one in columns], body)
    remarks += [
        Remark(
            sheet.title,
            cell_name(*place),
            _("Công thức không chuyển được: ô này để đơn vị nhập."),
        )
        for place in body.lost
    ]
    remarks += [
        Remark(sheet.title, f"{one.row}:{one.row}", _(
            "Dòng “%(label)s” cộng các dòng mà bảng không diễn tả được: để đơn vị nhập.",
            label=one.label))
        for one in dropped
    ]  # fmt: skip
    remarks += _odd_cells(sheet, figures, rows, columns)
    made = {one.row: row for one, row in zip(kept, stored, strict=True)}
    return MadeTable({"columns": columns, "rows": stored, "total": total}, remarks, made)


def _odd_cells(
    sheet: Sheet,
    figures: Sequence[Figure],
    rows: Sequence[BodyRow],
    columns: Sequence[Mapping[str, Any]],
) -> Iterator[Remark]:
    """Yield what stands in cells for figures and is none, each text of a row once."""
    numeric = [
        figure.column
        for figure, column in zip(figures, columns, strict=True)
        if registry.get(column["type"]).summings[0] == Summing.SUM
    ]
    for row in rows:
        found: dict[str, list[str]] = {}
        for column in numeric:
            cell = sheet.at(row.row, column)
            text = "" if cell.number is not None or cell.formula else cell.text
            if text and column not in row.closed and not NOTHING.fullmatch(text):
                found.setdefault(text, []).append(cell_name(row.row, column))
        for text, names in found.items():
            said = _("Không rõ “%(text)s” nghĩa là gì: ô này để đơn vị nhập. Nếu không phải điền, "
                     "hãy đánh dấu x khi sửa bảng.", text=text[:30])  # fmt: skip
            yield Remark(sheet.title, ", ".join(names), said)


def _column_lines(
    sheet: Sheet, figures: Sequence[Figure], rows: Sequence[BodyRow], body: Body
) -> list[dict[str, Any]]:
    paths = _told_apart([BETWEEN_GROUPS.join(_clear(one) for one in figure.path) for figure in figures])
    names = {figure.column: path for figure, path in zip(figures, paths, strict=True)}
    lines = []
    for figure, path in zip(figures, paths, strict=True):
        group, _between, label = path.rpartition(BETWEEN_GROUPS)
        cells = [(one.row, figure.column) for one in rows if figure.column not in one.closed]
        kind, options = column_type(sheet, figure.path, cells)
        formula = body.columns.get(figure.column)
        lines.append(
            {
                "group": group,
                "label": label,
                "type": kind,
                "marker": figure.mark,
                "options": "; ".join(options),
                **_reckoned(formula, names),
            }
        )
    _trust_only_sums(lines)
    return lines


def _clear(text: str) -> str:
    """Return a heading without what would part it from others or choices."""
    return text.replace(";", ",").replace(">", "›")


def _told_apart(names: Sequence[str]) -> list[str]:
    times: Counter[str] = Counter()
    found = []
    for name in names:
        times[name.casefold()] += 1
        again = times[name.casefold()]
        found.append(f"{name} ({again})" if again > 1 else name)
    return found


def _reckoned(formula: Formula | None, names: Mapping[int, str]) -> dict[str, str]:
    """Return how the designer's grid says what a formula reckons."""
    if formula is None or any(column not in names for _row, column in formula.cells):
        return {}
    plus, minus, over = (
        [names[column] for _row, column in side] for side in (formula.plus, formula.minus, formula.over)
    )
    if over and (len(plus) > 1 or minus or len(over) > 1):
        return {}
    parts = [*plus, *(f"-{name}" for name in minus), *over]
    return {"compute": str(formula.way), "parts": "; ".join(parts)}


def _trust_only_sums(lines: Sequence[dict[str, Any]]) -> None:
    """Make figures of what is reckoned from: a sum of texts is none."""
    for line in lines:
        if line.get("compute") and line["type"] not in {"decimal", "money"}:
            line["type"] = "integer"


def _without_total(rows: Sequence[BodyRow], body: Body) -> tuple[Any, list[BodyRow]]:
    """Take out a row that is the table's own total: first or last, without a code, over all rows."""
    for place, where in ((0, FIRST), (-1, True)):
        if len(rows) < 2 or not body.sums.get(rows[place].row):
            continue
        one = rows[place]
        rest = [row for row in rows if row is not one]
        tops = frozenset(
            row.row for row, level in zip(rest, _levels(rest), strict=True) if level == 0
        )
        whole = body.sums[one.row] in (tops, frozenset(row.row for row in rest))
        plain = len(set(_levels(rest))) == 1 or body.sums[one.row] == tops
        if whole and plain and not one.code and search_key(one.label).startswith(TOTAL_WORDS):
            return where, rest
    return False, list(rows)


def _levels(rows: Sequence[BodyRow]) -> list[int]:
    if any(one.indent for one in rows):
        return [one.indent for one in rows]
    drafts = [
        {"number": one.number, "label": one.label, "kind": kind}
        for one, kind in zip(rows, _kinds(rows), strict=True)
    ]
    return derived_levels(drafts)


def _kinds(rows: Sequence[BodyRow]) -> list[RowKind]:
    coded = sum(bool(one.code) for one in rows) * 2 >= len(rows)
    return [
        derived_kind(
            {"label": one.label, "measure": one.measure, "code": one.code}, coded=coded
        )
        for one in rows
    ]


def _stored_rows(
    rows: Sequence[BodyRow], figures: Sequence[Figure], columns: Sequence[str], body: Body
) -> tuple[list[dict[str, Any]], list[BodyRow]]:
    """Return the rows to store, and those whose sum the table can't express."""
    rows = [replace(one, label=label) for one, label in zip(rows, _labels(rows), strict=True)]
    levels = _nested(rows, body)
    sums = {one.row for one in rows if body.sums.get(one.row)}
    dropped: list[BodyRow] = []
    while True:
        lines = [
            _line(one, level, figures, is_sum=one.row in sums)
            for one, level in zip(rows, levels, strict=True)
        ]
        stored = read_rows(lines, [], columns, [])
        addends = RowTree(rows_of({"rows": stored})).addends()
        ids = {one.row: made["id"] for one, made in zip(rows, stored, strict=True)}
        wrong = next((one for one in rows if one.row in sums and set(addends[ids[one.row]]) != {
            ids[row] for row in body.sums[one.row] if row in ids}), None)  # fmt: skip
        if wrong is None:
            return stored, dropped
        sums.discard(wrong.row)
        dropped.append(wrong)


def _labels(rows: Sequence[BodyRow]) -> list[str]:
    """Return the labels, those that stand twice under nothing that parts them told apart."""
    seen: Counter[tuple[str, ...]] = Counter()
    found, heading = [], ""
    kinds = _kinds(rows)
    for one, kind in zip(rows, kinds, strict=True):
        if not one.measure and not one.code:
            heading = one.label
        if kind in WORDS_ONLY:
            found.append(one.label)
            continue
        name = (heading if heading != one.label else "", one.number, one.code, one.label.casefold())
        seen[name] += 1
        found.append(f"{one.label} ({seen[name]})" if seen[name] > 1 else one.label)
    return found


def _nested(rows: Sequence[BodyRow], body: Body) -> list[int]:
    """Return how deep each row stands: what a row adds up stands below it."""
    levels = _levels(rows)
    place_of = {one.row: place for place, one in enumerate(rows)}
    for place, one in enumerate(rows):
        parts = [place_of[row] for row in body.sums.get(one.row, ()) if row in place_of]
        if not parts or min(parts) < place:
            continue
        for below in range(place + 1, max(parts) + 1):
            if below in parts:
                levels[below] = levels[place] + 1
            else:
                levels[below] = max(levels[below], levels[place] + 1)
    return levels


def _line(one: BodyRow, level: int, figures: Sequence[Figure], *, is_sum: bool) -> list[str]:
    number, label = one.number, one.label
    if number and not NUMBER.fullmatch(number.strip(" .()")):
        number, label = "", f"{number} {label}"
    crosses = ["x" if figure.column in one.closed else "" for figure in figures]
    kind = KIND_WORDS[RowKind.SUM] if is_sum else ""
    if not kind and any(crosses):
        kind = KIND_WORDS[RowKind.INPUT]
    return [number, INDENT * level + label, one.measure, one.code, kind, *crosses]


def explained(error: BadSettings) -> str:
    """Return why no table was made, in one sentence."""
    return " ".join(error.fields.values())


