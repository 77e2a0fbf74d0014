"""A workbook from which a form is made, and what of it is wanted."""

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.words import N_
from forms.base import WebForm


class FormFileForm(WebForm):
    """The file."""

    file = FileField(N_("Tệp Excel (.xlsx)"), [FileRequired(N_("Chưa chọn tệp nào."))])


class UnderstoodForm(WebForm):
    """What was understood, sealed, and which sections of it become the form."""

    title = StringField(N_("Tên biểu mẫu"), [DataRequired(), Length(max=300)])
    made = HiddenField()
    wanted = SelectMultipleField(
        N_("Lấy trang này"),
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
