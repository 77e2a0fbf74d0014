"""Who has to do what: the groups of bodies in the part of a document that hands out work."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain import plan_bodies, plan_recipients

#: What stands before a line, from the highest level down.
MARKS = {
    "part": re.compile(r"^Phần\s+(?:thứ\s+)?\S+\s*[.:\-]?\s*", re.IGNORECASE),
    "article": re.compile(r"^Điều\s+\d+\s*[.:]\s*"),
    "capital": re.compile(r"^[A-HK]\s*[.\-/)]\s+"),
    "roman": re.compile(r"^[IVXL]{1,5}\s*[.\-/)]\s*(?=\S)"),
    "number": re.compile(r"^\d{1,2}\s*[.)]\s*(?!\d)"),
    "second": re.compile(r"^\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\s*[.)]?\s+"),
    "letter": re.compile(r"^[a-zđ]\s*[.)]\s+", re.IGNORECASE),
    "dash": re.compile(r"^[-–•*]\s*"),
    "plus": re.compile(r"^\+\s*"),
}
RANKS = {kind: rank for rank, kind in enumerate([*MARKS, ""])}
SECTION = re.compile(
    r"^(?:TỔ\s+CHỨC\s+(?:TRIỂN\s+KHAI\s+)?(?:,\s*)?THỰC\s+HIỆN|PHÂN\s+CÔNG(?:\s+\S+){0,5}|"
    r"TRÁCH\s+NHIỆM(?:\s+\S+){0,7}|TỔ\s+CHỨC\s+TRIỂN\s+KHAI|NHIỆM\s+VỤ\s+CỦA\s+CÁC(?:\s+\S+){1,5})"
    r"(?:[^a-zà-ỹ]*)?[.:]?$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^(?:Trên đây|Trên cơ sở|Trong quá trình|Quá trình|Nhận được|Căn cứ (?:Kế hoạch|nội dung)|"
    r"(?:Yêu cầu|Đề nghị|Giao)\s|"
    r"Chủ tịch|Ủy ban nhân dân \S+ yêu cầu|(?:Chỉ thị|Kế hoạch|Công văn|Hướng dẫn|Quyết định) này|"
    r"(?:Các|Thủ trưởng các)\s+(?:cơ quan|đơn vị|phòng|sở|ban|địa phương|cấp|trường|xã)|Mọi |Rất mong|"
    r"Thời (?:gian|hạn) (?:nộp|gửi|báo cáo)|Báo cáo (?:gửi|về|kết quả)|Kết quả (?:gửi|báo cáo|"
    r"thực hiện))"
)
COURSE = re.compile(r"^(?:Trong quá trình|Trên đây|Trên cơ sở)", re.IGNORECASE)
OBEYS = re.compile(
    r"(?:chịu trách nhiệm )?thi hành (?:Chỉ thị|Quyết định|Nghị quyết|Quy định) này|"
    r"(?:Chỉ thị|Quyết định|Nghị quyết) này có hiệu lực", re.IGNORECASE,
)
NO_BODY = re.compile(
    r"^(?:mục|yêu|kinh phí|thời|chế độ|công tác|nội dung|nhiệm vụ|giải pháp|địa|nguồn|về|định kỳ|căn cứ|"
    r"trong|hằng|hàng|khi|tổ chức|tổng|báo cáo|kết|đề nghị|yêu cầu|quy)\b", re.IGNORECASE,
)
IN_MIDDLE = re.compile(rf",\s+(?P<who>{plan_bodies.ORGANISATION}.*)$", re.IGNORECASE)
LONGEST_HEADING = 120
FEWEST_NAMED = 0.4
MOST_GROUPS = 200


@dataclass(slots=True)
class Duties:
    """What one group of bodies has to do; paragraphs stand for items where there are none."""

    group: str
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    #: The line that names the group says its duty too.
    is_told: bool = False
    #: The mark that the items begin with.
    kind: str = ""

    @property
    def told(self) -> list[str]:
        """The items, or the paragraphs where there are none."""
        return self.items or self.paragraphs


def duties(lines: Sequence[str]) -> list[Duties]:
    """Return what each group has to do, where the document hands out work."""
    end = plan_recipients.start_of(lines)
    body = [line for line in lines[:end] if line]
    region, has_heading = _region(body)
    searched = region if has_heading else body
    found = _led_in(searched) or _groups(region, has_heading=has_heading) or _asked(searched)
    found = found or (_asked(body) if has_heading else [])
    who = plan_recipients.addressees(lines)
    if who and (not found or plan_bodies.GENERIC.match(found[0].group)):
        given = found[0].told if found else []
        found = [Duties(one, [], list(given) or [one]) for one in who]
    return [one for one in found if one.told][:MOST_GROUPS]


def mark_of(line: str) -> tuple[str, str]:
    """Return the kind of mark that a line begins with, and the line without it."""
    for kind, pattern in MARKS.items():
        found = pattern.match(line)
        if found:
            return kind, line[found.end() :].strip()
    return "", line


def _region(body: Sequence[str]) -> tuple[list[str], bool]:
    """Return the part that hands out work, and whether it has a heading of its own."""
    for start in range(len(body) - 1, -1, -1):
        if len(body[start]) >= LONGEST_HEADING:
            continue
        kind, text = mark_of(body[start])
        if not SECTION.match(text):
            continue
        if not kind and start and mark_of(body[start - 1])[0] == "part":
            kind = "part"
        rest = body[start + 1 :]
        end = next((place for place, line in enumerate(rest) if _is_next(kind, line)), len(rest))
        return list(rest[:end]), True
    return list(body), False


def _is_next(kind: str, line: str) -> bool:
    if kind not in {"part", "article", "capital", "roman"}:
        return False
    return mark_of(line)[0] == kind


def _groups(region: Sequence[str], *, has_heading: bool) -> list[Duties]:
    """Return the groups: the lines of the level on which most name a body."""
    marked = [(*mark_of(line), line) for line in region]
    level = _level(marked, has_heading=has_heading)
    found: list[Duties] = []
    current: Duties | None = None
    for place, (kind, text, line) in enumerate(marked):
        if kind == level:
            following = marked[place + 1][0] if place + 1 < len(marked) else level
            current = _group_of(text, leads=RANKS[following] > RANKS[level], is_sure=has_heading)
            found += [current] if current else []
        elif kind and RANKS[kind] < RANKS[level]:
            current = None
        elif current is not None and not (current.told and not kind and CLOSING.match(line)):
            _take(current, kind, line)
        else:
            current = None
    return found


def _level(marked: Sequence[tuple[str, str, str]], *, has_heading: bool) -> str:
    """Return the kind of mark whose lines name bodies, the highest that mostly does."""
    kinds = list(dict.fromkeys(kind for kind, _text, _line in marked if kind))
    if "article" in kinds:
        return "article"
    for kind in kinds:
        texts = [text for one, text, _line in marked if one == kind]
        names = sum(plan_bodies.is_body(text) for text in texts)
        if names and names >= (FEWEST_NAMED * len(texts) if has_heading else 1) and (
            has_heading or kind == "number"
        ):
            return kind
    return "number"


def _take(current: Duties, kind: str, line: str) -> None:
    """Add a line below a group: marked ones of the first kind are items, others only paragraphs."""
    if kind:
        current.kind = current.kind or kind
        if RANKS[kind] < RANKS[current.kind]:
            current.items.clear()
            current.kind = kind
        if kind == current.kind:
            current.items.append(line)
    elif not current.is_told:
        current.paragraphs.append(line)


def _group_of(text: str, *, leads: bool, is_sure: bool) -> Duties | None:
    """Return the group that a line names, with its duty where it tells one."""
    if OBEYS.search(text) or COURSE.match(text):
        return None
    if not plan_bodies.is_body(text):
        middle = IN_MIDDLE.search(text)
        who, duty = plan_bodies.parted(middle["who"]) if middle else ("", "")
        if who and duty:
            return Duties(who, [], [text], is_told=True)
        heads = is_sure and (leads or ":" in text[:LONGEST_HEADING]) and not NO_BODY.match(text)
        if not heads or len(text.split(":")[0]) > LONGEST_HEADING:
            return None
    who, duty = plan_bodies.parted(text)
    if not who or len(who) > plan_bodies.LONGEST:
        return None
    whole = plan_bodies.named(text)
    if duty and leads and len(whole.split()) - len(who.split()) <= 4:
        return Duties(whole)
    if not duty or (text.rstrip().endswith(":") and leads):
        return Duties(who)
    return Duties(who, [], [text], is_told=True)


def _led_in(body: Sequence[str]) -> list[Duties]:
    """Return the list that a sentence asks one group to do, unless its items name groups themselves."""
    for place, line in enumerate(body):
        who = plan_bodies.asked(line) if line.rstrip().endswith(":") else ""
        if not who:
            continue
        items = list(_list_after(body[place + 1 :]))
        naming = sum(plan_bodies.is_body(mark_of(one)[1]) for one in items)
        if items and naming < len(items) / 2:
            return [Duties(who, items)]
    return []


def _asked(body: Sequence[str]) -> list[Duties]:
    """Return whom a sentence asks to do something."""
    for line in body:
        who = plan_bodies.asked(line)
        if who:
            return [Duties(who, [], [line])]
    return []


def _list_after(lines: Sequence[str]) -> Iterator[str]:
    first = mark_of(lines[0])[0] if lines else ""
    for line in lines:
        kind = mark_of(line)[0]
        if first and kind == first:
            yield line
        elif (kind and RANKS[kind] < RANKS[first]) or (not kind and CLOSING.match(line)):
            return
