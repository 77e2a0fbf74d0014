"""Somebody to turn to: name, telephone, e-mail."""

import re
from collections.abc import Iterable, Mapping, Sequence

from core.vietnamese import clean_text
from core.words import N_, _
from documents.blocks import Blank, Block, Cell, Column
from questionnaire.definition import Question, Summing
from questionnaire.types.base import (
    BadCell,
    BadValue,
    QuestionType,
    ReadCell,
    Settings,
    Value,
)
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.registry import register

LONGEST = 200
PARTS: Mapping[str, str] = {
    "name": N_("Họ và tên"),
    "phone": N_("Điện thoại"),
    "email": N_("E-mail"),
}
PHONE = re.compile(r"(?:\+84|0)\d{8,10}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@register
class Contact(QuestionType):
    """A person's name, telephone and e-mail, stored as a dict of the parts that are given."""

    key = "contact"
    label = N_("Người liên hệ")
    example = N_("Họ tên, điện thoại, e-mail")
    icon = "contact"
    order = 44
    summings = (Summing.NONE,)

    def parts(self) -> dict[str, str]:
        """Return the parts with what they are called."""
        return {part: _(words) for part, words in PARTS.items()}

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        sent = {part: (form.getlist(f"{name}-{part}") or [""])[0] for part in PARTS}
        given = {part: clean_text(text)[:LONGEST] for part, text in sent.items()}
        return {part: text for part, text in given.items() if text} or None

    def parse(self, text: str, settings: Settings) -> Value:
        if clean_text(text):
            raise BadValue(_("Người liên hệ được điền theo từng ô."))
        return None

    def as_text(self, value: Value, settings: Settings) -> str:
        return "; ".join((value or {})[part] for part in PARTS if part in (value or {}))

    def problems(self, value: Value, settings: Settings) -> list[str]:
        found = []
        if "name" not in value:
            found.append(_("Chưa có họ và tên."))
        phone = re.sub(r"[\s.()-]", "", value.get("phone", ""))
        if phone and not PHONE.fullmatch(phone):
            found.append(_("Số điện thoại chưa đúng, ví dụ 0206 3852 123 hoặc 0912 345 678."))
        if value.get("email") and not EMAIL.fullmatch(value["email"]):
            found.append(_("Địa chỉ e-mail chưa đúng, ví dụ vanthu@caobang.gov.vn."))
        return found

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        return Summary(answered=sum(not self.is_empty(value) for value in values))

    def columns(self, question: Question) -> list[Column]:
        return [
            Column(f"{question.uid}.{part}", (question.label, words))
            for part, words in self.parts().items()
        ]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [(value or {}).get(part) for part in PARTS]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        texts = ["" if cell is None else clean_text(str(cell))[:LONGEST] for cell in cells]
        value = {part: text for part, text in zip(PARTS, texts, strict=True) if text}
        if value and (problems := self.problems(value, settings)):
            raise BadCell(f"“{self.as_text(value, settings)}”: {problems[0]}")
        return value or None

    def blank(self, settings: Settings) -> list[Block]:
        return [Blank(lead=f"{words}: ") for words in self.parts().values()]
