"""How the designer says that a column is reckoned: in words, or by the formula in its mark."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.vietnamese import clean_text
from core.words import _
from questionnaire.answers import Since
from questionnaire.types.base import BadSettings
from questionnaire.types.table_sums import Computation, Way

DIFFERENCE = "difference"
#: Typed, but never added up, such as an average.
APART = "apart"
BETWEEN = "; "
NAME_MARK = r"[0-9A-Za-zĐđ.…]+"
LINEAR = rf"[+-]?{NAME_MARK}(?:[+-]{NAME_MARK})*"
MARK_FORMULA = re.compile(r"\(?([^=()]+)\)?\s*\(?=(.+)")
QUOTIENT = re.compile(rf"\(?({LINEAR})\)?(\*100)?%?/\(?({LINEAR})\)?(\*100)?(%)?")
MEAN = re.compile(r"(?:TB|TRUNGBÌNH|AVERAGE)\((.+)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A column by all its names: the key of its mark, its label, and its label under its groups.

    What it was called before may follow, in the same order.
    """

    id: str
    names: tuple[str, ...]


def mark_key(marker: str) -> str:
    """Return what formulas call a column by: "1" for "1=4+13", "4" for "4(=2*100/3)"."""
    found = MARK_FORMULA.fullmatch(marker)
    return (found[1] if found else marker).strip(" ()")


class UnknownColumn(ValueError):
    """A formula names no column, or several; the message is that name."""


class ColumnNames:
    """Finds columns by what people call them."""

    def __init__(self, columns: Sequence[Named]) -> None:
        self.columns = columns
        self._ids: dict[str, list[str]] = {}
        for rank in range(max((len(one.names) for one in columns), default=0)):
            earlier = set(self._ids)
            for one in columns:
                name = one.names[rank].casefold() if rank < len(one.names) else ""
                if name and name not in earlier:
                    self._ids.setdefault(name, []).append(one.id)

    def find(self, name: str) -> str | None:
        """Return the id of the one column called so."""
        found = self._ids.get(clean_text(name).casefold(), [])
        return found[0] if len(found) == 1 else None

    def meant(self, name: str) -> str:
        """Return the id of the one column called so; raises UnknownColumn."""
        found = self.find(name)
        if found is None:
            raise UnknownColumn(name)
        return found

    def shown(self, id_: str) -> str:
        """Return the shortest name that means this column and no other."""
        names = next((one.names for one in self.columns if one.id == id_), ())
        return next((name for name in names if name and self.find(name) == id_), "?")


def read_formula(text: str, names: ColumnNames) -> Computation | None:
    """Return what a formula over marks says, such as "4+13+22" or "2*100/3"; None for no formula.

    Raises UnknownColumn.
    """
    bare = re.sub(r"\s+", "", text).replace("×", "*").replace(":", "/").replace("\u2013", "-")
    bare = bare.rstrip(")") if bare.count(")") > bare.count("(") else bare
    bare = re.sub(rf"\(({NAME_MARK})\)", r"\1", bare)
    if found := MEAN.fullmatch(bare):
        return Computation(Way.MEAN, tuple(map(names.meant, re.split(r"[;,+]", found[1]))))
    if re.fullmatch(LINEAR, bare):
        return Computation(Way.SUM, *_linear(bare, names))
    found = QUOTIENT.fullmatch(bare)
    if not found:
        return None
    above, below = _linear(found[1], names), _linear(found[3], names)
    if below[1]:
        return None
    percent = found[2] or found[4] or found[5]
    return Computation(Way.PERCENT if percent else Way.RATIO, *above, over=below[0])


