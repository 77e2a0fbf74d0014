"""The two stored values that every question type shares: text not understood yet, and no figure."""

from collections.abc import Mapping
from enum import StrEnum
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


class Since(StrEnum):
    """Which earlier round a figure is taken from; the stored value never changes."""

    LAST = "last"
    #: The round before, while it is of the same year: for what adds up over the year.
    TO_DATE = "year_to_date"
    #: The same round of the year before.
    YEAR = "year"


class Earlier(dict[str, Any]):
    """The answers of the round before by uid, and those of other rounds that figures come from."""

    def __init__(
        self, last: Mapping[str, Any], *, same_year: bool = False, year: Mapping[str, Any]
    ) -> None:
        super().__init__(last)
        self.same_year = same_year
        self.year = year

    def of(self, uid: str) -> dict[str, Any]:
        """Return the answers to a question by the round that they are of."""
        found = {str(Since.LAST): self.get(uid), str(Since.YEAR): self.year.get(uid)}
        return found | ({str(Since.TO_DATE): self.get(uid)} if self.same_year else {})
