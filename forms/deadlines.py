"""Deadlines as they are typed: "trước ngày" or not, later ones and exemptions with their reason."""

from datetime import datetime
from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from core.words import N_, _
from forms.base import WebForm
from forms.fields import DateField, HourField, day_and_hour, instant

LONGEST_REASON = 1000


class WordField(RadioField):
    """How the document words its deadline: by the end of the day, or before it."""

    ON, BEFORE = "on", "before"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": self.ON, "choices": [], **kwargs})
        # Drawn as what it is: the page looks at the type's name.
        self.type = RadioField.__name__
        self.offer(before_excludes_day=True)

    def offer(self, *, before_excludes_day: bool) -> None:
        """Say what "trước ngày" means to this office."""
        self._excludes = before_excludes_day
        before = (
            _("“Trước ngày” – đến hết ngày hôm trước")
            if before_excludes_day
            else _("“Trước ngày” – đến hết chính ngày đó")
        )
        self.choices = [
            SelectChoice(self.ON, _("“Chậm nhất ngày”, “hạn cuối ngày” – đến hết ngày đó")),
            SelectChoice(self.BEFORE, before),
        ]

    @property
    def excludes_day(self) -> bool:
        """Whether the day that was typed is no longer in time."""
        return bool(self.data == self.BEFORE and self._excludes)


class DeadlineWordsForm(WebForm):
    """A deadline that is being typed, to be said in a sentence."""

    class Meta(WebForm.Meta):
        """Nothing is changed by asking."""

        csrf = False

    date = DateField()
    hour = HourField()
    word = WordField(validate_choice=False)

    @property
    def instant(self) -> datetime | None:
        """The instant that is meant; None while there is no date."""
        return instant(self.date.data, self.hour.data, excludes_day=self.word.excludes_day)


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
