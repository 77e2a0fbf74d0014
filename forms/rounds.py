"""Rounds: how a task comes again, the dates of one round, and why one is withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from wtforms import FieldList, FormField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from core.vietnamese import WEEKDAYS
from core.words import N_, _
from forms.base import WebForm
from forms.deadlines import WordField
from forms.fields import END_OF_DAY, DateField, HourField, day_and_hour, instant

LONGEST_WAIT = 366
MOST_LEVELS = 12
SPARE_LEVELS = 2
LAST_DAY = 31
SHOWN_BESIDE = {"opens_at": "opens_date", "due_at": "due_date", "locks_at": "lock_date"}


class LevelDaysRow(WebForm):
    """Whose deadline is how many days before or after that of the others."""

    class Meta(WebForm.Meta):
        """The token is the form's."""

        csrf = False

    who = SelectField(N_("Cấp báo cáo"))
    days = IntegerField(N_("Số ngày"), [Optional(), NumberRange(-LONGEST_WAIT, LONGEST_WAIT)])


class LevelDateRow(WebForm):
    """Whose deadline is another one."""

    class Meta(WebForm.Meta):
        """The token is the form's."""

        csrf = False

    who = SelectField(N_("Cấp báo cáo"))
    date = DateField(N_("Hạn: ngày"))
    hour = HourField(N_("Hạn: giờ"))


class LevelsMixin:
    """Rows of levels with a few spare ones."""

    levels: FieldList

    def offer_levels(self, choices: Sequence[tuple[str, str]]) -> None:
        """Fill the selects of every row, and add spare rows to a form not sent yet."""
        if not self.is_submitted():  # type: ignore[attr-defined]
            for _row in range(min(SPARE_LEVELS, MOST_LEVELS - len(self.levels))):
                self.levels.append_entry()
        for row in self.levels:
            row.form.who.choices = [SelectChoice("", ""), *(SelectChoice(*one) for one in choices)]

    def validate_levels(self, field: Any) -> None:
        """Ask for whole rows, each for somebody else; the summary names fields only, so it is told."""
        chosen = [row.form.who.data for row in field if row.form.who.data]
        problem = ""
        if any(row.form.errors for row in field):
            problem = _("Có dòng hạn theo cấp chưa đúng.")
        elif any(bool(row.form.who.data) != self.is_dated(row.form) for row in field):
            problem = _("Mỗi dòng hạn theo cấp cần cả cấp và hạn.")
        elif len(chosen) != len(set(chosen)):
            problem = _("Mỗi cấp chỉ có một dòng.")
        if problem:
            self.refuse(problem)  # type: ignore[attr-defined]
            raise ValidationError(problem)

    def is_dated(self, row: Any) -> bool:
        """Tell whether a row says by when."""
        raise NotImplementedError


class CycleForm(WebForm):
    """How often, and from which dates to start; only fills in the next form."""

    class Meta(WebForm.Meta):
        """Nothing is changed by looking."""

        csrf = False

    cycle = SelectField(N_("Lặp lại"))
    preset = SelectField(N_("Ngày chốt và hạn gửi"))

    def offer(self, cycles: Mapping[Any, str], presets: Mapping[str, str]) -> None:
        """Say which there are."""
        self.cycle.choices = [SelectChoice(str(key), _(name)) for key, name in cycles.items()]
        self.preset.choices = [SelectChoice(key, _(name)) for key, name in presets.items()]


