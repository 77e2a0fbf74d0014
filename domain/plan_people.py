"""Whom a document goes to, who has to do what, and who signs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.plan_lines import RECIPIENTS

ADDRESSED = re.compile(r"^\s*k[íi]nh\s+g[ửu]i\s*:?\s*", re.IGNORECASE)
DASH = re.compile(r"^\s*[-–+•*]\s*")
SIGNS = re.compile(
    r"^(?:T/?M\.?|KT\.?|TL\.?|TUQ\.?|Q\.)\s*\S|^(?:GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CHỦ TỊCH|PHÓ CHỦ TỊCH|"
    r"BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|"
    r"PHÓ THỦ TƯỚNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|VỤ TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|"
    r"HIỆU TRƯỞNG|BÍ THƯ|PHÓ BÍ THƯ|"
    r"TỔNG GIÁM ĐỐC|CHỦ NHIỆM|TRƯỞNG|PHÓ TRƯỞNG|PHÓ)\b"
)
CAPACITY = re.compile(r"\s+(?=(?:PHÓ|THỨ|KT\.|TL\.|TM\.)\s)")
KEPT = re.compile(r"^\s*lưu\b", re.IGNORECASE)
ROLES = (
    ("archive", KEPT),
    ("report", re.compile(r"\(\s*(?:để\s+)?(?:b/?c|báo\s+cáo)", re.IGNORECASE)),
    ("inform", re.compile(r"\(\s*(?:để\s+)?(?:biết|p/?h|phối\s+hợp|theo\s+dõi)", re.IGNORECASE)),
    ("execute", re.compile(r"\(\s*(?:để\s+)?(?:t/?h|thực\s+hiện)", re.IGNORECASE)),
)
MOST_RECIPIENTS = 80
ORGANISATION = (
    r"(?:(?:các|mỗi|quý)\s+)?(?:sở|ban(?!\s+hành)|ngành|phòng(?!,?\s*(?:chống|ngừa))|trung\s+tâm|"
    r"[ủu]ỷ?y?\s+ban|ubnd|hđnd|"
    r"công\s+an|bộ|cục|chi\s+cục|tổng\s+cục|văn\s+phòng|thủ\s+trưởng|giám\s+đốc|chủ\s+tịch|"
    r"hội(?!\s+(?:nghị|thảo|đồng\s+thi))|đoàn|đài|"
    r"báo(?!\s+cáo)|trường(?!\s+hợp)|doanh\s+nghiệp|cơ\s+quan|đơn\s+vị|địa\s+phương|thanh\s+tra|"
    r"viện|bảo\s+hiểm|ngân\s+hàng|"
    r"mặt\s+trận|chánh|trưởng|hiệu\s+trưởng|bảo\s+tàng|thư\s+viện|tỉnh\s+đoàn|liên\s+đoàn|"
    r"kho\s+bạc|quỹ|lãnh\s+đạo|thành\s+viên|"
    r"xã(?!\s+hội)|phường|đảng\s+[ủu]ỷ?y?|huyện|thành\s+phố|bch|tòa\s+án|tổ(?!\s+chức)|đội|"
    r"hiệp\s+hội|mttq|công\s+ty|"
    r"tập\s+đoàn|thường\s+trực|(?<=các\s)tổ\s+chức)\b"
)
SUBJECT = re.compile(
    rf"^(?:(?:Giao|Đối với|Đề nghị|Yêu cầu|"
    rf"Trách nhiệm (?:của)?)\s+(?:cho\s+)?)?(?P<who>{ORGANISATION}.*)$", re.IGNORECASE,
)
DOES = re.compile(
    r"\s+(?=(?:có\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|chủ\s+trì|phối\s+hợp|báo\s+cáo|tham\s+mưu|"
    r"hướng\s+dẫn|tổ\s+chức\s+(?!xã|chính|đoàn|tín)|triển\s+khai|chịu\s+trách\s+nhiệm|"
    r"theo\s+dõi|chỉ\s+đạo|xây\s+dựng\s+(?!và)|bố\s+trí|thực\s+hiện|tiếp\s+tục|tăng\s+cường|"
    r"căn\s+cứ|chủ\s+động|đẩy\s+mạnh|rà\s+soát|kiểm\s+tra|tuyên\s+truyền|cân\s+đối|"
    r"trong\s+phạm\s+vi|được\s+phân\s+công|là\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối)|cử|lập|"
    r"làm\s+đầu\s+mối|nghiêm\s+túc|khẩn\s+trương)\b)",
    re.IGNORECASE,
)
ASKED = re.compile(
    rf"(?:yêu\s+cầu|đề\s+nghị|giao)\s+(?P<who>{ORGANISATION}[^.;:]*?)(?=\s*:|"
    rf"(?<!chưa)(?<!không)\s+(?:triển\s+khai|thực\s+hiện|tổ\s+chức|khẩn\s+trương|quan\s+tâm|"
    rf"báo\s+cáo|chỉ\s+đạo|chủ\s+trì|căn\s+cứ|rà\s+soát|gửi|phối\s+hợp|nghiêm\s+túc)\b|[.;]|$)",
    re.IGNORECASE,
)
IN_MIDDLE = re.compile(
    rf",\s+(?P<who>{ORGANISATION}[^.;:]*?)\s+(?:có\s+trách\s+nhiệm|chủ\s+trì)\b", re.IGNORECASE,
)
SECTION = re.compile(
    r"^(?:(?P<mark>[IVXL]{1,5}|[A-H]|\d{1,2}|"
    r"Phần\s+\S+)\s*[.)\-/:]*\s*)?(?:TỔ\s+CHỨC\s+(?:TRIỂN\s+KHAI\s+)?THỰC\s+HIỆN|"
    r"PHÂN\s+CÔNG(?:\s+\S+){0,4}|TRÁCH\s+NHIỆM(?:\s+\S+){0,6}|"
    r"TỔ\s+CHỨC\s+TRIỂN\s+KHAI)(?:[^a-zà-ỹ]*)?[.:]?$",
    re.IGNORECASE,
)
ROMAN = re.compile(r"^(?:[IVXL]{1,5}|[A-H])\s*[.\-/)]\s*\S")
LEVEL = re.compile(r"^\d{1,2}\s*[.)]\s*(?!\d)(?P<text>.*)$")
ARTICLE = re.compile(r"^Điều\s+\d+[.:]")
LETTERED = re.compile(r"^[a-zđ]\s*[.)]\s+", re.IGNORECASE)
CLOSING = re.compile(
    r"^(?:Trên đây là|Trên cơ sở|Trong quá trình|Nhận được|Yêu cầu các|Đề nghị các|Chủ tịch|"
    r"Ủy ban nhân dân \S+ yêu cầu|Chỉ thị này|Kế hoạch này)"
)
GIVEN = re.compile(r"^(?:Giao|Đề nghị|Yêu cầu|Đối với)\s+(?:cho\s+)?", re.IGNORECASE)
LONGEST_SUBJECT = 260


@dataclass(slots=True)
class Duties:
    """What one group of bodies has to do; paragraphs stand for items where there are none."""

    group: str
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    #: The line that names the group says its duty too.
    is_told: bool = False

    @property
    def told(self) -> list[str]:
        """The items, or the paragraphs where there are none."""
        return self.items or self.paragraphs


def recipients(lines: Sequence[str]) -> list[str]:
    """Return the lines of "Nơi nhận" as they stand, without their dashes and last marks."""
    start = next((place for place, line in enumerate(lines) if RECIPIENTS.match(line)), None)
    if start is None:
        return []
    found: list[str] = []
    dashed = any(DASH.match(line) for line in lines[start + 1 : start + 6] if line)
    for line in lines[start + 1 : start + MOST_RECIPIENTS]:
        if not line:
            continue
        if SIGNS.match(line) or (found and KEPT.match(found[-1]) and not KEPT.match(DASH.sub("", line))):
            break
        if dashed and found and not DASH.match(line):
            found[-1] += f" {line}"
        else:
            found.append(DASH.sub("", line))
    return [one for one in (re.sub(r"[\s;.,]+$", "", line).strip() for line in found) if one]


def role_of(recipient: str) -> str | None:
    """Return what a recipient gets the document for, where the line says it."""
    return next((role for role, pattern in ROLES if pattern.search(recipient)), None)


def addressees(lines: Sequence[str]) -> list[str]:
    """Return the lines of "Kính gửi"."""
    for place, line in enumerate(lines[:60]):
        head = ADDRESSED.match(line)
        if head is None:
            continue
        rest = line[head.end() :].strip(" ;.")
        if rest:
            return [rest]
        following = (one for one in lines[place + 1 : place + 30] if one)
        found = []
        for one in following:
            if not DASH.match(one):
                break
            found.append(DASH.sub("", one).strip(" ;."))
        return found
    return []


def signer_role(lines: Sequence[str]) -> str:
    """Return the capacity of who signs, its lines parted by " / "."""
    start = next((place for place, line in enumerate(lines) if RECIPIENTS.match(line)), 0)
    found: list[str] = []
    for line in lines[start:]:
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


def duties(lines: Sequence[str]) -> list[Duties]:
    """Return what each group has to do, where the document hands out work."""
    body = _body(lines)
    region, named = _region(body)
    found = _led_in(region if named else body) or _groups(region) or _asked(region if named else body)
    who = addressees(lines)
    if who and (not found or found[0].group.casefold().startswith("quý ")):
        found = [Duties(one, [], found[0].told if found else [one]) for one in who]
    return [one for one in found if one.told]


def _body(lines: Sequence[str]) -> list[str]:
    end = next((place for place, line in enumerate(lines) if RECIPIENTS.match(line)), len(lines))
    return [line for line in lines[:end] if line]


def _region(body: Sequence[str]) -> tuple[list[str], bool]:
    """Return the part that hands out work, and whether it has a heading of its own."""
    starts = [place for place, line in enumerate(body) if SECTION.match(line) and len(line) < 120]
    if not starts:
        return list(body), False
    start = starts[-1]
    mark = SECTION.match(body[start])
    roman = mark is not None and (mark["mark"] or "").isalpha()
    rest = body[start + 1 :]
    end = next((place for place, line in enumerate(rest) if roman and ROMAN.match(line)), len(rest))
    return list(rest[:end]), True


def _groups(region: Sequence[str]) -> list[Duties]:
    """Return the numbered groups; in a decision its articles are the groups, and numbers their items."""
    articles = any(ARTICLE.match(line) for line in region)
    found: list[Duties] = []
    current: Duties | None = None
    for line in region:
        text = _top(line, articles)
        if text is not None:
            current = _group_of(text)
            found += [current] if current else []
        elif current is not None and not _ends(current, line):
            _take(current, line)
        else:
            current = None
    return found


def _top(line: str, articles: bool) -> str | None:
    """Return the words of a line of the top level; None for any other line."""
    if articles:
        article = ARTICLE.match(line)
        return line[article.end() :].strip() if article else None
    level = LEVEL.match(line)
    return level["text"].strip() if level else None


def _ends(current: Duties, line: str) -> bool:
    return bool(current.told) and bool(CLOSING.match(line))


def _take(current: Duties, line: str) -> None:
    """Add a line below a group: lettered items before dashed ones, paragraphs where it has none yet."""
    listed = bool(LETTERED.match(line) or LEVEL.match(line))
    dashed = bool(DASH.match(line))
    has_letters = any(not DASH.match(one) for one in current.items)
    if listed or (dashed and not has_letters):
        current.items.append(line)
    elif not dashed and not current.is_told:
        current.paragraphs.append(line)


def _group_of(text: str) -> Duties | None:
    """Return the group that a numbered paragraph names, with its duty where it tells one."""
    subject = SUBJECT.match(text)
    if subject is None:
        middle = IN_MIDDLE.search(text)
        return Duties(_named(middle["who"]), [], [text], is_told=True) if middle else None
    who = subject["who"].strip()
    head = who.rstrip(" :.;")
    does = DOES.search(who)
    if who.endswith(":") and len(head) <= LONGEST_SUBJECT:
        return Duties(_named(DOES.split(head)[0] if does else head))
    if does is None:
        return Duties(_named(head)) if len(head) <= LONGEST_SUBJECT else None
    group = _named(who[: does.start()])
    return Duties(group, [], [text], is_told=True) if group else None


def _named(text: str) -> str:
    return GIVEN.sub("", text).strip(" ,:;.")


def _led_in(body: Sequence[str]) -> list[Duties]:
    """Return the list that a sentence asks one group to do, unless its items name groups themselves."""
    for place, line in enumerate(body):
        asked = ASKED.search(line)
        if asked is None or not line.rstrip().endswith(":"):
            continue
        items = list(_list_after(body[place + 1 :]))
        words = [LEVEL.sub(r"\g<text>", DASH.sub("", one)) for one in items]
        naming = sum(bool(SUBJECT.match(one)) for one in words)
        if items and naming < len(items) / 2:
            return [Duties(_named(asked["who"]), items)]
    return []


def _asked(body: Sequence[str]) -> list[Duties]:
    """Return whom a sentence asks to do something."""
    for line in body:
        asked = ASKED.search(line)
        if asked:
            return [Duties(_named(asked["who"]), [], [line])]
    return []


def _list_after(lines: Sequence[str]) -> Iterator[str]:
    numbered = bool(lines) and LEVEL.match(lines[0]) is not None
    for line in lines:
        if LEVEL.match(line) if numbered else DASH.match(line) or LETTERED.match(line):
            yield line
        elif CLOSING.match(line) or ROMAN.match(line):
            return
