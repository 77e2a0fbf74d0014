"""What the office decides on screen: the meaning of "trước ngày", days off and working Saturdays."""

from datetime import date

from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from core.words import N_, _
from forms.base import WebForm
from forms.fields import DateField

EXCLUDES, INCLUDES = "excludes", "includes"
OFF, WORKS = "off", "works"


class OfficeForm(WebForm):
    """The settings."""

    before_day = RadioField(
        N_("“Nộp trước ngày 05/12” nghĩa là"),
        choices=lambda: [
            SelectChoice(EXCLUDES, _("đến hết ngày 04/12 – không tính ngày ghi trong văn bản")),
            SelectChoice(INCLUDES, _("đến hết ngày 05/12 – tính cả ngày ghi trong văn bản")),
        ],
        default=EXCLUDES,
    )


class OfficeDaysForm(WebForm):
    """Days on which the office does other than the calendar says."""

    first_day = DateField(N_("Từ ngày"), [DataRequired()])
    last_day = DateField(N_("Đến hết ngày"))
    kind = RadioField(
        N_("Ngày này"),
        choices=lambda: [
            SelectChoice(OFF, _("là ngày nghỉ")),
            SelectChoice(WORKS, _("là ngày làm việc (làm bù)")),
        ],
        default=OFF,
    )
    name = StringField(N_("Lý do"), [Length(max=120)])

    @property
    def first(self) -> date:
        """The first day; raises ValueError before the form was found valid."""
        if self.first_day.data is None:
            raise ValueError
        return self.first_day.data
