"""A report that is submitted many times at once, as by tired fingers and slow lines, counts once."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from core.extensions import db
from core.permissions import Role
from models import AuditEntry, Response, ResponseState, Submission
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish

TIMES, AT_ONCE = 50, 8


def test_fifty_submits_at_once_make_one_submission_and_one_receipt(
    app: Flask, browser: Browser
) -> None:
    unit = make_unit()
    (assignment,) = publish(make_form(make_task(), {"type": "integer", "uid": "so"}), unit)
    browser.sign_in(make_person(Role.REPORTER, unit))
    url = f"/reports/{assignment.id}"
    browser.post(f"{url}/answers/so", data={"so": "7"})
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = browser.get_cookie(name)
    assert cookie is not None

    def submit(_time: int) -> tuple[int, str]:
        with app.app_context():
            tab = app.test_client()
            tab.set_cookie(name, cookie.value)
            sent = tab.post(f"{url}/submit")
            return sent.status_code, sent.location

    with ThreadPoolExecutor(AT_ONCE) as tabs:
        answers = set(tabs.map(submit, range(TIMES)))
    db.session.expire_all()
    assert answers == {(303, f"{url}/receipts/1")}
    (submission,) = Submission.query
    assert submission.answers == {"so": 7}
    assert Response.query.one().state == ResponseState.SUBMITTED
    assert AuditEntry.query.filter_by(action="report.submitted").count() == 1
