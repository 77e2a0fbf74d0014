"""The start page, and the choices that a browser remembers."""

import pytest
from flask import Flask

from core.permissions import Role
from tests.conftest import Browser
from tests.factories import make_person


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.ADMIN, "/units"),
        (Role.SECRETARIAT, "/tasks"),
        (Role.CLERK, "/tasks"),
        (Role.LEADER, "/reports"),
        (Role.REPORTER, "/reports"),
    ],
)
def test_each_role_starts_where_its_work_is(browser: Browser, role: Role, start: str) -> None:
    assert browser.sign_in(make_person(role)).get("/").location == start


def test_a_person_without_a_role_is_told_what_to_do(browser: Browser) -> None:
    page = browser.sign_in(make_person(full_name="Người mới")).get("/")
    assert page.status_code == 200
    assert "Tài khoản này chưa có vai trò" in page.text
    assert "Xin chào, Người mới" in page.text


def test_the_start_page_is_for_signed_in_people(app: Flask, browser: Browser) -> None:
    assert browser.get("/").location == "/sign-in?next=/"


def test_the_theme_is_remembered_and_leads_back(browser: Browser) -> None:
    browser.sign_in(make_person(Role.ADMIN))
    answer = browser.post("/theme", data={"theme": "dark", "next": "/people?state=all"})
    assert (answer.status_code, answer.location) == (303, "/people?state=all")
    assert 'data-bs-theme="dark"' in browser.get("/people").text


def test_the_language_is_remembered(browser: Browser) -> None:
    browser.sign_in(make_person(Role.ADMIN))
    browser.post("/language", data={"language": "en"})
    assert '<html lang="en"' in browser.get("/people").text


@pytest.mark.parametrize("path", ["/theme", "/language"])
def test_an_unknown_choice_is_not_remembered(browser: Browser, path: str) -> None:
    answer = browser.post(path, data={path[1:]: '"><script>'})
    assert answer.status_code == 303
    assert path[1:] not in answer.headers.get("Set-Cookie", "").partition("=")[0]


def test_a_choice_never_leads_off_the_site(browser: Browser) -> None:
    answer = browser.post("/theme", data={"theme": "dark", "next": "//example.com/units"})
    assert answer.location in {"/", "/units"}


def test_the_sign_of_life_needs_no_account(app: Flask, browser: Browser) -> None:
    assert browser.get("/health").text == "ok\n"
