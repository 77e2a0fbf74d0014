"""Slow lines, scripts that come late, and a server that is killed: what was said to be saved, is."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from core.config import ROOT
from core.extensions import db
from core.permissions import Role
from models import Form, Response
from tests.conftest import SECRET
from tests.factories import PASSWORD, make_form, make_person, make_task, make_unit, publish
from tests.journeys.conftest import Arrive

SLOW = {"offline": False, "latency": 800, "downloadThroughput": 6250, "uploadThroughput": 6250}
KEYSTROKES = 200
PATIENCE = 30_000
SERVE = (
    "import sys; from waitress import serve; from app import create_app; "
    "serve(create_app(), host='127.0.0.1', port=int(sys.argv[1]))"
)

# The engine of the database does not show on a line.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def section(app: Flask) -> str:
    """The address of a section to fill in."""
    unit = make_unit()
    make_person(Role.REPORTER, unit, username="nhap")
    form: Form = make_form(make_task(), {"type": "long_text", "uid": "loi", "label": "Kết quả"},
                           {"type": "integer", "uid": "so", "label": "Số buổi"})  # fmt: skip
    (assignment,) = publish(form, unit)
    address = f"/reports/{assignment.id}/sections/{form.versions[0].definition['sections'][0]['uid']}"
    db.session.commit()
    return address


def stored() -> dict[str, Any]:
    db.session.expire_all()
    found: dict[str, Any] = Response.query.one().answers
    db.session.rollback()
    return found


def says_saved(page: Page, uid: str) -> None:
    expect(page.locator(f"#saved-{uid}")).to_contain_text("Đã lưu", timeout=PATIENCE)


def test_fast_typing_over_a_slow_line_is_all_stored_once_the_page_says_so(
    section: str, arrive: Arrive
) -> None:
    reporter = arrive("nhap")
    reporter.go(section)
    session = reporter.context.new_cdp_session(reporter.page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    text = "".join(chr(ord("a") + place % 26) for place in range(KEYSTROKES))
    reporter.page.locator("textarea[name=loi]").press_sequentially(text, delay=5)
    reporter.page.locator("input[name=so]").fill("12")
    reporter.page.locator("input[name=so]").blur()
    for uid in ("loi", "so"):
        place = reporter.page.locator(f"#saved-{uid}")
        expect(place).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    expect(reporter.page.locator("#page-saved")).to_contain_text("Đã lưu")
    assert stored() == {"loi": text, "so": 12}


def test_the_page_works_before_its_scripts_arrive(section: str, arrive: Arrive) -> None:
    reporter = arrive("nhap")
    reporter.page.route("**/static/**/*.js*", lambda _route: None)
    reporter.page.goto(section, wait_until="commit")
    reporter.page.locator("textarea[name=loi]").fill("Trước khi có mã lệnh")
    reporter.page.get_by_role("button", name="Lưu, ở lại trang này").click(no_wait_after=True)
    expect(reporter.page.locator("#saved-loi")).to_contain_text("Đã lưu", timeout=PATIENCE)
    assert stored()["loi"] == "Trước khi có mã lệnh"


class KilledServer:
    """The product in a process of its own, at one address before and after it was killed."""

    def __init__(self, app: Flask) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ, "INSTANCE_PATH": app.instance_path, "SECRET_KEY": SECRET, "DATABASE_URL": "",
        }  # fmt: skip
        self.start()

    def start(self) -> None:
        line = [sys.executable, "-c", SERVE, str(self.port)]
        self.process = subprocess.Popen(line, cwd=ROOT, env=self.environment, start_new_session=True,
                                        stderr=subprocess.DEVNULL)  # fmt: skip
        for _turn in range(PATIENCE // 100):
            try:
                connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status < 500:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(app: Flask) -> Iterator[KilledServer]:
    found = KilledServer(app)
    yield found
    if found.process.poll() is None:
        found.kill()


def test_a_killed_server_loses_nothing_it_said_it_had_and_gets_the_rest_later(
    section: str, server: KilledServer, chromium_browser: Browser
) -> None:
    context = chromium_browser.new_context(base_url=f"http://127.0.0.1:{server.port}", locale="vi-VN")
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill("nhap")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(section)
    page.locator("textarea[name=loi]").fill("Đã lưu trước khi sập")
    page.locator("textarea[name=loi]").blur()
    says_saved(page, "loi")
    server.kill()
    page.locator("input[name=so]").fill("34")
    page.locator("input[name=so]").blur()
    expect(page.locator("#saved-so")).to_contain_text("Chưa lưu được", timeout=PATIENCE)
    assert stored() == {"loi": "Đã lưu trước khi sập"}
    server.start()
    says_saved(page, "so")
    assert stored() == {"loi": "Đã lưu trước khi sập", "so": 34}
    context.close()
