"""The registry of question types: every module of this package that defines one adds it here."""

from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from questionnaire.types.base import QuestionType

_types: dict[str, QuestionType] = {}

AnyType = TypeVar("AnyType", bound=type[QuestionType])


class UnknownQuestionType(LookupError):
    """A stored question is of a type that is not registered any more."""


def register(cls: AnyType) -> AnyType:
    """Add a question type under its key; a second use of a key is refused."""
    if cls.key in _types:
        raise ValueError(f"question type {cls.key!r} is registered twice")
    _types[cls.key] = cls()
    return cls


def get(key: str) -> QuestionType:
    """Return the type with this key; raises UnknownQuestionType."""
    try:
        return _types[key]
    except KeyError:
        raise UnknownQuestionType(key) from None


def all_types() -> list[QuestionType]:
    """Return every registered type, in the order in which the builder offers them."""
    return sorted(_types.values(), key=lambda one: one.order)


def discover(package: str) -> None:
    """Import every module of `package`, so that its types register themselves."""
    for module in iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
