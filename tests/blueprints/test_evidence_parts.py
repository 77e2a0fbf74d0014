"""A file that comes in parts: goes on from where it was, is there once, and is nobody else's."""

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core import storage
from core.extensions import db
from core.permissions import Role
from models import Assignment, Attachment, Person, Response
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish

CONTENT = b"chu thich " * 30
HTMX = {"HX-Request": "true"}

# Parts lie in files.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def assignment(app: Flask) -> Assignment:
    form = make_form(make_task(), {"type": "evidence", "uid": "anh", "settings": {"most_files": 2}})
    (found,) = publish(form, make_unit())
    db.session.commit()
    for path in unfinished(app):
        path.unlink()
    return found


@pytest.fixture
def reporter(assignment: Assignment) -> Person:
    person = make_person(Role.REPORTER, assignment.unit)
    db.session.commit()
    return person


def send(browser: Browser, assignment: Assignment, offset: int, end: int, /, **given: Any) -> Any:
    content = given.pop("content", CONTENT)
    data = {
        "upload": "a1b2c3d4e5", "offset": offset, "size": len(content), "filename": "chú thích.txt",
        "part": (io.BytesIO(content[offset:end]), "part"), **given,
    }  # fmt: skip
    url = f"/reports/{assignment.id}/evidence/anh/parts"
    return browser.post(url, data=data, content_type="multipart/form-data", headers=HTMX)


def kept() -> list[str]:
    db.session.expire_all()
    return [one["name"] for one in Response.query.one().answers.get("anh") or []]


def unfinished(app: Flask) -> list[Path]:
    return list((Path(app.instance_path) / "files" / "incoming").glob("*.part"))


def test_parts_become_the_file_whatever_was_lost_or_sent_twice(
    app: Flask, browser: Browser, assignment: Assignment, reporter: Person
) -> None:
    browser.sign_in(reporter)
    assert send(browser, assignment, 0, 100).json == {"have": 100}
    # The reply was lost: the same part again, then one from too far on.
    assert send(browser, assignment, 0, 100).json == {"have": 100}
    assert send(browser, assignment, 200, 300).json == {"have": 100}
    assert kept() == []
    last = send(browser, assignment, 100, 300)
    assert "chú thích.txt" in last.text
    (attachment,) = Attachment.query
    assert browser.get(f"/evidence/{attachment.id}").data == CONTENT
    assert unfinished(app) == []
    # The last reply was lost: what is sent again from the beginning is there once.
    send(browser, assignment, 0, 300)
    assert kept() == ["chú thích.txt"]


def test_nobody_goes_on_with_another_s_upload(
    app: Flask, browser: Browser, assignment: Assignment, reporter: Person
) -> None:
    browser.sign_in(reporter)
    send(browser, assignment, 0, 100)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(make_person(Role.REPORTER, assignment.unit))
    assert send(other, assignment, 100, 300).json == {"have": 0}


def test_what_isn_t_taken_is_said_and_leaves_nothing_behind(
    app: Flask, browser: Browser, assignment: Assignment, reporter: Person
) -> None:
    browser.sign_in(reporter)
    refused = send(browser, assignment, 0, 9, content=b"MZ\x90\0 virus", filename="x.exe")
    assert refused.json == {"have": 9}
    assert "Không nhận loại tệp" in send(
        browser, assignment, 9, 99, content=b"MZ\x90\0 virus", filename="x.exe"
    ).text
    assert (kept(), unfinished(app)) == ([], [])
    for wrong in ({"upload": "../../etc"}, {"size": 0}, {"offset": -1}, {"filename": ""}):
        assert send(browser, assignment, 0, 9, **wrong).status_code == 422
    url = f"/reports/{assignment.id}/evidence/khong-co/parts"
    assert browser.post(url, headers=HTMX).status_code == 404


def test_more_than_a_file_may_hold_is_refused(
    app: Flask, browser: Browser, assignment: Assignment, reporter: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(storage._place, "largest", 150)
    browser.sign_in(reporter)
    assert send(browser, assignment, 0, 100).json == {"have": 100}
    assert "quá lớn" in send(browser, assignment, 100, 300).text
    assert unfinished(app) == []


def test_what_nobody_goes_on_with_is_cleared_away(
    app: Flask, browser: Browser, assignment: Assignment, reporter: Person
) -> None:
    browser.sign_in(reporter)
    send(browser, assignment, 0, 100)
    (old,) = unfinished(app)
    day_before = time.time() - storage.PATIENCE - 60
    os.utime(old, (day_before, day_before))
    send(browser, assignment, 0, 100, upload="z9y8x7w6v5")
    assert old not in unfinished(app)
