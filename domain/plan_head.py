"""What stands at the head of a document: body, number, place, date, kind, title; and its basis."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

TYPES = (
    "Kế hoạch liên tịch", "Kế hoạch", "Chỉ thị", "Quyết định", "Thông báo kết luận", "Thông báo",
    "Hướng dẫn", "Chương trình hành động", "Chương trình", "Công điện", "Nghị quyết", "Báo cáo",
    "Tờ trình", "Đề án", "Phương án", "Quy chế", "Quy định", "Kết luận", "Thể lệ", "Giấy mời",
    "Công văn", "Dự án", "Điều lệ",
)  # fmt: skip
LETTER = "Công văn"
CODES = {
    "KH": "Kế hoạch", "CT": "Chỉ thị", "QĐ": "Quyết định", "TB": "Thông báo", "HD": "Hướng dẫn",
    "CTr": "Chương trình", "NQ": "Nghị quyết", "BC": "Báo cáo", "TTr": "Tờ trình", "CĐ": "Công điện",
    "ĐA": "Đề án", "PA": "Phương án", "KL": "Kết luận",
}  # fmt: skip
#: Below the title of these stands who decides.
DECIDED = frozenset({"Quyết định", "Nghị quyết"})
DECIDER = re.compile(r"^(?:GIÁM ĐỐC|CHỦ TỊCH|BỘ TRƯỞNG|CỤC TRƯỞNG|THỦ TRƯỞNG|TRƯỞNG BAN|HIỆU TRƯỞNG)\b")
HEAD_LINES = 45
MOST_OPENING = 300
STARTERS = (
    "SỞ", "BỘ", "UBND", "ỦY BAN", "UỶ BAN", "HĐND", "HỘI ĐỒNG", "CỤC", "CHI CỤC", "TỔNG CỤC", "VỤ",
    "VĂN PHÒNG", "PHÒNG", "BAN", "TRUNG TÂM", "CÔNG AN", "TRƯỜNG", "THỦ TƯỚNG", "CHÍNH PHỦ", "CHỦ TỊCH",
    "TỈNH ỦY", "TỈNH UỶ", "THÀNH ỦY", "THÀNH UỶ", "HUYỆN ỦY", "HUYỆN UỶ", "ĐẢNG ỦY", "ĐẢNG UỶ", "HỘI",
    "ĐOÀN", "TỈNH ĐOÀN", "THÀNH ĐOÀN", "LIÊN ĐOÀN", "MẶT TRẬN", "THANH TRA", "VIỆN", "TÒA ÁN", "TOÀ ÁN",
    "KIỂM TOÁN", "NGÂN HÀNG", "BẢO HIỂM", "HỌC VIỆN", "BẢO TÀNG", "THƯ VIỆN", "KHO BẠC", "CHI NHÁNH",
    "TẬP ĐOÀN", "TỔNG CÔNG TY", "CÔNG TY", "ĐÀI", "BÁO", "THÔNG TẤN",
    "ĐẢNG BỘ", "CHI BỘ", "CHI ỦY", "BCH", "BỘ TƯ LỆNH", "TRẠM",
    "HẠT", "NHÀ HÁT", "NHÀ VĂN HÓA", "LIÊN MINH",
    "ĐẠI HỌC", "BỆNH VIỆN", "QUỸ",
    "CẢNG", "HẢI QUAN", "THUẾ", "BCĐ", "TỔNG HỘI", "HIỆP HỘI", "LIÊN HIỆP",
)  # fmt: skip
#: Who signs instead of a body: "CHỦ TỊCH" and below it the body.
PEOPLE = frozenset({"CHỦ TỊCH", "GIÁM ĐỐC", "BỘ TRƯỞNG", "TRƯỞNG BAN", "CỤC TRƯỞNG"})
BASIS_ENDS = re.compile(r"^(?:I|A|1)[.)]\s")
BASIS_LINE = re.compile(
    r"^(?:[-+]\s*)?(?:Căn cứ|Thực hiện|Theo|Thi hành|Tiếp tục|Triển khai)\b"
)
HEAD_ENDS = re.compile(r"^(?:Căn cứ|I\.|Điều 1)\b")
NUMBERED = ("Số",)
GLUED = re.compile(r"\s+(?=(?:SỞ|CHI CỤC|TRUNG TÂM|BAN QUẢN LÝ|BAN CHỈ ĐẠO)\s)")
SYMBOL = r"[A-ZĐƯƠÔÊÂĂa-zđ0-9&.]*[A-ZĐƯƠÔÊÂĂ][\wĐđ&.]*"
NUMBER = re.compile(
    rf"(?:^|\n)\s*S[ốỐôÔóÓổỗồ]\s*[:.]?\s*(?P<number>\d[\d.]*[a-zA-Z]?)?\s*[.…_ ]*\s*"
    rf"(?P<symbol>[/\-–]\s*{SYMBOL}(?:\s?[-–/]\s?{SYMBOL})*)"
)
NUMBER_LINE = re.compile(r"^S[ốỐôÔóÓổỗồ]\s*[:.]?\s*(?:\d|[/….]|$)")
PLACE_AND_DATE = re.compile(
    r"(?:^|\n|\s{2,})(?P<place>[^\W\d_][^\n,:;]{1,40}?)\s*,\s*ngày\s*(?P<day>\d{1,2})?[\s.…_/]*"
    r"(?:tháng)\s*(?P<month>\d{1,2})?[\s.…_/]*năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
SHORT_DATE = re.compile(
    r"(?:^|\n)(?P<place>[^\W\d_][^\n,:;]{1,40}?)\s*,\s*(?:ngày"
    r"\s*)?(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"^\s*(?:V/v|V/V|Về việc)\s*:?\s*", re.IGNORECASE)
SUBJECT_INSIDE = re.compile(r"\bV/v\s*:?\s*", re.IGNORECASE)
ADDRESSED = re.compile(r"^\s*k[íi]nh\s+g[ửu]i\s*:?\s*", re.IGNORECASE)
BODY = re.compile(
    r"^(?:Căn cứ|Thực hiện (?!công tác)|Thi hành|Theo (?:đề nghị|Kế|Quyết|Chỉ|Công|ý)|Để |Nhằm |"
    r"Trong (?!khuôn)|Thời gian|Trên cơ sở|"
    r"Xét |Do |Ngày \d|Qua |Hiện nay|Năm \d|Kính gửi|[IVX]{1,4}[.\-/]|\d{1,2}[.)]|[A-H]\.|Phần|"
    r"Điều|Sau khi|Tiếp tục|Vừa qua)"
)
CITED = re.compile(
    r"(?P<mark>\d+[a-zA-Z]?(?:/\d{4})?\s?[/\-–]\s?[A-ZĐa-zđ][\wĐđ\-–/&.]*?)\s*,?\s+ngày\s+"
    r"(?P<day>\d{1,2})\s*(?:[/.\-]|tháng)\s*(?P<month>\d{1,2})\s*(?:[/.\-]|năm)\s*(?P<year>\d{4})"
)
OF_A_BODY = re.compile(
    r"(?:^|[;,.]\s+|\n)(?P<body>(?:Sở|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Bộ|Ban|Cục|Chi cục|"
    r"Văn phòng|Phòng|Trung tâm|Hội|"
    r"Công an|Tỉnh ủy|Đảng ủy|Huyện ủy|Trường)[^;.:()\n]{3,110}?)\s*(?:\([^()\n]{2,40}\))?\s+"
    r"(?:xây dựng|ban hành|đề nghị|yêu cầu|thông báo|hướng dẫn|triển khai|tổ chức)\s"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document; what it doesn't say is blank or None."""

    doc_type: str = ""
    number_symbol: str = ""
    place: str = ""
    issue_date: date | None = None
    #: "2023-05" or "2023" where the day, or the month too, is left blank.
    issue_date_partial: str = ""
    issuer: str = ""
    parent_body: str = ""
    title: str = ""


