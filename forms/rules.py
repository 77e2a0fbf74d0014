"""Rules in a question's editor: written in words, kept as trees, with errors that name the place."""

from collections.abc import Mapping
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from core.vietnamese import clean_text
from core.words import N_, _
from forms.picking import LONGEST_RULE, ConditionForm, settled, shown_condition
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
from questionnaire.rules.picks import PickError

MOST_CHECKS = 20

class CheckForm(Form):
    """A check of the designer's own: what must hold, how much it weighs, what is said."""

    id = HiddenField()
    picker = FormField(ConditionForm)
    rule = StringField(N_("Điều phải đúng viết thành công thức"), [Length(max=LONGEST_RULE)])
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

    visible_picker = FormField(ConditionForm)
    visible_rule = TextAreaField(
        N_("Điều kiện viết thành công thức"), [Length(max=LONGEST_RULE)], render_kw={"rows": 2}
    )
    checks = FieldList(FormField(CheckForm), N_("Kiểm tra thêm"), max_entries=MOST_CHECKS)


def shown_rules(question: Question | None, names: Names) -> dict[str, Any]:
    """Return what the editor's rule fields show."""
    if question is None:
        return {}
    lines = []
    for check in question.checks:
        text = in_words(check["rule"], names)
        picker = shown_condition(check["rule"], text, names)
        lines.append({**check, "rule": text, "picker": picker})
    visible = in_words(question.visible, names)
    return {
        "visible_rule": visible,
        "visible_picker": shown_condition(question.visible, visible, names),
        "checks": lines,
    }


def in_words(stored: Any, names: Names) -> str:
    """Return a stored rule as it is written today; blank for none or one that can't be read."""
    if not stored:
        return ""
    try:
        return show(Rule.from_json(stored), names)
    except RuleError:
        return ""


def read_visible(editor: Any, names: Names) -> Mapping[str, Any] | None:
    """Return the rule of when the question is asked, as stored.

    Raises RuleSyntaxError, and PickError.
    """
    text = settled(editor.visible_rule.data, editor.visible_picker.form, names)
    return read_rule(text, names, Kind.TRUTH) if text else None


def read_checks(editor: Any, names: Names) -> list[dict[str, Any]]:
    """Return the designer's own checks as stored; raises CheckError."""
    found = []
    for place, line in enumerate(editor.checks, start=1):
        try:
            text = settled(clean_text(line.form.rule.data or ""), line.form.picker.form, names)
            rule = read_rule(text, names, Kind.TRUTH) if text else None
        except (PickError, RuleSyntaxError) as error:
            raise CheckError(place, error) from None
        if rule is not None:
            said = clean_text(line.form.message.data or "")
            found.append(
                {
                    "id": line.form.id.data or new_id(),
                    "rule": rule,
                    "level": str(Level(line.form.level.data)),
                    "message": said or _("Xem lại câu này."),
                }
            )
    return found


def read_figure(editor: Any, names: Names) -> dict[str, Any]:
    """Return the formula of a computed question as stored; raises RuleSyntaxError, and PickError."""
    text = settled(editor["rule"].data, editor["figure"].form, names)
    if not text:
        raise PickError(_("Chọn cách tính, hoặc viết công thức."))
    return read_rule(text, names, Kind.NUMBER)


class CheckError(ValueError):
    """A check can't be understood; the message says which, and where in it."""

    def __init__(self, place: int, error: PickError | RuleSyntaxError) -> None:
        what = in_place(error)
        super().__init__(_("Kiểm tra %(place)d: %(what)s", place=place, what=what))


def in_place(error: PickError | RuleSyntaxError) -> str:
    """Return what is wrong with a rule, with the place in its text."""
    if isinstance(error, PickError):
        return str(error)
    return _("Ký tự %(place)d: %(what)s", place=error.position, what=error.message)


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
    if not changed.get("rule"):
        return ""
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
