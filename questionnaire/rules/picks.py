"""The common rules, put together from what a person picks, and taken apart again for the pickers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.vietnamese import clean_text, parse_decimal
from core.words import N_, _
from questionnaire.rules.grammar import RuleSyntaxError
from questionnaire.rules.kinds import cell_question, sort_of_reference
from questionnaire.rules.names import Names, columns_of, grid_of, type_of
from questionnaire.rules.parsing import parse
from questionnaire.rules.showing import show
from questionnaire.rules.tree import (
    Call,
    Node,
    Number,
    Option,
    Reference,
    Rule,
    RuleError,
    Text,
    Truth,
    nodes_of,
)
from questionnaire.rules.words import COMPARISONS, FUNCTIONS, Kind

BLANK, FILLED = "blank", "filled"
OF_COLUMN = ":"
SUM = FUNCTIONS["SUM"].shown

METHODS = {
    "sum": N_("Tổng: cộng các câu đã chọn"),
    "difference": N_("Hiệu: câu 1 trừ câu 2"),
    "share": N_("Tỷ lệ phần trăm: câu 1 trên câu 2"),
    "ratio": N_("Bình quân: câu 1 chia cho câu 2"),
    "change": N_("Thay đổi (phần trăm): câu 1 so với câu 2"),
    "last_difference": N_("Tăng, giảm: câu 1 so với kỳ trước"),
    "last_change": N_("Tăng, giảm (phần trăm): câu 1 so với kỳ trước"),
}
"""The ways to work a figure out, with what people call them."""

_FORMULAS = {
    "difference": "{0} - {1}",
    "share": "{0} / {1} * 100",
    "ratio": "{0} / {1}",
    "change": "({0} - {1}) / {1} * 100",
    "last_difference": "{0} - {last}",
    "last_change": "({0} - {last}) / {last} * 100",
}


class PickError(ValueError):
    """What was picked makes no rule; `line` says where, counted from 1, or 0 for the whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of a picker: a place, how it is compared, and a value or another place.

    A place is a question's uid, or that and a column's id for the sum of a column.
    """

    place: str
    sign: str = "="
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Lines that must all hold, or of which one must."""

    lines: tuple[Comparison, ...]
    any: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A way of working out, and the places it works on."""

    method: str
    places: tuple[str, ...]


def places(names: Names, *, numbers: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what can be picked with its name: questions, and columns of numbers in tables.

    `numbers` leaves out questions that aren't read as a number.
    """
    for one in names.questions.things:
        question = names.definition.questions[one.id]
        kind, shown = type_of(question), names.questions.shown(one.id)
        if not numbers or (kind and kind.read_as.value == Kind.NUMBER):
            yield one.id, shown
        grid = grid_of(names.definition, question)
        columns = columns_of(grid).things if grid else ()
        for column in columns:
            reference = Reference(one.id, column=column.id)
            if grid and sort_of_reference(reference, names.definition).kind == Kind.NUMBER:
                named = _("%(table)s – tổng cột %(column)s")
                yield (
                    one.id + OF_COLUMN + column.id,
                    named % {"table": shown, "column": columns_of(grid).shown(column.id)},
                )


def values_of(place: str, names: Names) -> list[str]:
    """Return what the answer to a picked question can be, where there is a list of it."""
    question = names.definition.questions.get(place)
    kind = type_of(question) if question else None
    if kind is None or question is None:
        return []
    if kind.read_as.value == Kind.TRUTH:
        return [kind.as_text(one, question.settings) for one in (True, False)]
    return list(kind.options(question.settings).values())


def condition_text(condition: Condition, names: Names) -> str:
    """Return the rule that a condition makes; raises PickError."""
    texts = []
    for number, line in enumerate(condition.lines, start=1):
        try:
            text = _comparison_text(line, names)
            parse(text, names)
        except (RuleError, RuleSyntaxError, ValueError) as error:
            raise PickError(str(error), number) from None
        texts.append(text)
    if len(texts) < 2:
        return "".join(texts)
    return f"{FUNCTIONS['OR' if condition.any else 'AND'].shown}({'; '.join(texts)})"


def condition_of(rule: Rule, names: Names) -> Condition | None:
    """Return the lines of a picker that make exactly this rule, None for another kind of rule."""
    top, several = rule.top, ("AND", "OR")
    joined = isinstance(top, Call) and top.name in several and len(top.arguments) > 1
    parts = top.arguments if joined and isinstance(top, Call) else (top,)
    lines = [_comparison_of(one, names) for one in parts]
    known = tuple(one for one in lines if one is not None)
    if len(known) < len(lines):
        return None
    found = Condition(known, any=isinstance(top, Call) and joined and top.name == "OR")
    try:
        return found if parse(condition_text(found, names), names) == rule else None
    except (PickError, RuleSyntaxError):
        return None


