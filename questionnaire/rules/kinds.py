"""What each part of a rule gives, and whether the parts fit together."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.words import _
from questionnaire.definition import FormDefinition, Question
from questionnaire.rules.names import grid_of, type_of
from questionnaire.rules.tree import Call, Node, Number, Option, Reference, Rule, RuleError, Text, Truth
from questionnaire.rules.words import COMPARISONS, Kind, kind_word, takes_of, wanted_words
from questionnaire.types.reading import ReadAs


@dataclass(frozen=True, slots=True)
class Sort:
    """What a part gives: its kind, and whether it is a whole column of them."""

    kind: Kind
    column: bool = False


class MisfitError(ValueError):
    """An argument can't stand where it does; `index` says which."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


def kind_of(rule: Rule, definition: FormDefinition) -> Kind:
    """Return what the rule gives with this form; raises RuleError if it can't be used with it."""
    try:
        found = _sort_of(rule.top, definition)
        check_whole(found)
    except MisfitError as error:
        raise RuleError(str(error)) from None
    return found.kind


def check_whole(sort: Sort) -> None:
    """Raise MisfitError unless this can be what a whole rule gives: a single value."""
    if sort.column:
        raise MisfitError(_column_alone(), 0)
    if sort.kind == Kind.LIST:
        raise MisfitError(_("Quy tắc phải cho một giá trị, nhưng đây là danh sách."), 0)


def sort_of_call(name: str, arguments: Sequence[Sort]) -> Sort:
    """Return what a function or operator gives with these arguments; raises MisfitError."""
    takes = takes_of(name)
    for index, one in enumerate(arguments):
        if one.column and not takes.columns:
            raise MisfitError(_column_alone(), index)
        if one.kind not in takes.of_argument(index) and one.kind != Kind.ANY:
            raise MisfitError(
                _(
                    "“%(name)s” cần %(wanted)s, nhưng đây là %(found)s.",
                    name=takes.shown,
                    wanted=wanted_words(takes, index),
                    found=kind_word(one.kind),
                ),
                index,
            )
    if name in COMPARISONS:
        _check_comparable(arguments)
    if name == "DATE":
        _check_date(arguments)
    return Sort(_branches(arguments[1:]) if name == "IF" else takes.gives)


def sort_of_reference(reference: Reference, definition: FormDefinition) -> Sort:
    """Return what an answer is read as; raises RuleError if the form doesn't have it."""
    question = cell_question(reference, definition)
    kind = type_of(question)
    if kind is None or kind.read_as == ReadAs.NOTHING:
        raise RuleError(
            _("Quy tắc dùng “%(label)s”, là mục không có câu trả lời.", label=question.label)
        )
    return Sort(Kind(kind.read_as.value), bool(reference.column) and not reference.row)


def cell_question(reference: Reference, definition: FormDefinition) -> Question:
    """Return the question, or the cells' one, that is read; raises RuleError if it is gone."""
    question = definition.questions.get(reference.question)
    if question is None:
        raise RuleError(_("Quy tắc dùng một câu hỏi không còn trong biểu mẫu."))
    if not reference.column:
        return question
    grid = grid_of(definition, question)
    cell = grid.cells.get(reference.column) if grid else None
    if grid is None or cell is None:
        text = _("Quy tắc dùng một cột không còn trong bảng “%(table)s”.", table=question.label)
        raise RuleError(text)
    if reference.row and reference.row not in {one.id for one in grid.rows or ()}:
        text = _("Quy tắc dùng một dòng không còn trong bảng “%(table)s”.", table=question.label)
        raise RuleError(text)
    return cell


def _sort_of(node: Node, definition: FormDefinition) -> Sort:
    match node:
        case Number():
            return Sort(Kind.NUMBER)
        case Text(value):
            return Sort(Kind.TEXT if value else Kind.ANY)
        case Truth():
            return Sort(Kind.TRUTH)
        case Option():
            return Sort(Kind.ANY)
        case Reference():
            return sort_of_reference(node, definition)
        case Call(name, arguments):
            check_shape(name, arguments)
            return sort_of_call(name, [_sort_of(one, definition) for one in arguments])


def check_shape(name: str, arguments: Sequence[Node]) -> None:
    """Raise MisfitError where a function that asks about an answer stands around something else."""
    if name == "CHOSEN" and not isinstance(arguments[1], Option):
        raise MisfitError(_("Ghi lựa chọn trong ngoặc kép, ví dụ CHỌN([Hình thức]; \"Panô\")."), 1)
    if name in {"CHOSEN", "NODATA"} and not isinstance(arguments[0], Reference):
        raise MisfitError(
            _("“%(name)s” cần một câu hỏi trong ngoặc vuông.", name=takes_of(name).shown), 0
        )
    for index, one in enumerate(arguments):
        if isinstance(one, Option) and (name, index) != ("CHOSEN", 1):
            raise MisfitError(_("Lựa chọn chỉ đứng trong hàm CHỌN."), index)


def _check_comparable(arguments: Sequence[Sort]) -> None:
    left, right = (one.kind for one in arguments)
    if (left != right or left == Kind.LIST) and Kind.ANY not in {left, right}:
        raise MisfitError(
            _(
                "Không so sánh được %(left)s với %(right)s.",
                left=kind_word(left),
                right=kind_word(right),
            ),
            1,
        )


def _check_date(arguments: Sequence[Sort]) -> None:
    kinds = [one.kind for one in arguments]
    if len(kinds) == 2 or (len(kinds) == 3) == (kinds[0] == Kind.TEXT):
        raise MisfitError(
            _("Viết NGÀY(năm; tháng; ngày), hoặc NGÀY(\"05/12/2026\")."), 0
        )


def _column_alone() -> str:
    return _("Đây là cả một cột; hãy đặt trong TỔNG, TRUNGBÌNH, ĐẾM hoặc hàm cùng loại.")


def _branches(arguments: Sequence[Sort]) -> Kind:
    """Return what both results of a condition are; blank fits any."""
    kinds = [one.kind for one in arguments if one.kind != Kind.ANY]
    if len(set(kinds)) > 1:
        raise MisfitError(
            _(
                "Hai kết quả của NẾU phải cùng loại, nhưng đây là %(first)s và %(second)s.",
                first=kind_word(kinds[0]),
                second=kind_word(kinds[1]),
            ),
            2,
        )
    return kinds[0] if kinds else Kind.ANY
