"""Large files of a summary: asked for, made in the background, kept a while for who asked."""

from datetime import timedelta
from typing import IO, Any

from sqlalchemy import delete as deleted
from sqlalchemy import select, update

from core import clock, storage
from core.errors import ConflictError, NotFoundError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, background, summary_files
from domain.summary_files import Wanted
from models import PreparedFile, Round

#: The background work that makes a file.
WORK = "summary.prepare_file"
#: How long a file is kept, and how many one person may have at once.
KEPT = timedelta(hours=24)
MOST_FILES = 5
#: After so long without a sign of life, the work is lost.
SILENT = timedelta(minutes=10)
#: Larger than any workbook of Excel's own limits; a disk that is full says so by itself.
LARGEST = 2 * 1024**3


def ask(actor: Actor, round_: Round, wanted: Wanted) -> PreparedFile | None:
    """Ask for a file; None if the same one is still being made."""
    forget_old()
    mine = of_person(actor, round_)
    for one in mine:
        if one.wanted == wanted.to_json() and one.ready_at is None and not has_failed(one):
            return None
    if len(mine) >= MOST_FILES:
        raise ConflictError(
            _("Nhiều nhất %(most)d tệp cùng lúc. Hãy xoá tệp không cần nữa.", most=MOST_FILES)
        )
    prepared = PreparedFile(
        round_id=round_.id,
        person_id=actor.person_id,
        wanted=wanted.to_json(),
        name=summary_files.name_of(wanted, round_),
        asked_at=clock.now(),
        told_at=clock.now(),
        total=summary_files.reports_of(wanted, round_),
    )
    db.session.add(prepared)
    db.session.flush()
    # Ids come back after files were thrown away, instants don't.
    key = f"{WORK}@{prepared.id}@{prepared.asked_at.isoformat()}"
    background.ask(WORK, key, prepared_id=prepared.id)
    audit.record(actor, "summary.file_asked", prepared, task=round_.task_id)
    return prepared


def of_person(actor: Actor, round_: Round) -> list[PreparedFile]:
    """Return the files of a round that the person has asked for, the newest first."""
    query = (
        select(PreparedFile)
        .where(
            PreparedFile.person_id == actor.person_id,
            PreparedFile.round_id == round_.id,
            PreparedFile.asked_at > clock.now() - KEPT,
        )
        .order_by(PreparedFile.id.desc())
    )
    return list(db.session.scalars(query))


def has_failed(prepared: PreparedFile) -> bool:
    """Tell whether a file will never be ready: it couldn't be made, or its process has ended."""
    lost = prepared.ready_at is None and prepared.told_at < clock.now() - SILENT
    return prepared.failed_at is not None or lost


def request_of(prepared_id: int) -> dict[str, Any] | None:
    """Return what the process that makes files is to be asked; None if nobody wants it any more."""
    prepared = db.session.get(PreparedFile, prepared_id)
    return None if prepared is None else dict(prepared.wanted)


def tell(prepared_id: int, done: int) -> None:
    """Note how many reports are read."""
    db.session.execute(
        update(PreparedFile).where(PreparedFile.id == prepared_id).values(done=done, told_at=clock.now())
    )


def finish(prepared_id: int, file: IO[bytes]) -> None:
    """Keep the file that was made, unless nobody wants it any more."""
    file.seek(0)
    kept = storage.put(file, largest=LARGEST)
    noted = db.session.execute(
        update(PreparedFile)
        .where(PreparedFile.id == prepared_id, PreparedFile.ready_at.is_(None))
        .values(
            ready_at=clock.now(), failed_at=None, storage_key=kept.key, size=kept.size,
            done=PreparedFile.total,
        )
    )  # fmt: skip
    if not noted.rowcount:  # type: ignore[attr-defined]
        storage.delete(kept.key)


def fail(prepared_id: int) -> None:
    """Note that the file couldn't be made."""
    db.session.execute(
        update(PreparedFile)
        .where(PreparedFile.id == prepared_id, PreparedFile.ready_at.is_(None))
        .values(failed_at=clock.now())
    )


def open_file(prepared: PreparedFile) -> IO[bytes]:
    """Open a file that is ready; raises NotFoundError for one that isn't, or is no longer kept."""
    if prepared.ready_at is None or prepared.asked_at <= clock.now() - KEPT:
        raise NotFoundError
    try:
        return storage.open_file(prepared.storage_key)
    except FileNotFoundError:
        raise NotFoundError from None


def discard(actor: Actor, prepared: PreparedFile) -> None:
    """Throw a file away before its time."""
    audit.record(actor, "summary.file_discarded", prepared, task=prepared.round.task_id)
    _remove([prepared])


def forget_old() -> None:
    """Throw away what has been kept long enough."""
    old = select(PreparedFile).where(PreparedFile.asked_at < clock.now() - KEPT)
    _remove(list(db.session.scalars(old)))


def _remove(files: list[PreparedFile]) -> None:
    ids = [one.id for one in files]
    for one in files:
        if one.storage_key:
            storage.delete(one.storage_key)
    db.session.execute(deleted(PreparedFile).where(PreparedFile.id.in_(ids)))
