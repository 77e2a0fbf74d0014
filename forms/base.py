"""The parent of every form: text comes clean, and messages come in the reader's language."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, FormField, PasswordField, StringField, TextAreaField
from wtforms.fields.core import UnboundField

from core.vietnamese import clean_cells, clean_text
from core.words import N_, _
from questionnaire.types import BadSettings

MESSAGES = {
    "This field is required.": N_("Chưa nhập mục này."),
    "Invalid input.": N_("Nội dung chưa đúng."),
    "Not a valid choice.": N_("Chọn một mục trong danh sách."),
    "Invalid Choice: could not coerce.": N_("Chọn một mục trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_(
        "Chọn các mục trong danh sách."
    ),
    "'%(value)s' is not a valid choice for this field.": N_("“%(value)s” không có trong danh sách."),
    "'%(value)s' are not valid choices for this field.": N_("“%(value)s” không có trong danh sách."),
    "Not a valid integer value.": N_("Nhập số nguyên, ví dụ 12."),
    "Not a valid decimal value.": N_("Nhập số, ví dụ 12,5."),
    "Not a valid date value.": N_("Nhập ngày theo dạng 05/12/2026."),
    "Not a valid datetime value.": N_("Nhập ngày giờ theo dạng 05/12/2026 17:00."),
    "Not a valid time value.": N_("Nhập giờ theo dạng 17:00."),
    "Invalid email address.": N_("Địa chỉ e-mail chưa đúng, ví dụ vanthu@caobang.gov.vn."),
    "Invalid URL.": N_("Địa chỉ liên kết chưa đúng."),
    "Field must be equal to %(other_name)s.": N_("Hai lần nhập chưa giống nhau."),
    "Field must be at least %(min)d character long.": N_("Nhập ít nhất %(min)d ký tự."),
    "Field must be at least %(min)d characters long.": N_("Nhập ít nhất %(min)d ký tự."),
    "Field cannot be longer than %(max)d character.": N_("Nhập nhiều nhất %(max)d ký tự."),
    "Field cannot be longer than %(max)d characters.": N_("Nhập nhiều nhất %(max)d ký tự."),
    "Field must be exactly %(max)d character long.": N_("Nhập đúng %(max)d ký tự."),
    "Field must be exactly %(max)d characters long.": N_("Nhập đúng %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": N_(
        "Nhập từ %(min)d đến %(max)d ký tự."
    ),
    "Number must be at least %(min)s.": N_("Nhập số từ %(min)s trở lên."),
    "Number must be at most %(max)s.": N_("Nhập số không quá %(max)s."),
    "Number must be between %(min)s and %(max)s.": N_("Nhập số từ %(min)s đến %(max)s."),
    "Date must be at least %(min)s.": N_("Nhập ngày từ %(min)s trở đi."),
    "Date must be at most %(max)s.": N_("Nhập ngày không sau %(max)s."),
    "Date must be between %(min)s and %(max)s.": N_("Nhập ngày từ %(min)s đến %(max)s."),
    "The CSRF token is missing.": N_("Trang đã cũ. Tải lại trang rồi gửi lại."),
    "The CSRF token is invalid.": N_("Trang đã cũ. Tải lại trang rồi gửi lại."),
}
"""What the form library says, and how we say it."""


class _Messages:
    """The library's messages, and labels marked with N_, in the reader's language."""

    def gettext(self, text: str) -> str:
        return _(MESSAGES.get(text, text))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


_messages = _Messages()


class WebForm(FlaskForm):
    """A form whose texts come in NFC, trimmed, without invisible characters; passwords as typed.

    A text that isn't sent is an empty one.
    """

    class Meta(FlaskForm.Meta):
        """Cleans every text field and speaks our words."""

        def bind_field(self, form: Any, unbound_field: UnboundField, options: Any) -> Field:
            """Put the cleaning of text before the field's own filters; translate its label."""
            kind = unbound_field.field_class
            if _holds_text(kind):
                clean = _clean_lines if issubclass(kind, TextAreaField) else _clean_line
                clean = _clean_cells if getattr(kind, "holds_cells", False) else clean
                options = {
                    **options,
                    "filters": [clean, *unbound_field.kwargs.get("filters", ())],
                }
            field = unbound_field.bind(form=form, **options)
            field.label.text = _translated(field.label.text)
            field.description = _translated(field.description)
            return field

        def get_translations(self, form: Any) -> _Messages:
            """Return our words for the library's messages."""
            return _messages

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and say what is wrong in the reader's language."""
        valid: bool = super().validate(extra_validators=extra_validators)
        for field in self:
            if isinstance(field, FormField):
                continue
            field.errors = [
                _translated(error) if isinstance(error, str) else error for error in field.errors
            ]
        return valid

    def refuse(self, message: str = "", fields: dict[str, list[str]] | None = None) -> None:
        """Show what the domain refused: `message` above the form, `fields` beside their fields."""
        if message:
            self.form_errors: list[str] = [*self.form_errors, message]
        for name, messages in (fields or {}).items():
            self[name].errors = [*self[name].errors, *messages]

    def refuse_settings(self, error: BadSettings) -> None:
        """Show beside their fields why the settings of a question don't fit together."""
        self.refuse(fields={name: [text] for name, text in error.fields.items()})


def _translated(text: str) -> str:
    """Translate a text marked with N_; the catalogue keeps its own head under the empty one."""
    return _(text) if text else ""


def _holds_text(kind: type[Field]) -> bool:
    """Tell whether a field's value is the text itself; dates and the like read it on their own."""
    if not issubclass(kind, StringField) or issubclass(kind, PasswordField):
        return False
    return kind.process_formdata is StringField.process_formdata


def _clean_line(value: str | None) -> str:
    return clean_text(value or "")


def _clean_cells(value: str | None) -> str:
    return clean_cells(value or "")


def _clean_lines(value: str | None) -> str:
    return clean_text(value or "", lines=True)
