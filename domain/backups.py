"""Backups: all that an installation owns in one file, proved whole, and put back."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine, delete, inspect, select
from sqlalchemy.orm import Session

from core import archive, clock, database, dumps, schema, storage
from core.extensions import db
from core.words import _
from domain import audit
from models import SignInSession, StoredFile

FORMAT = 1


class BackupError(Exception):
    """A backup couldn't be made or put back, and nothing was changed; the message says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    made_at: datetime
    engine: str
    revision: str
    files: int


@dataclass(frozen=True, slots=True)
class _Restored:
    """What the audit log is told of: the installation as a whole."""

    id: int = 0
    __tablename__ = "installation"


def create(path: Path) -> Backup:
    """Write a backup of an installation that may be in use, and prove it whole; raises BackupError."""
    revision = schema.current_revision(db.engine)
    if revision is None:
        raise BackupError(_("Chưa có dữ liệu để sao lưu."))
    facts = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "engine": db.engine.dialect.name,
        "revision": revision,
    }
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        copy = Path(name) / archive.DATABASE
        try:
            dumps.dump(db.engine, copy)
            # Read after the copy was made: files come before their rows and outlive them.
            archive.write(path, facts, copy, _stored_files())
        except (dumps.DumpError, OSError) as error:
            raise BackupError(str(error)) from error
    if found := problems(path):
        path.unlink()
        raise BackupError(found[0])
    return read(path)


def read(path: Path) -> Backup:
    """Return what a backup says of itself; raises BackupError for a file that is none."""
    try:
        facts = archive.read_list(path)
        made_at = datetime.fromisoformat(facts["made_at"])
        return Backup(made_at, facts["engine"], facts["revision"], len(archive.file_keys(path)))
    except (archive.BadArchiveError, KeyError, ValueError) as error:
        raise BackupError(_("“%(name)s” không phải tệp sao lưu.", name=path.name)) from error


def problems(path: Path) -> list[str]:
    """Return what is wrong with a backup, in sentences; raises BackupError for a file that is none."""
    backup = read(path)
    broken = [_("Hỏng hoặc thiếu: %(name)s.", name=name) for name in archive.broken_members(path)]
    if broken or backup.engine != "sqlite":
        return broken
    with tempfile.TemporaryDirectory() as name, _copy_of(path, Path(name)) as session:
        found = [_("Cơ sở dữ liệu hỏng: %(what)s.", what=one) for one in dumps.problems(session)]
        return found or _missing_files(session, set(archive.file_keys(path)))


def has_changed_log(path: Path) -> bool:
    """Tell whether entries of the audit log were changed before the backup was made.

    Only where that can be told without a server: for SQLite, and tables as they are now.
    """
    backup = read(path)
    if backup.engine != "sqlite" or backup.revision != schema.revisions()[-1]:
        return False
    with tempfile.TemporaryDirectory() as name, _copy_of(path, Path(name)) as session:
        return next(audit.broken_entries(session), None) is not None


def restore(path: Path, kept: Path) -> Path | None:
    """Put a backup in the place of what is there; everybody has to sign in again.

    What was there is kept as a copy of the database in the folder `kept`, which is returned;
    stored files are only ever added. Raises BackupError, and then nothing was changed. Must run
    one process at a time; the tables may be older than the program afterwards.
    """
    backup = read(path)
    if found := problems(path):
        raise BackupError(found[0])
    if backup.engine != db.engine.dialect.name:
        raise BackupError(
            _("Bản sao lưu là của %(engine)s, không dùng được cho nơi này.", engine=backup.engine)
        )
    if backup.revision not in schema.revisions():
        raise BackupError(_("Bản sao lưu do phiên bản mới hơn của chương trình tạo ra."))
    db.session.remove()
    if dumps.is_in_use(db.engine):
        raise BackupError(_("Chương trình đang chạy. Hãy dừng rồi khôi phục."))
    try:
        aside = _set_aside(kept)
        for key, file in archive.open_stored(path, archive.file_keys(path)):
            storage.put_back(key, file)
        with tempfile.TemporaryDirectory(dir=kept) as name:
            copy = Path(name) / archive.DATABASE
            archive.take_database(path, copy)
            dumps.load(db.engine, copy)
    except (dumps.DumpError, OSError, ValueError) as error:
        raise BackupError(str(error)) from error
    # Who has signed out, or lost an account, since then must not come back by an old cookie.
    with db.engine.begin() as connection:
        connection.execute(delete(SignInSession))
    return aside


def note_restored(backup: Backup) -> None:
    """Tell the audit log, once the tables are at the newest revision."""
    audit.record(None, "installation.restored", _Restored(), made_at=backup.made_at.isoformat())


def _stored_files() -> Iterator[tuple[str, IO[bytes]]]:
    with database.only_reading(), db.engine.connect() as connection:
        keys = connection.execute(select(StoredFile.storage_key)).scalars().all()
    for key in keys:
        yield key, storage.open_file(key)


def _set_aside(folder: Path) -> Path | None:
    folder.mkdir(parents=True, exist_ok=True)
    with database.only_reading(), db.engine.connect() as connection:
        is_new = not inspect(connection).get_table_names()
    if is_new:
        return None
    ending = "sqlite3" if db.engine.dialect.name == "sqlite" else "dump"
    path = folder / f"{clock.today():%Y%m%d}-{clock.now():%H%M%S%f}-before-restore.{ending}"
    dumps.dump(db.engine, path)
    return path


def _missing_files(session: Session, keys: set[str]) -> list[str]:
    rows = session.execute(select(StoredFile.storage_key)).scalars()
    return [_("Thiếu tệp đã lưu: %(name)s.", name=key) for key in rows if key not in keys]


@contextmanager
def _copy_of(path: Path, folder: Path) -> Iterator[Session]:
    """Open the SQLite database in a backup, unpacked into `folder`."""
    copy = folder / archive.DATABASE
    archive.take_database(path, copy)
    engine = create_engine(f"sqlite:///{copy}")
    with Session(engine) as session:
        yield session
    engine.dispose()
