"""The pickers of a whole editor: what they offer, and their rules written as texts."""

from typing import Any

from wtforms import Field

from core.vietnamese import clean_text
from forms.picking import PickerForm, options_of, remember, settled
from forms.rules import MOST_CHECKS, in_place
from questionnaire.rules import RuleSyntaxError, parse
from questionnaire.rules.picks import PickError

ADD_LINE = "line "
ADD_CHECK = "check"


def offer_questions(editor: Any) -> None:
    """Let every picker offer the questions of the form; a check may name its own question too."""
    others = options_of(editor.names, editor.uid)
    editor.visible_picker.form.offer(others, editor.names)
    everything = options_of(editor.names, "") if editor.uid else others
    for line in editor.checks:
        line.form.picker.form.offer(everything, editor.names)
    if "figure" in editor:
        editor["figure"].form.offer(options_of(editor.names, editor.uid, numbers=True))


def write_rules(editor: Any) -> None:
    """Write what was picked as texts, and make room where the pressed button says so."""
    for name, (picker, text) in _pickers(editor).items():
        if editor.more.data == ADD_LINE + name:
            picker.add_line()
        try:
            text.data = settled(clean_text(text.data or ""), picker, editor.names)
            remember(picker, text.data, editor.names)
            if text.data:
                parse(text.data, editor.names)
        except (PickError, RuleSyntaxError) as error:
            text.errors = [*text.errors, in_place(error)]
    if editor.more.data == ADD_CHECK and len(editor.checks) < MOST_CHECKS:
        editor.checks.append_entry().form.picker.form.add_line()
    offer_questions(editor)


def _pickers(editor: Any) -> dict[str, tuple[PickerForm, Field]]:
    """Return each picker with the field of its text, by the picker's name."""
    found = {"visible_picker": (editor.visible_picker.form, editor.visible_rule)}
    if "figure" in editor:
        found["figure"] = (editor["figure"].form, editor["rule"])
    for line in editor.checks:
        found[line.form.picker.name] = (line.form.picker.form, line.form.rule)
    return found
