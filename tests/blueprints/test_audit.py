"""The page of the audit log."""

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import audit, audit_log
from models import AuditEntry, AuditHead, Unit
from tests.conftest import Browser
from tests.factories import make_person, make_unit


@pytest.fixture
def admin(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.ADMIN, full_name="Quản trị 1"))


@pytest.mark.parametrize("role", [None, Role.SECRETARIAT, Role.CLERK, Role.LEADER, Role.REPORTER])
def test_nobody_but_administrators_reads_the_log(browser: Browser, role: Role | None) -> None:
    browser.sign_in(make_person(role))
    assert browser.get("/audit").status_code == 403
    assert browser.get("/audit?check=1").status_code == 403


def test_strangers_are_asked_to_sign_in(browser: Browser) -> None:
    assert browser.get("/audit").location == "/sign-in?next=/audit"


def test_nobody_writes_to_the_log_by_its_page(admin: Browser) -> None:
    assert admin.post("/audit").status_code == 405


def test_what_is_done_is_there_in_words(admin: Browser) -> None:
    unit = {"code": "A1", "name": "Bảo tàng tỉnh", "kind": "division", "parent": ""}
    admin.post("/units/new", data=unit)
    page = admin.get("/audit").text
    for text in ("Thêm đơn vị", "Bảo tàng tỉnh", "Quản trị 1", "Đăng nhập", "127.0.0.1"):
        assert text in page


def test_an_unknown_action_is_shown_as_it_is_stored(admin: Browser) -> None:
    audit.record(None, "thing.exploded", make_unit())
    page = admin.get("/audit").text
    assert "thing.exploded" in page
    assert "Hệ thống" in page


def test_details_that_are_not_meant_for_the_page_stay_away(admin: Browser) -> None:
    audit.record(None, "report.returned", make_unit(), note="lời-riêng-tư", receipt="BN-0001")
    page = admin.get("/audit").text
    assert "lời-riêng-tư" not in page
    assert "BN-0001" in page


def test_the_log_is_filtered(admin: Browser) -> None:
    audit.record(None, "unit.closed", make_unit("Trung tâm cũ"))
    assert "Trung tâm cũ" in admin.get("/audit?action=unit.closed").text
    assert "Trung tâm cũ" not in admin.get("/audit?action=sign_in.done").text
    assert "Trung tâm cũ" not in admin.get("/audit?person=quan+tri").text
    assert "Trung tâm cũ" in admin.get("/audit?from=2020-01-01&to=31/12/2099").text
    assert "Không có mục nào khớp" in admin.get("/audit?to=2020-01-01").text


def test_a_day_that_is_none_is_refused_rather_than_ignored(admin: Browser) -> None:
    answer = admin.get("/audit?from=31/02/2026")
    assert answer.status_code == 422
    assert "không phải ngày" in answer.text


def test_the_pages_keep_the_filter(admin: Browser) -> None:
    unit = make_unit()
    for _time in range(51):
        audit.record(None, "unit.changed", unit)
    page = admin.get("/audit?action=unit.changed").text
    assert 'href="/audit?page=2&amp;action=unit.changed" rel="next"' in page
    assert "51 mục" in page


def test_the_check_is_made_on_request_only(admin: Browser) -> None:
    assert "nguyên vẹn" not in admin.get("/audit").text
    assert "Nhật ký còn nguyên vẹn: đã kiểm tra 1 mục" in admin.get("/audit?check=1").text


def test_the_check_names_what_was_changed_or_cut_off(admin: Browser) -> None:
    entry = db.session.query(AuditEntry).one()
    entry.actor_name = "Người khác"
    assert f"Mục số {entry.id} " in admin.get("/audit?check=1").text
    db.session.query(AuditEntry).delete()
    page = admin.get("/audit?check=1").text
    assert "Những mục cuối cùng của nhật ký đã bị xoá." in page
    assert db.session.query(AuditHead).count() == 1


def test_reading_the_log_writes_nothing(admin: Browser) -> None:
    before = db.session.query(AuditEntry).count()
    admin.get("/audit?check=1")
    assert db.session.query(AuditEntry).count() == before
    assert db.session.query(Unit).count() == 1


def test_every_known_action_reads_as_words() -> None:
    assert all(words and "." not in words for words in audit_log.ACTIONS.values())
