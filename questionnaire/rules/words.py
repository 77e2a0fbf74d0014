"""The words of the rule language: functions with their two names, operators, true and false."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from core.vietnamese import search_key
from core.words import N_, _


class Kind(StrEnum):
    """What a part of a rule gives."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    DATE = "date"
    #: Blank, which fits everywhere.
    ANY = "any"
    #: Several things that can only be counted or looked for; never what a whole rule gives.
    LIST = "list"


KIND_WORDS = {
    Kind.NUMBER: N_("số"),
    Kind.TEXT: N_("chữ"),
    Kind.TRUTH: N_("đúng/sai"),
    Kind.DATE: N_("ngày"),
    Kind.ANY: N_("trống"),
    Kind.LIST: N_("danh sách"),
}

VALUES = frozenset({Kind.NUMBER, Kind.TEXT, Kind.TRUTH, Kind.DATE, Kind.ANY})
NUMBERS = frozenset({Kind.NUMBER})
TRUTHS = frozenset({Kind.TRUTH})
EVERYTHING = VALUES | {Kind.LIST}
ENDLESS = 500


@dataclass(frozen=True, slots=True)
class Takes:
    """What a function or an operator works on and gives.

    `takes` are the kinds of each argument; those beyond take the last one's. With `columns` an
    argument may be a whole column of a table.
    """

    shown: str
    least: int
    most: int
    takes: tuple[frozenset[Kind], ...]
    gives: Kind
    columns: bool = False
    level: int = 0

    def of_argument(self, index: int) -> frozenset[Kind]:
        """Return the kinds that the argument at `index` may be of."""
        return self.takes[min(index, len(self.takes) - 1)]


FUNCTIONS = {
    "IF": Takes("NẾU", 2, 3, (TRUTHS, VALUES), Kind.ANY),
    "AND": Takes("VÀ", 1, ENDLESS, (TRUTHS,), Kind.TRUTH),
    "OR": Takes("HOẶC", 1, ENDLESS, (TRUTHS,), Kind.TRUTH),
    "NOT": Takes("KHÔNG", 1, 1, (TRUTHS,), Kind.TRUTH),
    "SUM": Takes("TỔNG", 1, ENDLESS, (NUMBERS,), Kind.NUMBER, columns=True),
    "AVERAGE": Takes("TRUNGBÌNH", 1, ENDLESS, (NUMBERS,), Kind.NUMBER, columns=True),
    "MIN": Takes("NHỎNHẤT", 1, ENDLESS, (NUMBERS,), Kind.NUMBER, columns=True),
    "MAX": Takes("LỚNNHẤT", 1, ENDLESS, (NUMBERS,), Kind.NUMBER, columns=True),
    "COUNT": Takes("ĐẾM", 1, ENDLESS, (EVERYTHING,), Kind.NUMBER, columns=True),
    "ROUND": Takes("LÀMTRÒN", 1, 2, (NUMBERS,), Kind.NUMBER),
    "ABS": Takes("TUYỆTĐỐI", 1, 1, (NUMBERS,), Kind.NUMBER),
    "LEN": Takes("ĐỘDÀI", 1, 1, (frozenset({Kind.TEXT}),), Kind.NUMBER),
    "DATE": Takes("NGÀY", 1, 3, (frozenset({Kind.NUMBER, Kind.TEXT}), NUMBERS), Kind.DATE),
    "DAYS": Takes("SỐNGÀY", 2, 2, (frozenset({Kind.DATE}),), Kind.NUMBER),
    "ISBLANK": Takes("TRỐNG", 1, 1, (EVERYTHING,), Kind.TRUTH, columns=True),
    "NODATA": Takes("KHÔNGSỐLIỆU", 1, 1, (EVERYTHING,), Kind.TRUTH, columns=True),
    "CHOSEN": Takes("CHỌN", 2, 2, (EVERYTHING,), Kind.TRUTH),
}
LAST = "LAST"
LAST_SHOWN = "KỲTRƯỚC"

ORDERED = frozenset({Kind.NUMBER, Kind.DATE})
COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})

#: The higher the level, the tighter the operator binds; as in Excel, a sign binds tighter than ^.
OPERATORS = {
    "=": Takes("=", 2, 2, (EVERYTHING,), Kind.TRUTH, level=1),
    "<>": Takes("<>", 2, 2, (EVERYTHING,), Kind.TRUTH, level=1),
    "<": Takes("<", 2, 2, (ORDERED,), Kind.TRUTH, level=1),
    "<=": Takes("<=", 2, 2, (ORDERED,), Kind.TRUTH, level=1),
    ">": Takes(">", 2, 2, (ORDERED,), Kind.TRUTH, level=1),
    ">=": Takes(">=", 2, 2, (ORDERED,), Kind.TRUTH, level=1),
    "&": Takes("&", 2, ENDLESS, (VALUES,), Kind.TEXT, level=2),
    "+": Takes("+", 2, ENDLESS, (NUMBERS,), Kind.NUMBER, level=3),
    "*": Takes("*", 2, ENDLESS, (NUMBERS,), Kind.NUMBER, level=4),
    "/": Takes("/", 2, ENDLESS, (NUMBERS,), Kind.NUMBER, level=4),
    "^": Takes("^", 2, ENDLESS, (NUMBERS,), Kind.NUMBER, level=5),
    "negative": Takes("-", 1, 1, (NUMBERS,), Kind.NUMBER, level=6),
    "%": Takes("%", 1, 1, (NUMBERS,), Kind.NUMBER, level=7),
}

TRUE_SHOWN = "ĐÚNG"
FALSE_SHOWN = "SAI"
TRUTH_WORDS = {"dung": True, "true": True, "sai": False, "false": False}

FUNCTION_WORDS = {
    **{search_key(name): name for name in (*FUNCTIONS, LAST)},
    **{search_key(one.shown): name for name, one in FUNCTIONS.items()},
    search_key(LAST_SHOWN): LAST,
    "previous": LAST,
}
"""Function names by what people may write: either language, any case, with or without accents."""


def function_key(word: str) -> str:
    """Return the key of a written name in `FUNCTION_WORDS`; `LÀM_TRÒN` is `LÀMTRÒN`."""
    return search_key(word).replace("_", "")


def takes_of(name: str) -> Takes:
    """Return what the function or operator `name` works on."""
    return OPERATORS.get(name) or FUNCTIONS[name]


def wanted_words(takes: Takes, index: int) -> str:
    """Return what people call the kinds that the argument at `index` may be of."""
    wanted = takes.of_argument(index)
    if wanted >= VALUES:
        return _("một giá trị")
    return _(" hoặc ").join(kind_word(kind) for kind in Kind if kind in wanted)


def kind_word(kind: Kind) -> str:
    """Return what people call a kind."""
    return _(KIND_WORDS[kind])


def nearest_function(word: str) -> str:
    """Return the function that was probably meant by `word`, a search key; blank for none."""
    near = get_close_matches(word[:30], FUNCTION_WORDS, n=1, cutoff=0.6)
    if not near:
        return ""
    name = FUNCTION_WORDS[near[0]]
    return LAST_SHOWN if name == LAST else FUNCTIONS[name].shown
