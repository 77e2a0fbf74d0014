"""The words that people read: the door to the message catalogue for code that knows no web framework."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


_original: ContextVar[bool] = ContextVar("original", default=False)


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Speak Vietnamese in this block whatever the reader's language: official documents do."""
    token = _original.set(True)
    try:
        yield
    finally:
        _original.reset(token)


def N_(text: str) -> str:  # noqa: N802 -- the name that message extraction knows.
    """Mark `text` for the catalogue without translating it yet."""
    return text


def _(text: str, /, **values: object) -> str:
    """Return `text` in the reader's language, with `%(name)s` places filled from `values`."""
    translated = text if _original.get() else _translator.gettext(text)
    return translated % values if values else translated


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of the text that fits `count`; `%(num)s` stands for the count."""
    chosen = one if _original.get() else _translator.ngettext(one, many, count)
    return chosen % {"num": count, **values}
