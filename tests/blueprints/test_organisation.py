"""The pages of units and groups."""

from datetime import timedelta

import pytest
from flask import Flask

from core import clock
from core.extensions import db
from core.permissions import Role
from domain import directory
from models import AuditEntry, Form, FormTarget, Unit, UnitGroup
from tests.conftest import Browser
from tests.factories import make_form, make_group, make_person, make_task, make_unit

UNIT = {"code": "H25.09", "name": "Thư viện tỉnh", "kind": "public_unit", "parent": ""}
PAGES = ["/units", "/units/new", "/units/1/edit", "/groups", "/groups/new", "/groups/1/edit"]
CHANGES = [
    "/units/new", "/units/1/edit", "/units/1/reopen", "/units/1/place",
    "/groups/new", "/groups/1/edit", "/groups/1/delete",
]  # fmt: skip


@pytest.fixture
def admin(app: Flask, browser: Browser) -> Browser:
    office = make_unit("Văn phòng Sở", code="H25.01")
    make_group(office, name="Các phòng")
    return browser.sign_in(make_person(Role.ADMIN, office))


@pytest.mark.parametrize("role", [None, Role.SECRETARIAT, Role.CLERK, Role.LEADER, Role.REPORTER])
def test_nobody_but_administrators_gets_in(browser: Browser, role: Role | None) -> None:
    make_group(make_unit())
    browser.sign_in(make_person(role))
    before = db.session.query(AuditEntry).count()
    assert {browser.get(path).status_code for path in PAGES} == {403}
    assert {browser.post(path, data=UNIT).status_code for path in CHANGES} == {403}
    assert db.session.query(AuditEntry).count() == before


def test_strangers_are_asked_to_sign_in(browser: Browser) -> None:
    make_person()
    for path in PAGES:
        assert browser.get(path).location.startswith("/sign-in?next=")
    assert {browser.post(path).status_code for path in CHANGES} == {401}


def test_changes_need_the_token_of_the_page(admin: Browser) -> None:
    assert {admin.post(path, data=UNIT, token=False).status_code for path in CHANGES} == {400}
    assert db.session.query(Unit).count() == 1


@pytest.mark.parametrize("path", ["/units/99/edit", "/groups/99/edit"])
def test_what_does_not_exist_is_not_found(admin: Browser, path: str) -> None:
    assert admin.get(path).status_code == 404


def test_a_unit_is_added_and_listed_in_words(admin: Browser) -> None:
    assert admin.post("/units/new", data=UNIT | {"phone": "0206 3852 123"}).location == "/units"
    page = admin.get("/units").text
    for text in ("Thư viện tỉnh", "H25.09", "Đơn vị sự nghiệp", "0206 3852 123", "2 đơn vị"):
        assert text in page
    assert "Đã thêm đơn vị “Thư viện tỉnh”." in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Chưa nhập mục này."),
        ({"code": "có dấu cách"}, "không có dấu cách"),
        ({"code": "h25.01"}, "Mã này đã có đơn vị khác dùng."),
        ({"kind": "galaxy"}, "Chọn một mục trong danh sách."),
        ({"parent": "99"}, "Chọn một mục trong danh sách."),
        ({"email": "khong phai"}, "Địa chỉ e-mail chưa đúng"),
        ({"phone": "gọi sau"}, "Chỉ dùng chữ số"),
        ({"name": "x" * 201}, "Nhập nhiều nhất 200 ký tự."),
    ],
)
def test_a_unit_that_cannot_be_taken_comes_back_with_the_reason(
    admin: Browser, changes: dict[str, str], message: str
) -> None:
    answer = admin.post("/units/new", data=UNIT | changes)
    assert answer.status_code == 422
    assert message in answer.text
    assert "Có mục cần sửa" in answer.text
    assert db.session.query(Unit).count() == 1


def test_a_unit_is_changed_and_a_foreign_field_is_ignored(admin: Browser) -> None:
    unit = make_unit("Cũ")
    page = admin.get(f"/units/{unit.id}/edit").text
    assert 'value="Cũ"' in page
    data = UNIT | {"parent": "1", "position": "999", "closed_at": "2020-01-01", "id": "77"}
    admin.post(f"/units/{unit.id}/edit", data=data)
    db.session.refresh(unit)
    assert (unit.name, unit.parent_id, unit.kind) == ("Thư viện tỉnh", 1, "public_unit")
    assert (unit.position, unit.closed_at) == (2, None)
    assert "thuộc Văn phòng Sở" in admin.get("/units").text


def test_a_unit_is_not_offered_as_its_own_parent(admin: Browser) -> None:
    page = admin.get("/units/1/edit").text
    assert '<option value="1"' not in page
    refused = admin.post("/units/1/edit", data=UNIT | {"parent": "1"})
    assert refused.status_code == 422


