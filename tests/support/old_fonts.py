"""Texts as the fonts before Unicode store them, made from Unicode by turning our tables around."""

from documents import legacy_text
from documents.legacy_text import Encoding


def in_old_font(text: str, encoding: Encoding) -> str:
    """Return `text` as an old font stores it; capitals without a sign of their own become small."""
    signs = _signs(encoding)
    return "".join(signs.get(one) or signs.get(one.lower(), one) for one in text)


def _signs(encoding: Encoding) -> dict[str, str]:
    table: dict[str, str] = {}
    for first in [chr(one) for one in range(33, 256)]:
        for sign in (first, *(first + chr(mark) for mark in range(192, 256))):
            letter = legacy_text.converted(sign, encoding)
            if letter != sign and len(letter) == 1:
                table.setdefault(letter, sign)
    return table
