"""The words of reminders: places in braces are filled, and nothing else ever happens to them."""

import pytest

from core.errors import InvalidError
from core.permissions import Role
from domain import reminder_texts
from tests.factories import actor_for, make_person


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Kính gửi {don_vi}", 0), ("Kính gửi {ten_la}", 1), ("{don_vi", 1), ("don_vi}", 1),
        ("{{don_vi}}", 1), ("{don_vi.__class__}", 1), ("{0}", 1), ("   ", 1),
    ],
)  # fmt: skip
def test_only_known_places_are_taken(text: str, wrong: int) -> None:
    assert len(reminder_texts.problems(text)) == wrong


def test_what_is_filled_in_is_never_looked_at_again() -> None:
    values = {"don_vi": "{co_quan} {{ 7*7 }}", "co_quan": "Sở"}
    assert reminder_texts.fill("{don_vi} – {co_quan}", values) == "{co_quan} {{ 7*7 }} – Sở"


def test_the_defaults_are_in_order() -> None:
    assert [reminder_texts.problems(text) for text in reminder_texts.DEFAULTS.values()] == [[]] * 6


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("app")
def test_changed_words_are_kept_and_wrong_ones_refused_piece_by_piece() -> None:
    office = actor_for(make_person(Role.SECRETARIAT))
    wanted = {**reminder_texts.texts(), "closing": "Trân trọng, {co_quan}"}
    reminder_texts.change(office, wanted)
    assert reminder_texts.texts() == wanted
    with pytest.raises(InvalidError) as refused:
        reminder_texts.change(office, {**wanted, "subject": "{la}"})
    assert list(refused.value.fields) == ["subject"]
