"""Finding things by words typed with or without accents."""

from typing import Any

from sqlalchemy import ColumnElement, and_, literal, true

from core import vietnamese


def has_words(key: Any, text: str) -> ColumnElement[bool]:
    """Return that each word of `text` begins a word of the search key in the column `key`.

    Vietnamese words are short: "an" inside "van hoa" is not what was asked for.
    """
    words = vietnamese.search_key(text).split()
    spaced = literal(" ").concat(key)
    return and_(true(), *(spaced.contains(f" {word}", autoescape=True) for word in words))
