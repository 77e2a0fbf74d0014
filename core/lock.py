"""A lock between processes of one machine, held until the block ends or the process dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

LONGEST_WAIT = 120.0


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Wait until no other process holds the lock at `path`, and hold it during the block.

    The lock is a write transaction on a database of its own: the one lock that Python has on
    every system without anything added.
    """
    with closing(sqlite3.connect(path, timeout=LONGEST_WAIT, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
