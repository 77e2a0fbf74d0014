"""Reminding: by hand, the plan of a task, the words, and notes of calls."""

import re

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from core.words import N_, _
from forms.base import WebForm

MOST_DAYS = 60
MOST_MOMENTS = 6
_SEPARATORS = re.compile(r"[\s,;]+")


class RemindForm(WebForm):
    """What the office adds; the token tells a second click from a second reminder."""

    note = TextAreaField(N_("Lời nhắn thêm (không bắt buộc)"), [Length(max=500)], render_kw={"rows": 2})
    token = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$")])


class PlanForm(WebForm):
    """When the units of a task are reminded."""

    at_opening = BooleanField(N_("Báo khi mở nhận báo cáo"))
    before = StringField(N_("Trước hạn (ngày)"), [Length(max=60)])
    after = StringField(N_("Sau hạn (ngày)"), [Length(max=60)])

    def validate_before(self, field: StringField) -> None:
        """Refuse what is no list of days."""
        _days(field.data)

    def validate_after(self, field: StringField) -> None:
        """Refuse what is no list of days."""
        _days(field.data)

    @property
    def days_before(self) -> tuple[int, ...]:
        """The days before the deadline, the earliest moment first."""
        return tuple(sorted(_days(self.before.data), reverse=True))

    @property
    def days_after(self) -> tuple[int, ...]:
        """The days after the deadline, in order."""
        return tuple(sorted(_days(self.after.data)))


class TextsForm(WebForm):
    """The words of reminders, piece by piece; their places are checked where they are known."""

    subject = StringField(N_("Tiêu đề thư"), [Length(max=200)])
    greeting = TextAreaField(N_("Mở đầu thư"), [Length(max=2000)], render_kw={"rows": 4})
    opening = TextAreaField(N_("Khi mở nhận báo cáo"), [Length(max=2000)], render_kw={"rows": 2})
    before = TextAreaField(N_("Sắp đến hạn"), [Length(max=2000)], render_kw={"rows": 2})
    after = TextAreaField(N_("Đã quá hạn"), [Length(max=2000)], render_kw={"rows": 2})
    closing = TextAreaField(N_("Cuối thư"), [Length(max=2000)], render_kw={"rows": 3})

    @property
    def texts(self) -> dict[str, str]:
        """The words by piece."""
        pieces = (self.subject, self.greeting, self.opening, self.before, self.after, self.closing)
        return {one.name: one.data for one in pieces}


class CallForm(WebForm):
    """What was said on the telephone."""

    spoke_with = StringField(N_("Đã nói chuyện với"), [Length(max=120)])
    said = TextAreaField(
        N_("Nội dung"), [DataRequired(), Length(max=1000)], render_kw={"rows": 3}
    )


def _days(text: str) -> set[int]:
    found = [one for one in _SEPARATORS.split(text) if one]
    if not all(one.isascii() and one.isdigit() and 1 <= int(one) <= MOST_DAYS for one in found):
        message = _("Nhập các số ngày từ 1 đến %(most)d, cách nhau bằng dấu phẩy.", most=MOST_DAYS)
        raise ValidationError(message)
    if len(set(found)) > MOST_MOMENTS:
        raise ValidationError(_("Nhập nhiều nhất %(most)d lần nhắc.", most=MOST_MOMENTS))
    return {int(one) for one in found}
