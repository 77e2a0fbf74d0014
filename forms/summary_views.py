"""A named view of the summary: which questions, columns and units it shows."""

from collections.abc import Iterable

from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from core.words import N_
from forms.base import WebForm

Names = tuple[str, str]


class ViewForm(WebForm):
    """What is ticked; a question is "form id:uid", a column "form id:key".

    Nothing ticked among questions and columns, or among groups and units, means all of them.
    """

    name = StringField(N_("Tên chế độ xem"), [DataRequired(), Length(max=200)])
    questions = SelectMultipleField(N_("Câu hỏi"), default=())
    columns = SelectMultipleField(N_("Cột"), default=())
    groups = SelectMultipleField(N_("Nhóm đơn vị"), default=())
    units = SelectMultipleField(N_("Từng đơn vị"), coerce=int, default=())
    fixed = SelectMultipleField(N_("Cột về đơn vị"), default=())

    def offer(
        self,
        questions: Iterable[str],
        columns: Iterable[str],
        groups: Iterable[str],
        units: Iterable[tuple[int, str]],
        fixed: Iterable[Names],
    ) -> None:
        """Say what can be ticked."""
        self.questions.choices = [(one, one) for one in questions]
        self.columns.choices = [(one, one) for one in columns]
        self.groups.choices = [(one, one) for one in groups]
        self.units.choices = list(units)
        self.fixed.choices = list(fixed)
