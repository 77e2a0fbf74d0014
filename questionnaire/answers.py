"""The two stored values that every question type shares: text not understood yet, and no figure."""

from typing import Any

NO_DATA: dict[str, bool] = {"none": True}
"""The answer "không có số liệu": given, but without a figure; neither blank nor 0."""


def typed(text: str) -> dict[str, str]:
    """Return the stored form of what was typed but can't be understood, so that it isn't lost."""
    return {"typed": text}


def is_typed(value: Any) -> bool:
    """Tell whether `value` is text that its type could not understand."""
    return isinstance(value, dict) and "typed" in value


def is_no_data(value: Any) -> bool:
    """Tell whether `value` is the answer "không có số liệu"."""
    return isinstance(value, dict) and value.get("none") is True
