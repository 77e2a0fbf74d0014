"""Patterns that a short text may have to follow: those offices know, and free ones in linear time."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from core.vietnamese import nfc
from core.words import N_, _

LONGEST_EXPRESSION = 300
MOST_MEMORY = 1 << 20
OWN = "own"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that is known by a name; `example` follows it."""

    label: str
    expression: str
    example: str


PATTERNS = {
    "phone": Pattern(
        N_("Số điện thoại"),
        r"(?:\+?84|0)(?:[ .-]?\d){9,10}|1[89]00(?:[ .-]?\d){4,6}",
        "0912 345 678",
    ),
    "email": Pattern(
        N_("Thư điện tử"),
        r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}",
        "vanthu@tinh.gov.vn",
    ),
    "document": Pattern(
        N_("Số, ký hiệu văn bản"),
        r"\d+[a-z]?(?:/\d{4})?(?:/\p{Lu}[\p{Lu}\d&.]*(?:-\p{Lu}[\p{Lu}\d&.]*)*|-\p{Lu}+/\p{Lu}[\p{Lu}\d&.]*)",
        "12/KH-SVHTTDL",
    ),
    "tax": Pattern(N_("Mã số thuế"), r"\d{10}(?:-\d{3})?|0\d{11}", "0101234567-001"),
    "citizen": Pattern(N_("Số căn cước (CCCD)"), r"0\d{11}", "001099012345"),
    "insurance": Pattern(N_("Mã số bảo hiểm xã hội"), r"\d{10}", "0123456789"),
    "web": Pattern(N_("Địa chỉ trang web"), r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?", "https://tinh.gov.vn"),
    "time": Pattern(N_("Giờ trong ngày"), r"(?:[01]?\d|2[0-3])(?::|h|g| giờ )[0-5]\d", "07:30"),
    "digits": Pattern(N_("Chỉ gồm chữ số"), r"\d+", "00125"),
}

FAULTS = {
    "missing )": N_("Thiếu dấu ) ở “%(place)s”."),
    "unexpected )": N_("Thừa một dấu ) trong mẫu."),
    "missing ]": N_("Thiếu dấu ] ở “%(place)s”."),
    "no argument for repetition operator": N_("Trước “%(place)s” chưa có gì để lặp lại."),
    "bad repetition operator": N_("Hai dấu lặp liền nhau: “%(place)s”."),
    "invalid repetition size": N_("Số lần lặp “%(place)s” không hợp lệ; nhiều nhất là 1000."),
    "invalid character class range": N_("Nhóm ký tự “%(place)s” không hợp lệ."),
    "invalid escape sequence": N_("Không dùng được “%(place)s”."),
    "trailing \\": N_("Sau dấu \\ ở cuối còn thiếu một ký tự."),
    "invalid perl operator": N_("Không dùng được “%(place)s”: mẫu không nhìn trước, nhìn sau."),
    "invalid named capture group": N_("Tên nhóm ở “%(place)s” không hợp lệ."),
    "pattern too large": N_("Mẫu quá phức tạp. Hãy viết gọn lại."),
}


class BadPattern(ValueError):
    """A free pattern can't be used; the message says why."""


def check(expression: str) -> None:
    """Raise BadPattern unless the free pattern can be used."""
    if len(expression) > LONGEST_EXPRESSION:
        raise BadPattern(_("Mẫu dài nhất %(most)d ký tự.", most=LONGEST_EXPRESSION))
    try:
        _compiled(expression)
    except re2.error as error:
        raise BadPattern(_fault(error)) from None


def matches(key: str, expression: str, text: str) -> bool:
    """Tell whether the whole text follows the pattern; one that can't be read lets all through."""
    known = PATTERNS.get(key)
    try:
        return _compiled(known.expression if known else expression).fullmatch(text) is not None
    except re2.error:
        return True


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    return re2.compile(nfc(expression), options)


def _fault(error: Exception) -> str:
    said = error.args[0]
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    for start, words in FAULTS.items():
        if text.startswith(start):
            return _(words, place=text.removeprefix(start).removeprefix(": "))
    return _("Không hiểu mẫu này.")
