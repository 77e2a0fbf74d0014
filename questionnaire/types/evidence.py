"""Files and photos as evidence."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from core.words import N_, _
from documents.blocks import Blank, Block, Cell, CellKind, Column
from questionnaire.definition import Question, Summing
from questionnaire.types.base import BadCell, QuestionType, ReadCell, Settings, Value
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import Plain, ReadAs
from questionnaire.types.registry import register

MOST_FILES = 30


class EvidenceSettings:
    """How many files are taken."""

    most_files = IntegerField(
        N_("Nhiều nhất bao nhiêu tệp"), validators=[Optional(), NumberRange(1, MOST_FILES)]
    )


@register
class Evidence(QuestionType):
    """Files: a list of {"id", "name", "size", "type"} that the uploads keep in step."""

    key = "evidence"
    label = N_("Tệp, ảnh minh chứng")
    example = N_("Ảnh panô, văn bản đã ban hành")
    icon = "paperclip"
    entry_hint = N_("Tệp minh chứng tải lên ở trang báo cáo.")
    order = 50
    is_uploaded = True
    read_as = ReadAs.LIST
    summings = (Summing.LIST, Summing.NONE)
    SettingsFields = EvidenceSettings

    def default_settings(self) -> dict[str, Any]:
        return {"most_files": 10}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        return {"most_files": data.get("most_files") or 10}

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        return None

    def parse(self, text: str, settings: Settings) -> Value:
        return None

    def as_text(self, value: Value, settings: Settings) -> str:
        return "; ".join(one["name"] for one in value or [])

    def plain(self, value: Value, settings: Settings) -> Plain:
        return list(value)

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        return Summary(answered=sum(not self.is_empty(value) for value in values))

    def columns(self, question: Question) -> list[Column]:
        return [Column(question.uid, (question.label,), CellKind.TEXT)]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        return [self.as_text(value, settings) or None]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        raise BadCell(_("Tệp minh chứng phải tải lên trên trang báo cáo."))

    def blank(self, settings: Settings) -> list[Block]:
        return [Blank(2, lead=_("Tài liệu kèm theo:") + " ")]
