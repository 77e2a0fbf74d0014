"""Signing in and out, in place too, and what a browser holds while it is signed in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import clock
from core.extensions import db
from core.permissions import Role
from models import AuditEntry, Person, SignInFailure, SignInSession
from tests.conftest import Browser
from tests.factories import PASSWORD, make_person

NEW_PASSWORD = "sau-con-vit-xoe-hai-cai-canh"


def send(browser: Browser, username: str, password: str, **more: str) -> Any:
    return browser.post("/sign-in", data={"username": username, "password": password, **more})


def without_what_differs(page: str, *names: str) -> str:
    page = re.sub(r'[\w.-]{30,}|value="[^"]*"', "", page)
    for name in names:
        page = page.replace(name, "")
    return page


@pytest.fixture
def admin(app: Flask) -> Person:
    return make_person(Role.ADMIN, username="quan.tri", full_name="Quản trị 1")


def test_a_person_signs_in_and_reaches_the_work(browser: Browser, admin: Person) -> None:
    answer = send(browser, "Quan.Tri ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get("/").location == "/units"
    assert "Quản trị 1" in browser.get("/units").text


def test_unknown_names_and_wrong_passwords_give_the_same_page(
    browser: Browser, admin: Person
) -> None:
    known = send(browser, "quan.tri", "sai-mat-khau-day-1")
    unknown = send(browser, "khong.co", "sai-mat-khau-day-1")
    assert known.status_code == unknown.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in known.text
    assert without_what_differs(known.text, "quan.tri") == without_what_differs(
        unknown.text, "khong.co"
    )


def test_a_disabled_account_is_refused_like_a_wrong_password(browser: Browser, app: Flask) -> None:
    make_person(username="da.nghi", disabled_at=clock.now())
    refused = send(browser, "da.nghi", PASSWORD)
    assert refused.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in refused.text


def test_the_password_never_comes_back_in_the_page(browser: Browser, admin: Person) -> None:
    assert "sai-mat-khau-day-1" not in send(browser, "quan.tri", "sai-mat-khau-day-1").text


def test_after_five_failures_this_source_waits_and_others_do_not(
    browser: Browser, admin: Person
) -> None:
    for _time in range(5):
        assert send(browser, "quan.tri", "sai").status_code == 422
    waiting = send(browser, "quan.tri", PASSWORD)
    assert waiting.status_code == 429
    assert "Sai quá nhiều lần" in waiting.text
    elsewhere = browser.post(
        "/sign-in",
        data={"username": "quan.tri", "password": PASSWORD},
        environ_overrides={"REMOTE_ADDR": "10.0.0.7"},
    )
    assert elsewhere.status_code == 303


def test_unknown_names_wait_like_known_ones(browser: Browser, admin: Person) -> None:
    for _time in range(5):
        send(browser, "khong.co", "sai")
    assert send(browser, "khong.co", "sai").status_code == 429


def test_the_wait_ends_by_itself(browser: Browser, admin: Person) -> None:
    for _time in range(6):
        send(browser, "quan.tri", "sai")
    db.session.query(SignInFailure).update({"at": clock.now() - timedelta(minutes=1)})
    assert send(browser, "quan.tri", PASSWORD).status_code == 303


def test_a_failed_try_is_in_the_log_without_what_was_typed(browser: Browser, admin: Person) -> None:
    send(browser, "quan.tri", "bi-mat-go-nham-1")
    entry = db.session.query(AuditEntry).one()
    assert (entry.action, entry.detail) == ("sign_in.refused", {"person": admin.id})


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/", "//example.com", "/\\example.com", "\\\\example.com",
        "/\t/example.com", "javascript:alert(1)", "https:example.com", "/%09/example.com",
        "///example.com", "/units\r\nX: 1", "http://localhost@example.com/", "/khong-co-trang-nay",
        "/sign-out", "/static/css/app.css",
    ],
)  # fmt: skip
def test_next_never_leaves_the_pages_of_this_site(
    browser: Browser, admin: Person, target: str
) -> None:
    answer = send(browser, "quan.tri", PASSWORD, next=target)
    assert (answer.status_code, answer.location) == (303, "/")


def test_next_leads_to_the_page_that_was_asked_for(browser: Browser, admin: Person) -> None:
    asked = browser.get("/units?q=hoa")
    assert asked.status_code == 303
    page = browser.get(asked.location)
    assert 'name="next" type="hidden" value="/units?q=hoa"' in page.text
    assert send(browser, "quan.tri", PASSWORD, next="/units?q=hoa").location == "/units?q=hoa"


def test_signing_in_needs_the_token_of_the_page(browser: Browser, admin: Person) -> None:
    answer = browser.post(
        "/sign-in", data={"username": "quan.tri", "password": PASSWORD}, token=False
    )
    assert answer.status_code in {400, 401}
    assert db.session.query(SignInSession).count() == 0


def test_each_sign_in_starts_a_new_session_and_ends_the_one_before(
    browser: Browser, admin: Person
) -> None:
    browser.sign_in(admin)
    with browser.session_transaction() as session:
        first = dict(session)
    browser.sign_in(admin)
    with browser.session_transaction() as session:
        assert session["token"] != first["token"]
    assert db.session.query(SignInSession).count() == 1


def test_the_secret_of_a_sign_in_is_stored_as_a_hash_only(browser: Browser, admin: Person) -> None:
    browser.sign_in(admin)
    with browser.session_transaction() as session:
        secret = session["token"]
    stored = db.session.query(SignInSession).one()
    assert secret not in {stored.token_hash, stored.browser, stored.address}


def test_a_copied_cookie_is_worthless_after_signing_out(
    app: Flask, browser: Browser, admin: Person
) -> None:
    browser.sign_in(admin)
    with browser.session_transaction() as session:
        kept = dict(session)
    assert browser.post("/sign-out").location == "/sign-in"
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(kept)
    assert thief.get("/units").location.startswith("/sign-in")


def test_a_page_cannot_sign_anybody_out_by_a_link(browser: Browser, admin: Person) -> None:
    browser.sign_in(admin)
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/units").status_code == 200


def test_an_old_session_is_over(browser: Browser, admin: Person) -> None:
    browser.sign_in(admin)
    db.session.query(SignInSession).update({"expires_at": clock.now() - timedelta(seconds=1)})
    assert browser.get("/units").status_code == 303


def test_in_place_the_same_person_gets_a_new_token(browser: Browser, admin: Person) -> None:
    asked = browser.get("/sign-in/again?username=quan.tri", headers={"HX-Request": "true"})
    assert asked.status_code == 200
    assert 'hx-target="#sign-in-again"' in asked.text
    assert "readonly" in asked.text
    wrong = browser.post("/sign-in/again", data={"username": "quan.tri", "password": "sai"})
    assert wrong.status_code == 422
    assert "<h1" not in wrong.text
    right = browser.post("/sign-in/again", data={"username": "quan.tri", "password": PASSWORD})
    assert right.status_code == 204
    assert "signed-in" in right.headers["HX-Trigger"]
    assert browser.get("/units").status_code == 200


def test_in_place_a_wait_is_shown_where_htmx_shows_answers(
    browser: Browser, admin: Person
) -> None:
    for _time in range(6):
        answer = browser.post("/sign-in/again", data={"username": "quan.tri", "password": "sai"})
    assert answer.status_code == 422
    assert "Sai quá nhiều lần" in answer.text


def test_in_place_somebody_else_is_named(browser: Browser, admin: Person) -> None:
    browser.sign_in(admin)
    answer = browser.get("/sign-in/again?username=chuyen.vien")
    assert "Quản trị 1" in answer.text
    assert "HX-Trigger" not in answer.headers


def test_a_new_password_ends_every_other_sign_in(
    app: Flask, browser: Browser, admin: Person
) -> None:
    other = app.test_client().sign_in(admin)  # type: ignore[attr-defined]
    browser.sign_in(admin)
    data = {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert browser.post("/password", data=data).status_code == 303
    assert browser.get("/units").status_code == 200
    assert other.get("/units").status_code == 303
    assert send(other, "quan.tri", PASSWORD).status_code == 422
    assert send(other, "quan.tri", NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"old": "sai"}, "Mật khẩu hiện tại chưa đúng."),
        ({"again": "khac-han-mat-khau-kia"}, "Hai lần nhập chưa giống nhau."),
        ({"new": "ngan", "again": "ngan"}, "Mật khẩu cần ít nhất"),
        ({"new": PASSWORD, "again": PASSWORD}, "phải khác mật khẩu hiện tại"),
        ({"new": "la quan.tri day nhe", "again": "la quan.tri day nhe"}, "tên đăng nhập"),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_the_reason(
    browser: Browser, admin: Person, changes: dict[str, str], message: str
) -> None:
    browser.sign_in(admin)
    before = admin.password_hash
    data = {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD} | changes
    answer = browser.post("/password", data=data)
    assert answer.status_code == 422
    assert message in answer.text
    db.session.refresh(admin)
    assert admin.password_hash == before


def test_a_one_time_password_must_be_changed_before_anything_else(browser: Browser) -> None:
    person = make_person(Role.ADMIN, must_change_password=True)
    browser.sign_in(person)
    for path in ("/", "/units", "/people", "/audit"):
        assert browser.get(path).location == "/password"
    assert browser.post("/units/new", data={}).location == "/password"
    page = browser.get("/password")
    assert "Ít nhất 14 ký tự" in page.text
    data = {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    browser.post("/password", data=data)
    assert browser.get("/units").status_code == 200


FIRST = {
    "office": "Sở Thử nghiệm", "full_name": "Quản trị", "username": "Quan.Tri",
    "password": NEW_PASSWORD, "again": NEW_PASSWORD,
}  # fmt: skip


def test_an_empty_installation_asks_for_the_first_account(app: Flask, browser: Browser) -> None:
    assert browser.get("/sign-in").location == "/first-account"
    weak = browser.post("/first-account", data=FIRST | {"password": "ngan", "again": "ngan"})
    assert weak.status_code == 422
    assert browser.post("/first-account", data=FIRST).location == "/units"
    assert "Sở Thử nghiệm" in browser.get("/units").text
    assert db.session.query(Person).one().username == "quan.tri"


def test_a_second_first_account_is_refused(app: Flask, browser: Browser) -> None:
    browser.post("/first-account", data=FIRST)
    again = app.test_client().post("/first-account", data=FIRST | {"username": "ke.la"})
    assert again.location == "/sign-in"
    assert db.session.query(Person).count() == 1


def test_a_signed_in_person_is_not_asked_again(browser: Browser, admin: Person) -> None:
    browser.sign_in(admin)
    assert browser.get("/sign-in?next=/audit").location == "/audit"


def test_a_name_is_typed_where_browsers_can_fill_it_in(browser: Browser, admin: Person) -> None:
    page = browser.get("/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_pages_are_not_kept_by_the_browser(browser: Browser, admin: Person) -> None:
    assert browser.get("/sign-in").headers["Cache-Control"] == "no-store"
    browser.sign_in(admin)
    assert browser.get("/units").headers["Cache-Control"] == "no-store"
