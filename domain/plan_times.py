"""Times in the sentences of a document: days, rules that come again, and spans to do a thing in."""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

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
    rf"(?P<word>{BEFORE}){LINK}(?:\s*(?:(?P<hour>\d{{1,2}})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{{0,2}})"
    rf"\s*(?:phút)?)\s*,?)?\s*(?:ngày|thứ\s+\w+,?\s*ngày)?{LINK}\s*"
    rf"(?P<day>\d{{1,2}}){WORDED}\s*(?:(?P<sep>[/.\-])\s*(?P<month>\d{{1,2}})(?:\s*(?P=sep)"
    rf"\s*(?P<year>\d{{4}}))?|"
    rf"(?P<worded>tháng)\s*(?P<month2>\d{{1,2}}){WORDED}(?:\s*(?:năm|/|-)\s*(?P<year2>\d{{4}}))?)"
    rf"(?!\s*[%\d])(?P<after>\s*{YEARLY})?(?P<next>\s*(?:của\s+)?năm\s+(?:sau|tiếp\s+theo|kế\s+tiếp))?",
    re.IGNORECASE,
)
AND_DATE = re.compile(
    rf"^\s*(?:,|và|;)\s*(?:trước\s+)?(?:ngày\s+)?(?P<day>\d{{1,2}})\s*(?:/|"
    rf"tháng)\s*(?P<month>\d{{1,2}})(?:\s*(?:/|năm)\s*(?P<year>\d{{4}}))?(?P<after>\s*{YEARLY})?",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"(?P<word>{BEFORE}){LINK}{HOUR}\s*ngày\s*(?P<day>\d{{1,2}}){WORDED}\s*(?P<rule>{QUARTERLY}|"
    rf"{MONTHLY})",
    re.IGNORECASE,
)
AND_MONTH = re.compile(r"\s*(?:,|và)\s*tháng\s+(?P<month>\d{1,2})(?!\s*[/\d])", re.IGNORECASE)
DAILY = re.compile(
    r"(?P<word>trước|vào)\s+(?:lúc\s+)?\d{1,2}\s*(?:giờ|h|g|:)\s*\d{0,2}\s*(?:phút)?,?\s*"
    r"(?:hàng|hằng|mỗi)\s+ngày",
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
    r"(?:(?P<word>trong\s+(?:vòng|thời\s+(?:hạn|gian))|chậm\s+nhất(?:\s+là)?|muộn\s+nhất(?:\s+là)?|"
    r"không\s+quá|sau|ít\s+nhất(?:\s+là)?)\s+|"
    r"(?P<word2>(?:chậm\s+nhất\s+)?sau\s+khi\s+kết\s+thúc|trước\s+(?:khi|ngày))\s+[^,.;:/\d]{2,60}\s)"
    r"(?P<count>\d{1,3})\s*(?:\([^()]{2,30}\)\s*)?ngày(?!\s*\d)(?P<working>\s+làm\s+việc)?",
    re.IGNORECASE,
)
REPORTS = re.compile(r"báo\s+cáo|gửi|nộp|tổng\s+hợp", re.IGNORECASE)
NEARBY = ("trong", "vào", "kết thúc")
MARKED_DAY = re.compile(r"ngày|[/]", re.IGNORECASE)
QUARTERS = "quý"
FIRST = "đầu"
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
    #: "17:00" where the sentence names an hour of the day.
    hour: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and what its dates go by where they leave something out."""

    text: str
    issued: date | None
    year: int | None
    #: The year that some date of the sentence names.
    named_year: int | None


def times(text: str, issued: date | None, year: int | None) -> Iterator[Time]:
    """Yield the times of a sentence that no other one overlaps, the most telling shapes first."""
    years = (one["year"] or one["year2"] for one in DATE.finditer(text))
    sentence = Sentence(text, issued, year, next((int(one) for one in years if one), None))
    taken: list[tuple[int, int]] = []
    for pattern, read in READERS:
        for one in pattern.finditer(text):
            if any(one.start() < end and start < one.end() for start, end in taken):
                continue
            for values in read(one, sentence):
                taken.append(one.span())
                parts = one.groupdict()
                word = parts["word"] or parts.get("word2") or ""
                yield Time(one.start(), one.end(), word.casefold(), **values)


def _dated(one: re.Match[str], sentence: Sentence) -> Iterator[dict[str, str]]:
    word = one["word"].casefold()
    if word in NEARBY and not (one["after"] or MARKED_DAY.search(one[0])):
        return
    day, month = int(one["day"]), int(one["month"] or one["month2"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return
    tail = sentence.text[one.end() :]
    more = AND_DATE.match(tail)
    year = one["year"] or one["year2"] or (more["year"] if more else None)
    if year is None and _recurs(one, more, sentence):
        yield _yearly(day, month, sentence.year, later=1 if one["next"] else 0)
        if more:
            yield _yearly(int(more["day"]), int(more["month"]), sentence.year)
        return
    if word in NEARBY[:2] and not REPORTS.search(sentence.text):
        return
    year = year or sentence.named_year
    issued = sentence.issued
    due = _date(day, month, int(year) if year else sentence.year, None if year else issued)
    if due and not (issued and due < issued):
        yield {"type": "date", "date": due.isoformat(), "hour": _hour(one)}
    if due and more:
        second = _date(int(more["day"]), int(more["month"]), due.year, due)
        if second and not (issued and second < issued):
            yield {"type": "date", "date": second.isoformat()}


def _hour(one: re.Match[str]) -> str:
    if not one["hour"]:
        return ""
    hour, minute = int(one["hour"]), int(one["minute"] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


def _recurs(one: re.Match[str], more: re.Match[str] | None, sentence: Sentence) -> bool:
    """Tell whether a day without a year comes again each year."""
    if one["after"] or one["next"] or (more and more["after"]):
        return True
    text = sentence.text
    near = text[max(0, one.start() - 70) : one.start()] + " | " + text[one.end() : one.end() + 70]
    return sentence.named_year is None and RECURS.search(near) is not None


def _yearly(day: int, month: int, year: int | None, *, later: int = 0) -> dict[str, str]:
    due = _date(day, month, year + later if year else None, None)
    return {
        "type": "recurrence",
        "rule": f"yearly: {month:02d}-{day:02d}",
        "date": due.isoformat() if due else "",
    }


def _monthly(one: re.Match[str], sentence: Sentence) -> Iterator[dict[str, str]]:
    rule, day = one["rule"].casefold(), int(one["day"])
    if not 1 <= day <= 31:
        return
    if QUARTERS not in rule:
        due = _next_of(day, range(1, 13), sentence.issued)
        yield {"type": "recurrence", "rule": f"monthly: {day:02d}", "date": due}
        return
    where, months = ("first", (1, 4, 7, 10)) if FIRST in rule else ("last", (3, 6, 9, 12))
    due = _next_of(day, months, sentence.issued)
    yield {"type": "recurrence", "rule": f"quarterly: day {day} of the {where} month", "date": due}
    place = one.end()
    while more := AND_MONTH.match(sentence.text, place):
        place = more.end()
        if 1 <= int(more["month"]) <= 12:
            yield _yearly(day, int(more["month"]), sentence.year)


def _daily(_one: re.Match[str], _sentence: Sentence) -> Iterator[dict[str, str]]:
    yield {"type": "recurrence", "rule": "daily"}


def _weekly(one: re.Match[str], sentence: Sentence) -> Iterator[dict[str, str]]:
    day = WEEKDAYS.index(" ".join(one["day"].casefold().split()))
    due = ""
    if sentence.issued:
        due = (sentence.issued + timedelta((day - sentence.issued.weekday()) % 7)).isoformat()
    yield {"type": "recurrence", "rule": f"weekly: {day + 1}", "date": due}


def _quarter(one: re.Match[str], sentence: Sentence) -> Iterator[dict[str, str]]:
    quarter = ROMAN.get(one["quarter"].upper()) or int(one["quarter"])
    if not _is_over(int(one["year"]), 3 * quarter, sentence.issued):
        yield {"type": "period", "period": f"{one['year']}-Q{quarter}"}


def _month(one: re.Match[str], sentence: Sentence) -> Iterator[dict[str, str]]:
    month = int(one["month"])
    if 1 <= month <= 12 and not _is_over(int(one["year"]), month, sentence.issued):
        yield {"type": "period", "period": f"{one['year']}-{month:02d}"}


def _days(one: re.Match[str], sentence: Sentence) -> Iterator[dict[str, str]]:
    if REPORTS.search(sentence.text):
        yield {"type": "period", "period": f"P{int(one['count'])}D"}


READERS: tuple[tuple[re.Pattern[str], Callable[..., Iterator[dict[str, str]]]], ...] = (
    (DATE, _dated), (MONTH_DAY, _monthly), (DAILY, _daily), (WEEKLY, _weekly), (QUARTER, _quarter),
    (MONTH, _month), (DAYS, _days),
)  # fmt: skip


def _is_over(year: int, month: int, issued: date | None) -> bool:
    if not MINYEAR <= year <= MAXYEAR:
        return True
    return issued is not None and date(year, month, monthrange(year, month)[1]) < issued


def _next_of(day: int, months: Collection[int], issued: date | None) -> str:
    """Return the first such day of one of the months from the day of issue on; blank if not known."""
    if issued is None:
        return ""
    for later in range(13):
        year, month = issued.year + (issued.month - 1 + later) // 12, (issued.month - 1 + later) % 12 + 1
        if month in months and year <= MAXYEAR:
            due = date(year, month, min(day, monthrange(year, month)[1]))
            if due >= issued:
                return due.isoformat()
    return ""


def _date(day: int, month: int, year: int | None, not_before: date | None) -> date | None:
    """Return the day, in the next year where it would lie before `not_before`."""
    if year is None:
        return None
    try:
        due = date(year, month, day)
        return due if not_before is None or due >= not_before else date(year + 1, month, day)
    except ValueError:
        return None
