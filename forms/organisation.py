"""The forms of units and groups; their views fill in the choices."""

from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from core.words import N_
from forms.base import WebForm
from forms.fields import DateField

CODE = r"^\w[\w./-]*$"
BAD_CODE = N_("Dùng chữ cái, chữ số, dấu chấm, gạch ngang; không có dấu cách. Ví dụ H25.01.")
EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"
BAD_EMAIL = N_("Địa chỉ e-mail chưa đúng, ví dụ vanthu@caobang.gov.vn.")
PHONE = r"^[0-9+(). /;,-]+$"
BAD_PHONE = N_("Chỉ dùng chữ số, dấu cách và các dấu + . - ( ), ví dụ 0206 3852 123.")


def id_or_none(value: object) -> int | None:
    """Read the value of a select whose first option stands for none."""
    return int(str(value)) if value not in (None, "", "None") else None


class UnitForm(WebForm):
    """A unit."""

    code = StringField(N_("Mã đơn vị"), [DataRequired(), Length(max=40), Regexp(CODE, 0, BAD_CODE)])
    name = StringField(N_("Tên đầy đủ"), [DataRequired(), Length(max=200)])
    short_name = StringField(N_("Tên ngắn"), [Length(max=80)])
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
