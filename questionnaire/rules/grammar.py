"""The grammar of rules: a text becomes pieces with their places, before any name has a meaning."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken

from core.vietnamese import nfc
from core.words import _
from questionnaire.rules.tree import MOST_CHARACTERS, MOST_DEPTH, MOST_NODES, too_deep, too_large

GRAMMAR = r"""
start: EQUALS? comparison

?comparison: joined ((EQUALS | COMPARE) joined)?
?joined: sum (AND sum)*
?sum: product ((PLUS | MINUS) product)*
?product: power ((TIMES | OVER) power)*
?power: signed (POWER signed)*
?signed: (PLUS | MINUS) signed | postfix
?postfix: postfix PERCENT | atom
?atom: NUMBER -> number
    | TEXT -> text
    | NAME -> word
    | call
    | reference
    | "(" comparison ")"

call: NAME "(" (comparison (";" comparison)*)? ")"
reference: LABEL ("." LABEL)*

NUMBER: /\d[\d.]*(,\d+)?/
TEXT: /"(?:[^"]|"")*"|“[^”]*”/
NAME: /[^\W\d_]\w*/
LABEL: /\[(?:[^\[\]]|\[\[|\]\])*\]/
EQUALS: "="
COMPARE: /<=|>=|<>|[<>≤≥≠]/
AND: "&"
PLUS: "+"
MINUS: /[-−–]/
TIMES: /[*×·]/
OVER: /[\/÷]/
POWER: "^"
PERCENT: "%"
%ignore / +/
"""
SPELLINGS = {"≤": "<=", "≥": ">=", "≠": "<>", "×": "*", "·": "*", "÷": "/"}


class RuleSyntaxError(ValueError):
    """A rule isn't understood; `position` is the place in the text, counted from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a rule's text; `sort` is number, text, word, call, reference or operator."""

    sort: str
    position: int
    text: str = ""
    parts: tuple["Piece", ...] = ()
    depth: int = 1
    size: int = 1


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=_Builder())


def read(text: str) -> Piece:
    """Return the pieces of a rule's text; raises RuleSyntaxError."""
    if len(text) > MOST_CHARACTERS:
        raise RuleSyntaxError(
            _("Quy tắc quá dài: nhiều nhất %(most)d ký tự.", most=MOST_CHARACTERS),
            MOST_CHARACTERS + 1,
        )
    text = "".join(one if one.isprintable() else " " for one in nfc(text))
    if not text.strip():
        raise RuleSyntaxError(_("Quy tắc đang trống."), 1)
    try:
        top: Any = _parser().parse(text)
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0
        raise RuleSyntaxError(_stray(text[place]), place + 1) from None
    except UnexpectedToken as error:
        ends = error.token.type == "$END"
        position = len(text.rstrip()) + 1 if ends else (error.token.start_pos or 0) + 1
        raise RuleSyntaxError(_misplaced(error, ends=ends), position) from None
    piece: Piece = top
    return piece


def _stray(character: str) -> str:
    if character == "[":
        return _("Thiếu dấu ] để đóng tên câu hỏi.")
    if character in {'"', "“"}:
        return _("Thiếu dấu ngoặc kép để đóng đoạn chữ.")
    if character == ",":
        return _("Các phần trong hàm cách nhau bằng dấu chấm phẩy (;), không phải dấu phẩy.")
    return _("Không dùng được ký tự “%(character)s” ở đây.", character=character)


def _misplaced(error: UnexpectedToken, *, ends: bool) -> str:
    token = error.token
    if ends:
        if "RPAR" in error.expected and "NUMBER" not in error.expected:
            return _("Thiếu dấu ) để đóng ngoặc.")
        return _("Quy tắc còn dở dang: cần thêm một số, một câu hỏi hoặc một hàm.")
    if token.type == "NAME":
        return _(
            "Không hiểu “%(word)s” ở đây. Tên câu hỏi đặt trong ngoặc vuông, ví dụ [Số vụ].",
            word=str(token)[:60],
        )
    if token.type in {"EQUALS", "COMPARE"} and "NUMBER" not in error.expected:
        return _("Mỗi phép so sánh chỉ có hai vế; nối hai phép so sánh bằng hàm VÀ.")
    if token.type in {"NUMBER", "TEXT", "LABEL"} and "NUMBER" not in error.expected:
        return _("Thiếu dấu phép tính trước %(word)s.", word=str(token)[:60])
    return _("Không hiểu “%(word)s” ở đây.", word=str(token)[:60])


class _Builder(Transformer[Token, Piece]):
    """Makes pieces while the parser reads, so that nothing recurses into a deep text."""

    def start(self, children: list[Any]) -> Piece:
        piece: Piece = children[-1]
        return piece

    def number(self, children: list[Token]) -> Piece:
        return _leaf("number", children[0], str(children[0]))

    def text(self, children: list[Token]) -> Piece:
        token = str(children[0])
        inner = token[1:-1]
        return _leaf("text", children[0], inner.replace('""', '"') if token[0] == '"' else inner)

    def word(self, children: list[Token]) -> Piece:
        return _leaf("word", children[0], str(children[0]))

    def reference(self, children: list[Token]) -> Piece:
        labels = tuple(
            _leaf("label", one, one[1:-1].replace("[[", "[").replace("]]", "]")) for one in children
        )
        return Piece("reference", labels[0].position, parts=labels)

    def call(self, children: list[Any]) -> Piece:
        return _parent("call", _place(children[0]), str(children[0]), children[1:])

    def comparison(self, children: list[Any]) -> Piece:
        return self._chain(children)

    def joined(self, children: list[Any]) -> Piece:
        return self._chain(children)

    def sum(self, children: list[Any]) -> Piece:
        """Return one sum of many parts; what is taken off is a negative part."""
        parts = [children[0]]
        for sign, part in _pairs(children[1:]):
            parts.append(self.signed([sign, part]))
        return _parent("operator", parts[0].position, "+", parts)

    def product(self, children: list[Any]) -> Piece:
        return self._chain(children)

    def power(self, children: list[Any]) -> Piece:
        return self._chain(children)

    def signed(self, children: list[Any]) -> Piece:
        sign, part = children
        if sign.type == "PLUS":
            taken: Piece = part
            return taken
        return _parent("operator", _place(sign), "negative", [part])

    def postfix(self, children: list[Any]) -> Piece:
        return _parent("operator", children[0].position, "%", [children[0]])

    def _chain(self, children: list[Any]) -> Piece:
        """Return a chain from left to right; a run of the same operator is one piece."""
        done, run, operator = children[0], [children[0]], ""
        for token, part in _pairs(children[1:]):
            sign = SPELLINGS.get(token, str(token))
            if operator not in {"", sign}:
                run = [done]
            operator = sign
            run.append(part)
            done = _parent("operator", run[0].position, operator, run)
        piece: Piece = done
        return piece


def _pairs(children: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(children[::2], children[1::2], strict=True))


def _place(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _leaf(sort: str, token: Token, text: str) -> Piece:
    return Piece(sort, _place(token), text)


def _parent(sort: str, position: int, text: str, parts: list[Piece]) -> Piece:
    depth = 1 + max((one.depth for one in parts), default=0)
    size = 1 + sum(one.size for one in parts)
    if depth > MOST_DEPTH:
        raise RuleSyntaxError(too_deep(), position)
    if size > MOST_NODES:
        raise RuleSyntaxError(too_large(), position)
    return Piece(sort, position, text, tuple(parts), depth, size)
