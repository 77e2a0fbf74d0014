"""The words that people read: the door to the message catalogue for code that knows no web framework."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class _Translator:
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def _first_of(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


_translator = _Translator(lambda text: text, _first_of)


def use_catalogue(
    gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]
) -> None:
    """Take translations from these two functions from now on."""
    _translator.gettext, _translator.ngettext = gettext, ngettext


def N_(text: str) -> str:  # noqa: N802 -- the name that message extraction knows.
    """Mark `text` for the catalogue without translating it yet."""
    return text


def _(text: str, /, **values: object) -> str:
    """Return `text` in the reader's language, with `%(name)s` places filled from `values`."""
    translated = _translator.gettext(text)
    return translated % values if values else translated


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of the text that fits `count`; `%(num)s` stands for the count."""
    return _translator.ngettext(one, many, count) % {"num": count, **values}
