"""The app on both engines, a signed-in browser without a screen, and a clean database for each test."""

from collections.abc import Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import text

from app import create_app
from core import database, schema, storage
from core.config import Settings
from core.extensions import db
from domain import versions
from models import Person
from tests.factories import PASSWORD
from tests.support import postgres

# Examples are the same in every run, and a busy machine is no fault of the code.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

START_NUMBERS_AGAIN = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL
"""

SECRET = "chi-dung-de-thu-nghiem-khong-dung-that-0123456789"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Start PostgreSQL once, for all the workers."""
    postgres.share_cluster()


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return _app_at(tmp_path_factory.mktemp("sqlite"), "")


@pytest.fixture(scope="session")
def postgresql_app(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Flask:
    url = postgres.create_database(postgres.cluster_url(), f"tonghop_{worker_id}")
    return _app_at(tmp_path_factory.mktemp("postgresql"), url)


def _app_at(folder: Path, database_url: str) -> Flask:
    app = create_app(
        Settings(
            instance_path=folder, database_url=database_url, secret_key=SECRET, testing=True
        )
    )
    with app.app_context():
        schema.bring_up_to_date(db.engine, folder / "backups")
    return app


@pytest.fixture(autouse=True)
def _may_write() -> None:
    """Let each test write, whatever a request before it said in this thread."""
    database.set_writing(True)


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The app with empty tables, once on each engine."""
    app: Flask = request.getfixturevalue(f"{request.param}_app")
    # The place of files is the process's, and its other app may have been made later.
    settings = app.extensions["settings"]
    storage.set_folder(settings.instance_path / "files", settings.largest_upload)
    with app.app_context():
        yield app
        db.session.remove()
        _empty_tables()
        versions.forget()


def _empty_tables() -> None:
    tables = list(reversed(db.metadata.sorted_tables))
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(text(_all_at_once([table.name for table in tables])))
            connection.execute(text(START_NUMBERS_AGAIN))
            return
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in tables:
            connection.execute(table.delete())


def _all_at_once(names: list[str]) -> str:
    """Return one statement that deletes every row: far faster than truncating so many tables.

    PostgreSQL looks at the keys between tables when the whole statement is done.
    """
    parts = [f'd{place} AS (DELETE FROM "{name}")' for place, name in enumerate(names)]
    return f"WITH {', '.join(parts)} SELECT 1"


class Browser(FlaskClient):
    """A browser without a screen: signs in, and sends the CSRF token as a page would."""

    def sign_in(self, person: Person, password: str = PASSWORD) -> "Browser":
        """Sign in as `person`; answers the browser itself."""
        sent = self.post("/sign-in", data={"username": person.username, "password": password})
        assert sent.status_code == 303, sent.text
        return self

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request; unsafe ones carry the token unless `token=False`.

        What the test has made is committed first, and the request runs in a context of its own,
        since it would otherwise share the test's database session and `g`.
        """
        with_token = kwargs.pop("token", True)
        if with_token and kwargs.get("method", "GET") not in {"GET", "HEAD", "OPTIONS"}:
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("X-CSRFToken", self.token())
            kwargs["headers"] = headers
        db.session.commit()
        return Context().run(super().open, *args, **kwargs)

    def token(self) -> str:
        """Return a CSRF token of this browser's session, signed as the app signs it."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", "0" * 40)
        return str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw))


@pytest.fixture
def browser(app: Flask) -> Browser:
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    return client