def _linear(text: str, names: ColumnNames) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns added and taken away; "4+...+7" means all from the one to the other."""
    order = [one.id for one in names.columns]
    sides: dict[str, list[str]] = {"+": [], "-": []}
    pieces = re.findall(rf"([+-]?)({NAME_MARK})", text)
    for place, (sign, name) in enumerate(pieces):
        side = sides[sign or "+"]
        if not name.strip(".…") and 0 < place < len(pieces) - 1:
            start, end = (names.meant(pieces[at][1]) for at in (place - 1, place + 1))
            side += order[order.index(start) + 1 : order.index(end)]
        else:
            side.append(names.meant(name))
    return tuple(sides["+"]), tuple(sides["-"])


def read_computation(
    line: Mapping[str, Any], before: Mapping[str, Any], names: ColumnNames
) -> Computation | None:
    """Return how the column of a designer's line is reckoned, None if typed; raises BadSettings.

    The formula in a mark counts where nothing else was chosen, and when it is a new one.
    """
    way, parts = line.get("compute") or "", clean_text(line.get("parts") or "")
    marker = clean_text(line.get("marker") or "")
    if way == APART or way in list(Since):
        return None
    found = MARK_FORMULA.fullmatch(marker)
    is_new = bool(before) and before.get("marker", "") != marker
    if found and (is_new or not (way and parts)):
        try:
            read = read_formula(found[2], names)
        except UnknownColumn as unknown:
            read, reason = None, _("không rõ “%(name)s” là cột nào.", name=str(unknown)[:60])
        else:
            reason = _("không đọc được công thức, ví dụ đúng: 1=2+3 hoặc 4=2*100/3.")
        if read is not None:
            return read
        if not (way and parts):
            raise BadSettings(
                {"columns": _("Cột “%(label)s”, ký hiệu “%(marker)s”: %(reason)s",
                              label=line["label"], marker=marker, reason=reason)}
            )  # fmt: skip
    return _chosen(way, parts, names, line["label"]) if way else None


def _chosen(way: str, parts: str, names: ColumnNames, label: str) -> Computation:
    if names.find(parts) is None and ";" not in parts:
        try:
            read = read_formula(parts, names)
        except UnknownColumn as unknown:
            raise BadSettings({"columns": _no_column(label, str(unknown))}) from None
        if read is not None and read.way == (Way.SUM if way == DIFFERENCE else way):
            return read
        if read is not None and way == Way.MEAN and read.way == Way.SUM and not read.minus:
            return Computation(Way.MEAN, read.plus)
    plus: list[str] = []
    minus: list[str] = []
    for part in filter(None, map(str.strip, parts.split(";"))):
        id_, side = names.find(part), plus
        if id_ is None and part.startswith("-"):
            id_, side = names.find(part[1:]), minus
        if id_ is None:
            raise BadSettings({"columns": _no_column(label, part)})
        side.append(id_)
    if way == DIFFERENCE:
        plus, minus = plus[:1], [*plus[1:], *minus]
    over = tuple(plus[1:]) if way in {Way.PERCENT, Way.RATIO} else ()
    computed = Computation(
        Way.SUM if way == DIFFERENCE else Way(way), tuple(plus[:1] if over else plus), tuple(minus), over
    )
    if not _is_whole(way, computed):
        raise BadSettings({"columns": _wanted(way, label)})
    return computed


def _is_whole(way: str, computed: Computation) -> bool:
    if way in {Way.PERCENT, Way.RATIO}:
        return len(computed.over) == 1 and not computed.minus
    if way == DIFFERENCE:
        return bool(computed.plus and computed.minus)
    return bool(computed.parts) and (way == Way.SUM or not computed.minus)


def _no_column(label: str, name: str) -> str:
    return _("Cột “%(label)s”: không có cột nào tên “%(name)s”.", label=label, name=name[:60])


def _wanted(way: str, label: str) -> str:
    if way in {Way.PERCENT, Way.RATIO, DIFFERENCE}:
        return _("Cột “%(label)s”: ghi đúng hai cột, ví dụ 2; 3.", label=label)
    return _("Cột “%(label)s”: ghi các cột dùng để tính, ví dụ 2; 3.", label=label)


def computation_line(
    stored: Mapping[str, Any] | None, sums: bool, names: ColumnNames
) -> dict[str, str]:
    """Return how the designer's line shows a column's reckoning: undoes `read_computation`."""
    computed = Computation.from_json(stored)
    if computed is None:
        return {"compute": "" if sums else APART, "parts": ""}
    plus, minus, over = (
        [names.shown(one) for one in side] for side in (computed.plus, computed.minus, computed.over)
    )
    if over and (len(plus) > 1 or minus or len(over) > 1):
        above = "+".join(plus) + "".join(f"-{name}" for name in minus)
        times = "*100" if computed.way == Way.PERCENT else ""
        return {"compute": str(computed.way), "parts": f"({above}){times}/({'+'.join(over)})"}
    if computed.way == Way.SUM and minus and len(plus) == 1:
        return {"compute": DIFFERENCE, "parts": BETWEEN.join([*plus, *minus])}
    parts = [*plus, *(f"-{name}" for name in minus), *over]
    return {"compute": str(computed.way), "parts": BETWEEN.join(parts)}
