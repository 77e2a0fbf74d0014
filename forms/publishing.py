"""The form that says which units get a report form."""

from collections.abc import Iterable

from wtforms import SelectMultipleField

from core.words import N_
from forms.base import WebForm


class UnitsForm(WebForm):
    """Groups, the members that stay ticked in each, and single units.

    A member is "group id:unit id": a unit of two groups may be unticked in one of them.
    """

    groups = SelectMultipleField(N_("Nhóm đơn vị"), coerce=int, default=())
    members = SelectMultipleField(N_("Đơn vị trong nhóm"), default=())
    units = SelectMultipleField(N_("Từng đơn vị"), coerce=int, default=())

    def offer(
        self,
        groups: Iterable[tuple[int, str]],
        members: Iterable[tuple[str, str]],
        units: Iterable[tuple[int, str]],
    ) -> None:
        """Say what can be ticked; each is (value, name)."""
        self.groups.choices = list(groups)
        self.members.choices = list(members)
        self.units.choices = list(units)
