"""The values that rules work with, and what each function makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import reduce
from operator import ge, gt, le, lt, mul
from typing import Any

from core.vietnamese import clean_text, format_date, parse_date
from core.words import _
from questionnaire.rules.words import FALSE_SHOWN, TRUE_SHOWN

LARGEST = Decimal(10) ** 30
LONGEST_TEXT = 20_000
MOST_POWER = 1_000
MOST_PLACES = 15

EXACT = Context(
    prec=40,
    rounding=ROUND_HALF_UP,
    Emin=-80,
    Emax=80,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
#: What is kept of a result, so that 1/3*3 is 1.
KEPT = Context(prec=30, rounding=ROUND_HALF_UP, Emin=-80, Emax=80, traps=[])


@dataclass(frozen=True, slots=True)
class Blank:
    """No value; `reason` says why, where it isn't just that nothing was answered."""

    reason: str = ""


Given = Decimal | str | bool | date
Found = Given | Blank | list[Any]
Value = Decimal | str | bool | date | None


def shortage(values: Sequence[Any]) -> Blank | None:
    """Return the blank among the values, one with a reason before others; None without any."""
    blanks = [one for one in values if isinstance(one, Blank)]
    return next((one for one in blanks if one.reason), blanks[0] if blanks else None)


def bounded(value: Any) -> Any:
    """Return a value that isn't larger than rules allow; blank with a reason otherwise."""
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value) <= LARGEST):
        return Blank(_("Số quá lớn."))
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return Blank(_("Đoạn chữ quá dài."))
    return value


def tidy(number: Decimal) -> Decimal:
    """Return a number to 30 digits, without zeros at its end and without an exponent."""
    kept = KEPT.plus(number).normalize(KEPT)
    exponent = kept.as_tuple().exponent
    whole = isinstance(exponent, int) and exponent > 0
    return kept.quantize(Decimal(1), context=EXACT) if whole else KEPT.add(kept, Decimal(0))


def worked_out(name: str, values: Sequence[Given]) -> Any:
    """Return what the function or operator makes of values of which none is blank."""
    try:
        with localcontext(EXACT):
            return bounded(WORK[name](values))
    except DivisionByZero:
        return Blank(_("Chia cho 0."))
    except Overflow:
        return Blank(_("Số quá lớn."))
    except InvalidOperation:
        return Blank(_("Phép tính này không có kết quả."))


def shown(value: Given) -> str:
    """Return a value as it stands in a text."""
    if isinstance(value, bool):
        return TRUE_SHOWN if value else FALSE_SHOWN
    if isinstance(value, Decimal):
        return f"{tidy(value):f}".replace(".", ",")
    return format_date(value) if isinstance(value, date) else value


def same(left: Given, right: Given) -> bool:
    """Tell whether two values of one kind are equal; big and small letters are the same."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return tidy(left) == tidy(right)
    if isinstance(left, str) and isinstance(right, str):
        return clean_text(left).casefold() == clean_text(right).casefold()
    return left == right


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Sequence[Any]], bool]:
    def work(values: Sequence[Any]) -> bool:
        left, right = (tidy(one) if isinstance(one, Decimal) else one for one in values)
        return compare(left, right)

    return work


def _divided(values: Sequence[Any]) -> Decimal | Blank:
    if any(one == 0 for one in values[1:]):
        return Blank(_("Chia cho 0."))
    return Decimal(reduce(lambda left, right: left / right, values))


def _power(values: Sequence[Any]) -> Decimal | Blank:
    result: Decimal = values[0]
    for power in values[1:]:
        if abs(power) > MOST_POWER:
            return Blank(_("Số mũ quá lớn."))
        if result == 0 and power < 0:
            return Blank(_("Chia cho 0."))
        result = result**power
    return result


def _rounded(values: Sequence[Any]) -> Decimal | Blank:
    places = values[1] if len(values) > 1 else Decimal(0)
    if places != int(places) or abs(places) > MOST_PLACES:
        return Blank(_("Số chữ số làm tròn phải là số nguyên từ -15 đến 15."))
    unit = Decimal(1).scaleb(-int(places))
    number: Decimal = tidy(values[0]).quantize(unit, rounding=ROUND_HALF_UP)
    return number


def _date(values: Sequence[Any]) -> date | Blank:
    try:
        if isinstance(values[0], str):
            return parse_date(values[0])
        if any(one != int(one) or not 0 < one < 10_000 for one in values):
            raise ValueError
        year, month, day = (int(one) for one in values)
        return parse_date(f"{year:04d}-{month:02d}-{day:02d}")
    except ValueError:
        return Blank(_("Ngày này không có trong lịch."))


WORK: dict[str, Callable[[Sequence[Any]], Any]] = {
    "=": lambda values: same(*values),
    "<>": lambda values: not same(*values),
    "<": _ordered(lt),
    "<=": _ordered(le),
    ">": _ordered(gt),
    ">=": _ordered(ge),
    "+": sum,
    "*": lambda values: reduce(mul, values),
    "/": _divided,
    "^": _power,
    "negative": lambda values: 0 - values[0],
    "%": lambda values: values[0].scaleb(-2),
    "NOT": lambda values: not values[0],
    "SUM": sum,
    "AVERAGE": lambda values: sum(values) / len(values),
    "MIN": min,
    "MAX": max,
    "ROUND": _rounded,
    "ABS": lambda values: abs(values[0]),
    "LEN": lambda values: Decimal(len(values[0])),
    "DATE": _date,
    "DAYS": lambda values: Decimal((values[0] - values[1]).days),
}