def figure_text(figure: Figure, names: Names) -> str:
    """Return the formula that a figure makes; raises PickError."""
    needed = 1 if figure.method in {"sum", "last_difference", "last_change"} else 2
    if len(figure.places) < needed:
        raise PickError(_("Chọn đủ %(count)d câu để tính.", count=needed))
    for number, place in enumerate(figure.places, start=1):
        if _sort(place, names) != Kind.NUMBER:
            raise PickError(_("Câu này không phải số."), number)
    if figure.method == "sum":
        return f"{SUM}({'; '.join(_written(one, names) for one in figure.places)})"
    shown = [_place_text(one, names) for one in figure.places]
    last = _place_text(figure.places[0], names, last=True)
    return _FORMULAS[figure.method].format(*shown, last=last)


def figure_of(rule: Rule, names: Names) -> Figure | None:
    """Return the figure that makes exactly this rule, None for another kind of rule."""
    read = [one for one in nodes_of(rule) if isinstance(one, Reference) and not one.row]
    found = tuple(dict.fromkeys(map(_place, read)))
    for method in METHODS:
        used = found if method == "sum" else found[: 1 if method.startswith("last_") else 2]
        figure = Figure(method, used)
        try:
            if parse(figure_text(figure, names), names) == rule:
                return figure
        except (PickError, RuleError, RuleSyntaxError):
            continue
    return None


def _comparison_text(line: Comparison, names: Names) -> str:
    left = _place_text(line.place, names)
    if line.sign in {BLANK, FILLED}:
        blank = f"{FUNCTIONS['ISBLANK'].shown}({_written(line.place, names)})"
        return blank if line.sign == BLANK else f"{FUNCTIONS['NOT'].shown}({blank})"
    sign = line.sign if line.sign in COMPARISONS else "="
    if line.other:
        return f"{left} {sign} {_place_text(line.other, names)}"
    value = clean_text(line.value)
    if not value:
        raise PickError(_("Chưa ghi giá trị để so sánh."))
    if _sort(line.place, names) != Kind.NUMBER:
        return f'{left} {sign} "{value.replace(chr(34), chr(34) * 2)}"'
    share = "%" if value.endswith("%") else ""
    number = f"{parse_decimal(value.removesuffix('%').strip()):f}".replace(".", ",")
    return f"{left} {sign} {number}{share}"


def _comparison_of(node: Node, names: Names) -> Comparison | None:
    match node:
        case Call("ISBLANK", (Reference() as asked,)):
            return Comparison(_place(asked), BLANK)
        case Call("NOT", (Call("ISBLANK", (Reference() as asked,)),)):
            return Comparison(_place(asked), FILLED)
        case Call("CHOSEN", (Reference() as asked, Option(option))):
            return Comparison(_place(asked), "=", _option(asked, option, names))
        case Call("NOT", (Call("CHOSEN", (Reference() as asked, Option(option))),)):
            return Comparison(_place(asked), "<>", _option(asked, option, names))
        case Call(sign, (left, right)) if sign in COMPARISONS:
            place, other = _summed(left), _summed(right)
            if place is None:
                return None
            if other is not None:
                return Comparison(_place(place), sign, other=_place(other))
            value = _value(place, right, names)
            return None if value is None else Comparison(_place(place), sign, value)
    return None


def _summed(node: Node) -> Reference | None:
    """Return the question, or the column that is summed up, if the part is one."""
    match node:
        case Reference(column="", last=False):
            return node
        case Call("SUM", (Reference(row="", last=False) as column,)) if column.column:
            return column
    return None


def _value(asked: Reference, node: Node, names: Names) -> str | None:
    """Return what a person would type as the value of this part."""
    match node:
        case Number() | Call("%", (Number(),)):
            return show(Rule(node), names)
        case Text(value):
            return value
        case Call("DATE", (Text(value),)):
            return value
        case Truth(value):
            question = names.definition.questions.get(asked.question)
            kind = type_of(question) if question else None
            return kind.as_text(value, question.settings) if kind and question else None
    return None


def _option(asked: Reference, option: str, names: Names) -> str:
    try:
        question = cell_question(asked, names.definition)
    except RuleError:
        return ""
    kind = type_of(question)
    options: Mapping[str, str] = kind.options(question.settings) if kind else {}
    return options.get(option, "")


def _place(reference: Reference) -> str:
    return OF_COLUMN.join([reference.question, *filter(None, [reference.column])])


def _reference(place: str, *, last: bool = False) -> Reference:
    question, _colon, column = place.partition(OF_COLUMN)
    return Reference(question, column=column, last=last)


def _sort(place: str, names: Names) -> Kind:
    try:
        return sort_of_reference(_reference(place), names.definition).kind
    except RuleError as error:
        raise PickError(str(error)) from None


def _written(place: str, names: Names, *, last: bool = False) -> str:
    """Return the question or the column as a rule names it."""
    _sort(place, names)
    return show(Rule(_reference(place, last=last)), names)


def _place_text(place: str, names: Names, *, last: bool = False) -> str:
    """Return the place as one value: a column is summed up."""
    text = _written(place, names, last=last)
    return f"{SUM}({text})" if OF_COLUMN in place else text
