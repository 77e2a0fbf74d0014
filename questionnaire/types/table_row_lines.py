"""Rows of a table as lines of text: number, label, unit and code between tabs, as Excel copies them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.vietnamese import clean_text, search_key
from core.words import N_, _
from questionnaire.types.base import BadSettings
from questionnaire.types.table_levels import NUMBER, derived_levels
from questionnaire.types.table_row_ids import kept_ids, named_ids
from questionnaire.types.table_rows import RowKind, TableRow

MOST_ROWS = 300
LONGEST_LABEL = 300
DEEPEST = 8
INDENT = "  "
TYPED_NUMBER = re.compile(
    r"((?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3})[.)]|\d{1,3}(?:\.\d{1,3}){1,4}[.)]?|[a-zđ][.)])\s+(?=\S)"
)
QUOTED = re.compile(r'(?m)(^|\t)"((?:[^"\t]|"")*)"(?=\t|$)')
#: Words in the fifth place that say what a row is for.
KIND_WORDS = {
    RowKind.INPUT: "nhập",
    RowKind.LABEL: "chữ",
    RowKind.PARTS: "chia ra",
    RowKind.WITHIN: "trong đó",
    RowKind.SUM: "cộng",
}
KINDS = {search_key(word): kind for kind, word in KIND_WORDS.items()}
#: What each of them means, for the list from which it is chosen.
KIND_LABELS = {
    RowKind.INPUT: N_("Đơn vị nhập"),
    RowKind.LABEL: N_("Chỉ có chữ"),
    RowKind.PARTS: N_("Chia ra: cộng lại bằng dòng trên"),
    RowKind.WITHIN: N_("Trong đó: không lớn hơn dòng trên"),
    RowKind.SUM: N_("Tổng các dòng bên dưới"),
}
CROSSES = frozenset({"x", "×"})
WORDS_ONLY = frozenset({RowKind.LABEL, RowKind.PARTS, RowKind.WITHIN})
PARTS_WORDS = ("chia ra", "chia theo", "phan ra", "phan theo")
WITHIN_WORDS = ("trong do",)

Stored = Mapping[str, Any]
NO_NAMES = {"number": "", "measure": "", "code": "", "level": 0}


def cells_of(text: str) -> list[list[str]]:
    """Return pasted text as rows of cells; a cell may have held several lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = QUOTED.sub(_unquoted, text)
    return [_split(line) for line in text.split("\n") if line.strip()]


def _unquoted(found: re.Match[str]) -> str:
    """Return what Excel put between quotes because of a line break, and nothing else it didn't."""
    inner = found[2].replace('""', '"')
    was_quoted = "\n" in inner or inner != found[2]
    return found[1] + inner.replace("\n", " ") if was_quoted else found[0]


def _split(line: str) -> list[str]:
    if "\t" not in line and " | " in line:
        return line.split(" | ")
    return line.rstrip().split("\t")


def read_rows(
    lines: Sequence[Sequence[str]],
    previous: Sequence[Stored],
    columns: Sequence[str],
    columns_before: Sequence[str],
    known: str = "",
) -> list[dict[str, Any]]:
    """Return the rows to store from lines of cells; raises BadSettings.

    `known` says which row goes on in which line, where a script has kept account of that.

    Crosses after the code close cells by the place of their column; those of a row that nobody
    has touched stay with their columns wherever these move.
    """
    drafts = _drafts(lines, {one["label"] for one in previous})
    if not drafts:
        raise BadSettings({"rows": _("Cần ít nhất một dòng.")})
    if len(drafts) > MOST_ROWS:
        raise BadSettings({"rows": _("Nhiều nhất %(most)d dòng.", most=MOST_ROWS)})
    coded = sum(bool(draft["code"]) for draft in drafts) * 2 >= len(drafts)
    for draft in drafts:
        draft["kind"] = draft["kind"] or derived_kind(draft, coded=coded)
    spaced = any(draft["spaces"] for draft in drafts)
    least = min(draft["spaces"] for draft in drafts)
    levels = [draft["spaces"] - least for draft in drafts] if spaced else derived_levels(drafts)
    for draft, level in zip(drafts, levels, strict=True):
        draft["level"] = min(level, DEEPEST)
    ids = named_ids(known, len(drafts), [one["id"] for one in previous])
    ids = ids or kept_ids(drafts, [{**NO_NAMES, **one} for one in previous])
    closed_before = {one["id"]: one.get("closed", []) for one in previous}
    rows = []
    for draft, id_ in zip(drafts, ids, strict=True):
        before = closed_before.get(id_, [])
        if draft["crosses"] == [place for place, one in enumerate(columns_before) if one in before]:
            closed = [one for one in columns if one in before]
        else:
            closed = [columns[place] for place in draft["crosses"] if place < len(columns)]
        rows.append(_stored(draft, id_, closed))
    _refuse_repeated(rows)
    return rows


