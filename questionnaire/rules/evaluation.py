"""What a rule gives for one report: exact, bounded, and blank where a figure is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.words import _
from questionnaire.answers import is_no_data, is_typed
from questionnaire.definition import FormDefinition, Question
from questionnaire.rules.kinds import cell_question, kind_of
from questionnaire.rules.names import grid_of, type_of
from questionnaire.rules.tree import Call, Node, Number, Option, Reference, Rule, RuleError, Text, Truth
from questionnaire.rules.values import (
    Blank,
    Found,
    Value,
    bounded,
    shortage,
    shown,
    tidy,
    worked_out,
)

MOST_STEPS = 50_000

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule gives: a value, or None for blank.

    `reason` says why it is blank, where it isn't just that nothing was answered.
    """

    value: Value
    reason: str = ""


def evaluate(
    rule: Rule, answers: Answers, definition: FormDefinition, last: Answers | None = None
) -> Result:
    """Return what the rule gives for stored answers, `last` being those of the round before.

    Raises RuleError if the rule doesn't fit the form: what it reads is gone or of another kind.
    """
    kind_of(rule, definition)
    found = Evaluation(answers, definition, last).value(rule.top)
    if isinstance(found, Blank):
        return Result(None, found.reason)
    if isinstance(found, Decimal):
        return Result(tidy(found))
    return Result(found or None if isinstance(found, str) else found)


class Evaluation:
    """One run over one report; `steps` counts the parts worked out and the cells read."""

    def __init__(self, answers: Answers, definition: FormDefinition, last: Answers | None) -> None:
        self.answers = answers
        self.definition = definition
        self.last = last
        self.steps = 0

    def value(self, node: Node) -> Any:
        """Return the value of a part: a single one, Blank, or a list."""
        self._step()
        match node:
            case Number(value) | Truth(value):
                return value
            case Text(value):
                return value or Blank()
            case Option(id_):
                return id_
            case Reference():
                return self._answer(node)
            case Call(name, arguments):
                special = _SPECIAL.get(name)
                if special is not None:
                    return special(self, arguments)
                return self._plainly(name, arguments)

    def _plainly(self, name: str, arguments: Sequence[Node]) -> Any:
        values = [self.value(one) for one in arguments]
        return shortage(values) or worked_out(name, values)

    def _answer(self, reference: Reference) -> Any:
        if reference.last and self.last is None:
            return Blank(_("Chưa có kỳ trước."))
        question = cell_question(reference, self.definition)
        values = [_read(question, stored) for stored in self._stored(reference)]
        return values if _is_column(reference) else values[0]

    def _stored(self, reference: Reference) -> list[Any]:
        """Return the stored answers that are read: one, or those of a whole column."""
        answers = (self.last or {}) if reference.last else self.answers
        stored = answers.get(reference.question)
        if not reference.column:
            return [stored]
        table = self.definition.questions[reference.question]
        lines = _rows(self.definition, table, stored)
        self._step(len(lines))
        if reference.row:
            return [dict(lines).get(reference.row, {}).get(reference.column)]
        return [cells.get(reference.column) for _row, cells in lines]

    def _step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps > MOST_STEPS:
            raise RuleError(_("Quy tắc đọc quá nhiều ô."))

    # Functions that see blanks, or don't work everything out

    def _if(self, arguments: Sequence[Node]) -> Any:
        condition = self.value(arguments[0])
        if isinstance(condition, Blank):
            return condition
        chosen = arguments[1:2] if condition else arguments[2:]
        return self.value(chosen[0]) if chosen else Blank()

    def _and(self, arguments: Sequence[Node]) -> Any:
        return self._until(False, arguments)

    def _or(self, arguments: Sequence[Node]) -> Any:
        return self._until(True, arguments)

    def _until(self, decisive: bool, arguments: Sequence[Node]) -> Any:
        """Return `decisive` once a part gives it, even if others are blank."""
        values = []
        for one in arguments:
            value = self.value(one)
            if value is decisive:
                return decisive
            values.append(value)
        return shortage(values) or (not decisive)

    def _compare(self, name: str, arguments: Sequence[Node]) -> Any:
        """Compare; a comparison with "" asks whether the other side is blank."""
        if Text("") in arguments:
            left, right = (self._is_blank([one]) for one in arguments)
            return (left == right) is (name == "=")
        return self._plainly(name, arguments)

    def _equal(self, arguments: Sequence[Node]) -> Any:
        return self._compare("=", arguments)

    def _unequal(self, arguments: Sequence[Node]) -> Any:
        return self._compare("<>", arguments)

    def _joined(self, arguments: Sequence[Node]) -> Any:
        values = [self.value(one) for one in arguments]
        text = "".join(shown(one) for one in values if not isinstance(one, Blank))
        return bounded(text) if text else shortage(values) or Blank()

    def _filled(self, arguments: Sequence[Node]) -> list[Any]:
        """Return the values of the arguments, columns taken apart and blanks left out."""
        values: list[Any] = []
        for one in arguments:
            value = self.value(one)
            values += value if isinstance(value, list) else [value]
        return [one for one in values if not isinstance(one, Blank)]

    def _figure(self, name: str, arguments: Sequence[Node]) -> Any:
        values = self._filled(arguments)
        return worked_out(name, values) if values else Blank()

    def _sum(self, arguments: Sequence[Node]) -> Any:
        return self._figure("SUM", arguments)

    def _average(self, arguments: Sequence[Node]) -> Any:
        return self._figure("AVERAGE", arguments)

    def _min(self, arguments: Sequence[Node]) -> Any:
        return self._figure("MIN", arguments)

    def _max(self, arguments: Sequence[Node]) -> Any:
        return self._figure("MAX", arguments)

    def _count(self, arguments: Sequence[Node]) -> Any:
        return Decimal(len(self._filled(arguments)))

    def _is_blank(self, arguments: Sequence[Node]) -> bool:
        asked = arguments[0]
        if isinstance(asked, Reference) and any(map(is_no_data, self._stored(asked))):
            return False
        value = self.value(asked)
        values = value if isinstance(value, list) else [value]
        return all(isinstance(one, Blank) for one in values)

    def _no_data(self, arguments: Sequence[Node]) -> bool:
        asked = arguments[0]
        return isinstance(asked, Reference) and any(map(is_no_data, self._stored(asked)))

    def _chosen(self, arguments: Sequence[Node]) -> bool:
        asked, option = arguments
        if not isinstance(asked, Reference) or not isinstance(option, Option):
            return False
        (stored,) = self._stored(asked)
        return option.id in (stored if isinstance(stored, list) else [stored])


