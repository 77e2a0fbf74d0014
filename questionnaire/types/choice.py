"""What the questions with options share."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import TextAreaField
from wtforms.validators import InputRequired

from core.vietnamese import clean_text
from core.words import N_, _
from documents.blocks import Blank, Block, HeadCell, Paragraph, Table, Total
from questionnaire.answers import is_typed
from questionnaire.definition import Question, Summing
from questionnaire.types.base import BadSettings, BadValue, QuestionType, Settings, Value
from questionnaire.types.figures import Share, Summary
from questionnaire.types.options import kept, lines_of, repeated

MOST_OPTIONS = 300
#: More options than these are written on a printed form, not ticked.
MOST_BOXES = 20
LONGEST_LINE = 70
BOX = "☐"


class ChoiceSettings:
    """The options, one a line."""

    options = TextAreaField(
        N_("Các lựa chọn, mỗi dòng một lựa chọn"), validators=[InputRequired()]
    )


class Choice(QuestionType):
    """The parent of questions with options; answers hold option ids, never labels."""

    summings = (Summing.SHARE, Summing.NONE)
    SettingsFields: ClassVar[type] = ChoiceSettings

    def default_settings(self) -> dict[str, Any]:
        return {"options": kept([_("Lựa chọn 1"), _("Lựa chọn 2")], [])}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        labels = lines_of(data.get("options") or "")
        if len(labels) < 2:
            raise BadSettings({"options": _("Cần ít nhất hai lựa chọn.")})
        if len(labels) > MOST_OPTIONS:
            raise BadSettings(
                {"options": _("Nhiều nhất %(most)d lựa chọn.", most=MOST_OPTIONS)}
            )
        if twice := repeated(labels):
            raise BadSettings({"options": _("“%(label)s” có hai lần.", label=twice)})
        return {"options": kept(labels, previous.get("options", []))}

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        return {"options": "\n".join(one["label"] for one in settings.get("options", []))}

    def options(self, settings: Settings) -> dict[str, str]:
        return {one["id"]: one["label"] for one in settings.get("options", [])}

    def option_named(self, text: str, settings: Settings) -> str:
        """Return the id of the option that is meant by an id or a label; raises BadValue."""
        text = clean_text(text)
        for option, label in self.options(settings).items():
            if text.casefold() in {option, label.casefold()}:
                return option
        raise BadValue(_("“%(text)s” không có trong các lựa chọn.", text=text[:60]))

    def problems(self, value: Value, settings: Settings) -> list[str]:
        known = self.options(settings)
        chosen = value if isinstance(value, list) else [value]
        if all(one in known for one in chosen):
            return []
        return [_("Lựa chọn này không còn nữa. Hãy chọn lại.")]

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        return [share_rows(question, summary)] if question.summing == Summing.SHARE else []

    def as_text(self, value: Value, settings: Settings) -> str:
        if is_typed(value):
            return str(value["typed"])
        if self.is_empty(value):
            return ""
        labels = self.options(settings)
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(labels.get(one, "?") for one in chosen)

    def blank(self, settings: Settings) -> list[Block]:
        labels = list(self.options(settings).values())
        return boxes(labels) if 0 < len(labels) <= MOST_BOXES else [Blank()]


def boxes(labels: Sequence[str]) -> list[Block]:
    """Return boxes to tick: on one line where there is room, else one below the other."""
    ticked = [f"{BOX} {label}" for label in labels]
    line = "      ".join(ticked)
    return [Paragraph(line)] if len(line) <= LONGEST_LINE else [Paragraph(one) for one in ticked]


def shares_of(counts: Mapping[str, int], labels: Mapping[str, str], answered: int) -> Summary:
    """Return how many of those who answered chose each option."""
    return Summary(
        answered=answered,
        shares=tuple(
            Share(
                key,
                label,
                counts.get(key, 0),
                round(Decimal(100 * counts.get(key, 0)) / answered, 1) if answered else Decimal(0),
            )
            for key, label in labels.items()
        ),
    )


def share_rows(question: Question, summary: Summary, *, by_column: bool = False) -> Table:
    """Return the options with their counts.

    The counts run over the question's one column, or `by_column` over a column per option.
    """
    rows = tuple(
        (
            share.label,
            Total((f"{question.uid}.{share.key}",), Summing.SUM, share.count)
            if by_column
            else Total((question.uid,), Summing.SHARE, share.count, criterion=share.label),
        )
        for share in summary.shares
    )
    return Table(head=((HeadCell(_("Lựa chọn")), HeadCell(_("Số đơn vị"))),), rows=rows)


def count_chosen(values: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return how often each option id was chosen."""
    counts: dict[str, int] = {}
    for chosen in values:
        for one in chosen:
            counts[one] = counts.get(one, 0) + 1
    return counts


