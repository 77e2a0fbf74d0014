"""From the text of a rule to its tree, with errors that point at the place."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.vietnamese import parse_date, parse_decimal
from core.words import _
from questionnaire.definition import Question
from questionnaire.rules.grammar import Piece, RuleSyntaxError, read
from questionnaire.rules.kinds import (
    MisfitError,
    Sort,
    cell_question,
    check_shape,
    check_whole,
    sort_of_call,
    sort_of_reference,
)
from questionnaire.rules.names import (
    Names,
    Scope,
    UnclearNameError,
    columns_of,
    grid_of,
    options_of,
    rows_of,
    type_of,
)
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
)
from questionnaire.rules.words import (
    FUNCTION_WORDS,
    LAST,
    TRUTH_WORDS,
    Kind,
    function_key,
    nearest_function,
    takes_of,
)
from questionnaire.types.base import BadValue

LONGEST_NUMBER = 31


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the tree that is known to fit together, with its place in the text."""

    node: Node
    sort: Sort
    position: int


def parse(text: str, names: Names) -> Rule:
    """Return the rule that `text` writes with the names of a form; raises RuleSyntaxError."""
    part = _Reader(names).part(read(text))
    try:
        check_whole(part.sort)
        return Rule(part.node)
    except (MisfitError, RuleError) as error:
        raise RuleSyntaxError(str(error), part.position) from None


class _Reader:
    """Gives the pieces of one text their meaning."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def part(self, piece: Piece) -> _Part:
        """Return what a piece means."""
        match piece.sort:
            case "number":
                return _Part(_number(piece), Sort(Kind.NUMBER), piece.position)
            case "text":
                sort = Sort(Kind.TEXT if piece.text else Kind.ANY)
                return _Part(Text(piece.text), sort, piece.position)
            case "word":
                return _word(piece)
            case "reference":
                return self._reference(piece)
            case "call":
                return self._call(piece)
            case _:
                return self._operator(piece)

    def _reference(self, piece: Piece, *, last: bool = False) -> _Part:
        labels = piece.parts
        question = self.names.definition.questions[_find(self.names.questions, labels[0])]
        row, column = self._cell(question, labels[1:])
        reference = Reference(question.uid, row, column, last)
        return _Part(reference, sort_of_reference(reference, self.names.definition), piece.position)

    def _cell(self, table: Question, labels: Sequence[Piece]) -> tuple[str, str]:
        """Return the row and the column that the names after the first mean."""
        if not labels:
            return "", ""
        grid = grid_of(self.names.definition, table)
        if grid is None:
            raise RuleSyntaxError(
                _("“%(label)s” không phải bảng, nên không có dòng và cột.", label=table.label),
                labels[0].position,
            )
        if len(labels) == 1:
            return "", _find(columns_of(grid), labels[0])
        if grid.rows is None:
            raise RuleSyntaxError(
                _("Dòng của bảng này do đơn vị thêm; chỉ dùng được cả cột: [Bảng].[Cột]."),
                labels[0].position,
            )
        if len(labels) > 2:
            raise RuleSyntaxError(_("Một ô chỉ ghi [Bảng].[Dòng].[Cột]."), labels[2].position)
        return _find(rows_of(grid), labels[0]), _find(columns_of(grid), labels[1])

    def _call(self, piece: Piece) -> _Part:
        name = _function(piece)
        if name == LAST:
            return self._last(piece)
        _check_count(name, piece)
        if name == "CHOSEN":
            return self._chosen(piece)
        return self._fitted(name, [self.part(one) for one in piece.parts], piece.position)

    def _last(self, piece: Piece) -> _Part:
        if len(piece.parts) != 1 or piece.parts[0].sort != "reference":
            raise RuleSyntaxError(
                _("KỲTRƯỚC cần đúng một câu hỏi, ví dụ KỲTRƯỚC([Số vụ])."), piece.position
            )
        return self._reference(piece.parts[0], last=True)

    def _chosen(self, piece: Piece) -> _Part:
        asked, wanted = self.part(piece.parts[0]), piece.parts[1]
        if not isinstance(asked.node, Reference) or wanted.sort != "text":
            return self._fitted("CHOSEN", [asked, self.part(wanted)], piece.position)
        options = self._options(asked.node)
        if not options.things:
            raise RuleSyntaxError(_("Câu hỏi này không có lựa chọn."), asked.position)
        option = Option(_find(options, wanted))
        return self._fitted(
            "CHOSEN", [asked, _Part(option, Sort(Kind.ANY), wanted.position)], piece.position
        )

    def _operator(self, piece: Piece) -> _Part:
        name = piece.text
        parts = [self.part(one) for one in piece.parts]
        if name == "negative" and isinstance(parts[0].node, Number):
            return _Part(Number(0 - parts[0].node.value), parts[0].sort, piece.position)
        if name in {"=", "<>"} and (chosen := self._option_compared(name, piece, parts)):
            return chosen
        if takes_of(name).level == 1:
            parts = [self._read_like(parts[1], parts[0]), self._read_like(parts[0], parts[1])]
        return self._fitted(name, parts, piece.position)

    def _option_compared(self, name: str, piece: Piece, parts: list[_Part]) -> _Part | None:
        """Return `[Hình thức] = "Panô"` as a question for the option, if that's what it is."""
        for asked, wanted in ((0, 1), (1, 0)):
            node, text = parts[asked].node, parts[wanted].node
            if isinstance(node, Reference) and isinstance(text, Text) and text.value:
                options = self._options(node)
                if options.things:
                    option = Option(_find(options, piece.parts[wanted]))
                    part = _Part(option, Sort(Kind.ANY), parts[wanted].position)
                    found = self._fitted("CHOSEN", [parts[asked], part], piece.position)
                    return found if name == "=" else self._fitted("NOT", [found], piece.position)
        return None

    def _options(self, reference: Reference) -> Scope:
        return options_of(self._asked(reference))

    def _asked(self, reference: Reference) -> Question:
        return cell_question(reference, self.names.definition)

    def _read_like(self, other: _Part, part: _Part) -> _Part:
        """Return `part`; a text beside an answer of another kind is read as an answer to it."""
        text = part.node
        if not isinstance(other.node, Reference) or not isinstance(text, Text) or not text.value:
            return part
        question = self._asked(other.node)
        kind = type_of(question)
        if kind is None or other.sort.kind not in {Kind.TRUTH, Kind.DATE}:
            return part
        try:
            plain = kind.plain(kind.parse(text.value, question.settings), question.settings)
        except BadValue as error:
            raise RuleSyntaxError(str(error), part.position) from None
        if isinstance(plain, bool):
            return _Part(Truth(plain), other.sort, part.position)
        return self._fitted("DATE", [part], part.position)

    def _fitted(self, name: str, parts: list[_Part], position: int) -> _Part:
        arguments = tuple(one.node for one in parts)
        try:
            check_shape(name, arguments)
            sort = sort_of_call(name, [one.sort for one in parts])
        except MisfitError as error:
            raise RuleSyntaxError(str(error), parts[error.index].position) from None
        if name == "DATE" and isinstance(arguments[0], Text):
            _check_written_date(arguments[0].value, parts[0].position)
        return _Part(Call(name, arguments), sort, position)


