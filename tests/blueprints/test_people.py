"""The pages of people: who may open them, and passwords that are shown once."""

import re

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import passwords
from models import AuditEntry, Membership, Person
from tests.conftest import Browser
from tests.factories import PASSWORD, make_person, make_unit

PERSON = {
    "full_name": "Nguyễn Thị Lan", "username": "Nguyen.Thi.Lan", "job_title": "Chuyên viên",
    "roles-0-role": "reporter", "roles-0-unit": "1", "roles-1-role": "", "roles-1-unit": "",
}  # fmt: skip
PAGES = ["/people", "/people/new", "/people/1/edit"]
CHANGES = [
    "/people/new", "/people/1/edit", "/people/1/disable", "/people/1/enable", "/people/1/password",
]  # fmt: skip
OWN_PASSWORD = "mot con vit xoe ra hai cai canh"


@pytest.fixture
def admin(app: Flask, browser: Browser) -> Browser:
    unit = make_unit("Văn phòng Sở")
    return browser.sign_in(make_person(Role.ADMIN, unit, full_name="Quản trị 1"))


def one_time_password(page: str) -> str:
    found = re.search(r'id="one-time-password">([^<]+)<', page)
    assert found is not None, page
    return found[1]


def person_named(username: str) -> Person:
    return db.session.query(Person).filter_by(username=username).one()


@pytest.mark.parametrize("role", [None, Role.SECRETARIAT, Role.CLERK, Role.LEADER, Role.REPORTER])
def test_nobody_but_administrators_gets_in(browser: Browser, role: Role | None) -> None:
    browser.sign_in(make_person(role))
    assert {browser.get(path).status_code for path in PAGES} == {403}
    assert {browser.post(path, data=PERSON).status_code for path in CHANGES} == {403}
    assert db.session.query(Person).count() == 1


def test_strangers_are_asked_to_sign_in(browser: Browser) -> None:
    make_person()
    for path in PAGES:
        assert browser.get(path).location.startswith("/sign-in?next=")
    assert {browser.post(path).status_code for path in CHANGES} == {401}


def test_changes_need_the_token_of_the_page(admin: Browser) -> None:
    assert {admin.post(path, data=PERSON, token=False).status_code for path in CHANGES} == {400}
    assert db.session.query(Person).count() == 1


def test_what_does_not_exist_is_not_found(admin: Browser) -> None:
    assert admin.get("/people/99/edit").status_code == 404
    assert admin.post("/people/99/password").status_code == 404


def test_a_new_person_signs_in_once_and_must_choose_an_own_password(
    app: Flask, admin: Browser
) -> None:
    shown = admin.post("/people/new", data=PERSON)
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    password = one_time_password(shown.text)
    for path in ("/people", "/people/2/edit", "/audit"):
        assert password not in admin.get(path).text

    new = app.test_client()
    assert isinstance(new, Browser)
    new.sign_in(person_named("nguyen.thi.lan"), password)
    assert new.get("/").location == "/password"
    data = {"old": password, "new": OWN_PASSWORD, "again": OWN_PASSWORD}
    assert new.post("/password", data=data).status_code == 303
    assert new.get("/").location == "/reports"
    db.session.expire_all()
    assert not passwords.matches(person_named("nguyen.thi.lan").password_hash, password)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"full_name": ""}, "Chưa nhập mục này."),
        ({"username": "có dấu"}, "chữ cái không dấu"),
        ({"username": "NGUOI.1"}, "Tên đăng nhập này đã có người khác dùng."),
        ({"roles-0-unit": ""}, "Mỗi dòng cần cả vai trò và đơn vị."),
        ({"roles-0-role": ""}, "Mỗi dòng cần cả vai trò và đơn vị."),
        ({"roles-0-role": "", "roles-0-unit": ""}, "Chọn ít nhất một vai trò"),
        ({"roles-0-role": "king"}, "Chọn vai trò và đơn vị trong danh sách."),
        ({"roles-0-unit": "99"}, "Chọn vai trò và đơn vị trong danh sách."),
        ({"email": "a@b"}, "Địa chỉ e-mail chưa đúng"),
    ],
)
def test_a_person_that_cannot_be_taken_comes_back_with_the_reason(
    admin: Browser, changes: dict[str, str], message: str
) -> None:
    answer = admin.post("/people/new", data=PERSON | changes)
    assert answer.status_code == 422
    assert message in answer.text
    assert "Có mục cần sửa" in answer.text
    assert db.session.query(Person).count() == 1


def test_only_the_fields_of_the_form_can_be_set(admin: Browser) -> None:
    extra = {"must_change_password": "", "password": "abc", "password_hash": "x", "id": "50"}
    admin.post("/people/new", data=PERSON | extra)
    person = person_named("nguyen.thi.lan")
    assert person.must_change_password
    assert person.id == 2
    assert person.password_hash.startswith("$argon2id$")


def test_the_form_without_scripts_has_three_spare_rows(admin: Browser) -> None:
    page = admin.get("/people/new").text
    assert {f'name="roles-{row}-role"' in page for row in range(3)} == {True}
    assert 'name="roles-3-role"' not in page