def row_lines(rows: Sequence[Stored], columns: Sequence[str]) -> str:
    """Return stored rows as the text that `read_rows` takes back."""
    drafts = [{**NO_NAMES, **one} for one in rows]
    coded = sum(bool(one["code"]) for one in drafts) * 2 >= len(drafts)
    kinds = [RowKind(one.get("kind", RowKind.INPUT)) for one in drafts]
    derived = derived_levels([{**one, "kind": kind} for one, kind in zip(drafts, kinds, strict=True)])
    levels = [one.get("level", 0) for one in drafts]
    spaced = levels != derived or any(levels)
    # Without any space the levels would be taken from the numbers.
    margin = 1 if spaced and not any(levels) else 0
    return "\n".join(
        _line(one, kind, level + margin if spaced else 0, columns, coded=coded)
        for one, kind, level in zip(drafts, kinds, levels, strict=True)
    )


def _line(one: Stored, kind: RowKind, spaces: int, columns: Sequence[str], *, coded: bool) -> str:
    closed = one.get("closed", ())
    crosses = ["x" if column in closed else "" for column in columns] if closed else []
    derived = derived_kind(one, coded=coded)
    word = KIND_WORDS[kind] if closed or kind != derived else ""
    label = INDENT * spaces + one["label"]
    if label.startswith('"'):
        label = '"' + label.replace('"', '""') + '"'
    cells = [one["number"], label, one["measure"], one["code"], word, *crosses]
    while not cells[-1]:
        cells.pop()
    if len(cells) == 2 and not cells[0] and " | " not in label:
        return label
    return "\t".join(cells)


def derived_kind(draft: Stored, *, coded: bool) -> RowKind:
    """Return what a row is for by its words; `coded` says that most rows have a code."""
    if draft["measure"] or draft["code"]:
        return RowKind.INPUT
    key = search_key(draft["label"])
    if key.startswith(PARTS_WORDS):
        return RowKind.PARTS
    if key.startswith(WITHIN_WORDS):
        return RowKind.WITHIN
    words_only = coded or draft["label"].endswith(":")
    return RowKind.LABEL if words_only else RowKind.INPUT


def _drafts(lines: Sequence[Sequence[str]], labels: set[str]) -> list[dict[str, Any]]:
    tabbed = [line for line in lines if len(line) > 1]
    firsts = [first for line in tabbed if (first := clean_text(line[0]))]
    numbered = sum(map(_is_number, firsts)) * 2 >= len(firsts)
    drafts = []
    for line in lines:
        cells = list(line)
        if len(cells) == 1:
            cells = ["", *cells] if clean_text(cells[0]) in labels else _number_apart(cells[0])
        elif not numbered:
            cells = ["", *cells]
        cells += [""] * (5 - len(cells))
        label = clean_text(cells[1])[:LONGEST_LABEL]
        if not label:
            continue
        kind = KINDS.get(search_key(clean_text(cells[4])))
        marks = [clean_text(cell).lower() for cell in cells[5 if kind else 4 :]]
        drafts.append(
            {
                "number": clean_text(cells[0])[:20],
                "label": label,
                "measure": clean_text(cells[2])[:60],
                "code": clean_text(cells[3])[:30],
                "kind": kind,
                "spaces": _spaces(cells[1]),
                "crosses": [place for place, mark in enumerate(marks) if mark in CROSSES],
            }
        )
    return drafts


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(clean_text(text).strip(" .()")))


def _number_apart(text: str) -> list[str]:
    """Return a number typed before the label, and the label with its indent."""
    bare = text.lstrip()
    found = TYPED_NUMBER.match(bare)
    if not found:
        return ["", text]
    return [found[1], text[: len(text) - len(bare)] + bare[found.end() :]]


def _spaces(label: str) -> int:
    spaces = label.replace("\xa0", " ")
    return (len(spaces) - len(spaces.lstrip(" "))) // len(INDENT)


def _stored(draft: Stored, id_: str, closed: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": id_, "label": draft["label"]}
    row |= {name: draft[name] for name in ("number", "measure", "code") if draft[name]}
    if draft["level"]:
        row["level"] = draft["level"]
    if draft["kind"] != RowKind.INPUT:
        row["kind"] = str(draft["kind"])
    if closed and TableRow("", "", kind=draft["kind"]).has_cells:
        row["closed"] = closed
    return row


def _refuse_repeated(rows: Sequence[Stored]) -> None:
    """Refuse rows to fill in that nobody could tell apart: of one name, under one heading."""
    seen = set()
    headings: list[tuple[int, int]] = []
    for place, row in enumerate(rows):
        level = row.get("level", 0)
        while headings and headings[-1][0] > level:
            headings.pop()
        own = [one for one in headings if one[0] < level or rows[one[1]].get("kind")]
        name = (own[-1] if own else None, row.get("number"), row.get("code"), row["label"].casefold())
        if row.get("kind") not in WORDS_ONLY:
            if name in seen:
                raise BadSettings({"rows": _("“%(label)s” có hai lần.", label=row["label"])})
            seen.add(name)
        headings.append((level, place))