_SPECIAL: dict[str, Callable[[Evaluation, Sequence[Node]], Any]] = {
    "IF": Evaluation._if,
    "AND": Evaluation._and,
    "OR": Evaluation._or,
    "=": Evaluation._equal,
    "<>": Evaluation._unequal,
    "&": Evaluation._joined,
    "SUM": Evaluation._sum,
    "AVERAGE": Evaluation._average,
    "MIN": Evaluation._min,
    "MAX": Evaluation._max,
    "COUNT": Evaluation._count,
    "ISBLANK": Evaluation._is_blank,
    "NODATA": Evaluation._no_data,
    "CHOSEN": Evaluation._chosen,
}


def _is_column(reference: Reference) -> bool:
    return bool(reference.column) and not reference.row


def _read(question: Question, stored: Any) -> Found:
    """Return a stored answer as rules read it; what isn't understood is blank.

    So is an answer in the form of another type, which the question was of in an older version.
    """
    kind = type_of(question)
    try:
        if kind is None or kind.is_empty(stored) or is_typed(stored) or is_no_data(stored):
            return Blank()
        plain = kind.plain(stored, question.settings)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return Blank()
    found: Found = Blank() if plain is None or plain == [] else bounded(plain)
    return found


def _rows(
    definition: FormDefinition, table: Question, stored: Any
) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the rows of a table's answer that the table still has."""
    kind = type_of(table)
    try:
        if kind is None or kind.is_empty(stored) or is_typed(stored):
            return []
        lines = kind.filled_rows(stored, table.settings)
    except (AttributeError, LookupError, TypeError, ValueError):
        return []
    grid = grid_of(definition, table)
    known = {one.id for one in grid.rows} if grid and grid.rows is not None else None
    return [line for line in lines if known is None or line[0] in known]
