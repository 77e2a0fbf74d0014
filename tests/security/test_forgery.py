"""What another site makes a browser send is refused: every action needs the token of a page."""

import pytest
from flask import Flask

from core.permissions import Role
from tests.security.conftest import Enter
from tests.support.department import Department
from tests.support.routes import UNSAFE, Addresses, rules
from tests.support.rows import all_rows


def actions(app: Flask, department: Department) -> list[tuple[str, str]]:
    """Return the endpoint and address of everything that changes something."""
    with app.test_request_context():
        addresses = Addresses(department)
        return [(one.endpoint, addresses.of(one.endpoint, one.arguments)) for one in rules(app, UNSAFE)]


@pytest.mark.parametrize("role", list(Role))
def test_an_action_without_the_token_is_refused_and_changes_nothing(
    app: Flask, department: Department, enter: Enter, role: Role
) -> None:
    browser, urls = enter(role), actions(app, department)
    before = all_rows()
    for token in ({}, {"csrf_token": "giả"}):
        answers = {url: browser.post(url, data=token, token=False).status_code for _name, url in urls}
        assert set(answers.values()) == {400}, answers
    assert all_rows() == before
    assert len(urls) > 50


def test_the_token_of_somebody_else_is_refused(department: Department, enter: Enter) -> None:
    clerk, secretary = enter(Role.CLERK), enter(Role.SECRETARIAT)
    url = f"/tasks/{department.draft_task.id}/delete"
    with clerk.session_transaction() as session:
        session["csrf_token"] = "1" * 40
    stolen = clerk.token()
    answer = secretary.post(url, data={"csrf_token": stolen}, token=False)
    assert answer.status_code == 400
    assert secretary.post(url).status_code == 303
