"""Pickers beside the texts of rules: a question, a comparison, a value; what to work out of what."""

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from core.words import N_, _
from forms.fields import LongSelect, Options
from questionnaire.rules import Names, Rule, RuleError
from questionnaire.rules.picks import (
    BLANK,
    FILLED,
    METHODS,
    OF_COLUMN,
    Comparison,
    Condition,
    Figure,
    PickError,
    condition_of,
    condition_text,
    figure_of,
    figure_text,
    places,
    values_of,
)

MOST_LINES = 10
LONGEST_RULE = 2000
SIGNS = {
    "=": N_("bằng"),
    "<>": N_("khác"),
    ">": N_("lớn hơn"),
    ">=": N_("từ … trở lên"),
    "<": N_("nhỏ hơn"),
    "<=": N_("từ … trở xuống"),
    FILLED: N_("đã trả lời"),
    BLANK: N_("để trống"),
}


class LineForm(Form):
    """One comparison."""

    question = SelectField(
        N_("Câu hỏi"), choices=[], validate_choice=False, widget=LongSelect(), default=""
    )
    sign = SelectField(
        N_("So sánh"),
        choices=lambda: [SelectChoice(sign, _(words)) for sign, words in SIGNS.items()],
        default="=",
        validate_choice=False,
    )
    value = StringField(N_("Giá trị"), [Length(max=200)])
    #: What the picked question can be answered with, to choose from while typing.
    values: Sequence[str] = ()
    other = SelectField(
        N_("hoặc câu"), choices=[], validate_choice=False, widget=LongSelect(), default=""
    )


class PickerForm(Form):
    """What every picker remembers: the texts that it and the field beside it gave when shown."""

    was = HiddenField(validators=[Length(max=LONGEST_RULE * 2)])
    shown = HiddenField(validators=[Length(max=LONGEST_RULE * 2)])

    def picked(self, names: Names) -> str:
        """Return the rule that was picked, blank for none; raises PickError."""
        raise NotImplementedError

    def add_line(self) -> None:
        """Make room for one more question."""
        raise NotImplementedError


class ConditionForm(PickerForm):
    """Comparisons that must all hold, or of which one must."""

    join = SelectField(
        N_("Khi có nhiều dòng"),
        choices=lambda: [
            SelectChoice("all", _("và: mọi dòng đều đúng")),
            SelectChoice("any", _("hoặc: chỉ cần một dòng đúng")),
        ],
        default="all",
        validate_choice=False,
    )
    lines = FieldList(FormField(LineForm), max_entries=MOST_LINES)

    def picked(self, names: Names) -> str:
        """Return the condition that was picked, blank for none; raises PickError."""
        given = enumerate(self.lines.data[:MOST_LINES], start=1)
        numbered = [(place, _comparison(one)) for place, one in given if one["question"]]
        condition = Condition(tuple(one for _place, one in numbered), self.join.data == "any")
        try:
            return condition_text(condition, names)
        except PickError as error:
            place = numbered[error.line - 1][0]
            raise PickError(_("Dòng %(place)d: %(what)s", place=place, what=error)) from None

    def offer(self, options: Options, names: Names) -> None:
        """Offer these questions in every line, with the answers that they can have."""
        for line in self.lines:
            line.form.values = values_of(line.form.question.data or "", names)
            line.form.question.choices = line.form.other.choices = options

    def add_line(self) -> None:
        """Make room for one more comparison."""
        if len(self.lines) < MOST_LINES:
            self.lines.append_entry()


class FigureForm(PickerForm):
    """How a figure is worked out, and of which questions."""

    method = SelectField(
        N_("Cách tính"),
        choices=lambda: [
            SelectChoice("", _("– tự viết công thức –")),
            *(SelectChoice(key, _(words)) for key, words in METHODS.items()),
        ],
        default="",
        validate_choice=False,
    )
    questions = FieldList(
        SelectField(N_("Câu"), choices=[], validate_choice=False, widget=LongSelect(), default=""),
        min_entries=2,
        max_entries=MOST_LINES,
    )

    def picked(self, names: Names) -> str:
        """Return the formula that was picked, blank for none; raises PickError."""
        if self.method.data not in METHODS or not self.method.raw_data:
            return ""
        chosen = tuple(one for one in self.questions.data[:MOST_LINES] if one)
        try:
            return figure_text(Figure(self.method.data, chosen), names)
        except PickError as error:
            if not error.line:
                raise
            raise PickError(_("Câu %(place)d: %(what)s", place=error.line, what=error)) from None

    def offer(self, options: Options) -> None:
        """Offer these questions in every place."""
        for one in self.questions:
            one.choices = options

    def add_line(self) -> None:
        """Make room for one more question."""
        if len(self.questions) < MOST_LINES:
            self.questions.append_entry()


def options_of(names: Names, own: str, *, numbers: bool = False) -> Options:
    """Return what a picker offers: all but the question with the uid `own`."""
    return Options(
        lambda: [
            ("", "–"),
            *(one for one in places(names, numbers=numbers) if one[0].partition(OF_COLUMN)[0] != own),
        ]
    )


def shown_condition(stored: Any, text: str, names: Names) -> dict[str, Any]:
    """Return what a condition's picker shows of a stored rule, which is written `text`."""
    rule = _rule(stored)
    found = condition_of(rule, names) if rule else None
    if found is None:
        return {"shown": text}
    lines = [
        {"question": one.place, "sign": one.sign, "value": one.value, "other": one.other}
        for one in found.lines
    ]
    was = condition_text(found, names)
    return {"shown": text, "was": was, "join": "any" if found.any else "all", "lines": lines}


def shown_figure(stored: Any, text: str, names: Names) -> dict[str, Any]:
    """Return what a figure's picker shows of a stored rule, which is written `text`."""
    rule = _rule(stored)
    found = figure_of(rule, names) if rule else None
    if found is None:
        return {"shown": text}
    was = figure_text(found, names)
    return {"shown": text, "was": was, "method": found.method, "questions": found.places}


def settled(text: str, picker: PickerForm, names: Names) -> str:
    """Return the rule that counts: the picked one where the picker has changed, or else `text`.

    Raises PickError where both have changed and aren't the same.
    """
    picked = picker.picked(names)
    if picked == _sent(picker.was):
        return text
    if text and text not in {picked, _sent(picker.shown)}:
        raise PickError(
            _(
                "Phần chọn cho “%(picked)s”, nhưng công thức bên dưới cũng đã sửa. "
                "Xoá công thức để lấy phần chọn, hoặc bỏ chọn.",
                picked=picked,
            )
        )
    return picked


def remember(picker: PickerForm, text: str, names: Names) -> None:
    """Let the page know which texts it shows now."""
    picker.shown.data = text
    picker.was.data = picker.picked(names)


def _sent(field: HiddenField) -> str:
    """Return what the page sent; a page that sends no picker leaves the stored one out of account."""
    return str(field.data or "") if field.raw_data else ""


def _comparison(line: dict[str, Any]) -> Comparison:
    return Comparison(
        line["question"], line["sign"] or "=", line["value"] or "", line["other"] or ""
    )


def _rule(stored: Any) -> Rule | None:
    try:
        return Rule.from_json(stored) if stored else None
    except RuleError:
        return None
