"""Questions from pasted lines: one a line, as plans, Word lists and Excel columns have them."""

import re
from dataclasses import dataclass

from core.vietnamese import clean_text, search_key
from questionnaire.types import registry

LONGEST_LABEL = 500
BULLET = re.compile(
    r"^(?:[-–—+*•●▪]|\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]|\(?[a-zđ][.)])\s+", re.IGNORECASE
)
MEASURE = re.compile(
    r"\s*\((?:đvt|đơn vị tính|đơn vị)?\s*:?\s*([^()]{1,30})\)\s*[:.]?$", re.IGNORECASE
)
MONEY = frozenset({"dong", "vnd", "d"})
PERCENT = frozenset({"%", "phan tram"})
YES_NO = re.compile(r"\?$")
REMARKS = ("neu ", "kem ", "ghi ", "bao gom", "gom ", "vi du", "tuc ", "theo ")
COUNTS = ("so ", "tong so ", "so luong ", "so luot ")
TEXTS = ("neu ", "danh gia", "kho khan", "de xuat", "kien nghi", "ket qua", "noi dung", "giai phap")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a line asks."""

    label: str
    type: str
    measure: str = ""


def pasted_questions(text: str) -> list[Pasted]:
    """Return a question for each line that says anything.

    Bullets and numbers fall away. A measuring unit stands in brackets at the end or, copied from
    Excel, in the second column; it makes the question a number, money or a percentage. A line
    that ends with a question mark is answered with yes or no, one that asks for words with a text.
    """
    return [found for line in text.splitlines() if (found := _read(line)) is not None]


def _read(line: str) -> Pasted | None:
    cells = [clean_text(cell) for cell in line.split("\t")]
    label = BULLET.sub("", cells[0]).rstrip(":;. ")
    measure = cells[1] if len(cells) > 1 else ""
    found = MEASURE.search(label)
    if not measure and found and not search_key(found.group(1)).startswith(REMARKS):
        measure, label = found.group(1).strip(), label[: found.start()].strip()
    label = label[:LONGEST_LABEL]
    if not label:
        return None
    kind = _kind(label, measure)
    return Pasted(label, kind, measure if registry.get(kind).has_measure else "")


def _kind(label: str, measure: str) -> str:
    unit, key = search_key(measure), search_key(label)
    if measure.strip() == "%" or unit in PERCENT:
        return "percent"
    if unit in MONEY:
        return "money"
    if measure:
        return "integer"
    if YES_NO.search(label):
        return "yes_no"
    if key.startswith("ngay "):
        return "date"
    if key.startswith(COUNTS):
        return "integer"
    return "long_text" if key.startswith(TEXTS) else "short_text"
