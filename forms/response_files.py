"""A filled workbook that a unit sends in, and what of it is accepted."""

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectMultipleField

from core.words import N_
from forms.base import WebForm


class ResponseFileForm(WebForm):
    """The file."""

    file = FileField(N_("Tệp Excel đã điền (.xlsx)"), [FileRequired(N_("Chưa chọn tệp nào."))])


class AcceptForm(WebForm):
    """What was found in the file, sealed, and whose answer stays where two have written."""

    found = HiddenField()
    taken = SelectMultipleField(choices=[], validate_choice=False)
