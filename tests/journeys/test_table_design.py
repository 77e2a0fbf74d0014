"""The designer of a table is worked in as in a spreadsheet: rows and columns come, move and go."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from core.extensions import db
from core.permissions import Role
from models import Form, Question
from tests.factories import make_form, make_person, make_task
from tests.journeys.conftest import Arrive
from tests.journeys.person import Person

# What is designed is designed in the browser.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

COLUMNS: list[dict[str, Any]] = [
    {"id": name, "label": name.upper(), "group": "", "type": "integer", "measure": "", "settings": {}}
    for name in ("a", "b", "c")
]
ROWS = [{"id": f"r{place}", "label": f"Dòng {place}"} for place in (1, 2, 3)]


@pytest.fixture
def designer(app: Flask, arrive: Arrive) -> Person:
    """Somebody who has opened a table of three rows and three columns."""
    make_person(Role.SECRETARIAT, username="thuky")
    form: Form = make_form(
        make_task(),
        {"type": "fixed_table", "uid": "bang", "label": "Bảng", "settings": {
            "columns": COLUMNS, "rows": ROWS, "total": False}},
    )  # fmt: skip
    path = f"/forms/{form.id}"
    person: Person = arrive("thuky")
    person.go(path)
    person.page.locator("#r-bang").get_by_title("Sửa").click()
    expect(person.page.locator(".row-lines tbody tr")).to_have_count(3)
    return person


def label(designer: Person, place: int) -> Locator:
    return designer.page.locator(".row-lines tbody textarea").nth(place)


def save(designer: Person) -> dict[str, object]:
    """Save the question, and return its settings."""
    designer.press("Lưu câu hỏi", designer.page.locator(".editor .form-actions"))
    expect(designer.page.locator(".editor")).to_have_count(0)
    db.session.expire_all()
    settings = Question.query.filter_by(uid="bang").one().settings
    db.session.rollback()
    return settings


def rows_of(settings: dict[str, object]) -> list[tuple[str, int, str, list[str]]]:
    rows = settings["rows"]
    assert isinstance(rows, list)
    return [
        (one["label"], one.get("level", 0), one["id"] if one["id"] in {"r1", "r2", "r3"} else "",
         one.get("closed", []))
        for one in rows
    ]  # fmt: skip


def test_rows_come_move_nest_and_go_from_the_keyboard(designer: Person) -> None:
    keyboard = designer.page.keyboard
    label(designer, 0).click()
    keyboard.press("Control+Enter")
    keyboard.type("Trong đó mới")
    keyboard.press("Alt+ArrowRight")
    label(designer, 3).click()
    keyboard.press("Alt+ArrowUp")
    keyboard.press("ArrowDown")
    keyboard.press("Control+Delete")
    designer.look()
    assert rows_of(save(designer)) == [
        ("Dòng 1", 0, "r1", []), ("Trong đó mới", 1, "", []), ("Dòng 3", 0, "r3", []),
    ]  # fmt: skip


def test_an_act_on_rows_is_undone(designer: Person) -> None:
    label(designer, 1).click()
    designer.page.get_by_title("Xoá dòng (Ctrl+Delete)").click()
    expect(designer.page.locator(".row-lines tbody tr")).to_have_count(2)
    designer.page.get_by_title("Hoàn tác thao tác với dòng").click()
    expect(designer.page.locator(".row-lines tbody tr")).to_have_count(3)
    assert [one[2] for one in rows_of(save(designer))] == ["r1", "r2", "r3"]


def test_a_cross_stays_with_its_column_when_columns_move_and_go(designer: Person) -> None:
    page = designer.page
    page.get_by_label("Dòng 2 – B: Ô không phải điền").check()
    page.locator(".column-lines [name$='-label']").nth(1).click()
    page.get_by_title("Đưa cột sang trái (Alt+↑)").click()
    page.locator(".column-lines [name$='-label']").nth(1).click()
    page.get_by_title("Xoá cột").click()
    settings = save(designer)
    columns = settings["columns"]
    assert isinstance(columns, list)
    assert [one["id"] for one in columns] == ["b", "c"]
    assert rows_of(settings)[1] == ("Dòng 2", 0, "r2", ["b"])
