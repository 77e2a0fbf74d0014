"""Lists ask the database as often for many rows as for few."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from core.extensions import db
from core.permissions import Role
from domain import audit
from models import Person
from tests.conftest import Browser
from tests.factories import make_group, make_person, make_unit


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that reach the database during the block."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def add_rows(admin: Person, count: int) -> None:
    units = [make_unit(parent_id=1) for _number in range(count)]
    make_group(*units)
    for unit in units:
        person = make_person(Role.LEADER, unit)
        audit.record(None, "person.created", person, unit_id=unit.id)
    audit.record(None, "group.created", make_group(units[0]))
    audit.record(None, "unit.changed", units[0])
    audit.record(None, "person.changed", admin)


@pytest.mark.parametrize(
    "path", ["/units", "/groups", "/groups/1/edit", "/people", "/people/new", "/audit"]
)
def test_more_rows_take_no_more_queries(app: Flask, browser: Browser, path: str) -> None:
    admin = make_person(Role.ADMIN)
    browser.sign_in(admin)
    add_rows(admin, 2)
    with counted() as few:
        assert browser.get(path).status_code == 200
    add_rows(admin, 30)
    with counted() as many:
        assert browser.get(path).status_code == 200
    assert len(many) == len(few)
