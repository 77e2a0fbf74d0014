"""Deadlines in the sentences of a document: on a day, again and again, or within a time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain import plan_bodies, plan_times

EVERY = re.compile(
    r"(?:(?:định\s+kỳ|thường\s+xuyên)\s+)?(?P<rule>(?:hàng|hằng)\s+(?:năm|quý|tháng|tuần)|"
    r"(?:định\s+kỳ\s+)(?:năm|quý|tháng|tuần|0?6\s+tháng|sáu\s+tháng)|0?6\s+tháng,?\s+(?:một\s+lần|"
    r"năm|hàng\s+năm))",
    re.IGNORECASE,
)
VERBS = re.compile(
    r"(?P<task>(?:nộp|gửi|đăng\s+ký)\s+(?:sản\s+phẩm|bài|tác\s+phẩm|hồ\s+sơ|phiếu|đơn\b|giấy)|đăng\s+ký|"
    r"(?:ký|tập|tổ)\s+(?:kết|cam\s+kết|huấn)|"
    r"trình|hoàn\s+thành|ban\s+hành|xây\s+dựng|phê\s+duyệt|triển\s+khai|"
    r"(?<!ban\s)(?<!phòng\s)tổ\s+chức|"
    r"thành\s+lập|kiện\s+toàn)|"
    r"(?P<report>báo\s+cáo|gửi|nộp|tổng\s+hợp|báo\s+(?:số|tình)|cung\s+cấp|bổ\s+sung)|"
    r"(?P<other>kết\s+thúc|khai\s+giảng|tựu\s+trường|xét\s+công\s+nhận|khai\s+mạc|bế\s+mạc)",
    re.IGNORECASE,
)
REPORTED = re.compile(r"\s*(?:để\s+)?(?:tổng\s+hợp|báo\s+cáo)", re.IGNORECASE)
BEFORE = ("trước",)
HALF = re.compile(r"0?6|sáu")
SPANS = {"năm": "yearly", "quý": "quarterly", "tuần": "weekly"}
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
    r"muộn|tổng\s+hợp|để|qua|theo|\(|,|\.|;|$)",
    re.IGNORECASE,
)
TO_BODY = re.compile(
    r"(?:báo\s+cáo|gửi|trình)\s+(?P<to>(?-i:[A-ZĐỦ])[^,.;()]{1,80}?)\s*(?=trước|chậm|muộn|tổng\s+hợp|để|"
    r"trong|kết\s+quả|tình|\(|,|\.|;|$)", re.IGNORECASE,
)
CUT = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d_])")
COLLECTS = re.compile(r"để\s+tổng\s+hợp", re.IGNORECASE)
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
    #: "17:00" where the sentence names an hour of the day.
    hour: str = ""


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
    ended = 0
    for one in plan_times.times(text, issued, year):
        if NOT_DUE.search(text[: one.start]) or (
            ended and one.start > ended and COLLECTS.search(text[ended : one.start])
        ):
            continue
        ended = one.end
        yield Deadline(
            type=one.type,
            kind=_kind(text, one.start, one.end),
            sentence=text,
            date=one.date,
            rule=one.rule,
            period=one.period,
            hour=one.hour,
            who=plan_bodies.who_in(text),
            to=_to(text),
            inclusive=not one.word.startswith(BEFORE),
        )


def _without_day(text: str) -> list[Deadline]:
    """Return a duty to report again and again without a day, where the sentence says that."""
    for one in EVERY.finditer(text):
        near = text[max(0, one.start() - REACH) : one.end() + REACH]
        if not SENDS.search(near) or BUDGET.search(text[: one.start()]):
            continue
        word = one["rule"].casefold().split()[-1]
        rule = "half-yearly" if HALF.search(one["rule"]) else SPANS.get(word, "monthly")
        return [
            Deadline(
                type="recurrence",
                kind="report",
                sentence=text,
                rule=f"{rule}, no day given",
                who=plan_bodies.who_in(text),
                to=_to(text),
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
    if near["task"] and REPORTED.match(text[end:]):
        return "report"
    return "report" if near["report"] else "task" if near["task"] else "other"


def _to(text: str) -> str:
    found = TO.search(text) or TO_BODY.search(text)
    return found["to"].strip() if found else ""


def of_lines(lines: Sequence[str], issued: date | None, year: int | None) -> list[Deadline]:
    """Return the deadlines of all paragraphs, each once."""
    found = [one for line in lines if line for one in deadlines(line, issued, year)]
    return list(dict.fromkeys(found))
