"""The forms of a task: what the plan says, its deadline, its files, and names of report forms."""

from datetime import datetime
from typing import Any

from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import TextArea

from core.words import N_, _
from forms.base import WebForm
from forms.deadlines import WordField
from forms.fields import DateField, HourField, day_and_hour, instant

PLAN = (
    "doc_type",
    "number",
    "symbol",
    "title",
    "issuer",
    "issued_on",
    "legal_basis",
    "instructions",
    "needs_sign_off",
)
DOC_TYPES = (
    N_("Kế hoạch"),
    N_("Công văn"),
    N_("Quyết định"),
    N_("Thông báo"),
    N_("Chương trình"),
    N_("Hướng dẫn"),
)


class TaskForm(WebForm):
    """What the plan says, and by when."""

    doc_types = DOC_TYPES
    doc_type = StringField(N_("Loại văn bản"), [Length(max=60)])
    number = StringField(N_("Số"), [Length(max=20)])
    symbol = StringField(N_("Ký hiệu"), [Length(max=40)])
    title = StringField(N_("Trích yếu"), [DataRequired(), Length(max=500)], widget=TextArea())
    issuer = StringField(N_("Cơ quan ban hành"), [Length(max=200)])
    issued_on = DateField(N_("Ngày ban hành"))
    legal_basis = TextAreaField(N_("Căn cứ"), [Length(max=20_000)])
    instructions = TextAreaField(N_("Hướng dẫn cho đơn vị"), [Length(max=20_000)])
    needs_sign_off = BooleanField(N_("Lãnh đạo đơn vị phải duyệt trước khi nộp"))
    due_date = DateField(N_("Hạn nộp: ngày"))
    due_hour = HourField(N_("Hạn nộp: giờ"))
    due_word = WordField(N_("Văn bản ghi hạn nộp thế nào?"))
    lock_date = DateField(N_("Khoá sổ: ngày"))
    lock_hour = HourField(N_("Khoá sổ: giờ"))

    def validate_due_hour(self, field: HourField) -> None:
        """Refuse an hour of no day."""
        if field.data is not None and not any(self.due_date.raw_data):
            raise ValidationError(_("Nhập cả ngày của hạn nộp."))

    def validate_lock_hour(self, field: HourField) -> None:
        """Refuse an hour of no day."""
        if field.data is not None and not any(self.lock_date.raw_data):
            raise ValidationError(_("Nhập cả ngày khoá sổ."))

    def show_deadline(self, due_at: datetime | None, locks_at: datetime | None) -> None:
        """Fill the date fields from the deadline as it is."""
        self.due_date.data, self.due_hour.data = day_and_hour(due_at)
        self.lock_date.data, self.lock_hour.data = day_and_hour(locks_at)

    def values(
        self, due_at: datetime | None = None, locks_at: datetime | None = None
    ) -> dict[str, Any]:
        """Return the task's columns and deadline.

        A deadline that was not touched stays `due_at` or `locks_at`, seconds and all.
        """
        typed_due = (self.due_date.data, self.due_hour.data)
        excludes = self.due_word.excludes_day
        same = typed_due == day_and_hour(due_at) and not excludes
        typed_lock = (self.lock_date.data, self.lock_hour.data)
        return {
            **{name: self[name].data for name in PLAN},
            "due_at": due_at if same else instant(*typed_due, excludes_day=excludes),
            "locks_at": (
                locks_at if typed_lock == day_and_hour(locks_at) else instant(*typed_lock)
            ),
        }

    def refuse_deadline(self, message: str, fields: dict[str, list[str]]) -> None:
        """Show what the domain refused beside the fields that people see."""
        shown = {"due_at": "due_date", "locks_at": "lock_date"}
        self.refuse(message, {shown.get(name, name): texts for name, texts in fields.items()})


class FilesForm(WebForm):
    """Files for the task, several at once."""

    files = MultipleFileField(N_("Tệp"), [FileRequired(N_("Chưa chọn tệp nào."))])


class FormTitleForm(WebForm):
    """The name of a report form."""

    title = StringField(N_("Tên biểu mẫu"), [DataRequired(), Length(max=300)])


class FindTasksForm(WebForm):
    """The words and the state that the list is narrowed to."""

    class Meta(WebForm.Meta):
        """Reading needs no token."""

        csrf = False

    q = StringField(N_("Tìm"), [Length(max=200)])
    state = HiddenField()