def test_units_are_found_without_accents_by_kind_group_and_state(admin: Browser) -> None:
    make_unit("Bảo tàng tỉnh", kind="public_unit")
    assert "Bảo tàng tỉnh" in admin.get("/units?q=bao+tang").text
    assert "Bảo tàng tỉnh" not in admin.get("/units?q=thu+vien").text
    assert "Không có đơn vị nào khớp" in admin.get("/units?kind=commune").text
    group_page = admin.get("/units?group=1").text
    assert "Văn phòng Sở</a>" in group_page
    assert "Bảo tàng tỉnh</a>" not in group_page
    assert admin.get("/units?state=nonsense&page=x&group=y").status_code == 200


def close(unit: Unit) -> None:
    unit.closed_at = clock.now() - timedelta(days=1)


def test_a_closed_unit_leaves_the_list_and_can_be_opened_again(admin: Browser) -> None:
    unit = make_unit("Trung tâm cũ")
    close(unit)
    assert "Trung tâm cũ</a>" not in admin.get("/units").text
    closed = admin.get("/units?state=closed").text
    assert "Trung tâm cũ</a>" in closed
    assert "Đã đóng" in closed
    assert admin.post(f"/units/{unit.id}/reopen").location == "/units"
    assert "Trung tâm cũ</a>" in admin.get("/units").text


def test_a_unit_moves_and_the_list_that_was_shown_comes_back(admin: Browser) -> None:
    unit = make_unit("Bảo tàng")
    data = {"place": "1", "next": "/units?state=all"}
    assert admin.post(f"/units/{unit.id}/place", data=data).location == "/units?state=all"
    assert [one.name for one in directory.open_units()] == ["Bảo tàng", "Văn phòng Sở"]
    for place in ("", "0", "-1", "x"):
        assert admin.post(f"/units/{unit.id}/place", data={"place": place}).status_code == 422


def test_the_list_says_how_many_people_can_sign_in_for_a_unit(admin: Browser) -> None:
    unit = make_unit("Bảo tàng")
    person = make_person(Role.LEADER, unit)
    make_person(Role.REPORTER, unit)
    make_person(Role.REPORTER, unit, disabled_at=person.created_at)
    assert f"2 người dùng của {unit.name}" in admin.get("/units?q=bao+tang").text


def test_an_empty_organisation_invites_to_begin(admin: Browser) -> None:
    close(db.session.get_one(Unit, 1))
    assert "Chưa có đơn vị nào" in admin.get("/units").text


def test_a_group_is_made_changed_and_deleted(admin: Browser) -> None:
    one, two = make_unit("Hòa An"), make_unit("Bảo Lạc")
    made = admin.post("/groups/new", data={"name": "Các huyện", "units": [one.id, two.id]})
    assert made.location == "/groups"
    group = db.session.query(UnitGroup).filter_by(name="Các huyện").one()
    assert "2 đơn vị của Các huyện" in admin.get("/groups").text
    assert admin.get(f"/groups/{group.id}/edit").text.count(" checked>") == 2
    admin.post(f"/groups/{group.id}/edit", data={"name": "Huyện", "units": [two.id]})
    db.session.refresh(group)
    assert ([unit.name for unit in group.units], group.name) == (["Bảo Lạc"], "Huyện")
    assert admin.post(f"/groups/{group.id}/delete").location == "/groups"
    assert db.session.query(UnitGroup).count() == 1
    assert db.session.query(Unit).count() == 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name": "", "units": ["1"]}, "Chưa nhập mục này."),
        ({"name": "Mới", "units": []}, "Chọn ít nhất một đơn vị."),
        ({"name": "Các phòng", "units": ["1"]}, "Tên này đã có nhóm khác dùng."),
        ({"name": "Mới", "units": ["99"]}, "không có trong danh sách"),
    ],
)
def test_a_group_that_cannot_be_taken_comes_back_with_the_reason(
    admin: Browser, data: dict[str, object], message: str
) -> None:
    answer = admin.post("/groups/new", data=data)
    assert answer.status_code == 422
    assert message in answer.text
    assert db.session.query(UnitGroup).count() == 1


def test_a_closed_unit_stays_in_its_group_when_the_group_is_saved(admin: Browser) -> None:
    close(db.session.get_one(Unit, 1))
    page = admin.get("/groups/1/edit").text
    assert "đã đóng" in page
    admin.post("/groups/1/edit", data={"name": "Các phòng cũ", "units": ["1"]})
    assert [unit.id for unit in db.session.query(UnitGroup).one().units] == [1]
    assert 'value="1"' not in admin.get("/groups/new").text


def test_a_group_in_use_says_so_when_it_is_deleted(admin: Browser) -> None:
    form: Form = make_form(make_task(), "integer")
    form.targets.append(FormTarget(group_id=1))
    answer = admin.post("/groups/1/delete")
    assert answer.status_code == 409
    assert "nhóm này đang nhận 1 biểu mẫu" in answer.text


def test_names_are_shown_as_text_and_never_as_html(admin: Browser) -> None:
    make_group(make_unit("<b>Hại</b> & 'đơn'"), name="<script>alert(1)</script>")
    for path in ("/units", "/groups", "/groups/2/edit", "/units/2/edit", "/people/new"):
        page = admin.get(path).text
        assert "<script>alert" not in page
        assert "<b>Hại" not in page
