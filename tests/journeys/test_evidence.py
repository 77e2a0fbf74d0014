"""Evidence in a browser: many files, one refused, a line that breaks, other names, and a way back."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Locator, Route, expect

from core.extensions import db
from core.permissions import Role
from models import Form, Response
from tests.factories import make_form, make_person, make_task, make_unit, publish
from tests.journeys.conftest import Arrive
from tests.journeys.person import PATIENCE, Person
from tests.support.department import PNG

WIDTH = "image => image.decode().then(() => image.naturalWidth)"

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def payload(name: str, content: bytes = PNG) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def reporter(app: Flask, arrive: Arrive) -> Person:
    unit = make_unit()
    make_person(Role.REPORTER, unit, username="nhap")
    asked: dict[str, Any] = {
        "type": "evidence", "uid": "anh", "label": "Ảnh", "settings": {"most_files": 3},
    }  # fmt: skip
    form: Form = make_form(make_task(), asked, {"type": "integer", "uid": "so", "label": "Số"})
    (assignment,) = publish(form, unit)
    address = f"/reports/{assignment.id}/sections/{form.versions[0].definition['sections'][0]['uid']}"
    db.session.commit()
    reporter = arrive("nhap")
    reporter.go(address)
    return reporter


def names() -> list[str]:
    db.session.expire_all()
    found = [one["name"] for one in Response.query.one().answers.get("anh") or []]
    db.session.rollback()
    return found


def files(reporter: Person) -> Locator:
    return reporter.page.locator("#files-anh > li")


def choose(reporter: Person, *chosen: FilePayload) -> None:
    reporter.page.locator("input[type=file]").set_input_files(list(chosen))


def test_many_files_go_up_one_is_refused_and_none_beyond_the_limit(reporter: Person) -> None:
    choose(
        reporter, payload("một.png"), payload("hai.exe", b"MZ\x90\0"),
        payload("ba.pdf", b"%PDF-1.7\n"), payload("bốn.txt", b"chu"), payload("sau.txt", b"thua"),
    )  # fmt: skip
    expect(files(reporter)).to_have_count(3, timeout=PATIENCE)
    reporter.sees("Không nhận loại tệp của “hai.exe”")
    reporter.sees("Nhiều nhất 3 tệp cho câu này.")
    assert names() == ["một.png", "ba.pdf", "bốn.txt"]
    choose(reporter, payload("nữa.txt", b"nua"))
    reporter.sees("Quá số tệp cho phép")
    reporter.look()


def test_a_broken_line_is_waited_for_and_the_file_goes_on_from_there(reporter: Person) -> None:
    page = reporter.page
    parts: list[str] = []

    def line(route: Route) -> None:
        parts.append(re.findall(r'name="offset"\r\n\r\n(\d+)', (route.request.post_data_buffer or b"")
                                .decode("latin-1"))[0])  # fmt: skip
        if len(parts) == 3:
            route.abort()
        else:
            route.continue_()

    page.route("**/evidence/anh/parts", line)
    choose(reporter, payload("lớn.txt", b"chu " * 100_000))
    reporter.sees("Mạng gián đoạn, sẽ tự tải tiếp")
    expect(page.locator("#uploads-anh progress")).to_be_attached()
    assert names() == []
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(files(reporter)).to_have_count(1, timeout=PATIENCE)
    assert names() == ["lớn.txt"]
    assert parts == ["0", "131072", "262144", "262144", "393216"]
    reporter.complaints.clear()


def test_a_name_being_typed_stays_while_another_file_arrives(reporter: Person) -> None:
    choose(reporter, payload("một.png"))
    expect(files(reporter)).to_have_count(1, timeout=PATIENCE)
    files(reporter).locator("summary").click()
    files(reporter).locator("input").fill("Panô trung")
    choose(reporter, payload("hai.txt", b"chu"))
    expect(files(reporter)).to_have_count(2, timeout=PATIENCE)
    reporter.page.keyboard.type(" tâm")
    reporter.press("Lưu tên")
    expect(files(reporter).locator("a").first).to_have_text("Panô trung tâm.png")
    assert names() == ["Panô trung tâm.png", "hai.txt"]


def test_a_file_is_renamed_removed_and_brought_back(reporter: Person) -> None:
    choose(reporter, payload("một.png"))
    expect(files(reporter)).to_have_count(1, timeout=PATIENCE)
    expect(files(reporter).locator("img.thumb")).to_be_visible()
    assert files(reporter).locator("img").evaluate(WIDTH) == 1
    files(reporter).locator("summary").click()
    files(reporter).locator("input").fill("Panô trung tâm")
    reporter.press("Lưu tên")
    expect(files(reporter).locator("a")).to_have_text("Panô trung tâm.png")
    reporter.press("Gỡ Panô trung tâm.png")
    expect(files(reporter)).to_have_count(0)
    assert names() == []
    reporter.page.get_by_role("button", name="Hoàn tác").click()
    expect(files(reporter).locator("a")).to_have_text("Panô trung tâm.png")
    assert names() == ["Panô trung tâm.png"]
