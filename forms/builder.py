"""The builder's forms: a section's words, and a question with the settings of its type."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import orjson
from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from core.words import N_, _
from forms.base import WebForm
from forms.catalogues import Catalogues, use_catalogue
from forms.picking import FigureForm, shown_figure
from forms.rules import (
    CheckError,
    RuleFields,
    circle,
    in_place,
    in_words,
    read_checks,
    read_figure,
    read_visible,
    shown_rules,
)
from forms.writing import offer_questions, write_rules
from questionnaire.definition import FormDefinition, Question, Summing
from questionnaire.rules import Names, RuleSyntaxError
from questionnaire.rules.picks import PickError
from questionnaire.types import BadSettings, QuestionType, UnknownQuestionType, all_types, get

SUMMING_WORDS = {
    Summing.SUM: N_("Cộng tổng các đơn vị"),
    Summing.MEAN: N_("Lấy trung bình"),
    Summing.MIN: N_("Lấy số nhỏ nhất"),
    Summing.MAX: N_("Lấy số lớn nhất"),
    Summing.COUNT: N_("Đếm số đơn vị trả lời"),
    Summing.SHARE: N_("Đếm số đơn vị theo từng lựa chọn"),
    Summing.LIST: N_("Liệt kê theo đơn vị"),
    Summing.NONE: N_("Không tổng hợp"),
}
SPARE_COLUMNS = 3
WORDS = ("label", "hint", "code", "measure", "required", "summing")


class SectionForm(WebForm):
    """What a section is called."""

    title = StringField(N_("Tên mục"), [DataRequired(), Length(max=300)])
    intro = TextAreaField(
        N_("Lời dẫn (không bắt buộc)"), [Length(max=3000)], render_kw={"rows": 2}
    )


class MoveForm(WebForm):
    """Where a section or a question goes: a step, or a place counted from 1."""

    step = SelectField(choices=[SelectChoice(one, one) for one in ("", "up", "down")], default="")
    section = IntegerField(validators=[Optional()])
    place = IntegerField(validators=[Optional()])

    def target(self, now: int) -> int:
        """Return the place to go to, counted from 0, from the place `now`."""
        if self.step.data:
            return now + (1 if self.step.data == "down" else -1)
        return (self.place.data or now + 1) - 1


class QuestionForm(WebForm, RuleFields):
    """What all questions have; a type's own fields are mixed in by `question_form`."""

    kind: QuestionType
    names: Names
    #: The uid of the question that is edited; blank for a new one.
    uid: str

    type = HiddenField(validators=[InputRequired()])
    label = TextAreaField(
        N_("Nội dung câu hỏi"), [DataRequired(), Length(max=500)], render_kw={"rows": 2}
    )
    hint = TextAreaField(
        N_("Hướng dẫn (hiện dưới câu hỏi)"), [Length(max=1000)], render_kw={"rows": 2}
    )
    code = StringField(N_("Mã chỉ tiêu"), [Length(max=30)])

    def cleaned(self) -> dict[str, Any] | None:
        """Return the values to store, or None where the settings don't fit together."""
        data = {name: self[name].data for name in _settings_fields(self.kind)}
        values = {
            name: self[name].data
            for name in WORDS
            if name in self
        }
        rules = self._rules()
        if rules is None:
            return None
        if self.kind.is_computed:
            data["rule"] = rules.pop("rule")
        try:
            values["settings"] = self.kind.clean_settings(data, self.previous)
        except BadSettings as error:
            self.refuse_settings(error)
            return None
        return values | rules

    def _rules(self) -> dict[str, Any] | None:
        """Return the rules to store, or None where one isn't understood."""
        readers: dict[str, Callable[[], Any]] = {
            "visible": lambda: read_visible(self, self.names),
            "checks": lambda: read_checks(self, self.names),
        }
        if self.kind.is_computed:
            readers["rule"] = lambda: read_figure(self, self.names)
        found: dict[str, Any] = {}
        for name, read in readers.items():
            field = "visible_rule" if name == "visible" else name
            try:
                found[name] = read()
            except (PickError, RuleSyntaxError) as error:
                self.refuse(fields={field: [in_place(error)]})
            except CheckError as error:
                self.refuse(fields={field: [str(error)]})
        if len(found) < len(readers):
            return None
        if problem := circle(self.names.definition, self.uid, found):
            self.refuse(problem)
            return None
        return found

    @property
    def kind_as_question(self) -> Question:
        """A stand-in question of the type, by which templates find its settings."""
        return Question("", self.kind.key, "")

    @property
    def wants_more(self) -> bool:
        """Whether a button was pressed that doesn't save."""
        return bool(self.more.data)

    @property
    def wants_rules(self) -> bool:
        """Whether that button is one of the pickers beside conditions and checks."""
        return self.more.data == "check" or self.more.data.startswith(("line visible", "line checks"))

    def do_more(self) -> None:
        """Do what the pressed button says: make room for more, write rules, or try an answer."""
        if self.more.data == "columns" and "columns" in self:
            for _spare in range(SPARE_COLUMNS):
                self["columns"].append_entry()
        elif self.more.data.startswith("catalogue") and hasattr(self, "take_rows"):
            use_catalogue(self)
        elif self.more.data == "pasted" and hasattr(self, "take_pasted"):
            self.take_over()
        elif self.more.data == "try":
            self.try_out()
        else:
            write_rules(self)

    def take_over(self) -> None:
        """Show a pasted table as it is read, or say why it makes none."""
        try:
            columns, rows = self.take_pasted(self.previous)
            self.taken_says = _("Đã đọc %(columns)d cột, %(rows)d dòng.", columns=columns, rows=rows)
        except BadSettings as error:
            self.refuse_settings(error)

    def try_out(self) -> None:
        """Say what the settings, as they stand in the editor, find wrong with the tried answer."""
        data = {name: self[name].data for name in _settings_fields(self.kind)}
        try:
            settings = self.kind.clean_settings(data, self.previous)
        except BadSettings as error:
            self.refuse_settings(error)
            return
        value = self.kind.from_text(self.tried.data, settings)
        wrong = [] if self.kind.is_empty(value) else self.kind.problems(value, settings)
        self.tried_says = wrong[0] if wrong else _("Đạt: câu trả lời này được nhận.")
        self.tried_right = not wrong

    more = HiddenField()
    tried = StringField(N_("Thử với"), [Length(max=1000)])
    tried_says: str = ""
    tried_right: bool = False
    #: What a table may take rows and columns from; the choices are filled in when asked for.
    catalogue = SelectField(N_("Danh mục"), choices=[], validate_choice=False)
    catalogues: Catalogues
    taken_says: str = ""
    #: Where the editor is sent to.
    url: str = ""
    #: A mark of the question as the designer saw it; another one means that it has changed since.
    seen = HiddenField()
    previous: dict[str, Any]