def test_a_person_gets_more_roles_and_loses_others(admin: Browser) -> None:
    unit = make_unit("Bảo tàng")
    person = make_person(Role.REPORTER, unit, username="lan")
    page = admin.get(f"/people/{person.id}/edit").text
    assert '<option value="reporter" selected>' in page
    data = PERSON | {
        "roles-0-role": "leader", "roles-0-unit": str(unit.id),
        "roles-1-role": "clerk", "roles-1-unit": "1",
    }  # fmt: skip
    assert admin.post(f"/people/{person.id}/edit", data=data).location == "/people"
    held = db.session.query(Membership).filter_by(person_id=person.id)
    assert {(one.role, one.unit_id) for one in held} == {("leader", unit.id), ("clerk", 1)}
    listed = admin.get("/people").text
    assert "Lãnh đạo đơn vị" in listed
    assert "Chuyên viên tổng hợp" in listed


def test_roles_taken_away_are_gone_with_the_next_request(app: Flask, admin: Browser) -> None:
    second = make_person(Role.ADMIN, username="hai")
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(second)
    assert other.get("/people").status_code == 200
    admin.post(f"/people/{second.id}/edit", data=PERSON | {"username": "hai"})
    assert other.get("/people").status_code == 403


def test_the_last_administrator_cannot_give_the_role_away(admin: Browser) -> None:
    answer = admin.post("/people/1/edit", data=PERSON)
    assert answer.status_code == 422
    assert "người quản trị cuối cùng" in answer.text
    assert admin.get("/people").status_code == 200


def test_administrators_do_not_shut_themselves_out(admin: Browser) -> None:
    make_person(Role.ADMIN)
    page = admin.get("/people/1/edit").text
    assert "/people/1/disable" not in page
    assert "/people/1/password" not in page
    assert admin.post("/people/1/disable").status_code == 409
    assert admin.post("/people/1/password").status_code == 409
    assert admin.get("/people").status_code == 200


def test_disabling_ends_the_sign_in_at_once(app: Flask, admin: Browser) -> None:
    person = make_person(Role.ADMIN, full_name="Lê An")
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(person)
    assert admin.get(f"/people/{person.id}/disable").status_code == 405
    admin.post(f"/people/{person.id}/disable")
    assert other.get("/people").status_code == 303
    assert other.post("/people/new", data=PERSON).status_code == 401
    listed = admin.get("/people").text
    assert f'action="/people/{person.id}/enable"' in listed  # the undo of the toast
    assert "Lê An</a>" not in listed
    assert "Đã khoá" in admin.get("/people?state=closed").text
    admin.post(f"/people/{person.id}/enable")
    assert "Lê An</a>" in admin.get("/people").text
    assert other.get("/people").status_code == 303
    assert other.sign_in(person).get("/people").status_code == 200


def test_a_new_one_time_password_ends_what_was_signed_in(app: Flask, admin: Browser) -> None:
    person = make_person(Role.ADMIN)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(person)
    assert admin.get(f"/people/{person.id}/password").status_code == 405
    password = one_time_password(admin.post(f"/people/{person.id}/password").text)
    assert other.get("/people").status_code == 303
    refused = other.post("/sign-in", data={"username": person.username, "password": PASSWORD})
    assert refused.status_code == 422
    assert other.sign_in(person, password).get("/").location == "/password"
    details = [str(entry.detail) for entry in db.session.query(AuditEntry)]
    assert not any(password in detail for detail in details)


def test_people_are_found_without_accents_by_role_unit_and_state(admin: Browser) -> None:
    unit = make_unit("Bảo tàng")
    make_person(Role.LEADER, unit, full_name="Đỗ Thị Đào")
    for query in ("q=do+dao", "role=leader", f"unit={unit.id}", "state=all", "q=bao+tang"):
        assert "Đỗ Thị Đào</a>" in admin.get(f"/people?{query}").text
    for query in ("q=binh", "role=clerk", "unit=1", "state=closed"):
        assert "Đỗ Thị Đào</a>" not in admin.get(f"/people?{query}").text
    assert "Không có người nào khớp" in admin.get("/people?q=khong+co+ai").text
    assert "Chỉ người của đơn vị: <b>Bảo tàng</b>" in admin.get(f"/people?unit={unit.id}").text
    assert admin.get("/people?unit=x&page=y&role=z").status_code == 200
    assert admin.get("/people?unit=99").status_code == 404


def test_a_unit_leads_to_a_new_person_of_that_unit(admin: Browser) -> None:
    unit = make_unit("Bảo tàng")
    assert f"/people/new?unit={unit.id}" in admin.get(f"/people?unit={unit.id}").text
    page = admin.get(f"/people/new?unit={unit.id}").text
    assert f'<option value="{unit.id}" selected>Bảo tàng' in page


def test_the_list_says_who_has_not_come_yet(admin: Browser) -> None:
    make_person(must_change_password=True, full_name="Lê An")
    page = admin.get("/people").text
    for text in ("Chờ đổi mật khẩu", "Chưa lần nào", "Chưa có vai trò"):
        assert text in page
