"""Cells as SpreadsheetML: a text stays the text it is, a number a number, a date a date."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from core import clock
from core.words import _
from documents.blocks import Cell

LONGEST_TEXT = 32_767
DAY_ZERO = date(1899, 12, 30).toordinal()
SECONDS_A_DAY = 86_400

_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_ESCAPE_LIKE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula without its "=", and the value that it has now; None shows nothing.

    One that reckons with whole ranges at once names the cell that it stands in.
    """

    text: str
    value: int | Decimal | None
    array_at: str = ""


def cell_xml(value: Cell | Formula) -> str:
    """Return what follows the style in a `<c …` element, up to its end."""
    if value is None or value == "":
        return '"/>'
    if isinstance(value, str):
        return f'" t="inlineStr"><is>{text_xml(value)}</is></c>'
    if isinstance(value, Formula):
        return _formula_xml(value)
    return f'"><v>{number_text(value)}</v></c>'


def number_text(value: int | Decimal | date | datetime) -> str:
    """Return a number, or the serial number of a date, as it stands in the file."""
    if isinstance(value, Decimal):
        return f"{value:f}" if len(value.as_tuple().digits) <= 15 else repr(float(value))
    if isinstance(value, datetime):
        here = clock.local(value) if value.tzinfo else value
        seconds = here.hour * 3600 + here.minute * 60 + here.second
        return repr(here.toordinal() - DAY_ZERO + seconds / SECONDS_A_DAY)
    if isinstance(value, date):
        return str(value.toordinal() - DAY_ZERO)
    return str(value)


def text_xml(text: str) -> str:
    """Return a text that Excel shows as it is: cut where it is too long, nothing else changed."""
    if len(text) > LONGEST_TEXT // 2:
        text = _cut(text)
    if _SPECIAL.search(text):
        text = _escaped(text)
    if text[:1].isspace() or text[-1:].isspace():
        return f'<t xml:space="preserve">{text}</t>'
    return f"<t>{text}</t>"


def _formula_xml(formula: Formula) -> str:
    whole = f' t="array" ref="{formula.array_at}"' if formula.array_at else ""
    text = f"<f{whole}>{escape(formula.text)}</f>"
    if formula.value is None:
        return f'" t="str">{text}<v></v></c>'
    return f'">{text}<v>{number_text(formula.value)}</v></c>'


def _cut(text: str) -> str:
    """Cut what Excel can't hold, which counts characters outside the first plane twice."""
    text = _SURROGATE.sub("\ufffd", text)
    coded = text.encode("utf-16-le")
    if len(coded) <= 2 * LONGEST_TEXT:
        return text
    mark = _(" … [đã cắt bớt, xem đủ trên hệ thống]")
    kept = coded[: 2 * (LONGEST_TEXT - len(mark))].decode("utf-16-le", errors="ignore")
    return kept + mark


def _escaped(text: str) -> str:
    text = _ESCAPE_LIKE.sub("_x005F_", _SURROGATE.sub("\ufffd", text))
    return escape(_CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
