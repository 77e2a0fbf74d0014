"""From the tree of a rule back to its text, with the names of today."""

from questionnaire.definition import Question
from questionnaire.rules.kinds import cell_question
from questionnaire.rules.names import Names, columns_of, grid_of, options_of, rows_of
from questionnaire.rules.tree import (
    MOST_CHARACTERS,
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
from questionnaire.rules.words import FALSE_SHOWN, FUNCTIONS, LAST_SHOWN, OPERATORS, TRUE_SHOWN

ATOM_LEVEL = 8
SIGN_LEVEL = OPERATORS["negative"].level
GONE = "[?]"


def show(rule: Rule, names: Names) -> str:
    """Return the rule in Vietnamese; what the form no longer has is shown as “?”.

    Names are shortened where the text would be too long to be read back.
    """
    text = _Writer(names, brief=False).text(rule.top)
    return text if len(text) <= MOST_CHARACTERS else _Writer(names, brief=True).text(rule.top)


class _Writer:
    """Writes the parts of one rule."""

    def __init__(self, names: Names, *, brief: bool) -> None:
        self.names = names
        self.brief = brief

    def text(self, node: Node) -> str:
        """Return a part as it is written."""
        match node:
            case Number(value):
                return f"{value:f}".replace(".", ",")
            case Text(value):
                return _quoted(value)
            case Truth(value):
                return TRUE_SHOWN if value else FALSE_SHOWN
            case Option(id_):
                return _quoted(id_)
            case Reference():
                return f"{LAST_SHOWN}({self._answer(node)})" if node.last else self._answer(node)
            case Call():
                return self._call(node)

    def _answer(self, reference: Reference) -> str:
        question = self.names.definition.questions.get(reference.question)
        if question is None:
            return GONE
        names = [self.names.questions.shown(question.uid, brief=self.brief)]
        grid = grid_of(self.names.definition, question)
        if grid and reference.row:
            names.append(rows_of(grid).shown(reference.row, brief=self.brief))
        if grid and reference.column:
            names.append(columns_of(grid).shown(reference.column, brief=self.brief))
        return ".".join(f"[{one.replace('[', '[[').replace(']', ']]')}]" for one in names)

    def _call(self, call: Call) -> str:
        if call.name in FUNCTIONS:
            return f"{FUNCTIONS[call.name].shown}({self._arguments(call)})"
        level = OPERATORS[call.name].level
        if call.name == "%":
            return self._inside(call.arguments[0], level) + "%"
        if call.name == "negative":
            return "-" + self._inside(call.arguments[0], level, literal=False)
        first = self._inside(call.arguments[0], self._level_before(call))
        rest = (self._next(call.name, one, level) for one in call.arguments[1:])
        return first + "".join(rest)

    def _level_before(self, call: Call) -> int:
        """Return how tightly the first part must bind: a/b*c is read from left to right."""
        level, first = OPERATORS[call.name].level, call.arguments[0]
        turned = isinstance(first, Call) and {call.name, first.name} == {"*", "/"}
        return level if turned else level + 1

    def _next(self, name: str, node: Node, level: int) -> str:
        """Return an operator with the part after it; a sum takes off what is negative."""
        if name == "+":
            if isinstance(node, Number) and node.value < 0:
                return f" - {self.text(Number(-node.value))}"
            if isinstance(node, Call) and node.name == "negative":
                return f" - {self._inside(node.arguments[0], level + 1, literal=False)}"
        return f" {OPERATORS[name].shown} {self._inside(node, level + 1)}"

    def _inside(self, node: Node, level: int, *, literal: bool = True) -> str:
        """Return a part, in brackets if it binds less tightly than `level`.

        Without `literal` a number is put in brackets too: a sign before it would become part of it.
        """
        text = self.text(node)
        if isinstance(node, Number) and not literal:
            return f"({text})"
        return text if _level(node) >= level else f"({text})"

    def _arguments(self, call: Call) -> str:
        texts = [self.text(one) for one in call.arguments]
        if call.name == "CHOSEN" and isinstance(call.arguments[0], Reference):
            texts[1] = self._option(call.arguments[0], call.arguments[1])
        return "; ".join(texts)

    def _option(self, reference: Reference, option: Node) -> str:
        if not isinstance(option, Option):
            return self.text(option)
        try:
            question: Question = cell_question(reference, self.names.definition)
        except RuleError:
            return _quoted("?")
        return _quoted(options_of(question).shown(option.id))


def _level(node: Node) -> int:
    if isinstance(node, Call) and node.name in OPERATORS:
        return OPERATORS[node.name].level
    if isinstance(node, Number) and node.value < 0:
        return SIGN_LEVEL
    return ATOM_LEVEL


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
