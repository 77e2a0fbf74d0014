"""The English catalogue: whole, in step with the words in the code, and the one that is used."""

import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from core.config import ROOT
from core.permissions import Role
from core.words import _, in_vietnamese, ngettext
from questionnaire.types import all_types
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish

FOLDER = ROOT / "translations" / "en" / "LC_MESSAGES"
KEYWORDS = ("-k", "_", "-k", "N_", "-k", "ngettext:1,2")
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
#: What new questions are filled with, in the language of whoever made them.
DEFAULTS = ("Lựa chọn", "Dòng", "Số lượng", "Tên")
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def messages(catalogue: Catalog) -> dict[Any, Message]:
    return {message.id: message for message in catalogue if message.id}


def texts(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def test_every_word_of_the_code_is_in_it_and_nothing_else(
    catalogue: Catalog, tmp_path: Path
) -> None:
    target = tmp_path / "messages.pot"
    line = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"]
    subprocess.run([*line, *KEYWORDS, "-o", str(target), "."], cwd=ROOT, check=True)
    with target.open("rb") as file:
        used = messages(read_po(file))
    known = messages(catalogue)
    assert used.keys() - known.keys() == set(), "pages use words without a translation"
    assert known.keys() - used.keys() == set(), "translations of words that are gone"


def test_every_word_is_translated_with_its_places(catalogue: Catalog) -> None:
    wrong = [
        message.id
        for message in messages(catalogue).values()
        if message.fuzzy
        or not all(texts(message.string))
        or {place for text in texts(message.string) for place in PLACE.findall(text)}
        != {place for text in texts(message.id) for place in PLACE.findall(text)}
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_text(catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert compiled.getvalue() == (FOLDER / "messages.mo").read_bytes()


class _Words(HTMLParser):
    """Gathers what people read on a page, but for what is data or says its own language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [given[name] or "" for name in ("aria-label", "title") if name in given]
        self._skipped = tag == "script" or given.get("lang") == "vi"

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.found.append(data)


def vietnamese_on(page: str, *names: str) -> list[str]:
    words = _Words()
    words.feed(page)
    found = [text.strip() for text in words.found]
    for name in names:
        found = [text.replace(name, "") for text in found]
    return [text for text in found if VIETNAMESE.search(text)]


def test_pages_are_english_where_english_is_chosen_and_the_choice_is_remembered(
    app: Flask, browser: Browser
) -> None:
    department = make_unit("Bo")
    form = make_form(make_task("Task"), "integer", "fixed_table", "evidence", title="Form")
    publish(form, department)
    for question in form.versions[0].definition["sections"][0]["questions"]:
        question["label"] = "Q"
    browser.sign_in(make_person(Role.SECRETARIAT, department, full_name="Thu"))
    sent = browser.post("/language", data={"language": "en", "next": "/tasks"})
    assert sent.location == "/tasks"
    office = app.extensions["settings"].office_name
    task, round_ = form.task_id, form.task.rounds[0].id
    for path in (
        "/tasks", f"/tasks/{task}", f"/tasks/{task}/edit", f"/forms/{form.id}",
        f"/forms/{form.id}/units", f"/tasks/{task}/publish", f"/rounds/{round_}/board",
        f"/rounds/{round_}/summary", "/sections/1/questions/new", "/password",
    ):  # fmt: skip
        page = browser.get(path).text
        assert 'lang="en"' in page
        assert vietnamese_on(page, office, "Tổng Hợp", "Câu", "Mục chung", "Kỳ 1") == [], path


def test_the_pages_of_units_are_english_too(app: Flask, browser: Browser) -> None:
    unit = make_unit("Bo")
    form = make_form(make_task("Task"), *(one.key for one in all_types()), title="Form")
    assignment = publish(form, unit)[0]
    browser.sign_in(make_person(Role.LEADER, unit, full_name="Thu"))
    browser.post("/language", data={"language": "en"})
    url = f"/reports/{assignment.id}"
    names = (app.extensions["settings"].office_name, "Tổng Hợp", "Câu", "Mục chung")
    for path in ("/reports", url, f"{url}/sections/s{form.id}", f"{url}/check", "/sign-in"):
        assert vietnamese_on(browser.get(path).text, *names, *DEFAULTS) == [], path


def test_counted_words_have_a_singular(app: Flask, browser: Browser) -> None:
    browser.sign_in(make_person(Role.SECRETARIAT))
    browser.post("/language", data={"language": "en"})
    task = make_task("Task")
    make_form(task, "integer", title="Form")
    assert "1 question " in browser.get(f"/tasks/{task.id}").text.replace("·", " ·")


def test_official_documents_speak_vietnamese_to_everybody(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert _("Đơn vị") == "Units"
        with in_vietnamese():
            assert _("Đơn vị") == "Đơn vị"
            assert ngettext("%(num)d đơn vị", "%(num)d đơn vị", 1) == "1 đơn vị"
        assert ngettext("%(num)d đơn vị", "%(num)d đơn vị", 1) == "1 unit"
