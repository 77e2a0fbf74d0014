"""The board keeps itself up to date while somebody looks at it."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from core.extensions import db
from core.permissions import Role
from domain import submitting
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish, response_of
from tests.journeys.conftest import Arrive

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def test_a_report_that_comes_in_shows_by_itself_and_what_was_ticked_stays(
    app: Flask, arrive: Arrive
) -> None:
    form = make_form(make_task("Gia đình văn hóa"), "long_text")
    first, second = publish(form, make_unit("Bảo tàng tỉnh"), make_unit("Thư viện tỉnh"))
    make_person(Role.SECRETARIAT, username="thuky")
    sender = make_person(Role.REPORTER, second.unit)
    db.session.commit()
    secretary = arrive("thuky")
    page = secretary.page
    page.clock.install()
    secretary.go(f"/rounds/{form.task.rounds[0].id}/board")
    page.get_by_label("Chọn Bảo tàng tỉnh").check()
    submitting.submit(actor_for(sender), response_of(second))
    db.session.commit()
    page.clock.run_for(31_000)
    row = page.locator(f"#report-{second.id}")
    expect(row).to_contain_text("Đã nộp")
    expect(page.locator("#refreshed")).to_contain_text("1 báo cáo vừa thay đổi")
    expect(page.locator(f"#report-{first.id}")).to_contain_text("Chưa bắt đầu")
    assert page.get_by_label("Chọn Bảo tàng tỉnh").is_checked()
