"""Later deadlines and exemptions: until when, and why."""

from datetime import datetime

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.words import N_
from forms.base import WebForm
from forms.fields import DateField, HourField, day_and_hour, instant

LONGEST_REASON = 1000


class ReasonForm(WebForm):
    """Why."""

    reason = TextAreaField(
        N_("Lý do"), [DataRequired(), Length(max=LONGEST_REASON)], render_kw={"rows": 2}
    )


class UntilForm(ReasonForm):
    """Until when, and why; no hour means the end of the day."""

    until_date = DateField(N_("Hạn mới: ngày"), [DataRequired()])
    until_hour = HourField(N_("Hạn mới: giờ"))

    @property
    def until(self) -> datetime:
        """The instant that was typed; raises ValueError before the form was found valid."""
        typed = instant(self.until_date.data, self.until_hour.data)
        if typed is None:
            raise ValueError
        return typed

    def show(self, until: datetime | None) -> None:
        """Fill in a date that was asked for."""
        self.until_date.data, self.until_hour.data = day_and_hour(until)

    def refuse_until(self, message: str, fields: dict[str, list[str]]) -> None:
        """Show what the domain refused beside the field that people see."""
        shown = {"until": "until_date"}
        self.refuse(message, {shown.get(name, name): texts for name, texts in fields.items()})
