"""The library's forms: the name of an item, and what of it comes into a form."""

from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional

from core.words import N_
from forms.base import WebForm
from forms.organisation import id_or_none


class ItemForm(WebForm):
    """What the library calls an item."""

    name = StringField(N_("Tên trong thư viện"), [DataRequired(), Length(max=500)])


class PickForm(WebForm):
    """Items to copy into a form; `find` is the page of the list to show instead."""

    q = StringField(N_("Tìm theo tên hoặc câu hỏi"), [Length(max=200)])
    find = IntegerField(validators=[Optional()])
    items = SelectMultipleField(
        N_("Chọn từ thư viện"),
        [DataRequired(N_("Chọn ít nhất một câu hỏi hoặc mục."))],
        coerce=int,
        validate_choice=False,
    )
    section = SelectField(N_("Thêm vào cuối mục"), coerce=id_or_none)
