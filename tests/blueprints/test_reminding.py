"""Reminding on screen: the bell, reminding by hand, plans, words, calls, mail and background work."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask

from core import clock
from core.clock import ZONE
from core.extensions import db
from core.permissions import Role
from domain import background, outbox
from models import Assignment, Job, JobState, MailState, OutgoingMail, Person, Reminder, UnitCall
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish
from tests.support.reports import submit

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def owed(app: Flask) -> Assignment:
    unit = make_unit("Phòng Văn hóa", phone="0206 385 2222")
    make_person(Role.REPORTER, unit, username="nhap", full_name="Lý Thị Hoa", email="hoa@x.example")
    make_person(Role.SECRETARIAT, username="thuky")
    make_person(Role.ADMIN, username="quantri")
    return publish(make_form(make_task("Báo cáo quý"), "integer"), unit)[0]


def as_(browser: Browser, username: str) -> Browser:
    return browser.sign_in(db.session.query(Person).filter_by(username=username).one())


def test_the_bell_counts_what_is_unread_until_it_is_opened_or_settled(
    browser: Browser, owed: Assignment
) -> None:
    as_(browser, "thuky").post(
        f"/rounds/{owed.round_id}/remind",
        data={"report": owed.id, "note": "Cần trước giờ họp", "token": TOKEN},
    )
    as_(browser, "nhap")
    page = browser.get("/notices").text
    assert "Cần trước giờ họp" in page
    assert "chưa đọc" in page
    reminder = db.session.query(Reminder).one()
    assert browser.post(f"/notices/{reminder.id}/open").location == f"/reports/{owed.id}"
    assert "chưa đọc" not in browser.get("/notices").text


def test_what_is_settled_is_not_counted(browser: Browser, owed: Assignment) -> None:
    as_(browser, "thuky").post(
        f"/rounds/{owed.round_id}/remind", data={"report": owed.id, "token": TOKEN}
    )
    submit(owed, {})
    assert "chưa đọc" not in as_(browser, "nhap").get("/notices").text


def test_before_reminding_the_office_sees_whom_and_who_was_when(
    browser: Browser, owed: Assignment
) -> None:
    as_(browser, "thuky")
    url = f"/rounds/{owed.round_id}/remind?report={owed.id}"
    page = browser.get(url).text
    assert "Lý Thị Hoa" in page
    assert "Chưa nhắc lần nào" in page
    assert db.session.query(Reminder).count() == 0
    sent = browser.post(url, data={"report": owed.id, "token": TOKEN})
    assert sent.status_code == 303
    again = browser.post(url, data={"report": owed.id, "token": TOKEN})
    assert again.status_code == 303
    assert db.session.query(Reminder).count() == 1
    assert "Văn phòng đôn đốc" in browser.get(url).text
    assert browser.post(url, data={"report": owed.id, "token": "x"}).status_code == 422
    assert browser.get(f"/rounds/{owed.round_id}/remind").status_code == 422


def test_the_plan_of_a_task_is_changed_and_nonsense_is_refused(
    browser: Browser, owed: Assignment
) -> None:
    url = f"/tasks/{owed.round.task_id}/reminders"
    as_(browser, "thuky")
    assert 'value="3, 1"' in browser.get(url).text
    assert browser.post(url, data={"before": "năm", "after": "1"}).status_code == 422
    assert browser.post(url, data={"before": "0", "after": ""}).status_code == 422
    assert browser.post(url, data={"before": "5; 2", "after": ""}).status_code == 303
    page = browser.get(url).text
    assert 'value="5, 2"' in page
    assert "Còn 5 ngày đến hạn" in page


def test_words_are_changed_and_shown_with_a_real_unit(browser: Browser, owed: Assignment) -> None:
    as_(browser, "thuky")
    page = browser.get("/reminder-texts").text
    assert "Kính gửi Lý Thị Hoa" in page
    words = dict.fromkeys(("greeting", "opening", "before", "after", "closing"), "Lời {don_vi}")
    refused = browser.post("/reminder-texts", data={**words, "subject": "{la_lung}"})
    assert refused.status_code == 422
    assert "Không có chỗ điền {la_lung}." in refused.text
    changed = {**words, "subject": "Nhắc {don_vi}"}
    assert browser.post("/reminder-texts", data=changed).status_code == 303
    assert "Nhắc Phòng Văn hóa" in browser.get("/reminder-texts").text


def test_a_unit_without_mail_is_listed_with_its_number_and_the_call_noted(
    browser: Browser, owed: Assignment
) -> None:
    db.session.query(Person).filter_by(username="nhap").one().email = ""
    as_(browser, "thuky")
    assert "tel:02063852222" in browser.get(f"/rounds/{owed.round_id}/calls").text
    url = f"/reports/{owed.id}/call"
    assert browser.post(url, data={"said": ""}).status_code == 422
    browser.post(url, data={"spoke_with": "bà Lan", "said": "Chiều mai nộp"})
    assert "Chiều mai nộp" in browser.get(url).text
    assert "Chiều mai nộp" in browser.get(f"/rounds/{owed.round_id}/calls").text
    assert db.session.query(UnitCall).one().by.username == "thuky"


def test_a_failed_mail_is_shown_sent_again_and_cancelled(
    browser: Browser, owed: Assignment
) -> None:
    mail = outbox.add("person:1", "Lý Thị Hoa", "hoa@x.example", clock.now(), "a@so.example")
    outbox.note_refused(mail, "550 no such user")
    as_(browser, "thuky")
    page = browser.get("/outbox?state=failed").text
    assert "550 no such user" in page
    assert browser.post(f"/outbox/{mail.id}/retry").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(OutgoingMail, mail.id).state == MailState.WAITING
    assert db.session.query(Job).count() == 1
    browser.post(f"/outbox/{mail.id}/cancel")
    assert browser.post(f"/outbox/{mail.id}/retry").status_code == 409
    assert owed.id


def test_the_page_says_when_no_mail_server_is_set(
    app: Flask, browser: Browser, owed: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_(browser, "thuky")
    assert "Chưa đặt máy chủ thư" in browser.get("/outbox").text
    settings = replace(app.extensions["settings"], mail_host="127.0.0.1")
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert "Chưa đặt máy chủ thư" not in browser.get("/outbox").text
    assert owed.id


def test_the_administrator_sees_failed_work_and_runs_it_again(
    browser: Browser, owed: Assignment
) -> None:
    background.ask("mail.send", "thử")
    job = db.session.query(Job).one()
    job.state, job.error, job.finished_at = JobState.PARKED, "OSError: hỏng", clock.now()
    # Three minutes after work was due that nobody has begun.
    with clock.stopped_at(datetime(2026, 3, 2, 10, 3, tzinfo=ZONE)):
        page = as_(browser, "quantri").get("/background").text
    assert "OSError: hỏng" in page
    assert "Việc nền đang đứng" in page
    as_(browser, "quantri")
    assert browser.post(f"/background/{job.id}/run-again").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Job, job.id).state == JobState.WAITING
    assert owed.id
