"""Whom a document goes to, and who signs it."""

import re
from collections.abc import Sequence

from domain.plan_lines import DASH, KEPT, RECIPIENTS, SIGNS, folded

ADDRESSED = re.compile(r"^\s*kinh\s+(?:gui|trinh|chuyen)\s*:?\s*", re.IGNORECASE)
ROLES = (
    ("archive", KEPT),
    ("report", re.compile(r"\(\s*(?:để\s+)?(?:b/?c\b|báo\s+cáo)", re.IGNORECASE)),
    ("inform", re.compile(r"\(\s*(?:để\s+)?(?:biết|p/?h\b|phối\s+hợp|theo\s+dõi)", re.IGNORECASE)),
    ("execute", re.compile(r"\(\s*(?:để\s+)?(?:t/?h\b|thực\s+hiện)", re.IGNORECASE)),
)
CAPACITY = re.compile(r"\s+(?=(?:PHÓ|THỨ|K/?T\.?|T/?L\.?|T/?M\.?)\s)")
ABOVE = re.compile(r"^như\s+(?:trên|kính|điều|mục|phần)", re.IGNORECASE)
MOST = 80


def start_of(lines: Sequence[str]) -> int | None:
    """Return where "Nơi nhận" stands."""
    return next((place for place, line in enumerate(lines) if RECIPIENTS.match(folded(line))), None)


def recipients(lines: Sequence[str]) -> list[str]:
    """Return the lines of "Nơi nhận" as they stand, without their dashes and last marks."""
    start = start_of(lines)
    if start is None:
        return []
    found: list[str] = []
    dashed = any(DASH.match(line) for line in lines[start + 1 : start + 6] if line)
    for line in lines[start + 1 : start + MOST]:
        if not line:
            continue
        kept = bool(found) and KEPT.match(found[-1])
        if SIGNS.match(line) and not found:
            continue
        if SIGNS.match(line) or (kept and not KEPT.match(DASH.sub("", line))):
            break
        if dashed and found and not DASH.match(line):
            found[-1] += f" {line}"
        else:
            found.append(DASH.sub("", line))
    return [one for one in (re.sub(r"[\s;.,]+$", "", line).strip() for line in found) if one]


def role_of(recipient: str) -> str | None:
    """Return what a recipient gets the document for, where the line says it."""
    return next((role for role, pattern in ROLES if pattern.search(recipient)), None)


def stands_for_others(recipient: str) -> bool:
    """Tell whether a line only points to bodies named elsewhere, as "Như trên" does."""
    return ABOVE.match(recipient) is not None


def addressees(lines: Sequence[str]) -> list[str]:
    """Return the lines of "Kính gửi", or its names where they stand on one line."""
    for place, line in enumerate(lines[:60]):
        head = ADDRESSED.match(folded(line))
        if head is None:
            continue
        rest = line[head.end() :].strip(" ;.")
        if rest:
            return [one for one in (part.strip(" .-–") for part in rest.split(";")) if one]
        following = (one for one in lines[place + 1 : place + 30] if one)
        found = []
        for one in following:
            if not DASH.match(one):
                break
            found.append(DASH.sub("", one).strip(" ;.,"))
        return found
    return []


def signer_role(lines: Sequence[str]) -> str:
    """Return the capacity of who signs, its lines parted by " / "."""
    found: list[str] = []
    for line in lines[start_of(lines) or 0 :]:
        if SIGNS.match(line):
            words = line.split()
            upper = [word for place, word in enumerate(words) if " ".join(words[: place + 1]).isupper()]
            found += CAPACITY.split(" ".join(upper if line.isupper() else _capitals(upper)))
        elif found and line:
            break
    return " / ".join(found)


def _capitals(words: list[str]) -> list[str]:
    """Return the words without the first letter of a name that follows them."""
    return words[:-1] if words and len(words[-1]) == 1 else words
