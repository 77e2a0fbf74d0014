"""Pickers that write the common rules, so that nobody has to know how rules are written."""

from collections.abc import Iterator
from typing import Any

from wtforms import Form, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from core.words import N_, _
from questionnaire.rules import (
    Names,
    RuleSyntaxError,
    UnclearNameError,
    columns_of,
    grid_of,
    parse,
)

BLANK, FILLED = "blank", "filled"
AND = "VÀ"
OR = "HOẶC"
RULE_BLANK = "TRỐNG({left})"
RULE_FILLED = "KHÔNG(TRỐNG({left}))"
RULE_SUM = "TỔNG([{table}].[{column}])"
COMPARISONS = {
    "=": N_("bằng"),
    "<>": N_("khác"),
    ">": N_("lớn hơn"),
    ">=": N_("từ … trở lên"),
    "<": N_("nhỏ hơn"),
    "<=": N_("từ … trở xuống"),
    FILLED: N_("đã trả lời"),
    BLANK: N_("chưa trả lời"),
}
JOINTS = {AND: N_("và"), OR: N_("hoặc")}
SUM, DIFFERENCE, SHARE, CHANGE = "sum", "difference", "share", "change"
OPERATIONS = {
    SUM: N_("cộng"),
    DIFFERENCE: N_("trừ"),
    SHARE: N_("tính bằng % của"),
    CHANGE: N_("tăng, giảm bao nhiêu % so với"),
}


class ConditionPicker(Form):
    """A question compared with a value or with another question, joined to what is there."""

    joint = SelectField(
        N_("Nối với điều kiện đã có bằng"),
        choices=lambda: [SelectChoice(one, _(words)) for one, words in JOINTS.items()],
        default=AND,
        validate_choice=False,
    )
    left = StringField(N_("Câu hỏi"), [Length(max=600)])
    sign = SelectField(
        N_("So sánh"),
        choices=lambda: [SelectChoice(one, _(words)) for one, words in COMPARISONS.items()],
        default="=",
        validate_choice=False,
    )
    right = StringField(N_("Giá trị hoặc câu hỏi khác"), [Length(max=600)])

    def written(self, text: str, names: Names) -> str:
        """Return the condition `text` with the comparison that was picked."""
        left = _term(self.left.data, names)
        sign = self.sign.data if self.sign.data in COMPARISONS else "="
        if sign in {BLANK, FILLED}:
            found = (RULE_BLANK if sign == BLANK else RULE_FILLED).format(left=left)
        else:
            found = f"{left} {sign} {_value(left, self.right.data or '', names)}"
        joint = self.joint.data if self.joint.data in JOINTS else AND
        return f"{joint}({text}; {found})" if text else found


class FormulaPicker(Form):
    """Two questions, or sums of columns, and what is reckoned of them."""

    left = StringField(N_("Câu hỏi"), [Length(max=600)])
    sign = SelectField(
        N_("Phép tính"),
        choices=lambda: [SelectChoice(one, _(words)) for one, words in OPERATIONS.items()],
        default=SUM,
        validate_choice=False,
    )
    right = StringField(N_("Câu hỏi khác"), [Length(max=600)])

    def written(self, text: str, names: Names) -> str:
        """Return the formula `text` with what was picked; a lone term continues what is there."""
        left, text_left = _term(self.left.data, names), text
        if (self.right.data or "").strip():
            right = _term(self.right.data, names)
        elif text:
            left, right, text_left = f"({text})" if " " in text else text, left, ""
        else:
            return left
        found = {
            DIFFERENCE: f"{left} - {right}",
            SHARE: f"{left} / {right} * 100",
            CHANGE: f"({left} - {right}) / {right} * 100",
        }.get(self.sign.data, f"{left} + {right}")
        return f"{text_left} + {found}" if text_left else found


def rule_names(names: Names) -> Iterator[str]:
    """Yield what a picker offers: every question, and the sum of every column of figures."""
    for one in names.questions.things:
        shown = names.questions.shown(one.id)
        grid = grid_of(names.definition, names.definition.questions[one.id])
        if grid is None:
            yield shown
            continue
        for column in grid.columns:
            column_name = columns_of(grid).shown(column.id)
            rule = RULE_SUM.format(table=_doubled(shown), column=_doubled(column_name))
            try:
                parse(rule, names)
            except RuleSyntaxError:
                continue
            yield rule


def is_picked(picker: Any) -> bool:
    """Tell whether anything was picked."""
    return bool((picker.left.data or "").strip())


def write(picker: Any, text: str | None, names: Names) -> str:
    """Return `text` with what was picked, and empty the picker; raises RuleSyntaxError."""
    found: str = picker.written((text or "").strip(), names)
    parse(found, names)
    picker.left.data = picker.right.data = ""
    return found


def _term(text: str | None, names: Names) -> str:
    """Return a question as rules write it, or a number, or a rule such as the sum of a column."""
    text = (text or "").strip()
    try:
        return f"[{_doubled(names.questions.shown(names.questions.find(text)))}]"
    except UnclearNameError as error:
        if not any(one in text for one in "[(") and not text[:1].isdigit():
            raise RuleSyntaxError(str(error), 1) from error
    parse(text, names)
    return text


def _value(left: str, text: str, names: Names) -> str:
    """Return the other side of a comparison: as it stands, another question, or words."""
    text = text.strip()
    for tried in (text, '"' + text.replace('"', '""') + '"'):
        try:
            parse(f"{left} = {tried}", names)
        except RuleSyntaxError:
            continue
        if tried:
            return tried
    return _term(text, names)


def _doubled(name: str) -> str:
    return name.replace("[", "[[").replace("]", "]]")
