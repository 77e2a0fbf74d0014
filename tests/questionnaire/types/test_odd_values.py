"""Odd texts typed or pasted into every type: nothing raises, nothing is lost, nothing is misread."""

import unicodedata
from typing import Any

import pytest
from flask import Flask

from core.vietnamese import clean_text
from questionnaire.answers import is_no_data, is_typed
from questionnaire.types import QuestionType, all_types, get

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

NBSP, MINUS = "\u00a0", "\u2212"
DECOMPOSED = unicodedata.normalize("NFD", "Đã hoàn thành tốt nhiệm vụ")
ODD = [
    "9" * 400, f"-{'9' * 400}", "-1", f"{MINUS}1", DECOMPOSED, f"{NBSP}12{NBSP}", f"1{NBSP}234",
    "1.234,5", "1,234.5", "12 hồ sơ", "1e999", "NaN", "Infinity", "-0", "００", "١٢", "½", "#REF!",
    "=1+1", "31/02/2026", "29/2/2024", "2026-13-45", "00/00/0000", "\u200b", "\ufeff7", "a\x00b",
    "<script>", "🙂" * 50, "\n\n", "x" * 5000,
]  # fmt: skip
KINDS = [one for one in all_types() if one.holds_answer and not one.is_computed and not one.is_uploaded]
READ: dict[str, dict[str, Any]] = {
    "integer": {"-1": -1, f"{MINUS}1": -1, f"{NBSP}12{NBSP}": 12, f"1{NBSP}234": 1234,
                "1.234,5": None, "1,234.5": None, "12 hồ sơ": None, "9" * 400: None},
    "decimal": {"-1": "-1", "1.234,5": "1234.5", "1,234.5": None, "12 hồ sơ": None, "9" * 400: None,
                "NaN": None, "Infinity": None, "1e999": None},
    "money": {f"{NBSP}12{NBSP}": 12, "1.234,5": None, "1,234.5": None, "12 hồ sơ": None},
    "percent": {"1.234,5": "1234.5", "1,234.5": None, "12 hồ sơ": None},
    "date": {"29/2/2024": "2024-02-29", "31/02/2026": None, "00/00/0000": None, "2026-13-45": None},
    "short_text": {DECOMPOSED: "Đã hoàn thành tốt nhiệm vụ", "=1+1": "=1+1", f"{NBSP}12{NBSP}": "12"},
    "long_text": {DECOMPOSED: "Đã hoàn thành tốt nhiệm vụ", "12 hồ sơ": "12 hồ sơ"},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.key)
def test_odd_texts_are_understood_or_kept_as_typed_with_a_reason(
    app: Flask, kind: QuestionType
) -> None:
    settings = kind.default_settings()
    for text in ODD:
        value = kind.from_text(text, settings)
        if is_typed(value):
            assert clean_text(value["typed"])
        elif not kind.is_empty(value) and not is_no_data(value):
            kind.problems(value, settings)
            again = kind.from_text(kind.as_typed(value, settings), settings)
            assert again == value, text
            assert unicodedata.is_normalized("NFC", kind.as_text(value, settings))


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [(key, text, value) for key, cases in READ.items() for text, value in cases.items()],
    ids=lambda one: str(one)[:20],
)
def test_an_odd_text_means_this_and_nothing_else(
    app: Flask, key: str, text: str, expected: Any
) -> None:
    """None stands for a text that isn't understood: it is kept as typed."""
    kind = get(key)
    value = kind.from_text(text, kind.default_settings())
    assert value == expected if expected is not None else is_typed(value)
