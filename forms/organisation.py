"""The forms of units and groups; their views fill in the choices."""

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from core.unit_texts import BAD_CODE, BAD_EMAIL, BAD_PHONE, CODE, EMAIL, LONGEST, PHONE
from core.words import N_
from forms.base import WebForm
from forms.fields import DateField


def id_or_none(value: object) -> int | None:
    """Read the value of a select whose first option stands for none."""
    return int(str(value)) if value not in (None, "", "None") else None


class UnitForm(WebForm):
    """A unit."""

    code = StringField(
        N_("Mã đơn vị"),
        [DataRequired(), Length(max=LONGEST["code"]), Regexp(CODE, 0, BAD_CODE)],
    )
    name = StringField(N_("Tên đầy đủ"), [DataRequired(), Length(max=LONGEST["name"])])
    short_name = StringField(N_("Tên ngắn"), [Length(max=LONGEST["short_name"])])
    kind = SelectField(N_("Loại đơn vị"))
    parent = SelectField(N_("Thuộc đơn vị"), coerce=id_or_none)
    phone = StringField(
        N_("Điện thoại"), [Optional(), Length(max=40), Regexp(PHONE, 0, BAD_PHONE)]
    )
    email = StringField(N_("E-mail"), [Optional(), Length(max=200), Regexp(EMAIL, 0, BAD_EMAIL)])
    since = DateField(N_("Có từ ngày"))


class DayFilter(WebForm):
    """The day on which the units are looked at; blank for today."""

    class Meta(WebForm.Meta):
        """Nothing is changed by looking."""

        csrf = False

    on = DateField(N_("Cơ cấu tại ngày"))


class PlaceForm(WebForm):
    """A place in the official order, counted from 1."""

    place = IntegerField(N_("Thứ tự"), [DataRequired(), NumberRange(1, 1_000_000)])


class GroupForm(WebForm):
    """A group: its name, and its units by id."""

    name = StringField(N_("Tên nhóm"), [DataRequired(), Length(max=300)])
    units = SelectMultipleField(
        N_("Đơn vị trong nhóm"),
        [DataRequired(N_("Chọn ít nhất một đơn vị."))],
        coerce=int,
    )
    day = DateField(N_("Áp dụng từ ngày"))


class UnitListForm(WebForm):
    """A list of units as an Excel file."""

    file = FileField(N_("Tệp Excel (.xlsx)"), [FileRequired(N_("Chưa chọn tệp nào."))])


class AcceptListForm(WebForm):
    """What was read from the list, sealed."""

    found = HiddenField()
