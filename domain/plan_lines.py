"""The lines of a plan, as they come out of a file, made fit for reading: one paragraph each."""

import re
import unicodedata
from collections.abc import Iterable

#: A wrong glyph of old fonts that stands for another letter, and never for itself.
GLYPHS = str.maketrans({"Ƣ": "Ư", "ƣ": "ư", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " "})
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
MARKS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
RULES = re.compile(r"[-_=*~]{3,}|[.…]{12,}")
SPACES = re.compile(r"[ \f\v]+")
NATION = re.compile(
    r"C[ỘO]NG\s+H[OÒÀA]{2}\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T(?:\s+NAM)?|^NAM$|"
    r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM",
    re.IGNORECASE,
)
MOTTO = re.compile(r"Độc\s+lập\s*[-–—]?\s*Tự\s+do\s*[-–—]?\s*Hạnh\s+phúc", re.IGNORECASE)
RECIPIENTS = re.compile(r"^\s*n[ơo]i\s+nh[ậa]n\s*:?", re.IGNORECASE)
ITEM_IN_LINE = re.compile(r"(?:(?<=[;)])|(?<=:))\s*[-–]\s+")
NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[-–+•*]|[IVXL]{1,5}[.\-/]|Điều\s+\d+|[A-H]\.)\s*",
    re.IGNORECASE,
)
NUMBER_AND_DATE = re.compile(
    r"^(?P<number>S[ốỐ]\s*[:.]?.{0,60}?/\s?[A-ZĐ]\S*)\s+(?P<date>\S[^,]{1,40},\s*ngày\s.*)$"
)
OPEN_END = re.compile(
    r"\s(?:ngày|tháng|năm|số|quý|và|của|các|với|cho|tại|về|trong|từ|theo|do|là|hoặc)$", re.IGNORECASE
)
LONG_LINE = 45
ENDS = (".", ";", ":", "./.", "!", "?")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, blank where the text has an empty line; wraps are joined."""
    return _joined([line for raw in text.splitlines() for line in _clean(raw)])


def from_paragraphs(found: Iterable[str]) -> list[str]:
    """Return paragraphs that are whole already, as a word processor keeps them."""
    return [line for raw in found for part in (raw.split("\n") or [""]) for line in _clean(part)]


def _clean(raw: str) -> list[str]:
    """Return a line without what only looks, cut where it held the cells of a table."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", raw).translate(GLYPHS))
    text = MARKS.sub("", text)
    cells = [cell.strip() for cell in text.split("|")] if "|" in text else [text.strip()]
    if "|" in text:
        cells = [cell for cell in cells if cell]
    found: list[str] = []
    for cell in cells or [""]:
        plain = RULES.sub("\n", NATION.sub("\n", MOTTO.sub("\n", cell)))
        parts = [SPACES.sub(" ", part).strip() for part in plain.split("\n")]
        kept = [part for part in parts if part] or ([""] if not cell else [])
        found += [line for part in kept for line in _items(part)]
    return found


def _items(line: str) -> list[str]:
    """Return recipients that stand on one line as a line each, and number and date apart."""
    two = NUMBER_AND_DATE.match(line)
    if two:
        return [two["number"].strip(), two["date"].strip()]
    head = RECIPIENTS.match(line)
    if head is None or len(line) == head.end():
        return [line]
    rest = line[head.end() :].strip()
    parts = [part.strip() for part in ITEM_IN_LINE.split(" " + rest if rest[:1] in "-–" else rest)]
    if len(parts) == 1:
        parts = [part.strip() for part in rest.split(";")]
    return [line[: head.end()], *(f"- {part.lstrip('-– ')}" for part in parts if part)]


def _joined(lines: list[str]) -> list[str]:
    """Join what was broken at the end of a printed line or page, and nothing else."""
    found: list[str] = []
    gap = False
    for line in lines:
        if not line:
            gap = bool(found)
            continue
        if found and _goes_on(found[-1], line, gap):
            found[-1] += f" {line}"
        else:
            if gap:
                found.append("")
            found.append(line)
        gap = False
    return found


def _goes_on(before: str, line: str, gap: bool) -> bool:
    """Tell whether a line goes on with the sentence before it."""
    if before and OPEN_END.search(before) and not gap:
        return True
    if not before or before.endswith(ENDS) or NUMBERED.match(line) or RECIPIENTS.match(before):
        return False
    if not line[0].islower() or len(before) < LONG_LINE or before.isupper():
        return False
    return not gap or not before.endswith(",") or line[0].islower()