def read(lines: Sequence[str]) -> Head:
    """Return what the head says."""
    head = _head_of(lines)
    text = "\n".join(head)
    type_place, doc_type, rest = _type_line(head)
    number = _number(text)
    dated = PLACE_AND_DATE.search(text) or SHORT_DATE.search(text)
    subject = _subject(head) if type_place is None or doc_type == LETTER else ""
    if type_place is None:
        doc_type = LETTER if subject or _is_letter(lines) else _type_of_code(number)
    title = subject or (_title(head, type_place, doc_type, rest) if type_place is not None else "")
    bodies = _bodies(head, type_place)
    issuer = bodies[-1] if bodies else _body_in_text(lines)
    whole, partial = _date(dated)
    return Head(
        doc_type=doc_type,
        number_symbol=number,
        place=_place(dated),
        issue_date=whole,
        issue_date_partial=partial,
        issuer=issuer,
        parent_body=bodies[-2] if len(bodies) > 1 else "",
        title=title.strip(" .;:"),
    )


def basis(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return the documents that the opening rests on: number and symbol, and ISO date."""
    found: dict[str, str] = {}
    for line in lines[:MOST_OPENING]:
        if BASIS_ENDS.match(line) and found:
            break
        if BASIS_LINE.match(line):
            for one in CITED.finditer(line):
                day = _day(one)
                if day:
                    found.setdefault(re.sub(r"\s", "", one["mark"]).replace("–", "-"), day.isoformat())
    return list(found.items())


def _head_of(lines: Sequence[str]) -> list[str]:
    head: list[str] = []
    for line in lines[:HEAD_LINES]:
        if head and HEAD_ENDS.match(line):
            break
        head.append(line)
    return head


def _number(text: str) -> str:
    found = NUMBER.search(text)
    if not found:
        return ""
    return re.sub(r"\s", "", (found["number"] or "") + found["symbol"]).replace("–", "-").rstrip(".")


def _type_line(head: Sequence[str]) -> tuple[int | None, str, str]:
    """Return where the kind of the document stands, what it is, and what follows on the line."""
    for place, line in enumerate(head):
        for kind in TYPES:
            upper = kind.upper()
            if line.strip(" :.") == upper or (
                line.strip(" :.").casefold() == kind.casefold() and line[:1].isupper()
            ):
                return place, kind, ""
            if line.startswith(upper + " ") and line.isupper():
                return place, kind, line[len(upper) :].strip()
    return None, "", ""


def _is_letter(lines: Sequence[str]) -> bool:
    return any(ADDRESSED.match(line) for line in lines[:HEAD_LINES])


def _type_of_code(number: str) -> str:
    for part in re.split(r"[/\-]", number):
        if part in CODES:
            return CODES[part]
    return ""


def _title(head: Sequence[str], place: int, kind: str, rest: str) -> str:
    found = [rest] if rest else []
    for line in head[place + 1 :]:
        if not line:
            if found:
                break
            continue
        if found and kind in DECIDED and (_starts(line) or DECIDER.match(line)):
            break
        goes_on = line[0].islower() or line.isupper()
        if BODY.match(line) or (found and found[0].isupper() and not goes_on):
            break
        found.append(line)
        if line.endswith((".", ";", ":")) or sum(map(len, found)) > 600:
            break
    return " ".join(found)


def _subject(head: Sequence[str]) -> str:
    for place, line in enumerate(head):
        inside = SUBJECT.match(line) or SUBJECT_INSIDE.search(line)
        if not inside:
            continue
        found = [line[inside.end() :]]
        for more in head[place + 1 :]:
            stops = ADDRESSED.match(more) or PLACE_AND_DATE.search("\n" + more) or BODY.match(more)
            if not more or stops or more.isupper() or more.startswith(NUMBERED):
                break
            found.append(more)
        return " ".join(found)
    return ""


def _bodies(head: Sequence[str], type_place: int | None) -> list[str]:
    """Return the bodies named above the number, the highest first."""
    found: list[str] = []
    for line in head[: type_place if type_place is not None else len(head)]:
        if any(pattern.match(line) for pattern in (NUMBER_LINE, SUBJECT, ADDRESSED)):
            break
        if not line or not _is_upper(line):
            continue
        for part in GLUED.split(line) if found or _starts(line) else [line]:
            if found and (found[-1] in PEOPLE or _is_open(found[-1])):
                found[-1] += f" {part}"
            elif _starts(part) or not found:
                found.append(part)
            else:
                found[-1] += f" {part}"
    return [one for one in found if _starts(one)]


def _is_open(name: str) -> bool:
    """Tell whether a name breaks off within quotation marks."""
    return name.count('"') % 2 == 1 or name.count("“") > name.count("”")


def _is_upper(line: str) -> bool:
    letters = [one for one in line if one.isalpha()]
    return len(letters) > 3 and sum(one.isupper() for one in letters) >= 0.9 * len(letters)


def _starts(line: str) -> bool:
    upper = line.upper()
    return any(upper == one or upper.startswith(one + " ") for one in STARTERS)


def _body_in_text(lines: Sequence[str]) -> str:
    for line in [one for one in lines if one][:14]:
        found = OF_A_BODY.search(line)
        if found:
            return found["body"].strip(" ,")
    return ""


def _place(dated: re.Match[str] | None) -> str:
    if dated is None:
        return ""
    words = dated["place"].split()
    while words and not words[0][0].isupper():
        words.pop(0)
    return " ".join(words)


def _date(dated: re.Match[str] | None) -> tuple[date | None, str]:
    if dated is None:
        return None, ""
    day = _day(dated) if dated["day"] and dated["month"] else None
    if day:
        return day, ""
    month = int(dated["month"] or 0)
    return None, f"{dated['year']}-{month:02d}" if 1 <= month <= 12 else dated["year"]


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
