"""Which questions, units and columns a file of the summary shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, or_

from core.words import N_
from domain.successors import Structure
from models import Assignment

#: The columns before the questions that can be left out, by place in the unit sheet.
FIXED = {
    "code": (1, N_("Mã đơn vị")),
    "group": (3, N_("Nhóm")),
    "state": (4, N_("Tình trạng")),
    "submitted_at": (5, N_("Nộp lúc")),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice; what is empty leaves nothing out.

    `columns` holds the keys of columns of the unit sheet by form. A unit is shown if it or its
    group is chosen. `structure` isn't a part of a view: each download asks for it.
    """

    columns: Mapping[int, frozenset[str]] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    units: frozenset[int] = frozenset()
    left_out: frozenset[str] = frozenset()
    structure: Structure = Structure.THEN

    def takes_form(self, form_id: int) -> bool:
        """Tell whether anything of a form is shown."""
        return not self.columns or bool(self.columns.get(form_id))

    def takes(self, form_id: int, key: str) -> bool:
        """Tell whether a column is shown."""
        return not self.columns or key in self.columns.get(form_id, ())

    @property
    def hidden(self) -> frozenset[int]:
        """The places of the columns before the questions that aren't shown."""
        return frozenset(FIXED[name][0] for name in self.left_out if name in FIXED)

    def of_units(self) -> list[ColumnElement[bool]]:
        """Return the condition on assignments; none where every unit is shown."""
        if not self.groups and not self.units:
            return []
        return [
            or_(Assignment.group_name.in_(self.groups), Assignment.unit_id.in_(self.units))
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the choice as a view stores it."""
        return {
            "columns": {str(form): sorted(keys) for form, keys in self.columns.items()},
            "groups": sorted(self.groups),
            "units": sorted(self.units),
            "left_out": sorted(self.left_out),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Selection":
        """Read back what `to_json` gave."""
        return cls(
            {int(form): frozenset(keys) for form, keys in stored.get("columns", {}).items()},
            frozenset(stored.get("groups", ())),
            frozenset(stored.get("units", ())),
            frozenset(stored.get("left_out", ())),
        )


EVERYTHING = Selection()
