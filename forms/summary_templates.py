"""A workbook of the office that becomes a template of a form."""

from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields import SelectChoice

from core.words import N_
from forms.base import WebForm


class TemplateForm(WebForm):
    """The file, and the form whose figures it shows."""

    form = SelectField(N_("Biểu mẫu"), coerce=int)
    file = FileField(N_("Tệp Excel (.xlsx)"), [FileRequired(N_("Chưa chọn tệp nào."))])

    def offer(self, forms: Iterable[tuple[int, str]]) -> None:
        """Say which forms there are."""
        self.form.choices = [SelectChoice(value, label) for value, label in forms]
