"""What a unit's whole journey weighs on a slow line, as the browser counts it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from core.extensions import db
from core.permissions import Role
from models import Form, Response, ResponseState
from tests.factories import PASSWORD, make_form, make_person, make_task, make_unit, publish

FIRST_VISIT, LATER = 250_000, 60_000
QUESTIONS = 40
KINDS = ("integer", "short_text", "money", "long_text")

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def reports(app: Flask) -> list[int]:
    """Two reports of forty questions for one unit."""
    unit = make_unit()
    make_person(Role.REPORTER, unit, username="nhap")
    asked: list[dict[str, Any]] = [
        {"type": KINDS[place % 4], "uid": f"q{place}", "label": f"Chỉ tiêu số {place}"}
        for place in range(QUESTIONS)
    ]
    found = []
    for year in (2026, 2027):
        form: Form = make_form(make_task(f"Kế hoạch năm {year}"), *(
            {**one, "uid": f"{one['uid']}n{year}"} for one in asked))  # fmt: skip
        found.append(publish(form, unit)[0].id)
    db.session.commit()
    return found


def weighed(page: Page) -> Callable[[], int]:
    """Return what tells how many bytes have come over the line since."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return lambda: round(sum(sizes))


def report(page: Page, assignment_id: int) -> None:
    """Open a report from the inbox, answer every question, and submit."""
    page.goto("/reports")
    page.locator(f'a[href="/reports/{assignment_id}"]').first.click()
    page.locator("ol.steps a").first.click()
    for control in page.locator(".question .body :is(input.form-control, textarea)").all():
        control.fill("12")
        with page.expect_response(lambda answer: "/answers/" in answer.url):
            control.blur()
    page.get_by_role("link", name="Kiểm tra và nộp").first.click()
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.wait_for_url("**/receipts/1")


def test_a_journey_weighs_little_and_the_next_one_less(
    chromium_browser: Browser, address: str, reports: list[int]
) -> None:
    context = chromium_browser.new_context(base_url=address, locale="vi-VN")
    page = context.new_page()
    weight = weighed(page)
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill("nhap")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/reports")
    report(page, reports[0])
    first = weight()
    report(page, reports[1])
    later = weight() - first
    context.close()
    assert first <= FIRST_VISIT
    assert later <= LATER
    states = {one.state for one in Response.query}
    assert states == {ResponseState.SUBMITTED}
