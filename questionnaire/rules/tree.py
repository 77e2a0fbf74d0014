"""A rule as a frozen tree that goes to JSON and back, by the ids of what it reads."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.words import _
from questionnaire.rules.words import FUNCTIONS, OPERATORS

MOST_CHARACTERS = 2_000
MOST_DEPTH = 40
MOST_NODES = 500

_NUMBER = re.compile(r"-?\d{1,16}(\.\d{1,15})?")


class RuleError(ValueError):
    """A rule can't be used with this form; the message says why."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the rule."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A text written in the rule; the empty one stands for blank."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false, written in the rule."""

    value: bool


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the question that stands before it, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An answer that a rule reads.

    A table is read by `column`, or by `row` and `column` for one cell. `last` means the answer of
    the round before.
    """

    question: str
    row: str = ""
    column: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with what it works on; `name` is a key of `words`."""

    name: str
    arguments: tuple["Node", ...]


Node = Number | Text | Truth | Option | Reference | Call


@dataclass(frozen=True, slots=True)
class Rule:
    """A whole rule; one that is deeper or larger than allowed raises RuleError."""

    top: Node

    def __post_init__(self) -> None:
        waiting: list[tuple[Node, int]] = [(self.top, 1)]
        nodes = 0
        while waiting:
            node, depth = waiting.pop()
            nodes += 1
            if depth > MOST_DEPTH:
                raise RuleError(too_deep())
            if nodes > MOST_NODES:
                raise RuleError(too_large())
            if isinstance(node, Call):
                waiting += [(one, depth + 1) for one in node.arguments]

    def to_json(self) -> dict[str, Any]:
        """Return the rule as it is stored."""
        return _to_json(self.top)

    @classmethod
    def from_json(cls, stored: Any) -> "Rule":
        """Read back what `to_json` gave; raises RuleError for anything else."""
        return cls(_from_json(stored, 1))


def too_deep() -> str:
    """Return what to say of a rule with too many levels."""
    return _("Quy tắc lồng quá sâu: nhiều nhất %(most)d tầng.", most=MOST_DEPTH)


def too_large() -> str:
    """Return what to say of a rule with too many parts."""
    return _("Quy tắc quá dài: nhiều nhất %(most)d phần tử.", most=MOST_NODES)


def nodes_of(rule: Rule) -> Iterator[Node]:
    """Yield every part of the rule, from the top down."""
    waiting: list[Node] = [rule.top]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Call):
            waiting += reversed(node.arguments)


def uses(rule: Rule) -> frozenset[Reference]:
    """Return every answer that the rule reads."""
    return frozenset(node for node in nodes_of(rule) if isinstance(node, Reference))


def _to_json(node: Node) -> dict[str, Any]:
    match node:
        case Number(value):
            return {"number": f"{value:f}"}
        case Text(value):
            return {"text": value}
        case Truth(value):
            return {"truth": value}
        case Option(id_):
            return {"option": id_}
        case Reference():
            places = {"row": node.row, "column": node.column, "last": node.last}
            return {"question": node.question, **{key: one for key, one in places.items() if one}}
        case Call(name, arguments):
            return {"do": name, "with": [_to_json(one) for one in arguments]}


def _from_json(stored: Any, depth: int) -> Node:
    if depth > MOST_DEPTH:
        raise RuleError(too_deep())
    node: Node | None = None
    match stored:
        case {"number": str(text), **rest} if not rest and _NUMBER.fullmatch(text):
            node = Number(Decimal(text))
        case {"text": str(text), **rest} if not rest and len(text) <= MOST_CHARACTERS:
            node = Text(text)
        case {"truth": bool(value), **rest} if not rest:
            node = Truth(value)
        case {"option": str(id_), **rest} if not rest:
            node = Option(id_)
        case {"question": str(question), **rest} if question:
            node = _reference(question, rest)
        case {"do": str(name), "with": list(arguments), **rest} if not rest and _fits(name, arguments):
            node = Call(name, tuple(_from_json(one, depth + 1) for one in arguments))
    if node is None:
        raise RuleError(_("Quy tắc đã lưu không đọc được. Hãy viết lại quy tắc này."))
    return node


def _reference(question: str, places: Mapping[Any, Any]) -> Reference | None:
    match {"row": "", "column": "", "last": False, **places}:
        case {"row": str(row), "column": str(column), "last": bool(last), **rest}:
            if not rest and (column or not row):
                return Reference(question, row, column, last)
    return None


def _fits(name: str, arguments: list[Any]) -> bool:
    takes = FUNCTIONS.get(name) or OPERATORS.get(name)
    return takes is not None and takes.least <= len(arguments) <= takes.most
