"""What the answers of many units come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """How many units chose one option."""

    key: str
    label: str
    count: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """The answers of many units to one question, or to one cell of a table.

    `figures` holds only the ways of summing that make sense for the type; the question's own
    way is always among them if it is a figure and anything was answered.
    """

    answered: int = 0
    no_data: int = 0
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()
    #: Tables: {(row id, column id): Summary}; free tables use row id "", and count their `rows`.
    cells: Mapping[tuple[str, str], "Summary"] = field(default_factory=dict)
    rows: int = 0
