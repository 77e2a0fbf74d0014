"""Times in the sentences of a document: days, rules that come again, and spans to do a thing in."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

BEFORE = (
    r"(?:trước(?:\s+trước)?|chậm\s+nhất|muộn\s+nhất|không\s+(?:muộn|chậm|quá)\s*(?:hơn)?|"
    r"đến\s+hết|hết|xong|"
    r"thời\s+hạn|hạn\s+(?:cuối|nộp|gửi)|trong|vào|kết\s+thúc)"
)
LINK = r"(?:\s*(?:là|vào|trước|:|đến|hết|trong))*"
HOUR = r"(?:\s*(?:\d{1,2}\s*(?:giờ|h|g|:)\s*\d{0,2}\s*(?:phút)?)\s*,?)?"
WORDED = r"(?:\s*\([^()\d]{2,20}\))?"
YEARLY = r"(?:hàng|hằng|mỗi|của)\s*(?:mỗi\s+)?năm"
MONTHLY = r"(?:hàng|hằng|mỗi)\s*tháng|(?:của\s+)?tháng\s+(?:sau|tiếp\s+theo|kế\s+tiếp)"
QUARTERLY = r"(?:của\s+)?tháng\s+(?:cuối|đầu|thứ\s+(?:nhất|hai|ba))[^,.;()]{0,25}?quý"
RECURS = re.compile(
    r"(?:định\s+kỳ|(?:hàng|hằng|mỗi)\s+năm|báo\s+cáo\s+(?:0?6\s+tháng|sáu\s+tháng|năm\b)|"
    r"0?6\s+tháng)", re.IGNORECASE
)
DATE = re.compile(
    rf"(?P<word>{BEFORE}){LINK}{HOUR}\s*(?:ngày|thứ\s+\w+,?\s*ngày)?{LINK}\s*"
    rf"(?P<day>\d{{1,2}}){WORDED}\s*(?:(?P<sep>[/.\-])\s*(?P<month>\d{{1,2}})(?:\s*(?P=sep)"
    rf"\s*(?P<year>\d{{4}}))?|"
    rf"(?P<worded>tháng)\s*(?P<month2>\d{{1,2}}){WORDED}(?:\s*(?:năm|/|-)\s*(?P<year2>\d{{4}}))?)"
    rf"(?!\s*[%\d])(?P<after>\s*{YEARLY})?(?P<next>\s*(?:của\s+)?năm\s+(?:sau|tiếp\s+theo|kế\s+tiếp))?",
    re.IGNORECASE,
)
AND_DATE = re.compile(
    rf"^\s*(?:,|và|;)\s*(?:trước\s+)?(?:ngày\s+)(?P<day>\d{{1,2}})\s*(?:/|"
    rf"tháng)\s*(?P<month>\d{{1,2}})(?:\s*(?:/|năm)\s*(?P<year>\d{{4}}))?(?P<after>\s*{YEARLY})?",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"(?P<word>{BEFORE}){LINK}{HOUR}\s*ngày\s*(?P<day>\d{{1,2}}){WORDED}\s*(?P<rule>{QUARTERLY}|"
    rf"{MONTHLY})",
    re.IGNORECASE,
)
WEEKLY = re.compile(
    rf"(?P<word>{BEFORE}){LINK}{HOUR}\s*(?:ngày\s+)?(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|"
    rf"chủ\s+nhật)\s*(?:(?:hàng|hằng|mỗi)\s*tuần|của\s+tuần[^,.;]{{0,15}})",
    re.IGNORECASE,
)
QUARTER = re.compile(
    r"(?P<word>trong|vào|trước|hết|đến\s+hết|xong|chậm\s+nhất)\s+(?:hết\s+)?quý\s+(?P<quarter>IV|"
    r"I{1,3}|[1-4])\s*(?:/|-|năm)?\s*(?:năm\s*)?(?P<year>\d{4})",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"(?P<word>trong|hết|đến\s+hết|xong|trước|"
    r"chậm\s+nhất)\s+(?:trong\s+)?tháng\s+(?P<month>\d{1,2})\s*(?:/|-|"
    r"năm)\s*(?:năm\s*)?(?P<year>\d{4})",
    re.IGNORECASE,
)
DAYS = re.compile(
    r"(?P<word>trong\s+(?:vòng|thời\s+(?:hạn|gian))|chậm\s+nhất(?:\s+là)?|không\s+quá|"
    r"sau)\s+(?P<count>\d{1,3})\s*(?:\([^()]{2,30}\)\s*)?ngày(?P<working>\s+làm\s+việc)?",
    re.IGNORECASE,
)
REPORTS = re.compile(r"báo\s+cáo|gửi|nộp|tổng\s+hợp", re.IGNORECASE)
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


@dataclass(frozen=True, slots=True)
class Time:
    """A day, rule or period, and where in the sentence it stands; `date` also resolves a yearly rule."""

    start: int
    end: int
    word: str
    type: str
    date: str = ""
    rule: str = ""
    period: str = ""


def times(text: str, issued: date | None, year: int | None) -> Iterator[Time]:
    """Yield the times of a sentence that no other one overlaps, the most telling shapes first."""
    taken: list[tuple[int, int]] = []
    for pattern, read in (
        (DATE, _dated), (MONTH_DAY, _monthly), (WEEKLY, _weekly), (QUARTER, _quarter),
        (MONTH, _month), (DAYS, _days),
    ):  # fmt: skip
        for one in pattern.finditer(text):
            if any(one.start() < end and start < one.end() for start, end in taken):
                continue
            for values in read(one, text, issued, year):
                taken.append(one.span())
                yield Time(one.start(), one.end(), one["word"].casefold(), **values)


def _dated(
    one: re.Match[str], text: str, issued: date | None, year: int | None
) -> Iterator[dict[str, str]]:
    explicit = re.search(r"ngày|[/]", one[0], re.IGNORECASE)
    if one["word"].casefold() in {"trong", "vào", "kết thúc"} and not (one["after"] or explicit):
        return
    day, month = int(one["day"]), int(one["month"] or one["month2"])
    years = one["year"] or one["year2"]
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return
    tail = text[one.end() :]
    more = AND_DATE.match(tail)
    near = text[max(0, one.start() - 70) : one.start()] + " | " + tail[:70]
    recurs = one["after"] or one["next"] or (more and more["after"]) or RECURS.search(near)
    if years is None and not (more and more["year"]) and recurs:
        yield _yearly(day, month, year + 1 if year and one["next"] else year)
        if more:
            yield _yearly(int(more["day"]), int(more["month"]), year)
        return
    years = years or (more["year"] if more else None)
    if one["word"].casefold() in {"vào", "trong"} and not REPORTS.search(text):
        return
    due = _date(day, month, int(years) if years else year, issued if not years else None)
    if due and not (issued and due < issued):
        yield {"type": "date", "date": due.isoformat()}
    if due and more:
        second = _date(int(more["day"]), int(more["month"]), due.year, due)
        if second:
            yield {"type": "date", "date": second.isoformat()}


def _yearly(day: int, month: int, year: int | None) -> dict[str, str]:
    due = _date(day, month, year, None)
    return {
        "type": "recurrence",
        "rule": f"yearly: {month:02d}-{day:02d}",
        "date": due.isoformat() if due else "",
    }


def _monthly(
    one: re.Match[str], _text: str, _issued: date | None, _year: int | None
) -> Iterator[dict[str, str]]:
    rule, day = one["rule"].casefold(), int(one["day"])
    if "quý" in rule:
        where = "first" if "đầu" in rule else "last"
        yield {"type": "recurrence", "rule": f"quarterly: day {day} of the {where} month"}
    else:
        yield {"type": "recurrence", "rule": f"monthly: {day:02d}"}


def _weekly(
    one: re.Match[str], _text: str, _issued: date | None, _year: int | None
) -> Iterator[dict[str, str]]:
    day = " ".join(one["day"].casefold().split())
    yield {"type": "recurrence", "rule": f"weekly: {WEEKDAYS.index(day) + 1}"}


def _quarter(
    one: re.Match[str], _text: str, issued: date | None, _year: int | None
) -> Iterator[dict[str, str]]:
    quarter = ROMAN.get(one["quarter"].upper()) or int(one["quarter"])
    year = int(one["year"])
    last = date(year, 3 * quarter, monthrange(year, 3 * quarter)[1])
    if not (issued and last < issued):
        yield {"type": "period", "period": f"{year}-Q{quarter}", "date": ""}


def _month(
    one: re.Match[str], _text: str, issued: date | None, _year: int | None
) -> Iterator[dict[str, str]]:
    year, month = int(one["year"]), int(one["month"])
    if not 1 <= month <= 12:
        return
    last = date(year, month, monthrange(year, month)[1])
    if not (issued and last < issued):
        yield {"type": "period", "period": f"{year}-{month:02d}"}


def _days(
    one: re.Match[str], text: str, _issued: date | None, _year: int | None
) -> Iterator[dict[str, str]]:
    if REPORTS.search(text):
        yield {"type": "period", "period": f"P{int(one['count'])}D"}


def _date(day: int, month: int, year: int | None, not_before: date | None) -> date | None:
    """Return the day, in the next year where it would lie before `not_before`."""
    if year is None:
        return None
    try:
        due = date(year, month, day)
        return due if not_before is None or due >= not_before else date(year + 1, month, day)
    except ValueError:
        return None
