"""The columns of a table as lines of the designer's grid, and back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.vietnamese import clean_text
from core.words import _
from questionnaire.definition import Summing
from questionnaire.ids import new_id
from questionnaire.types import registry
from questionnaire.types.base import BadSettings, QuestionType, Settings
from questionnaire.types.options import kept, repeated
from questionnaire.types.table_carrying import carry_lines, sources
from questionnaire.types.table_columns import MOST_COLUMNS, SPARE_LINES
from questionnaire.types.table_formulas import (
    APART,
    ColumnNames,
    Named,
    computation_line,
    mark_key,
    read_computation,
)
from questionnaire.types.table_head import BETWEEN_GROUPS, groups_of, stored_groups
from questionnaire.types.table_sums import Computation, Way

WHOLE_TYPES = ("integer", "money")


def clean_columns(lines: Iterable[Settings], previous: Sequence[Settings]) -> list[dict[str, Any]]:
    """Return the columns to store from the lines of the designer's grid; raises BadSettings."""
    known = {one["id"]: one for one in previous}
    lines = [
        {**line, "label": label}
        for line in lines
        if (label := clean_text(line.get("label") or "")[:200])
    ]
    if not lines:
        raise BadSettings({"columns": _("Cần ít nhất một cột có tên.")})
    if len(lines) > MOST_COLUMNS:
        raise BadSettings({"columns": _("Nhiều nhất %(most)d cột.", most=MOST_COLUMNS)})
    befores = [known.pop(line.get("id") or "", None) for line in lines]
    names = _line_names(lines, befores)
    computed = _computations(lines, befores, names)
    columns = [
        _column(line, before, _type_of(place, lines, computed))
        for place, (line, before) in enumerate(zip(lines, befores, strict=True))
    ]
    if twice := repeated([f"{_path(one)} / {one['label']}" for one in columns]):
        raise BadSettings({"columns": _("Cột “%(label)s” có hai lần.", label=twice.strip(" /"))})
    ids = {str(place): column["id"] for place, column in enumerate(columns)}
    for place, computation in computed.items():
        _refuse_parts(columns, place, computed)
        sides = (computation.plus, computation.minus, computation.over)
        columns[place]["compute"] = Computation(
            computation.way, *(tuple(ids[one] for one in side) for side in sides)
        ).to_json()
    for place, carry in carry_lines(lines, columns, names).items():
        columns[place]["carry"] = carry
    return columns


def column_lines(columns: Sequence[Settings]) -> list[dict[str, Any]]:
    """Return the lines of the designer's grid, with some spare ones."""
    names = ColumnNames([Named(one["id"], _names(one)) for one in columns])
    lines = [
        {
            **{name: one.get(name, "") for name in ("id", "label", "type", "measure", "marker")},
            "group": _path(one),
            "options": "; ".join(
                option["label"] for option in one.get("settings", {}).get("options", [])
            ),
            **computation_line(one.get("compute"), one.get("sums", True), names),
            **_carry_line(one, names),
        }
        for one in columns
    ]
    return lines + [{"type": "integer"} for _spare in range(SPARE_LINES)]


def _carry_line(column: Settings, names: ColumnNames) -> dict[str, str]:
    source = sources([column]).get(column["id"])
    if source is None:
        return {}
    own = source.column == column["id"]
    return {"compute": str(source.since), "parts": "" if own else names.shown(source.column)}


def pasted_over(
    lines: Iterable[Settings], previous: Sequence[Settings]
) -> list[dict[str, Any]]:
    """Return lines read from a pasted head; a column that was there goes on as it is."""
    before = {(_path(one), one["label"]): one for one in reversed(previous)}
    shown = {one["id"]: one for one in column_lines(previous) if "id" in one}
    found = []
    for line in lines:
        same = before.pop((line["group"], line["label"]), None)
        marker = {"marker": line["marker"]} if line["marker"] else {}
        found.append({**shown[same["id"]], **marker} if same else dict(line))
    return found


def _path(column: Settings) -> str:
    return BETWEEN_GROUPS.join(groups_of(column))


def _names(column: Settings) -> tuple[str, ...]:
    path = BETWEEN_GROUPS.join([*groups_of(column), column["label"]])
    return (mark_key(column.get("marker", "")), column["label"], path)


def _line_names(lines: Sequence[Settings], befores: Sequence[Settings | None]) -> ColumnNames:
    """Return what finds a line by its mark, its label, or what it was called before."""
    return ColumnNames(
        [
            Named(
                str(place),
                (*_names({**line, **stored_groups(line.get("group") or ""),
                          "marker": clean_text(line.get("marker") or "")}),
                 *(_names(before) if before else ())),
            )
            for place, (line, before) in enumerate(zip(lines, befores, strict=True))
        ]
    )  # fmt: skip


def _computations(
    lines: Sequence[Settings], befores: Sequence[Settings | None], names: ColumnNames
) -> dict[int, Computation]:
    """Return how columns are reckoned, by their place, from columns named by theirs."""
    found = {
        place: computation
        for place, (line, before) in enumerate(zip(lines, befores, strict=True))
        if (computation := read_computation(line, before or {}, names)) is not None
    }
    for place in found:
        _refuse_circle(place, found, lines[place]["label"])
    return found


def _refuse_circle(place: int, computed: Mapping[int, Computation], label: str) -> None:
    to_see, seen = [place], set()
    while to_see:
        one = to_see.pop()
        for part in map(int, computed[one].parts) if one in computed else ():
            if part == place:
                raise BadSettings({"columns": _("Cột “%(label)s” được tính từ chính nó.", label=label)})
            if part not in seen:
                seen.add(part)
                to_see.append(part)


def _refuse_parts(
    columns: Sequence[Settings], place: int, computed: Mapping[int, Computation]
) -> None:
    for part in map(int, computed[place].parts):
        one = columns[part]
        adds_up = registry.get(one["type"]).summings[0] == Summing.SUM and one.get("sums", True)
        if not adds_up or (part in computed and computed[part].way != Way.SUM):
            raise BadSettings(
                {
                    "columns": _(
                        "Cột “%(label)s” không thể tính từ cột “%(part)s”, vì cột đó không cộng được.",
                        label=columns[place]["label"],
                        part=one["label"],
                    )
                }
            )


def _type_of(
    place: int, lines: Sequence[Settings], computed: Mapping[int, Computation]
) -> QuestionType:
    computation = computed.get(place)
    if computation is None:
        type_ = registry.get(lines[place].get("type") or "integer")
        if not type_.fits_in_table:
            raise BadSettings({"columns": _("Kiểu này không dùng được trong bảng.")})
        return type_
    if computation.way != Way.SUM:
        return registry.get("percent" if computation.way == Way.PERCENT else "decimal")
    kinds = {_type_of(int(part), lines, computed).key for part in computation.parts}
    return registry.get(kinds.pop() if len(kinds) == 1 and kinds <= set(WHOLE_TYPES) else "decimal")


def _column(line: Settings, before: Settings | None, type_: QuestionType) -> dict[str, Any]:
    if before and before["type"] != type_.key:
        # What is stored under the id of the other type can't be read by this one.
        before = None
    column = {
        "id": before["id"] if before else new_id(),
        **stored_groups(line.get("group") or ""),
        "label": line["label"],
        "type": type_.key,
        "measure": clean_text(line.get("measure") or ""),
        "settings": _settings(type_, line, before or {}),
    }
    if marker := clean_text(line.get("marker") or ""):
        column["marker"] = marker
    if line.get("compute") == APART:
        column["sums"] = False
    return column


def _settings(type_: QuestionType, line: Settings, before: Settings) -> dict[str, Any]:
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
