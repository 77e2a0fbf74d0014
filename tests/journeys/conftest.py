"""The product on an address of its own, and people who use it in a real browser."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from waitress.server import create_server

from core.extensions import db
from tests.journeys.person import Person
from tests.support import chromium

Arrive = Callable[..., Person]


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find_chromium(), args=chromium.launch_arguments()
        )
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Serve the app as an installation does, and give its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture
def arrive(chromium_browser: Browser, address: str) -> Iterator[Arrive]:
    """Let somebody sit down at a browser of their own: `arrive("thuky", scripts=False)`."""
    people: list[Person] = []

    def sit_down(username: str, *, scripts: bool = True, scheme: str = "light") -> Person:
        db.session.commit()
        context = chromium_browser.new_context(
            base_url=address,
            java_script_enabled=scripts,
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="vi-VN",
        )
        person = Person(context, scripts=scripts)
        people.append(person)
        person.sign_in(username)
        return person

    yield sit_down
    for person in people:
        person.context.close()
    complaints = [text for person in people for text in person.complaints]
    assert complaints == []
