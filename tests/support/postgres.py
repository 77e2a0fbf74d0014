"""A throw-away PostgreSQL server for the tests, and databases in it.

A server of your own is used instead when TEST_POSTGRES_URL names one.
"""

import atexit
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from psycopg import connect, sql
from sqlalchemy import make_url

VARIABLE = "TEST_POSTGRES_URL"
PROCESS = Path(__file__).with_name("postgres_process.py")
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
MISSING = (
    "Không thấy PostgreSQL: hãy cài máy chủ PostgreSQL, hoặc đặt TEST_POSTGRES_URL / "
    "PostgreSQL was not found: install its server, or set TEST_POSTGRES_URL"
)


class MissingPostgresError(Exception):
    """There is no PostgreSQL on this machine."""


@dataclass(frozen=True)
class Cluster:
    """A running server that ends with this process."""

    url: str
    process: subprocess.Popen[str]

    def stop(self) -> None:
        """Stop the server and remove its files; stopping twice does nothing more."""
        self.process.communicate()


def find_binaries() -> Path | None:
    """Return the folder with PostgreSQL's server programs, the newest one found."""
    found = [
        Path(path).resolve().parent for name in ("postgres", "initdb") if (path := shutil.which(name))
    ]
    for place in PLACES:
        anchor = Path(place).anchor
        found += sorted(Path(anchor).glob(place.removeprefix(anchor)), key=_version, reverse=True)
    suffix = ".exe" if os.name == "nt" else ""
    for folder in found:
        if all((folder / f"{name}{suffix}").exists() for name in ("postgres", "initdb", "pg_ctl")):
            return folder
    return None


def start_cluster() -> Cluster:
    """Start a server of our own."""
    binaries = find_binaries()
    if binaries is None:
        raise MissingPostgresError(MISSING)
    process = subprocess.Popen(
        [sys.executable, "-I", PROCESS, binaries],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    if not url:
        raise RuntimeError("PostgreSQL did not start; its own words are above")
    return Cluster(url, process)


@lru_cache(maxsize=1)
def cluster_url() -> str:
    """Return the URL of the server for this run, started when it is first asked for."""
    if given := os.environ.get(VARIABLE):
        return given
    cluster = start_cluster()
    atexit.register(cluster.stop)
    return cluster.url


def share_cluster() -> None:
    """Let processes started from now on use the server of this one, where there can be one."""
    if os.environ.get(VARIABLE) or find_binaries():
        os.environ[VARIABLE] = cluster_url()


def create_database(server_url: str, name: str) -> str:
    """Make the empty database `name`, in place of one of that name, and return its URL."""
    url = make_url(server_url).set(drivername="postgresql")
    with connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        quoted = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    return url.set(database=name).render_as_string(hide_password=False)


def _version(folder: Path) -> int:
    digits = "".join(letter for letter in folder.parent.name if letter.isdigit())
    return int(digits or 0)
