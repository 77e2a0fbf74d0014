"""Who is let in where: every address, method, role and unit, held against one table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import sessions
from models import Person, SignInSession
from tests.blueprints.routes_table import ROUTES, Who
from tests.conftest import Browser
from tests.support.department import HERE, THERE, Department
from tests.support.kept_department import department_of
from tests.support.routes import Addresses, methods_of, rules
from tests.support.rows import all_rows, put_back

LET_IN = frozenset({200, 204, 303, 409, 422})
CHANGED = frozenset({200, 204, 303})
# What a page sends at least; all other actions are sent empty.
SENT: dict[str, dict[str, Any]] = {
    "organisation.move_unit": {"place": "1"},
    "builder.add_question": {"type": "integer", "label": "Câu mới"},
    "review.return_report": {"reason": "Xem lại"},
    "submitting.send_back": {"reason": "Xem lại"},
}

# What is shown to whom is decided above the database.
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Visitor:
    """Somebody who tries; without a person, signed out, and without a role, of no unit."""

    name: str
    person: Person | None = None
    role: Role | None = None
    here: bool = True
    secret: str = ""


@pytest.fixture
def department(app: Flask) -> Department:
    return department_of()


@pytest.fixture
def visitors(department: Department) -> list[Visitor]:
    found = [
        Visitor(f"{role} {place}", department.person(role, place), role, place == HERE)
        for role in Role
        for place in (HERE, THERE)
    ]
    found += [Visitor("no role", department.nobody), Visitor("signed out")]
    return [_signed_in(one) for one in found]


def _signed_in(visitor: Visitor) -> Visitor:
    if visitor.person is None:
        return visitor
    secret = sessions.start(visitor.person, address="127.0.0.1", browser="")
    return Visitor(visitor.name, visitor.person, visitor.role, visitor.here, secret)


def browser_of(app: Flask, visitor: Visitor) -> Browser:
    """Return a browser that holds the visitor's sign-in."""
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    if visitor.secret:
        with client.session_transaction() as session:
            session["token"] = visitor.secret
    return client


def expected(who: Who, visitor: Visitor, method: str) -> str:
    """Return what the table says that this visitor is told."""
    if visitor.person is None:
        return "in" if who.signed_out else ("303 sign-in" if method == "GET" else "401")
    if who.signed_in or visitor.role in who.anywhere:
        return "in"
    if visitor.role in who.in_its_unit:
        return "in" if visitor.here else "404"
    if visitor.role in who.once_begun:
        return "404"
    return "403"


def told(answer: Any) -> str:
    """Return what an answer says, in the words of `expected`."""
    if answer.status_code == 303 and answer.location.startswith("/sign-in?next="):
        return "303 sign-in"
    return "in" if answer.status_code in LET_IN else str(answer.status_code)


def test_every_address_is_in_the_table_with_its_methods(sqlite_app: Flask) -> None:
    assert {name: set(line) for name, line in ROUTES.items()} == methods_of(sqlite_app)


def attempts(app: Flask, department: Department) -> Iterator[tuple[str, str, str]]:
    """Yield every endpoint and method with an address of the unit here."""
    with app.test_request_context():
        addresses = Addresses(department)
        urls = {
            rule.endpoint: addresses.of(rule.endpoint, rule.arguments)
            for rule in app.url_map.iter_rules()
        }
    for endpoint, line in ROUTES.items():
        for method in sorted(line):
            yield endpoint, method, urls[endpoint]


def test_everybody_is_let_in_exactly_where_the_table_says(
    app: Flask, department: Department, visitors: list[Visitor]
) -> None:
    before = all_rows()
    wrong = []
    for endpoint, method, url in attempts(app, department):
        for visitor in visitors:
            sent = SENT.get(endpoint, {}) if method == "POST" else None
            answer = browser_of(app, visitor).open(url, method=method, data=sent)
            due = expected(ROUTES[endpoint][method], visitor, method)
            if told(answer) != due:
                wrong.append(f"{method} {url} {visitor.name}: {told(answer)} and not {due}")
            if method == "POST" and answer.status_code in CHANGED:
                put_back(before)
    assert wrong == []
    assert db.session.query(SignInSession).count() == len(visitors) - 1


@on_sqlite
def test_a_wrong_line_in_the_table_would_be_found(
    app: Flask, department: Department, visitors: list[Visitor]
) -> None:
    """The check tells a page that lets in too many from one that lets in nobody."""
    reporter_there = next(one for one in visitors if one.name == f"{Role.REPORTER} {THERE}")
    url = f"/reports/{department.reports[department.here.id].open.id}"
    answer = browser_of(app, reporter_there).get(url)
    assert told(answer) == "404"
    assert expected(Who(frozenset({Role.REPORTER})), reporter_there, "GET") == "in"
    assert told(browser_of(app, visitors[-1]).get(url)) == "303 sign-in"


def secrets_of(department: Department) -> dict[str, str]:
    """Return the words that must not leave the unit there."""
    there = department.reports[department.there.id]
    marks = {"an answer, a note or a file's name": department.mark(department.there)}
    return marks | {f"receipt {number}": number for number in there.receipts}


@on_sqlite
@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER])
def test_nothing_of_another_unit_is_in_anything_a_unit_can_fetch(
    app: Flask, department: Department, visitors: list[Visitor], role: Role
) -> None:
    visitor = next(one for one in visitors if one.name == f"{role} {HERE}")
    secrets = secrets_of(department)
    leaks, opened, own = [], 0, False
    for url in all_pages(app, department):
        answer = browser_of(app, visitor).get(url)
        opened += answer.status_code == 200
        text = f"{answer.get_data().decode('utf-8', 'replace')}{answer.headers}"
        own = own or department.mark(department.here) in text
        leaks += [f"{url}: {what}" for what, words in secrets.items() if words in text]
    assert leaks == []
    assert own
    assert opened > 12


def all_pages(app: Flask, department: Department) -> set[str]:
    """Return the address of every page with the id of every thing that there is."""
    with app.test_request_context():
        addresses = Addresses(department)
        return {
            url
            for rule in rules(app, frozenset({"GET"}))
            for url in addresses.with_all_ids(rule.endpoint, rule.arguments)
        }


@on_sqlite
def test_the_marks_are_on_the_pages_of_those_who_may_read_them(
    app: Flask, department: Department, visitors: list[Visitor]
) -> None:
    clerk = next(one for one in visitors if one.role == Role.CLERK)
    pages = [browser_of(app, clerk).get(url) for url in sorted(all_pages(app, department))]
    text = " ".join(one.text for one in pages if one.mimetype == "text/html")
    assert department.mark(department.there) in text
    there = browser_of(app, next(one for one in visitors if one.name == f"{Role.REPORTER} {THERE}"))
    number = department.reports[department.there.id].receipts[0]
    open_ = department.reports[department.there.id].open.id
    assert number in there.get(f"/reports/{open_}/receipts/1").text
