"""The paragraphs of a PDF page by page, from where its words stand: columns apart, lines joined."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber

GAP = 18.0
FULL = 40.0
MARGIN = 6.0
LINE = 3.0
NEW_ITEM = re.compile(
    r"^(?:[-–+•*]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ][.)]\s|[IVXL]{1,5}\.\s|Điều\s+\d)"
)
RECIPIENTS = re.compile(r"^\W*n[ơo]i nh[ậa]n\s*:", re.IGNORECASE)
NUMBER_LINE = re.compile(r"^S[ốỐ]\b")
PAGE_NUMBER = re.compile(r"^\s*-?\s*\d{1,3}\s*-?\s*$")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line that stand close together; places are in points from the left and top."""

    text: str
    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Pages:
    """What was read of a file: its paragraphs, from how many pages, and the font of most letters."""

    paragraphs: list[str]
    pages: int
    font: str


def read(file: BytesIO, most_pages: int) -> Pages:
    """Return what the first pages say, up to the one with "Nơi nhận": annexes follow it."""
    found: list[str] = []
    fonts: Counter[str] = Counter()
    pages = 0
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages[:most_pages]:
            pages += 1
            lines = _page(page)
            fonts.update(one["fontname"] for one in page.chars)
            page.close()
            found += lines
            if any(RECIPIENTS.match(unicodedata.normalize("NFC", line)) for line in lines):
                break
    return Pages(found, pages, fonts.most_common(1)[0][0] if fonts else "")


def _page(page: Any) -> list[str]:
    lines = list(_lines(page.extract_words(x_tolerance=1.5, keep_blank_chars=False)))
    for place in (0, -1):
        if lines and len(lines[place]) == 1 and PAGE_NUMBER.match(lines[place][0].text):
            lines.pop(place)
    middle = float(page.width) / 2
    ordered = [one for run in _runs(lines, middle) for one in _in_columns(run, middle)]
    return _joined(ordered)


def _lines(words: Sequence[dict[str, Any]]) -> Iterator[list[Segment]]:
    """Yield the segments of each line, from the top; a line's words differ little in height."""
    line: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda one: (one["bottom"], one["x0"])):
        if line and word["bottom"] - line[0]["bottom"] > LINE:
            yield list(_segments(line))
            line = []
        line.append(word)
    if line:
        yield list(_segments(line))


def _segments(line: list[dict[str, Any]]) -> Iterator[Segment]:
    words = sorted(line, key=lambda one: one["x0"])
    start = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or words[place]["x0"] - words[place - 1]["x1"] > GAP:
            part = words[start:place]
            text = " ".join(one["text"] for one in part)
            yield Segment(text, part[0]["x0"], part[-1]["x1"], part[0]["top"])
            start = place


def _runs(lines: Sequence[list[Segment]], middle: float) -> Iterator[list[list[Segment]]]:
    """Yield lines that belong together: those set in two columns, and each other line alone."""
    run: list[list[Segment]] = []
    for line in lines:
        beside = len(line) == 2 and line[0].left < middle < line[1].right
        one_side = len(line) == 1 and (line[0].right < middle + MARGIN or line[0].left > middle - MARGIN)
        goes_on = run and one_side and any(len(one) == 2 for one in run)
        if beside or (goes_on and not _below_head(run, line[0])):
            run.append(line)
            continue
        if run:
            yield run
            run = []
        yield [line]
    if run:
        yield run


def _below_head(run: Sequence[list[Segment]], line: Segment) -> bool:
    """Tell whether a line stands below the head: the number ends it, save for what it is about."""
    numbered = any(NUMBER_LINE.match(one.text) for before in run for one in before)
    return numbered and (line.text.isupper() or line.text.startswith("Kính gửi"))


def _in_columns(run: list[list[Segment]], middle: float) -> list[Segment]:
    if len(run) == 1 and len(run[0]) != 2:
        first, last = run[0][0], run[0][-1]
        text = " ".join(one.text for one in run[0])
        return [Segment(text, first.left, last.right, first.top)]
    segments = [one for line in run for one in line]
    left = [one for one in segments if (one.left + one.right) / 2 < middle - MARGIN]
    return [*left, *(one for one in segments if one not in left)]


def _joined(lines: Sequence[Segment]) -> list[str]:
    """Join lines that go on: the one before is full, and this one isn't set in."""
    if not lines:
        return []
    lefts = Counter(round(one.left) for one in lines if len(one.text) > 40)
    leftmost = min(one.left for one in lines)
    margin = min((left for left, count in lefts.items() if count > 1), default=leftmost)
    edge = max(one.right for one in lines)
    middle = (margin + edge) / 2
    found: list[str] = []
    before: Segment | None = None
    for line in lines:
        goes_on = (
            before is not None
            and before.right > edge - FULL
            and before.left < middle
            and line.left <= margin + MARGIN
            and line.top > before.top
            and not before.text.endswith((";", ":"))
            and not NEW_ITEM.match(line.text)
            and before.text.isupper() == line.text.isupper()
        )
        if goes_on:
            found[-1] += f" {line.text}"
        else:
            found.append(line.text)
        before = line
    return found
