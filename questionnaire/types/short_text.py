"""A text of one line."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from core.vietnamese import clean_text
from core.words import N_, _
from questionnaire.types.base import BadSettings, Settings, Value
from questionnaire.types.patterns import (
    LONGEST_EXPRESSION,
    OWN,
    PATTERNS,
    BadPattern,
    check,
    matches,
)
from questionnaire.types.registry import register
from questionnaire.types.text import Text, TextSettings


class ShortTextSettings(TextSettings):
    """How long the text may be, and what it looks like."""

    pattern = SelectField(
        N_("Phải đúng dạng"),
        choices=lambda: [
            SelectChoice("", _("– không kiểm tra –")),
            *(SelectChoice(key, _(one.label)) for key, one in PATTERNS.items()),
            SelectChoice(OWN, _("Mẫu tự viết")),
        ],
        default="",
    )
    expression = StringField(
        N_("Mẫu tự viết"), [Length(max=LONGEST_EXPRESSION)], render_kw={"spellcheck": "false"}
    )
    said = StringField(N_("Câu nhắc khi sai mẫu"), [Length(max=200)])


@register
class ShortText(Text):
    """A text of one line."""

    key = "short_text"
    label = N_("Chữ ngắn")
    example = N_("Một dòng, ví dụ tên, địa điểm, số văn bản")
    icon = "type"
    order = 10
    SettingsFields = ShortTextSettings

    def default_settings(self) -> dict[str, Any]:
        return {**super().default_settings(), "pattern": "", "expression": "", "said": ""}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        clean = super().clean_settings(data, previous)
        pattern = data.get("pattern") or ""
        expression = (data.get("expression") or "").strip()
        if pattern == OWN and not expression:
            raise BadSettings({"expression": _("Viết mẫu, hoặc chọn một dạng trong danh sách.")})
        if pattern != OWN:
            return {**clean, "pattern": pattern, "expression": "", "said": ""}
        try:
            check(expression)
        except BadPattern as error:
            raise BadSettings({"expression": str(error)}) from None
        said = clean_text(data.get("said") or "")
        return {**clean, "pattern": pattern, "expression": expression, "said": said}

    def problems(self, value: Value, settings: Settings) -> list[str]:
        found = super().problems(value, settings)
        pattern = settings.get("pattern")
        if found or not pattern or matches(pattern, settings.get("expression") or "", value):
            return found
        known = PATTERNS.get(pattern)
        if known is None:
            return [settings.get("said") or _("Chưa đúng mẫu đã quy định.")]
        return [
            _(
                "Chưa đúng dạng “%(label)s”. Ví dụ: %(example)s",
                label=_(known.label),
                example=known.example,
            )
        ]
