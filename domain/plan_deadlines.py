"""Deadlines in the sentences of a document: on a day, again and again, or within a time."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.plan_people import ASKED

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
COLLECTS = re.compile(r"để\s+tổng\s+hợp", re.IGNORECASE)
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
EVERY = re.compile(
    r"(?:(?:định\s+kỳ|thường\s+xuyên)\s+)?(?P<rule>(?:hàng|hằng)\s+(?:năm|quý|tháng|tuần)|"
    r"(?:định\s+kỳ\s+)(?:năm|quý|tháng|tuần|0?6\s+tháng|sáu\s+tháng)|0?6\s+tháng,?\s+(?:một\s+lần|"
    r"năm|hàng\s+năm))",
    re.IGNORECASE,
)
REPORTS = re.compile(r"báo\s+cáo|gửi|nộp|tổng\s+hợp", re.IGNORECASE)
VERBS = re.compile(
    r"(?P<report>báo\s+cáo|gửi|nộp|tổng\s+hợp)|(?P<task>trình|hoàn\s+thành|ban\s+hành|xây\s+dựng|"
    r"phê\s+duyệt|triển\s+khai|tổ\s+chức)|(?P<other>kết\s+thúc|khai\s+giảng|tựu\s+trường|"
    r"xét\s+công\s+nhận)",
    re.IGNORECASE,
)
SENDS = re.compile(
    r"(?:gửi|nộp)\s+(?:[^,.;]{0,60}?)?báo\s+cáo|báo\s+cáo\s+(?:kết\s+quả|tình\s+hình|định\s+kỳ|"
    r"về\s|cho\s|(?-i:[A-ZĐỦ]))|tổng\s+hợp[^,.;]{0,30}báo\s+cáo",
    re.IGNORECASE,
)
NOT_DUE = re.compile(
    r"(?:có\s+hiệu\s+lực|hiệu\s+lực\s+thi\s+hành|sinh|thành\s+lập|được\s+cấp|ký\s+kết|phát\s+sinh|"
    r"đã\s+\w+)\s*(?:kể\s+từ|từ|trước|vào|trong)?\s*$|"
    r"(?:báo\s+cáo\s+tài\s+chính|kiểm\s+toán|dự\s+kiến)[^,.;]{0,40}$",
    re.IGNORECASE,
)
BUDGET = re.compile(
    r"(?:ngân\s+sách|kinh\s+phí|dự\s+toán|kế\s+hoạch|chỉ\s+tiêu|"
    r"chương\s+trình)\s+(?:[^,.;]{0,25}\s)?$", re.IGNORECASE,
)
TO = re.compile(
    r"(?:gửi\s+(?:[^,.;]{0,60}?\s)?về|báo\s+cáo(?:\s+kết\s+quả[^,.;]{0,60}?)?\s+về|"
    r"nộp\s+(?:[^,.;]{0,40}?\s)?về|về)\s+(?P<to>(?-i:[A-ZĐỦ])[^,.;()]{1,80}?)\s*(?=trước|chậm|"
    r"muộn|để|qua|theo|\(|,|\.|;|$)",
    re.IGNORECASE,
)
TO_BODY = re.compile(
    r"(?:báo\s+cáo|gửi|trình)\s+(?P<to>(?-i:[A-ZĐỦ])[^,.;()]{1,80}?)\s*(?=trước|chậm|muộn|để|"
    r"trong|kết\s+quả|tình|\(|,|\.|;|$)", re.IGNORECASE,
)
CUT = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d_])")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
REACH = 170
MOST_SENTENCE = 4000


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by which something is due; `date` also holds the next day of a yearly rule."""

    type: str
    kind: str
    sentence: str
    date: str = ""
    rule: str = ""
    period: str = ""
    who: str = ""
    to: str = ""
    inclusive: bool = True


def deadlines(paragraph: str, issued: date | None, year: int | None) -> list[Deadline]:
    """Return the deadlines of a paragraph; past ones, and dates that nothing is due on, are none.

    `issued` is the first day on which the document can have been issued; `year` stands in where a
    date has none.
    """
    found: list[Deadline] = []
    for sentence in CUT.split(paragraph):
        text = sentence.strip()[:MOST_SENTENCE]
        here = list(_in_sentence(text, issued, year)) or _without_day(text)
        goes_on = bool(found) and found[-1].kind == "report" and not VERBS.search(text)
        found += [replace(one, kind="report") for one in here] if goes_on else here
    return found


def _in_sentence(text: str, issued: date | None, year: int | None) -> Iterator[Deadline]:
    taken: list[tuple[int, int]] = []
    for pattern, read in (
        (DATE, _dated), (MONTH_DAY, _monthly), (WEEKLY, _weekly), (QUARTER, _quarter),
        (MONTH, _month), (DAYS, _days),
    ):  # fmt: skip
        for one in pattern.finditer(text):
            if any(one.start() < end and start < one.end() for start, end in taken):
                continue
            if NOT_DUE.search(text[: one.start()]):
                continue
            if taken and COLLECTS.search(text[taken[-1][1] : one.start()]):
                continue
            for values in read(one, text, issued, year):
                taken.append(one.span())
                before = one["word"].casefold()
                yield Deadline(
                    kind=_kind(text, one.start(), one.end()),
                    sentence=text,
                    who=_who(text),
                    to=_to(text),
                    inclusive=not before.startswith("trước"),
                    **values,
                )


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


def _without_day(text: str) -> list[Deadline]:
    """Return a duty to report again and again without a day, where the sentence says that."""
    for one in EVERY.finditer(text):
        near = text[max(0, one.start() - REACH) : one.end() + REACH]
        if not SENDS.search(near) or BUDGET.search(text[: one.start()]):
            continue
        word = one["rule"].casefold().split()[-1]
        rule = {"năm": "yearly", "quý": "quarterly", "tuần": "weekly"}.get(word, "monthly")
        rule = "half-yearly" if re.search(r"0?6|sáu", one["rule"]) else rule
        return [
            Deadline(
                "recurrence", "report", text, rule=f"{rule}, no day given", who=_who(text), to=_to(text)
            )
        ]
    return []


def _kind(text: str, start: int, end: int) -> str:
    """Return what is due: the nearest verb before the time says so, else the nearest one after."""
    before = list(VERBS.finditer(text[max(0, start - REACH) : end]))
    after = list(VERBS.finditer(text[end : end + REACH]))
    near = before[-1] if before else (after[0] if after else None)
    if near is None:
        return "other"
    if near["task"] and re.match(r"\s*(?:để\s+)?(?:tổng\s+hợp|báo\s+cáo)", text[end:], re.IGNORECASE):
        return "report"
    return "report" if near["report"] else "task" if near["task"] else "other"


def _who(text: str) -> str:
    found = ASKED.search(text)
    return found["who"].strip(" ,") if found else ""


def _to(text: str) -> str:
    found = TO.search(text) or TO_BODY.search(text)
    return found["to"].strip() if found else ""


def _date(day: int, month: int, year: int | None, not_before: date | None) -> date | None:
    """Return the day, in the next year where it would lie before `not_before`."""
    if year is None:
        return None
    try:
        due = date(year, month, day)
        return due if not_before is None or due >= not_before else date(year + 1, month, day)
    except ValueError:
        return None


def of_lines(lines: Sequence[str], issued: date | None, year: int | None) -> list[Deadline]:
    """Return the deadlines of all paragraphs, each once."""
    found = [one for line in lines if line for one in deadlines(line, issued, year)]
    return list(dict.fromkeys(found))
