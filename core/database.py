"""How both engines are opened, what columns hold, and all that only SQLite understands."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Text, event, text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LONGEST_WAIT = 30.0
TABLES_LOCK = 7_402_117


class Base(DeclarativeBase):
    """The parent of every table, with names for every constraint."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand the engine UTC; a naive time has no meaning and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone can't be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back the instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonDocument(TypeDecorator[Any]):
    """A JSON value as text: the same on both engines, and readable without the ORM."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value as JSON text; None is stored as NULL."""
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the value back."""
        return None if value is None else orjson.loads(value)


_writing: ContextVar[bool] = ContextVar("writing", default=True)
_writers = threading.Lock()


@contextmanager
def only_reading() -> Iterator[None]:
    """Open transactions in this block without the right to write, so that they wait for nobody."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


def set_writing(writes: bool) -> None:
    """Say whether the transactions of the current request will write."""
    _writing.set(writes)


def prepare_engine(engine: Engine) -> None:
    """Set up an SQLite engine so that writers queue fairly and nothing acknowledged is lost.

    Writers of this process wait in one line (busy waiting in SQLite is unfair and slow), and
    every writing transaction takes its lock at once, since a late upgrade can only fail.
    """
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _leave_the_line)


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {int(LONGEST_WAIT * 1000)}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    holder = connection.connection.record_info
    if not _writers.acquire(timeout=LONGEST_WAIT):
        raise TimeoutError("another writer holds the database")
    holder["in_line"] = True
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _leave_the_line(_connection: object, record: Any) -> None:
    if record.record_info.pop("in_line", False):
        _writers.release()


@contextmanager
def changing_tables(connection: Connection) -> Iterator[None]:
    """Hold one transaction on `connection` in which tables may be made, rebuilt and dropped.

    Only one process at a time comes in. SQLite rebuilds a table by copying it, and would take
    the rows that point at it for orphans, so its links are checked once, at the end.
    """
    if connection.dialect.name != "sqlite":
        with connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TABLES_LOCK})
            yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            yield
            if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
                raise RuntimeError(f"the change leaves links to nothing: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def copy_to(engine: Engine, path: Path) -> None:
    """Write a consistent copy of an SQLite database that may be in use to `path`."""
    with only_reading(), engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        with closing(sqlite3.connect(path)) as target:
            source.backup(target)
