"""Rules in a question's editor: written in words, kept as trees, with errors that name the place."""

from collections.abc import Callable, Mapping
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from core.words import N_, _
from forms.pickers import ConditionPicker, is_picked, write
from questionnaire.checks import Level
from questionnaire.definition import FormDefinition, Question
from questionnaire.ids import new_id
from questionnaire.rules import (
    Kind,
    Names,
    Rule,
    RuleError,
    RuleSyntaxError,
    cycles,
    kind_of,
    parse,
    show,
)

LONGEST_RULE = 2000
SPARE_CHECKS = 2
class CheckForm(Form):
    """A check of the designer's own: what must hold, how much it weighs, what is said."""

    id = HiddenField()
    rule = StringField(N_("Điều phải đúng"), [Length(max=LONGEST_RULE)])
    level = SelectField(
        N_("Nếu không đúng"),
        choices=lambda: [
            SelectChoice(str(Level.ERROR), _("Không cho nộp")),
            SelectChoice(str(Level.WARNING), _("Nhắc, hỏi lý do")),
        ],
        default=str(Level.ERROR),
    )
    message = StringField(N_("Câu nhắc"), [Length(max=300)])


class RuleFields:
    """When the question is asked, and what else is checked."""

    #: The formula of a computed question; others have none.
    rule: Any

    pick_visible = FormField(ConditionPicker)
    visible_rule = TextAreaField(
        N_("Điều kiện"), [Length(max=LONGEST_RULE)], render_kw={"rows": 2}
    )
    pick_check = FormField(ConditionPicker)
    checks = FieldList(FormField(CheckForm), N_("Kiểm tra thêm"), max_entries=20)

    def write_picked(self, names: Names) -> list[str]:
        """Write what was picked into the rules; return what is wrong with it."""
        pickers: list[tuple[Any, Callable[[], Any]]] = [
            (self.pick_visible, lambda: self.visible_rule),
            (self.pick_check, lambda: self._free_check),
        ]
        if hasattr(self, "pick_rule"):
            pickers.append((self.pick_rule, lambda: self.rule))
        return [
            wrong
            for picker, field in pickers
            if is_picked(picker.form) and (wrong := _write(picker.form, field(), names))
        ]

    @property
    def _free_check(self) -> Any:
        """The rule of the first check that isn't written yet; a new line where all are."""
        lines = [line.form.rule for line in self.checks]
        free = next((one for one in lines if not (one.data or "").strip()), None)
        return free if free is not None else self.checks.append_entry().form.rule


def shown_rules(question: Question | None, names: Names) -> dict[str, Any]:
    """Return what the editor's rule fields show."""
    if question is None:
        return {"checks": [{} for _spare in range(SPARE_CHECKS)]}
    lines = [{**check, "rule": in_words(check["rule"], names)} for check in question.checks]
    return {
        "visible_rule": in_words(question.visible, names),
        "checks": [*lines, *({} for _spare in range(SPARE_CHECKS))],
    }


def in_words(stored: Any, names: Names) -> str:
    """Return a stored rule as it is written today; blank for none or one that can't be read."""
    if not stored:
        return ""
    try:
        return show(Rule.from_json(stored), names)
    except RuleError:
        return ""


def _write(picker: Any, field: Any, names: Names) -> str:
    """Write what was picked into the field of a rule; return what is wrong, or nothing."""
    try:
        field.data = write(picker, field.data, names)
    except RuleSyntaxError as error:
        picker.left.errors = [error.message]
        return error.message
    return ""


def read_visible(editor: Any, names: Names) -> Mapping[str, Any] | None:
    """Return the rule of when the question is asked, as stored; raises RuleSyntaxError."""
    text = editor.visible_rule.data
    return read_rule(text, names, Kind.TRUTH) if text else None


def read_checks(editor: Any, names: Names) -> list[dict[str, Any]]:
    """Return the designer's own checks as stored; raises RuleSyntaxError."""
    found = []
    for line in editor.checks.data:
        if not (line.get("rule") or "").strip():
            continue
        found.append(
            {
                "id": line.get("id") or new_id(),
                "rule": read_rule(line["rule"], names, Kind.TRUTH),
                "level": str(Level(line["level"])),
                "message": (line.get("message") or "").strip() or _("Xem lại câu này."),
            }
        )
    return found


def read_rule(text: str, names: Names, kind: Kind) -> dict[str, Any]:
    """Return the stored form of a rule that gives a `kind`; raises RuleSyntaxError."""
    rule = parse(text, names)
    found = kind_of(rule, names.definition)
    if found not in {kind, Kind.ANY}:
        expected = {
            Kind.TRUTH: _("Điều kiện phải là đúng hoặc sai, ví dụ [Số buổi] > 0."),
            Kind.NUMBER: _("Công thức phải cho một số."),
        }
        raise RuleSyntaxError(expected[kind], 1)
    return rule.to_json()


def circle(definition: FormDefinition, uid: str, changed: Mapping[str, Any]) -> str:
    """Return why the rules would go round in a circle with `changed` ones for `uid`; "" if not."""
    rules = {}
    for question in definition.questions.values():
        own = question.uid == uid
        rule = changed.get("rule") if own else question.settings.get("rule")
        if rule:
            rules[question.uid] = Rule.from_json(rule)
    found = cycles(rules)
    if not found:
        return ""
    labels = [definition.questions[one].label for one in found[0]]
    return _("Công thức đi vòng tròn: %(labels)s.", labels=" → ".join([*labels, labels[0]]))