def known_type(key: str) -> bool:
    """Tell whether there is a type with this key."""
    try:
        get(key)
    except UnknownQuestionType:
        return False
    return True


def type_choices() -> list[QuestionType]:
    """Return the types that the builder offers, in order."""
    return all_types()


def question_form(
    type_key: str,
    definition: FormDefinition,
    question: Question | None = None,
    *,
    groups: Sequence[tuple[str, str]] = (),
    catalogues: Catalogues,
) -> QuestionForm:
    """Return the form for a new question of a type, or for one that is in `definition`.

    `groups` are the ids and names that a question about units may be narrowed to.
    """
    kind, names = get(type_key), Names.of(definition)
    settings = dict(question.settings) if question else kind.default_settings()
    shown: dict[str, Any] = {"type": type_key, **kind.form_settings(settings)}
    if question:
        shown |= {name: getattr(question, name) for name in WORDS}
        shown["seen"] = mark_of(question)
    shown |= shown_rules(question, names)
    if kind.is_computed:
        shown["rule"] = in_words(settings.get("rule"), names)
        shown["figure"] = shown_figure(settings.get("rule"), shown["rule"], names)
    form: QuestionForm = _form_class(type_key)(data=shown)
    form.previous, form.names, form.uid = settings, names, question.uid if question else ""
    form.catalogues = catalogues
    offer_questions(form)
    if kind.takes_units:
        form["group"].choices = [
            SelectChoice("", _("Mọi đơn vị")),
            *(SelectChoice(id_, name) for id_, name in groups),
        ]
    return form


def mark_of(question: Question) -> str:
    """Return a short mark that changes with anything in the question."""
    return hashlib.sha256(orjson.dumps(question.to_json())).hexdigest()[:16]


def refuse_overwriting(editor: QuestionForm, question: Question) -> bool:
    """Tell whether somebody else has changed the question since; if so, the editor says what to do."""
    mark = mark_of(question)
    if not editor.seen.data or editor.seen.data == mark:
        return False
    editor.seen.data = mark
    editor.refuse(
        _(
            "Người khác vừa sửa câu hỏi này thành “%(label)s”. Bấm lưu lần nữa để lấy nội dung "
            "bên dưới, hoặc huỷ để giữ nội dung của người kia.",
            label=question.label,
        )
    )
    return True


@cache
def _form_class(type_key: str) -> type[QuestionForm]:
    kind = get(type_key)
    fields: dict[str, Any] = {"kind": kind}
    if not kind.holds_answer:
        fields |= {"code": None}
    elif kind.is_computed:
        fields["figure"] = FormField(FigureForm)
    else:
        fields["required"] = BooleanField(N_("Bắt buộc trả lời"))
    if kind.has_measure:
        fields["measure"] = StringField(N_("Đơn vị tính"), [Length(max=60)])
    if len(kind.summings) > 1:
        fields["summing"] = SelectField(
            N_("Cách tổng hợp"),
            choices=lambda: [SelectChoice(str(one), _(SUMMING_WORDS[one])) for one in kind.summings],
        )
    return type("QuestionForm", (kind.SettingsFields, QuestionForm), fields)


def _settings_fields(kind: QuestionType) -> list[str]:
    return [
        name
        for name in dir(kind.SettingsFields)
        if isinstance(getattr(kind.SettingsFields, name), UnboundField)
    ]
