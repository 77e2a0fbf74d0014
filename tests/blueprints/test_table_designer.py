"""The designer of a table reads what is pasted, before anything is stored."""

import re

import pytest
from flask import Flask

from core.permissions import Role
from domain import builder
from models import Question
from questionnaire.types import get
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task

HTMX = {"HX-Request": "true"}
TABLE = "TT\tChỉ tiêu\tĐVT\tNăm nay\t\n\t\t\tKế hoạch\tThực hiện\nI\tThu\tđồng\n1\tPhí\tđồng"


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


@pytest.fixture
def url(app: Flask) -> str:
    section = builder.sections_of(make_form(make_task()))[0]
    return f"/sections/{section.id}/questions"


def test_a_pasted_table_is_shown_as_it_is_read_and_nothing_is_stored_yet(
    editor: Browser, url: str
) -> None:
    data = {"type": "fixed_table", "label": "Thu", "rows": TABLE, "more": "pasted"}
    read = editor.post(url, data=data, headers=HTMX)
    assert read.status_code == 200
    assert "Đã đọc 2 cột, 2 dòng." in read.text
    named = re.findall(r'name="columns-\d+-(?:group|label)"[^>]*value="([^"]+)"', read.text)
    assert named == ["Năm nay", "Kế hoạch", "Năm nay", "Thực hiện"]
    assert "\n1\t  Phí\tđồng</textarea>" in read.text.replace("\r", "")
    assert Question.query.count() == 0


def test_pasted_rows_that_make_no_table_are_refused(editor: Browser, url: str) -> None:
    data = {"type": "fixed_table", "label": "Thu", "rows": "Một\nMột", "more": "pasted"}
    assert "“Một” có hai lần." in editor.post(url, data=data, headers=HTMX).text


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        # A script has kept account: what took the place of a row is another one.
        ("= a - c", ["a", "", "c"]),
        ("= c a -", ["c", "a", ""]),
        # Not said, or not possible: the nearest row goes on.
        ("", ["a", "b", "c"]),
        ("a - c", ["a", "b", "c"]),
        ("= a a c", ["a", "b", "c"]),
        ("= a x c", ["a", "b", "c"]),
        ("= a b", ["a", "b", "c"]),
    ],
)
def test_rows_go_on_as_the_page_says(app: Flask, known: str, expected: list[str]) -> None:
    kind = get("fixed_table")
    previous = kind.default_settings()
    previous["rows"] = [{"id": one, "label": f"Dòng {one}"} for one in "abc"]
    data = {**kind.form_settings(previous), "rows": "Dòng a\nMới\nDòng c", "row_ids": known}
    found = [one["id"] for one in kind.clean_settings(data, previous)["rows"]]
    assert [one if one in {"a", "b", "c"} else "" for one in found] == expected
