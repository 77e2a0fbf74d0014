"""What all kinds of numbers share."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional

from core.vietnamese import clean_text, format_number, parse_decimal, parse_integer, search_key
from core.words import N_, _
from documents.blocks import Blank, Block, Cell, CellKind, Column, Total
from questionnaire.answers import NO_DATA, is_no_data, is_typed
from questionnaire.definition import Question, Summing
from questionnaire.types.base import (
    BadCell,
    BadSettings,
    BadValue,
    CellInput,
    QuestionType,
    ReadCell,
    Settings,
    Value,
)
from questionnaire.types.figures import Summary
from questionnaire.types.posted import PostedForm
from questionnaire.types.reading import Plain, ReadAs

NO_DATA_WORDS = frozenset({"...", "…", "kcsl", "khong co so lieu", "khong co sl"})
NO_DATA_TEXT = "…"
MEAN_PLACES = 2
WHOLE = (CellKind.INTEGER, CellKind.MONEY)
FIGURES = (Summing.SUM, Summing.MEAN, Summing.MIN, Summing.MAX)


MOST_CHANGE = 1000


class NumberSettings:
    """Between which numbers the answer must be, and how far it may be from the round before."""

    least = StringField(N_("Nhỏ nhất"), validators=[Length(max=30)])
    most = StringField(N_("Lớn nhất"), validators=[Length(max=30)])
    change = IntegerField(
        N_("Hỏi lý do khi tăng, giảm so với kỳ trước quá"),
        validators=[Optional(), NumberRange(1, MOST_CHANGE)],
    )


class Number(QuestionType):
    """The parent of numbers: stored as int, or as a decimal's canonical text."""

    kind: ClassVar[CellKind]
    suffix: ClassVar[str] = ""
    fits_in_table = True
    has_measure = True
    read_as = ReadAs.NUMBER
    summings: ClassVar[tuple[Summing, ...]] = (*FIGURES, Summing.NONE)
    SettingsFields: ClassVar[type] = NumberSettings

    def number(self, text: str, settings: Settings) -> Value:
        """Read a number that isn't blank; raises ValueError."""
        return parse_integer(text)

    def decimals(self, settings: Settings) -> int:
        """Return how many places are kept."""
        return 0

    def default_settings(self) -> dict[str, Any]:
        return {"least": None, "most": None, "change": None}

    def clean_settings(self, data: Settings, previous: Settings) -> dict[str, Any]:
        errors: dict[str, str] = {}
        clean: dict[str, Any] = {}
        for name in ("least", "most"):
            try:
                clean[name] = self.parse(data.get(name) or "", {})
            except BadValue as error:
                errors[name] = str(error)
            else:
                if is_no_data(clean[name]):
                    errors[name] = _("Nhập một số, hoặc để trống.")
        if not errors and None not in clean.values() and _exact(clean["least"]) > _exact(
            clean["most"]
        ):
            errors["most"] = _("Số lớn nhất phải không nhỏ hơn số nhỏ nhất.")
        if errors:
            raise BadSettings(errors)
        return {**clean, "change": data.get("change")}

    def form_settings(self, settings: Settings) -> dict[str, Any]:
        bounds = {name: self.as_typed(settings.get(name), settings) for name in ("least", "most")}
        return {**settings, **bounds}

    def read(self, form: PostedForm, name: str, settings: Settings) -> Value:
        value = super().read(form, name, settings)
        if value is None and form.getlist(f"{name}-none"):
            return NO_DATA
        return value

    def parse(self, text: str, settings: Settings) -> Value:
        text = clean_text(text)
        if not text:
            return None
        if search_key(text) in NO_DATA_WORDS:
            return NO_DATA
        text = text.removesuffix(self.suffix).strip() if self.suffix else text
        try:
            return self.number(text, settings)
        except ValueError as error:
            raise BadValue(str(error)) from None

    def to_json(self, data: Any) -> Value:
        return data if data is None or isinstance(data, dict | int) else plain_text(Decimal(data))

    def from_json(self, value: Value) -> Any:
        return value if value is None or isinstance(value, dict | int) else Decimal(value)

    def cell_input(self, settings: Settings) -> CellInput:
        return CellInput(inputmode="decimal" if self.decimals(settings) else "numeric", numeric=True)

    def as_text(self, value: Value, settings: Settings) -> str:
        if is_typed(value):
            return str(value["typed"])
        if is_no_data(value):
            return NO_DATA_TEXT
        return format_number(value) + self.suffix if value is not None else ""

    def as_typed(self, value: Value, settings: Settings) -> str:
        text = self.as_text(value, settings).removesuffix(self.suffix)
        if is_typed(value) or not self.decimals(settings) or "," in text or text.count(".") > 1:
            return text
        # A lone dot could be taken for a comma, so `parse` wouldn't have it back.
        return text.replace(".", "")

    def plain(self, value: Value, settings: Settings) -> Plain:
        return _exact(value)

    def problems(self, value: Value, settings: Settings) -> list[str]:
        if is_no_data(value):
            return []
        least, most = settings.get("least"), settings.get("most")
        if least is not None and _exact(value) < _exact(least):
            return [_("Phải từ %(least)s trở lên.", least=format_number(least))]
        if most is not None and _exact(value) > _exact(most):
            return [_("Phải từ %(most)s trở xuống.", most=format_number(most))]
        return []

    def doubt(self, value: Value, before: Value, settings: Settings) -> str:
        most = settings.get("change")
        if most is None or isinstance(value, dict) or isinstance(before, dict):
            return ""
        now, then = _exact(value), _exact(before)
        shown = {name: self.as_text(one, settings) for name, one in (("now", value), ("then", before))}
        if abs(now - then) * 100 <= most * abs(then):
            return ""
        if then == 0:
            return _("Kỳ trước là 0, kỳ này là %(now)s.", **shown)
        share = format_number(plain_text(round(abs((now - then) / then) * 100, 1)))
        if now > then:
            return _("Tăng %(share)s so với kỳ trước (%(then)s → %(now)s).", share=f"{share}%", **shown)
        return _("Giảm %(share)s so với kỳ trước (%(then)s → %(now)s).", share=f"{share}%", **shown)

    def summarise(self, values: Iterable[Value], settings: Settings) -> Summary:
        numbers: list[Decimal] = []
        no_data = 0
        for value in values:
            if value is None or value == "":
                continue
            if isinstance(value, Mapping):
                no_data += is_no_data(value)
            else:
                numbers.append(_exact(value))
        return Summary(
            answered=len(numbers) + no_data, no_data=no_data, figures=figures_of(numbers)
        )

    def added(self, values: Sequence[Value], question: Question) -> Value:
        if question.summing != Summing.SUM or any(is_typed(value) for value in values):
            return None
        numbers = [value for value in values if not is_no_data(value)]
        if not numbers:
            return NO_DATA
        total = sum((_exact(value) for value in numbers), Decimal(0))
        is_whole = all(isinstance(value, int) for value in numbers)
        return int(total) if is_whole else plain_text(total)

    def summary_blocks(self, question: Question, summary: Summary) -> Sequence[Block | Total]:
        if question.summing not in FIGURES:
            return []
        return [self.total((question.uid,), question.summing, summary, question.settings)]

    def total(
        self, columns: tuple[str, ...], summing: str, summary: Summary, settings: Settings
    ) -> Total:
        """Return the figure over `columns` of this type."""
        places, kind = self.decimals(settings), self.kind
        if summing == Summing.MEAN:
            places = max(places, MEAN_PLACES)
            kind = CellKind.DECIMAL if kind in WHOLE else kind
        return Total(columns, summing, summary.figures.get(summing), kind, places)

    def columns(self, question: Question) -> list[Column]:
        return [
            Column(
                key=question.uid,
                headings=(question.label,),
                kind=self.kind,
                summing=question.summing,
                measure=question.measure,
                decimals=self.decimals(question.settings),
            )
        ]

    def to_cells(self, value: Value, settings: Settings) -> list[Cell]:
        if value is None or isinstance(value, int):
            return [value]
        if isinstance(value, str):
            return [Decimal(value)]
        return [self.as_text(value, settings)]

    def from_cells(self, cells: Sequence[ReadCell], settings: Settings) -> Value:
        cell = cells[0]
        if cell is None:
            return None
        if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | str):
            raise BadCell(_("“%(cell)s” không phải số.", cell=cell))
        text = cell if isinstance(cell, str) else _typed_number(cell)
        try:
            return self.parse(text, settings)
        except BadValue as error:
            raise BadCell(str(error)) from None

    def blank(self, settings: Settings) -> list[Block]:
        return [Blank(after=self.suffix)]


def figures_of(numbers: Sequence[Decimal]) -> dict[str, Decimal]:
    """Return every figure over `numbers`; none for none."""
    if not numbers:
        return {}
    total = sum(numbers, Decimal(0))
    return {
        Summing.SUM: total,
        Summing.MEAN: total / len(numbers),
        Summing.MIN: min(numbers),
        Summing.MAX: max(numbers),
    }


def decimal_number(text: str, places: int) -> str:
    """Read a decimal with at most `places` places as its canonical text; raises ValueError."""
    number = parse_decimal(text)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise ValueError(_("Nhiều nhất %(places)d chữ số sau dấu phẩy.", places=places))
    return plain_text(number)


def plain_text(number: Decimal) -> str:
    """Return a decimal's canonical text: no exponent, no trailing zeros, no -0."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _exact(value: Value) -> Decimal:
    return Decimal(value)


def _typed_number(cell: int | float | Decimal) -> str:
    """Return the number as a person would type it: floats as Excel shows them, 15 digits."""
    number = Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell)
    return plain_text(number).replace(".", ",")
