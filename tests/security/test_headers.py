"""Every answer, right or wrong, tells the browser what it may do with it."""

import pytest
from flask import Flask

from core.permissions import Role
from tests.factories import PASSWORD
from tests.security.conftest import Enter
from tests.support.department import Department
from tests.support.routes import Addresses, rules

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
FILE_POLICY = "sandbox; default-src 'none'"
PARTS = "multipart/form-data"
SAME = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# What people have uploaded.
FILES = frozenset({
    "evidence.download", "evidence.thumbnail", "summary_templates.download_template",
    "tasks.download_file",
})  # fmt: skip


def pages(app: Flask, department: Department) -> list[tuple[str, str]]:
    """Return the endpoint and address of everything to read, and addresses that are wrong."""
    with app.test_request_context():
        addresses = Addresses(department)
        found = [
            (one.endpoint, addresses.of(one.endpoint, one.arguments))
            for one in rules(app, frozenset({"GET"}))
        ]
    return [*found, ("", "/khong-co"), ("", "/sign-out"), ("", "/tasks/99"), ("", "/static/css/app.css")]


@pytest.mark.parametrize("role", [None, *Role])
def test_every_answer_carries_the_headers(
    app: Flask, department: Department, enter: Enter, role: Role | None
) -> None:
    browser, codes = enter(role), set()
    for endpoint, url in pages(app, department):
        answer = browser.get(url)
        codes.add(answer.status_code)
        is_file = endpoint in FILES and answer.status_code == 200
        policy = answer.headers.getlist("Content-Security-Policy")
        assert policy == [FILE_POLICY if is_file else PAGE_POLICY], url
        assert {name: answer.headers.get(name) for name in SAME} == SAME, url
        kept = answer.headers["Cache-Control"]
        assert ("no-store" in kept) != url.startswith("/static/"), url
        if is_file:
            assert answer.headers["Content-Disposition"].startswith("attachment"), url
    assert {200, 404} <= codes


def test_refused_actions_and_broken_pages_carry_them_too(
    app: Flask, department: Department, enter: Enter
) -> None:
    browser = enter(Role.SECRETARIAT)
    answers = [
        browser.post("/tasks/new"),
        browser.post("/tasks/new", token=False),
        browser.post("/tasks"),
        browser.post("/tasks/new", data={"title": "x" * 5_000_000}, content_type=PARTS),
        browser.get("/tasks", headers={"HX-Request": "true"}),
    ]
    assert [one.status_code for one in answers] == [422, 400, 405, 413, 200]
    for answer in answers:
        assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_cookie_is_kept_from_scripts_and_other_sites(enter: Enter) -> None:
    sent = enter(None).post("/sign-in", data={"username": "clerk.here", "password": PASSWORD})
    cookie = sent.headers["Set-Cookie"]
    assert cookie.startswith("tonghop=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
