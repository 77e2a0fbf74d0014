"""One question of every type, with words in every place for words, and an answer to each."""

from typing import Any

from questionnaire.types import all_types
from questionnaire.types.table_columns import new_column

# Answers as they are stored; LỜI stands for what the unit says in its own words.
ANSWERS: dict[str, Any] = {
    "short_text": "LỜI",
    "long_text": "Đã làm xong\nLỜI",
    "integer": 1250,
    "decimal": "1234.5",
    "money": 15_000_000,
    "percent": "98.5",
    "date": "2026-12-05",
    "yes_no": False,
    "one_choice": "tot",
    "many_choices": ["tot", "kha"],
    "fixed_table": {"rows": {"r1": {"ten": "LỜI", "so": 0}, "r2": {"so": 12}}},
    "free_table": {"rows": [{"id": "a1", "cells": {"ten": "LỜI", "so": 3}}]},
}


def every_question(said: str = "") -> list[dict[str, Any]]:
    """Return a question of each type; every text ends with `said`."""
    return [question(kind.key, said) for kind in all_types()]


def question(key: str, said: str = "") -> dict[str, Any]:
    """Return a question of one type, for `tests.factories.make_form`."""
    return {
        "type": key,
        "label": f"Câu hỏi {key}{said}",
        "code": "CT" + said,
        "hint": "Ghi theo sổ" + said,
        "measure": "buổi" + said,
        **({"settings": _parts(said)[key]} if key in _parts(said) else {}),
    }


def answer(key: str, said: str) -> Any:
    """Return an answer to a question of this type, with `said` where it holds words."""
    return _with_words(ANSWERS[key], said)


def _parts(said: str) -> dict[str, dict[str, Any]]:
    options = {"options": [_part("tot", "Tốt" + said), _part("kha", "Khá; giỏi" + said)]}
    columns = [new_column("ten", "Tên" + said, "short_text"), new_column("so", "Số" + said, "integer")]
    for column in columns:
        column |= {"group": "Kết quả" + said, "measure": "lượt" + said}
    rows = [_part("r1", "Xe loa" + said), _part("r2", "Chiếu phim" + said)]
    return {
        "one_choice": options,
        "many_choices": options,
        "fixed_table": {"columns": columns, "rows": rows, "total": True},
        "free_table": {"columns": columns, "most_rows": 50},
    }


def _part(id_: str, label: str) -> dict[str, str]:
    return {"id": id_, "label": label}


def _with_words(value: Any, said: str) -> Any:
    if isinstance(value, dict):
        return {name: _with_words(one, said) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_words(one, said) for one in value]
    return value.replace("LỜI", said) if isinstance(value, str) else value
