"""The lines of a plan, as they come out of a file, made fit for reading: one paragraph each."""

import re
import unicodedata
from collections.abc import Iterable

#: A wrong glyph of old fonts that stands for another letter, and never for itself.
GLYPHS = str.maketrans({"Ƣ": "Ư", "ƣ": "ư", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " "})
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
MARKS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
RULES = re.compile(r"[-_=*~]{3,}|[.…]{12,}")
PLAIN = str.maketrans("Đđ", "Dd")
SPACES = re.compile(r"[ \f\v]+")
#: In letters without marks, as fonts and scans lose them.
NATION = re.compile(
    r"CONG\s+HO[AO]*\s+XA\s+HOI(?:\s+CHU\s+NGHIA\s+VI\w?T(?:\s+NAM)?|$)|"
    r"^CHU\s+NGHIA\s+VIET\s+NAM$|^(?:VIET\s+)?NAM$|DANG\s+CONG\s+SAN\s+VIET\s+NAM",
    re.IGNORECASE,
)
#: As a heading it stands in capitals, save for letters that old fonts have only small.
MOSTLY_CAPITALS = 0.6
MOTTO = re.compile(r"doc\s+lap\s*[-–—]?\s*tu\s+do\s*[-–—]?\s*hanh\s+phuc", re.IGNORECASE)
RECIPIENTS = re.compile(r"^\s*noi\s+nhan\s*:?", re.IGNORECASE)
DASH = re.compile(r"^\s*[-–+•*]\s*")
KEPT = re.compile(r"^\s*lưu\b", re.IGNORECASE)
SIGNS = re.compile(
    r"^(?:T/?M\.?|K/?T\.?|T/?L\.?|TUQ\.?|Q\.)\s*\S|^(?:GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CHỦ TỊCH|PHÓ CHỦ TỊCH|"
    r"BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|VỤ TRƯỞNG|"
    r"TRƯỞNG BAN|TRƯỞNG PHÒNG|HIỆU TRƯỞNG|BÍ THƯ|PHÓ BÍ THƯ|TỔNG GIÁM ĐỐC|CHỦ NHIỆM|VIỆN TRƯỞNG|"
    r"TRƯỞNG|PHÓ TRƯỞNG|PHÓ)\b"
)
#: A wide gap parts two columns, save in a blank for a number or a day.
COLUMNS = re.compile(r"(?<!Số:)(?<!Số)(?<!số:)(?<!ngày)(?<!tháng) {4,}(?![/\-–…._]|tháng|năm)")
HEAD_LINES = 30
FOOT_LINES = 60
RIGHT_COLUMN = 25
ITEM_IN_LINE = re.compile(r"(?:(?<=[;)])|(?<=:))\s*[-–]\s+")
NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[-–+•*]|[IVXL]{1,5}[.\-/]|Điều\s+\d+|[A-H]\.)\s*",
    re.IGNORECASE,
)
NUMBER_AND_DATE = re.compile(
    r"^(?P<number>S[ốỐôÔóÓ]\s*[:.]?.{0,60}?[/\-–]\s?[A-ZĐ]\S*)\s+(?P<date>\S[^,]{1,40},\s*ngày\s.*)$"
)
OPEN_END = re.compile(
    r"\s(?:ngày|tháng|năm|số|quý|và|của|các|với|cho|tại|về|trong|từ|theo|do|là|hoặc)$", re.IGNORECASE
)
LONG_LINE = 45
ENDS = (".", ";", ":", "./.", "!", "?")


def folded(text: str) -> str:
    """Return a text letter by letter without marks, so that places in both are the same."""
    return "".join(unicodedata.normalize("NFD", one)[0] for one in text.translate(PLAIN))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, blank where the text has an empty line; wraps are joined."""
    raw = unicodedata.normalize("NFC", text).replace("\t", "    ").splitlines()
    return _joined([line for one in _columns_apart(raw) for line in _clean(one)])


def from_paragraphs(found: Iterable[str]) -> list[str]:
    """Return paragraphs that are whole already, as a word processor keeps them."""
    return [line for raw in found for part in (raw.split("\n") or [""]) for line in _clean(part)]


def _columns_apart(raw: list[str]) -> list[str]:
    """Return the lines with the columns of the head in turn, and the foot's left before its right."""
    start = next((n for n, line in enumerate(raw) if RECIPIENTS.match(folded(line))), len(raw))
    head = min(start, HEAD_LINES)
    found = [part for line in raw[:head] for part in COLUMNS.split(line.strip())] + raw[head:start]
    left, right = [], []
    for line in raw[start : start + FOOT_LINES]:
        if len(line) - len(line.lstrip()) >= RIGHT_COLUMN:
            right.append(line.strip())
        else:
            first, *others = COLUMNS.split(line.strip(), maxsplit=1)
            left.append(first)
            right += others
    return [*found, *left, "", *right, *raw[start + FOOT_LINES :]]


def _clean(raw: str) -> list[str]:
    """Return a line without what only looks, cut where it held the cells of a table."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", raw).translate(GLYPHS))
    text = MARKS.sub("", text)
    cells = [cell.strip() for cell in text.split("|")] if "|" in text else [text.strip()]
    if "|" in text:
        cells = [cell for cell in cells if cell]
    found: list[str] = []
    for cell in cells or [""]:
        plain = RULES.sub("\n", _without(NATION, _without(MOTTO, cell)))
        parts = [SPACES.sub(" ", part).strip() for part in plain.split("\n")]
        kept = [part for part in parts if part] or ([""] if not cell else [])
        found += [line for part in kept for line in _items(part)]
    return found


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Return a text broken where the pattern stands in its letters without marks."""
    for one in reversed(list(pattern.finditer(folded(text)))):
        if pattern is NATION and not _is_heading(one[0]):
            continue
        text = f"{text[: one.start()]}\n{text[one.end() :]}"
    return text


def _is_heading(text: str) -> bool:
    letters = [one for one in text if one.isalpha()]
    return sum(map(str.isupper, letters)) >= MOSTLY_CAPITALS * len(letters)


def _items(line: str) -> list[str]:
    """Return recipients that stand on one line as a line each, and number and date apart."""
    two = NUMBER_AND_DATE.match(line)
    if two:
        return [two["number"].strip(), two["date"].strip()]
    head = RECIPIENTS.match(folded(line))
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
    if not before or before.endswith(ENDS) or NUMBERED.match(line) or RECIPIENTS.match(folded(before)):
        return False
    if not line[0].islower() or len(before) < LONG_LINE or before.isupper():
        return False
    return not gap or not before.endswith(",") or line[0].islower()
