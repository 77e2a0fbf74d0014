"""The whole database as one file, and back: SQLite by its backup API, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core import database


class DumpError(Exception):
    """The database couldn't be written out or read in; the message says why."""


def dump(engine: Engine, path: Path) -> None:
    """Write a consistent copy of a database that may be in use to `path`; raises DumpError."""
    if engine.dialect.name == "sqlite":
        database.copy_to(engine, path)
    else:
        _run("pg_dump", engine, "--format=custom", "--no-owner", "--no-acl", f"--file={path}")


def load(engine: Engine, path: Path) -> None:
    """Put the database in `path` in the place of this one, all of it or nothing; raises DumpError."""
    engine.dispose()
    if engine.dialect.name != "sqlite":
        _run(
            "pg_restore", engine, "--clean", "--if-exists", "--no-owner", "--no-acl",
            "--single-transaction", "--exit-on-error", path,
        )  # fmt: skip
        return
    with closing(sqlite3.connect(path)) as source, closing(_alone(engine)) as target:
        source.backup(target)


def is_in_use(engine: Engine) -> bool:
    """Tell whether anybody else has the database open, such as a running server."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        try:
            # SQLite leaves the log mode only for a connection that is the only one.
            with closing(_alone(engine)) as connection:
                mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError:
            return True
        return bool(mode[0] != "delete")
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with engine.connect() as connection:
        found = connection.execute(text(f"{others} AND pid <> pg_backend_pid()")).scalar_one()
    engine.dispose()
    return bool(found)


def problems(session: Session) -> list[str]:
    """Return what SQLite finds wrong with the database that the session leads to."""
    try:
        checked = session.execute(text("PRAGMA integrity_check")).scalars().all()
        links = session.execute(text("PRAGMA foreign_key_check")).all()
    except DatabaseError as error:
        return [str(error.orig)]
    broken = [str(one) for one in checked if one != "ok"]
    return broken + [f"{table} {row}: {parent}" for table, row, parent, _link in links]


def _alone(engine: Engine) -> sqlite3.Connection:
    return sqlite3.connect(str(engine.url.database), timeout=1)


def _run(program: str, engine: Engine, *options: str | Path) -> None:
    if shutil.which(program) is None:
        raise DumpError(
            f"Chưa có {program}: hãy cài công cụ PostgreSQL (gói postgresql-client). / "
            f"{program} is missing: install PostgreSQL's client tools (postgresql-client)."
        )
    url = engine.url.set(drivername="postgresql")
    # The password goes by the environment: other users of the machine can read command lines.
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    address = url.set(password=None).render_as_string()
    ended = subprocess.run(  # noqa: S603 -- a program of the system's, with options of ours.
        [program, f"--dbname={address}", *options],
        env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if ended.returncode:
        raise DumpError(ended.stderr.strip())
