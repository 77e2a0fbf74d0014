"""The database as commands find it: with its tables, at the newest revision."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from core import lock, schema
from core.config import Settings
from core.extensions import db


def settings() -> Settings:
    """Return the settings of this installation."""
    found: Settings = current_app.extensions["settings"]
    return found


@contextmanager
def preparing() -> Iterator[Path | None]:
    """Make or migrate the tables, and let no other process in before the block ends.

    Gives the copy that was made before a migration, if there was one.
    """
    folder = settings().instance_path
    with lock.held(folder / "start.lock"):
        yield schema.bring_up_to_date(db.engine, folder / "backups")


def make_ready() -> None:
    """Make or migrate the tables where that is to be done."""
    with preparing():
        pass
