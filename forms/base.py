"""The parent of every form: text is cleaned, and messages are in the reader's language."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, TextAreaField
from wtforms.fields.choices import SelectFieldBase
from wtforms.fields.core import UnboundField
from wtforms.validators import ValidationError

from core.vietnamese import clean_text, parse_date
from core.words import N_, _

MESSAGES = {
    "This field is required.": N_("Chưa nhập mục này."),
    "Not a valid choice.": N_("Chọn một mục trong danh sách."),
    "Invalid Choice: could not coerce.": N_("Chọn một mục trong danh sách."),
    "Not a valid integer value.": N_("Nhập số nguyên."),
    "Invalid email address.": N_("Địa chỉ e-mail chưa đúng, ví dụ ten@caobang.gov.vn."),
    "Field cannot be longer than %(max)d character.": N_("Nhiều nhất %(max)d ký tự."),
    "Field cannot be longer than %(max)d characters.": N_("Nhiều nhất %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": N_(
        "Nhập từ %(min)d đến %(max)d ký tự."
    ),
    "Number must be between %(min)s and %(max)s.": N_("Nhập số từ %(min)s đến %(max)s."),
}


class _Messages:
    """The built-in messages of the form library in our words."""

    def gettext(self, text: str) -> str:
        return _(MESSAGES.get(text, text))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


class WebForm(FlaskForm):
    """A form whose text comes in NFC, trimmed and without invisible characters."""

    class Meta(FlaskForm.Meta):
        """Cleans every text and speaks our words."""

        def bind_field(self, form: Any, unbound_field: UnboundField, options: Any) -> Field:
            """Add the cleaning of text to every field that holds some."""
            kind = unbound_field.field_class
            if not issubclass(kind, PasswordField | SelectFieldBase):
                cleaner = _clean_lines if issubclass(kind, TextAreaField) else _clean_line
                filters = [cleaner, *unbound_field.kwargs.get("filters", ())]
                options = {**options, "filters": filters}
                unbound_field = UnboundField(
                    kind,
                    *unbound_field.args,
                    **{k: v for k, v in unbound_field.kwargs.items() if k != "filters"},
                )
            return unbound_field.bind(form=form, **options)

        def get_translations(self, form: Any) -> _Messages:
            """Return our words for the library's messages."""
            return _Messages()

    def refuse(self, fields: dict[str, list[str]]) -> None:
        """Show the domain's complaints beside the fields that they are about."""
        for name, messages in fields.items():
            self[name].errors = [*self[name].errors, *messages]


def _clean_line(value: Any) -> Any:
    return clean_text(value) if isinstance(value, str) else value


def _clean_lines(value: Any) -> Any:
    return clean_text(value, lines=True) if isinstance(value, str) else value


def is_date(_form: WebForm, field: Field) -> None:
    """Refuse text that is no date."""
    if field.data:
        _or_refuse(parse_date, field.data)


def _or_refuse(parse: Callable[[str], object], text: str) -> None:
    try:
        parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from None