class RecurrenceForm(LevelsMixin, WebForm):
    """The rule of a task that comes again; its days are weekdays in a weekly cycle."""

    cycle = HiddenField()
    first = SelectField(N_("Kỳ đầu tiên"))
    cut_off_day = SelectField(N_("Chốt số liệu vào"), coerce=int)
    due_day = SelectField(N_("Hạn nộp: ngày"), coerce=int)
    due_later = SelectField(N_("của"), coerce=int)
    due_hour = HourField(N_("Hạn nộp: giờ"))
    opens_before = IntegerField(
        N_("Mở trước hạn nộp (ngày)"), [NumberRange(1, LONGEST_WAIT)], default=10
    )
    locks_after = IntegerField(
        N_("Khoá sổ sau hạn nộp (ngày)"), [Optional(), NumberRange(0, LONGEST_WAIT)]
    )
    ends_on = DateField(N_("Không mở kỳ nào có hạn sau ngày"))
    levels = FieldList(FormField(LevelDaysRow), N_("Hạn theo cấp"), max_entries=MOST_LEVELS)

    def offer(
        self, periods: Sequence[tuple[str, str]], levels: Sequence[tuple[str, str]], *, weekly: bool
    ) -> None:
        """Fill the selects for a cycle of weeks, or one of months."""
        self.first.choices = [SelectChoice(*one) for one in periods]
        days = [(place, _(name)) for place, name in enumerate(WEEKDAYS)]
        later = [(0, _("tuần đó")), (1, _("tuần sau")), (2, _("tuần sau nữa"))]
        if not weekly:
            days = [(day, _("ngày %(day)d", day=day)) for day in range(1, LAST_DAY)]
            days.append((LAST_DAY, _("ngày cuối tháng")))
            later = [(0, _("tháng cuối kỳ")), (1, _("tháng sau kỳ")), (2, _("tháng thứ hai sau kỳ"))]
        for field, choices in ((self.cut_off_day, days), (self.due_day, days), (self.due_later, later)):
            field.choices = [SelectChoice(*one) for one in choices]
        self.offer_levels(levels)

    def is_dated(self, row: Any) -> bool:
        """Tell whether a row says how many days."""
        return bool(row.days.data)

    @property
    def chosen_levels(self) -> tuple[tuple[str, int], ...]:
        """The levels that were filled in."""
        rows = (row.form for row in self.levels)
        return tuple((one.who.data, one.days.data) for one in rows if one.who.data)

    @property
    def hour(self) -> time | None:
        """The hour of the deadline; None for the end of the day."""
        typed: time | None = self.due_hour.data
        return None if typed == END_OF_DAY else typed


class RoundDatesForm(WebForm):
    """The name and the dates of one round."""

    name = StringField(N_("Tên kỳ"), [DataRequired(), Length(max=120)])
    data_from = DateField(N_("Số liệu từ ngày"))
    data_to = DateField(N_("Chốt số liệu hết ngày"))
    opens_date = DateField(N_("Mở: ngày"))
    opens_hour = HourField(N_("Mở: giờ"))
    due_date = DateField(N_("Hạn nộp: ngày"), [DataRequired()])
    due_hour = HourField(N_("Hạn nộp: giờ"))
    due_word = WordField(N_("Văn bản ghi hạn nộp thế nào?"))
    lock_date = DateField(N_("Khoá sổ: ngày"))
    lock_hour = HourField(N_("Khoá sổ: giờ"))

    def show(self, dates: Any) -> None:
        """Fill in the dates as they are."""
        self.name.data = dates.name
        self.data_from.data, self.data_to.data = dates.data_from, dates.data_to
        self.opens_date.data, self.opens_hour.data = day_and_hour(dates.opens_at)
        self.due_date.data, self.due_hour.data = day_and_hour(dates.due_at)
        self.lock_date.data, self.lock_hour.data = day_and_hour(dates.locks_at)

    def instants(self, dates: Any) -> dict[str, datetime | None]:
        """Return the instants that were typed; those not touched stay, seconds and all."""
        opens = instant(self.opens_date.data, self.opens_hour.data or time.min)
        excludes = self.due_word.excludes_day
        due = instant(self.due_date.data, self.due_hour.data, excludes_day=excludes)
        locks = instant(self.lock_date.data, self.lock_hour.data)
        typed = {"opens_at": opens, "due_at": due, "locks_at": locks}
        return {name: _kept(getattr(dates, name), value) for name, value in typed.items()}

    def refuse_dates(self, message: str, fields: dict[str, list[str]]) -> None:
        """Show what the domain refused beside the fields that people see."""
        self.refuse(message, {SHOWN_BESIDE.get(name, name): told for name, told in fields.items()})


class RoundForm(LevelsMixin, RoundDatesForm):
    """A round that is there, with deadlines of levels."""

    levels = FieldList(FormField(LevelDateRow), N_("Hạn theo cấp"), max_entries=MOST_LEVELS)

    def is_dated(self, row: Any) -> bool:
        """Tell whether a row says by when."""
        return row.date.data is not None

    @property
    def chosen_levels(self) -> dict[str, datetime]:
        """The levels that were filled in."""
        rows = (row.form for row in self.levels)
        found = {one.who.data: instant(one.date.data, one.hour.data) for one in rows if one.who.data}
        return {who: due_at for who, due_at in found.items() if due_at is not None}


def _kept(before: datetime | None, typed: datetime | None) -> datetime | None:
    return before if day_and_hour(before) == day_and_hour(typed) else typed
