"""Types are found by their key, and each key stands for one."""

import pytest

from questionnaire.types import UnknownQuestionType, all_types, get
from questionnaire.types.note import Note
from questionnaire.types.registry import register


def test_a_key_is_used_once() -> None:
    with pytest.raises(ValueError, match="'note' is registered twice"):
        register(Note)


def test_an_unknown_key_is_told_apart() -> None:
    with pytest.raises(UnknownQuestionType, match="hologram"):
        get("hologram")


def test_the_builder_offers_all_in_a_fixed_order() -> None:
    assert [kind.order for kind in all_types()] == sorted({kind.order for kind in all_types()})