def _number(piece: Piece) -> Number:
    try:
        if len(piece.text) > LONGEST_NUMBER or len(piece.text.partition(",")[2]) > 15:
            raise ValueError(_("Số quá dài."))
        return Number(parse_decimal(piece.text))
    except ValueError as error:
        raise RuleSyntaxError(str(error), piece.position) from None


def _word(piece: Piece) -> _Part:
    key = function_key(piece.text)
    if key in TRUTH_WORDS:
        return _Part(Truth(TRUTH_WORDS[key]), Sort(Kind.TRUTH), piece.position)
    if key in FUNCTION_WORDS:
        text = _("Sau “%(word)s” cần dấu ngoặc tròn.", word=piece.text[:60])
    else:
        text = _(
            "Không hiểu “%(word)s” ở đây. Tên câu hỏi đặt trong ngoặc vuông, ví dụ [Số vụ].",
            word=piece.text[:60],
        )
    raise RuleSyntaxError(text, piece.position)


def _function(piece: Piece) -> str:
    key = function_key(piece.text)
    if key in FUNCTION_WORDS:
        return FUNCTION_WORDS[key]
    near = nearest_function(key)
    name = piece.text[:60]
    if near:
        text = _("Không có hàm “%(name)s”. Có phải bạn định viết %(near)s?", name=name, near=near)
    else:
        text = _("Không có hàm “%(name)s”.", name=name)
    raise RuleSyntaxError(text, piece.position)


def _check_count(name: str, piece: Piece) -> None:
    takes, given = takes_of(name), len(piece.parts)
    if takes.least <= given <= takes.most:
        return
    if given < takes.least:
        text = _("“%(name)s” cần ít nhất %(least)d phần.", name=takes.shown, least=takes.least)
    else:
        text = _("“%(name)s” nhận nhiều nhất %(most)d phần.", name=takes.shown, most=takes.most)
    raise RuleSyntaxError(text, piece.position)


def _find(scope: Scope, piece: Piece) -> str:
    try:
        return scope.find(piece.text)
    except UnclearNameError as error:
        raise RuleSyntaxError(str(error), piece.position) from None


def _check_written_date(text: str, position: int) -> None:
    try:
        parse_date(text)
    except ValueError as error:
        raise RuleSyntaxError(str(error), position) from None
