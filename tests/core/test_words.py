"""Words go through the catalogue that is in use, and need none."""

from collections.abc import Iterator

import pytest
from flask import Flask

from core import words


@pytest.fixture
def english() -> Iterator[None]:
    kept = words._translator.gettext, words._translator.ngettext
    texts = {"Lưu": "Save", "Còn %(num)s câu": "%(num)s questions left"}
    words.use_catalogue(lambda text: texts.get(text, text), lambda one, many, _n: texts.get(many, one))
    yield
    words.use_catalogue(*kept)


@pytest.fixture
def no_catalogue() -> Iterator[None]:
    kept = words._translator.gettext, words._translator.ngettext
    words.use_catalogue(lambda text: text, words._first_of)
    yield
    words.use_catalogue(*kept)


@pytest.mark.usefixtures("no_catalogue")
def test_without_a_catalogue_the_words_are_the_vietnamese_ones() -> None:
    assert words._("Lưu") == words.N_("Lưu") == "Lưu"
    assert words._("Còn %(n)d%%", n=5) == "Còn 5%"
    assert words._("100% xong") == "100% xong"
    assert words.ngettext("một câu", "%(num)s câu", 1) == "một câu"
    assert words.ngettext("một câu", "%(num)s câu ở %(place)s", 3, place="đây") == "3 câu ở đây"


def test_the_app_fills_every_place_once(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        text = words.ngettext("một câu ở %(place)s", "%(num)s câu ở %(place)s", 3, place="100% đây")
        assert text == "3 câu ở 100% đây"
        assert words._("%(part)s%%", part=5) == "5%"


@pytest.mark.usefixtures("english")
def test_the_catalogue_translates_before_places_are_filled() -> None:
    assert words._("Lưu") == "Save"
    assert words.N_("Lưu") == "Lưu"
    assert words.ngettext("Còn một câu", "Còn %(num)s câu", 2) == "2 questions left"
