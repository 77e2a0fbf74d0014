"""Formulas of a sheet that a table can express: sums, differences, averages and quotients of cells."""

import re
from dataclasses import dataclass
from typing import Any

from documents.sheets import Place
from questionnaire.types.table_sums import Way

REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,6})")
RANGE = re.compile(r"([A-Z]{1,3}\d{1,6}):([A-Z]{1,3}\d{1,6})")
WRAPPED = re.compile(r"(IFERROR|ROUND|IF|ABS|INT)\((.*)\)", re.IGNORECASE)
CALL = re.compile(r"(SUM|AVERAGE|SUBTOTAL)\(([^()]*)\)", re.IGNORECASE)
TERM = re.compile(r"([+-]?)((?:SUM|SUBTOTAL)\([^()]*\)|[A-Z]{1,3}\d{1,6})", re.IGNORECASE)
MOST_CELLS = 2000


@dataclass(frozen=True, slots=True)
class Formula:
    """What a formula reckons: `plus` less `minus`, in quotients through `over`."""

    way: Way
    plus: tuple[Place, ...]
    minus: tuple[Place, ...] = ()
    over: tuple[Place, ...] = ()

    @property
    def cells(self) -> tuple[Place, ...]:
        """All cells that it reads."""
        return (*self.plus, *self.minus, *self.over)


def read_formula(text: str, number_format: str = "") -> Formula | None:
    """Return what a formula reckons, None for one that a table can't express."""
    bare = _unwrapped(re.sub(r"[\s$]", "", text.lstrip("=").upper()).replace(";", ",").lstrip("+"))
    if "!" in bare or "[" in bare:
        return None
    if found := re.fullmatch(r"AVERAGE\(([^()]*)\)", bare):
        cells = _cells(found[1])
        return Formula(Way.MEAN, tuple(cells)) if cells else None
    if linear := _linear(bare):
        return Formula(Way.SUM, *linear)
    return _quotient(bare, number_format)


def _unwrapped(bare: str) -> str:
    """Return what is reckoned inside of IFERROR, IF and ROUND."""
    while found := WRAPPED.fullmatch(bare):
        parts = _arguments(found[2])
        if found[1] == "IF":
            figures = [one for one in parts[1:] if REFERENCE.search(one)]
            if len(figures) != 1:
                return bare
            bare = figures[0]
        elif parts:
            bare = parts[0]
    return bare.strip("()") if re.fullmatch(r"\([^()]*\)", bare) else bare


def _arguments(text: str) -> list[str]:
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _quotient(bare: str, number_format: str) -> Formula | None:
    percent = "%" in number_format
    for hundred in ("*100", "100*"):
        if hundred in bare:
            bare, percent = bare.replace(hundred, "", 1), True
    sides = bare.replace("/100", "").rstrip("%").split("/")
    if len(sides) != 2:
        return None
    above, below = (_linear(_bare_side(one)) for one in sides)
    if above is None or below is None or below[1]:
        return None
    return Formula(Way.PERCENT if percent else Way.RATIO, *above, over=below[0])


def _bare_side(side: str) -> str:
    return side[1:-1] if side.startswith("(") and side.endswith(")") else side


def _linear(bare: str) -> tuple[tuple[Place, ...], tuple[Place, ...]] | None:
    sides: dict[str, list[Place]] = {"+": [], "-": []}
    end = 0
    for found in TERM.finditer(bare):
        if found.start() != end or (end and not found[1]):
            return None
        end = found.end()
        cells = _cells(found[2])
        if not cells:
            return None
        sides[found[1] or "+"] += cells
    if end != len(bare) or not sides["+"]:
        return None
    return tuple(sides["+"]), tuple(sides["-"])


def _cells(text: str) -> list[Place]:
    """Return the cells that a reference, a range, or a call with several of them names."""
    call = CALL.fullmatch(text)
    if call:
        parts = call[2].split(",")
        if call[1] == "SUBTOTAL":
            if parts[0] not in {"9", "109"}:
                return []
            parts = parts[1:]
        found = [_cells(part) for part in parts]
        return [place for cells in found for place in cells] if all(found) else []
    if area := RANGE.fullmatch(text):
        (top, left), (bottom, right) = place_of(area[1]), place_of(area[2])
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            return []
        return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    parts = text.split(",")
    if len(parts) > 1:
        found = [_cells(part) for part in parts]
        return [place for cells in found for place in cells] if all(found) else []
    return [place_of(text)] if REFERENCE.fullmatch(text) else []


def place_of(name: str) -> Place:
    """Return the row and column of a cell's name."""
    found: Any = REFERENCE.fullmatch(name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
