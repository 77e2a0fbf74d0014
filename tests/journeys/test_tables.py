"""A table is filled in as a spreadsheet: a pasted block and a row are one step back, and one forward."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from core.extensions import db
from core.permissions import Role
from models import Form, Response
from questionnaire.types import get
from questionnaire.types.table_columns import new_column
from tests.factories import make_form, make_person, make_task, make_unit, publish
from tests.journeys.conftest import Arrive
from tests.journeys.person import PATIENCE, Person

PASTE = """(element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""

CHOICES = [{"id": "tot", "label": "Tốt"}, {"id": "kha", "label": "Khá"}]

# What is undone is undone in the browser.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def table(app: Flask, arrive: Arrive) -> Locator:
    unit = make_unit()
    make_person(Role.REPORTER, unit, username="nhap")
    settings = {"columns": [
        new_column("ten", "Tên", "short_text"),
        new_column("so", "Số lượng", "integer"),
        {**new_column("dat", "Kết quả", "one_choice"), "settings": {"options": CHOICES}},
        new_column("ghi", "Ghi chú", "long_text"),
    ], "most_rows": 4}  # fmt: skip
    form: Form = make_form(
        make_task(),
        {"type": "free_table", "uid": "bang", "label": "Hoạt động", "settings": settings},
    )
    (assignment,) = publish(form, unit)
    section = form.versions[0].definition["sections"][0]["uid"]
    reporter: Person = arrive("nhap")
    reporter.go(f"/reports/{assignment.id}/sections/{section}")
    return reporter.page.locator("#q-bang table")


def texts(table: Locator) -> list[str]:
    """Return what stands in the first cell of each row."""
    rows = table.locator("tbody tr").all()
    return [row.locator("input:not([type=hidden])").first.input_value() for row in rows]


def stored() -> list[list[Any]]:
    db.session.expire_all()
    answer = Response.query.one().answers.get("bang") or {"rows": []}
    db.session.rollback()
    return [list(row["cells"].values()) for row in answer["rows"]]


def eventually(table: Locator, expected: list[list[Any]]) -> None:
    for _turn in range(PATIENCE // 100):
        if stored() == expected:
            return
        table.page.wait_for_timeout(100)
    assert stored() == expected


def test_a_pasted_block_is_undone_and_done_again_and_stored_so(table: Locator) -> None:
    first = table.locator("tbody input:not([type=hidden])").first
    first.fill("Trước")
    first.press("Tab")
    first.evaluate(PASTE, "Một\nHai\nBa")
    assert texts(table) == ["Một", "Hai", "Ba"]
    eventually(table, [["Một"], ["Hai"], ["Ba"]])
    first.press("Control+z")
    assert texts(table)[0] == "Trước"
    eventually(table, [["Trước"]])
    table.page.keyboard.press("Control+y")
    assert texts(table) == ["Một", "Hai", "Ba"]
    eventually(table, [["Một"], ["Hai"], ["Ba"]])


def test_a_removed_row_comes_back_in_its_place_with_its_number(table: Locator) -> None:
    first = table.locator("tbody input:not([type=hidden])").first
    first.evaluate(PASTE, "Một\nHai\nBa")
    table.locator("[data-remove-row]").nth(1).click()
    assert texts(table) == ["Một", "Ba"]
    first.press("Control+z")
    assert texts(table) == ["Một", "Hai", "Ba"]
    expect(table.locator("tbody tr").nth(2).locator(".place")).to_have_text("3")
    eventually(table, [["Một"], ["Hai"], ["Ba"]])


def test_what_is_being_typed_in_a_cell_is_for_the_browser_to_undo(table: Locator) -> None:
    first = table.locator("tbody input:not([type=hidden])").first
    first.evaluate(PASTE, "Một\nHai")
    first.press("End")
    first.press_sequentially(" x")
    first.press("Control+z")
    assert texts(table)[1] == "Hai"
    assert texts(table)[0] in {"Một", "Một "}


def test_a_block_from_excel_comes_in_whole_and_what_does_not_fit_is_said(table: Locator) -> None:
    first = table.locator("tbody input:not([type=hidden])").first
    lines = [
        'Hội thi "xuân"\t1.250\ttốt\t"Dòng một\nDòng ""hai"""\tthừa',
        '"Tên\ndài"\t12\tGiỏi\tmột dòng',
        "Ba", "Bốn", "Năm",
    ]  # fmt: skip
    first.evaluate(PASTE, "\r\n".join(lines) + "\r\n")
    eventually(table, [
        ['Hội thi "xuân"', 1250, "tot", 'Dòng một\nDòng "hai"'],
        ["Tên dài", 12, "một dòng"], ["Ba"], ["Bốn"],
    ])  # fmt: skip
    said = table.page.locator("#error-bang")
    expect(said).to_contain_text("Bảng này nhận nhiều nhất 4 dòng")
    expect(said).to_contain_text("1 cột thừa")
    expect(said).to_contain_text("không dán: “Giỏi”")
    note = table.locator("textarea").first
    note.fill("")
    note.evaluate(PASTE, "Hai dòng\nchữ thường")
    assert note.input_value() == ""  # The browser pastes prose by itself; a made event doesn't.
    note.evaluate(PASTE, '"Ô có\nhai dòng"')
    assert note.input_value() == "Ô có\nhai dòng"


def test_arrows_and_enter_move_as_in_a_spreadsheet(table: Locator) -> None:
    first = table.locator("tbody input:not([type=hidden])").first
    first.fill("Một")
    keyboard = table.page.keyboard
    keyboard.press("Enter")
    keyboard.type("Hai")
    keyboard.press("Tab")
    keyboard.type("22")
    keyboard.press("ArrowUp")
    keyboard.type("11")
    keyboard.press("Enter")
    keyboard.press("Home")
    keyboard.press("ArrowLeft")
    keyboard.type("!")
    eventually(table, [["Một", 11], ["!", 22]])
    assert texts(table) == ["Một", "!"]


def test_the_heads_stay_in_view_as_a_long_table_is_scrolled_on_a_phone(table: Locator) -> None:
    table.page.set_viewport_size({"width": 390, "height": 500})
    first = table.locator("tbody input:not([type=hidden])").first
    first.evaluate(PASTE, "Một\nHai\nBa\nBốn")
    wrap = table.locator("xpath=..")
    wrap.evaluate("one => { one.style.maxHeight = '8rem'; one.scrollTo(200, 100) }")
    frame, head, place = (one.bounding_box() for one in (
        wrap, table.locator("thead th").nth(1), table.locator("tbody th.place").nth(2)))  # fmt: skip
    assert frame
    assert head
    assert place
    assert abs(head["y"] - frame["y"]) < 3
    assert abs(place["x"] - frame["x"]) < 3
    assert table.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_cells_that_follow_from_others_are_reckoned_as_they_are_typed(
    app: Flask, arrive: Arrive
) -> None:
    kind = get("free_table")
    lines = [
        {"label": "Kế hoạch", "type": "integer", "marker": "1"},
        {"label": "Thực hiện", "type": "integer", "marker": "2"},
        {"label": "Tỷ lệ", "type": "percent", "marker": "3=2*100/1"},
    ]
    settings = kind.clean_settings({"columns": lines}, kind.default_settings())
    unit = make_unit()
    make_person(Role.REPORTER, unit, username="nhap")
    form = make_form(
        make_task(), {"type": "free_table", "uid": "bang", "label": "Dự án", "settings": settings}
    )
    (assignment,) = publish(form, unit)
    path = f"/reports/{assignment.id}/sections/{form.versions[0].definition['sections'][0]['uid']}"
    reporter: Person = arrive("nhap")
    reporter.go(path)
    table = reporter.page.locator("#q-bang table")
    table.locator("tbody input:not([type=hidden])").first.evaluate(PASTE, "40\t10\n0\t3\n8")
    expect(table.locator("tbody output")).to_have_text(["25%", "–", ""])
    reporter.page.get_by_role("button", name="Thêm dòng").click()
    expect(table.locator("tbody tr")).to_have_count(4)
    assert table.locator("tbody output").all_inner_texts() == ["25%", "–", "", ""]
    reporter.look()


def test_a_whole_number_is_grouped_as_it_is_left_and_taken_back_in_one_step(table: Locator) -> None:
    number = table.locator("tbody tr").first.locator("input.num")
    number.fill("42000000")
    number.press("Tab")
    expect(number).to_have_value("42.000.000")
    eventually(table, [[42_000_000]])
    table.page.reload()
    expect(number).to_have_value("42.000.000")
    number.fill("0")
    number.press("Tab")
    number.press("Control+z")
    assert number.input_value() == "42.000.000"
