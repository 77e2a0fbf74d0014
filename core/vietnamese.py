"""Vietnamese text, numbers and dates: how they are read from people and shown to them.

Numbers are 1.234.567,89 and dates dd/mm/yyyy in every language of the product.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from core.clock import local, today
from core.words import N_, _

WEEKDAYS = (
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)
LARGEST = Decimal(10) ** 15

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_GROUPED_INTEGER = re.compile(r"[+-]?\d{1,3}([. ])\d{3}(\1\d{3})*")
_PLAIN_INTEGER = re.compile(r"[+-]?\d+")
_GROUPED_DECIMAL = re.compile(r"[+-]?\d{1,3}([. ])\d{3}(\1\d{3})*,\d+")
_PLAIN_DECIMAL = re.compile(r"[+-]?\d+,\d+")
_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def nfc(text: str) -> str:
    """Return `text` with every letter and its marks as one character."""
    return unicodedata.normalize("NFC", text)


def clean_text(text: str, *, lines: bool = False) -> str:
    """Return `text` in NFC without invisible or control characters, trimmed.

    Line breaks stay only with `lines`; other runs of white space become one space.
    """
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    if not lines:
        return " ".join(text.split())
    kept = (_SPACES.sub(" ", line).rstrip() for line in text.split("\n"))
    return "\n".join(kept).strip("\n ").strip()


def clean_cells(text: str) -> str:
    """Return rows of cells as `clean_text` does lines, with the tabs between cells and all indents."""
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def parse_integer(text: str) -> int:
    """Read a whole number as people type it; raises ValueError with how to write it."""
    compact = _number_text(text)
    if _PLAIN_INTEGER.fullmatch(compact):
        return int(_within(Decimal(compact)))
    if _GROUPED_INTEGER.fullmatch(compact):
        return int(_within(Decimal(re.sub("[. ]", "", compact))))
    if re.fullmatch(r"[+-]?[\d.]*,0*", compact) and compact.strip("+-,.0"):
        return parse_integer(compact.partition(",")[0])
    raise ValueError(
        _("“%(text)s” không phải số nguyên. Nhập chỉ chữ số, ví dụ 1250 hoặc 1.250.", text=text[:60])
    )


def parse_decimal(text: str) -> Decimal:
    """Read a number with a decimal comma; raises ValueError with how to write it.

    A lone dot or a comma before three digits could mean two numbers, so both are named and refused.
    """
    compact = _number_text(text)
    if _PLAIN_INTEGER.fullmatch(compact):
        return _within(Decimal(compact))
    if re.fullmatch(r"[+-]?\d{1,3}(?:([. ])\d{3})(\1\d{3})+", compact):
        return _within(Decimal(re.sub("[. ]", "", compact)))
    if re.fullmatch(r"[+-]?\d+\.\d+", compact):
        raise ValueError(_ambiguous(text, compact))
    if _PLAIN_DECIMAL.fullmatch(compact) or _GROUPED_DECIMAL.fullmatch(compact):
        return _within(Decimal(re.sub("[. ]", "", compact).replace(",", ".")))
    if re.fullmatch(r"[+-]?\d{1,3} \d{3}", compact):
        return _within(Decimal(compact.replace(" ", "")))
    raise ValueError(
        _("“%(text)s” không phải số. Dùng dấu phẩy cho phần thập phân, ví dụ 12,5.", text=text[:60])
    )


def _ambiguous(text: str, compact: str) -> str:
    whole = compact.replace(".", "")
    comma = compact.replace(".", ",")
    return _(
        "“%(text)s” có thể hiểu là %(whole)s hoặc %(comma)s. Nhập %(whole)s hoặc %(comma)s cho rõ.",
        text=text[:60],
        whole=whole,
        comma=comma,
    )


def _number_text(text: str) -> str:
    return clean_text(text).replace("\u2212", "-").replace("\u2013", "-")


def _within(number: Decimal) -> Decimal:
    if abs(number) > LARGEST:
        raise ValueError(_("Số quá lớn: nhiều nhất 15 chữ số."))
    return number


def format_number(value: int | Decimal | str | None, decimals: int | None = None) -> str:
    """Return 1.234.567,89; `decimals` fixes how many places are shown. None gives nothing."""
    if value is None:
        return ""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return str(value)
    if decimals is not None:
        number = round(number, decimals)
    text = f"{number:,f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def parse_date(text: str) -> date:
    """Read dd/mm/yyyy, or the ISO form that date controls send; raises ValueError."""
    compact = clean_text(text)
    day, month, year = 0, 0, 0
    if found := _ISO_DATE.fullmatch(compact):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DATE.fullmatch(compact):
        day, month, year = (int(part) for part in found.groups())
    try:
        if not 1900 <= year <= 2200:
            raise ValueError(year)
        return date(year, month, day)
    except ValueError:
        raise ValueError(
            _("“%(text)s” không phải ngày. Nhập ngày/tháng/năm, ví dụ 05/12/2026.", text=text[:60])
        ) from None


def format_date(value: date | str | None) -> str:
    """Return dd/mm/yyyy; takes a date or its ISO text."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = local(value)
    return value.strftime("%d/%m/%Y")


def format_time(instant: datetime | None) -> str:
    """Return hh:mm as clocks in Vietnam show it."""
    return local(instant).strftime("%H:%M") if instant else ""


def format_recent(instant: datetime | None) -> str:
    """Return "14:05" for today and "14:05 05/12" for other days, in Vietnam's time."""
    if instant is None:
        return ""
    here = local(instant)
    return here.strftime("%H:%M" if here.date() == today().date() else "%H:%M %d/%m")


def format_datetime(instant: datetime | None) -> str:
    """Return "14:05 05/12/2023" in Vietnam's time."""
    return local(instant).strftime("%H:%M %d/%m/%Y") if instant else ""


def format_deadline(instant: datetime | None) -> str:
    """Return "17 giờ 00 phút, Thứ Ba, ngày 05/12/2023" in Vietnam's time."""
    if instant is None:
        return ""
    here = local(instant)
    return _(
        "%(hour)s giờ %(minute)s phút, %(weekday)s, ngày %(day)s",
        hour=f"{here:%H}",
        minute=f"{here:%M}",
        weekday=format_weekday(here.date()),
        day=format_date(here),
    )


def format_weekday(day: date) -> str:
    """Return "Thứ Ba", with the capital that Decree 30/2020/NĐ-CP, Appendix II gives it."""
    return _(WEEKDAYS[day.weekday()])


def document_date(value: date) -> str:
    """Return the date as documents write it (Decree 30/2020/NĐ-CP, Appendix I).

    Days below 10 and the months 1 and 2 get a leading zero, other months don't.
    """
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Return what sorts Vietnamese text: letters a ă â b c d đ …, then tones a à ả ã á ạ."""
    letters: list[int] = []
    tones: list[int] = []
    for character in nfc(text).casefold():
        parts = unicodedata.normalize("NFD", character)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        base = nfc("".join(mark for mark in parts if mark not in _TONES))
        letters.append(1000 + _LETTERS[base] if base in _LETTERS else ord(base[:1] or " ") % 1000)
        tones.append(tone)
    return tuple(letters), tuple(tones), text


def search_key(text: str) -> str:
    """Return `text` in lower case without accents, so that "da nang" finds "Đà Nẵng"."""
    parts = unicodedata.normalize("NFD", clean_text(text).casefold())
    plain = "".join(mark for mark in parts if not unicodedata.combining(mark))
    return plain.replace("đ", "d").replace("ð", "d")
