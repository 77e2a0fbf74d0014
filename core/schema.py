"""The tables of an installation: which revision they are at, and how they come to the newest."""

from pathlib import Path

import flask_migrate
from sqlalchemy import Engine, inspect, text

from core import clock, database
from core.config import ROOT, SettingsError

MIGRATIONS = ROOT / "migrations"


def revisions() -> list[str]:
    """Return every revision that this program knows, the newest last."""
    return sorted(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))


def current_revision(engine: Engine) -> str | None:
    """Return the revision of the tables; None where there are none yet."""
    with database.only_reading(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def bring_up_to_date(engine: Engine, backups: Path) -> Path | None:
    """Bring the tables to the newest revision; return the copy made first, where one was.

    Cheap where nothing is to be done. Must run inside an app context and one process at a time.
    """
    current, known = current_revision(engine), revisions()
    if current == known[-1]:
        return None
    if current is not None and current not in known:
        raise SettingsError(
            f"The database is at revision {current}, which this version of the program doesn't "
            "know. Start the newer program that made it, or restore a backup."
        )
    copy = _copy(engine, backups, current) if current is not None else None
    flask_migrate.upgrade(str(MIGRATIONS))
    return copy


def _copy(engine: Engine, backups: Path, revision: str) -> Path | None:
    if engine.dialect.name != "sqlite":
        return None
    backups.mkdir(parents=True, exist_ok=True)
    path = backups / f"{clock.today():%Y%m%d-%H%M%S}-before-{revision}.sqlite3"
    database.copy_to(engine, path)
    return path
