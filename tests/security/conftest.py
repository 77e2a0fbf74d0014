"""A department at work, and a browser for any of its people."""

from collections.abc import Callable

import pytest
from flask import Flask

from core.permissions import Role
from tests.conftest import Browser
from tests.support.department import HERE, Department
from tests.support.kept_department import department_of

Enter = Callable[..., Browser]


@pytest.fixture
def department(app: Flask) -> Department:
    return department_of()


@pytest.fixture
def enter(app: Flask, department: Department) -> Enter:
    """Sign in who has a role, here or there: `enter(Role.CLERK)`; without a role, nobody."""

    def browser_of(role: Role | None, place: str = HERE) -> Browser:
        app.test_client_class = Browser
        browser = app.test_client()
        assert isinstance(browser, Browser)
        return browser.sign_in(department.person(role, place)) if role else browser

    return browser_of
