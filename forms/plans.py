"""The forms between a plan and its task: the file, and what of its proposals is kept."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from core.words import N_, _
from forms.base import WebForm
from forms.fields import END_OF_DAY, instant
from forms.tasks import TaskForm

MOST_GROUPS, MOST_QUESTIONS = 30, 240
KINDS = {
    "narrative": N_("Đoạn văn"),
    "figure": N_("Số"),
    "money": N_("Số tiền"),
    "evidence": N_("Tệp, ảnh"),
}
#: The units' deadline is none of those in the document.
OWN, NO_DUE = "own", "none"
#: The day that a document names counts, or only the days before it.
ON, BEFORE = "on", "before"


class PlanFileForm(WebForm):
    """The document."""

    file = FileField(N_("Tệp văn bản"), [FileRequired(N_("Chưa chọn tệp nào."))])


class PartForm(WebForm):
    """A part of the form below; the token stands in that one."""

    class Meta(WebForm.Meta):
        """The whole form has the token."""

        csrf = False


class PlanQuestionForm(PartForm):
    """A proposed question."""

    kept = BooleanField(N_("Giữ câu này"))
    label = TextAreaField(N_("Câu hỏi"), [Length(max=500)])
    kind = SelectField(
        N_("Kiểu trả lời"),
        choices=lambda: [SelectChoice(key, _(words)) for key, words in KINDS.items()],
        validate_choice=False,
    )
    measure = StringField(N_("Đơn vị tính"), [Length(max=60)])


class PlanGroupForm(PartForm):
    """A proposed form: its title, whom it goes to, and its questions."""

    kept = BooleanField(N_("Lập biểu mẫu này"))
    title = StringField(N_("Tên biểu mẫu"), [Length(max=300)])
    groups = SelectMultipleField(N_("Nhóm đơn vị"), coerce=int, choices=[], validate_choice=False)
    units = SelectMultipleField(N_("Đơn vị"), coerce=int, choices=[], validate_choice=False)
    more = StringField(N_("Thêm đơn vị"), [Length(max=1000)])
    questions = FieldList(FormField(PlanQuestionForm), max_entries=MOST_QUESTIONS)


class PlanForm(TaskForm):
    """What of a plan's proposals becomes the task."""

    due = RadioField(N_("Hạn nộp của đơn vị"), choices=[], validate_choice=False, default=OWN)
    groups = FieldList(FormField(PlanGroupForm), max_entries=MOST_GROUPS)
    sent = HiddenField(default="1")

    def due_at(self, deadlines: list[dict[str, Any]]) -> datetime | None:
        """Return the deadline that was chosen: of the document, or as it was typed."""
        place, _colon, how = (self.due.data or "").partition(":")
        if place == NO_DUE:
            return None
        if not place.isdigit() or int(place) >= len(deadlines):
            return instant(self.due_date.data, self.due_hour.data)
        chosen = deadlines[int(place)]
        day = date.fromisoformat(chosen["date"]) - timedelta(how == BEFORE)
        hour = time.fromisoformat(chosen["hour"]) if chosen["hour"] and how == ON else END_OF_DAY
        return instant(day, hour)

    def task_values(self, deadlines: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the task's columns and its deadline."""
        return {**self.values(), "due_at": self.due_at(deadlines)}
