"""The audit log: adding entries to the chain, reading them, and proving that none was changed."""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, origin
from core.extensions import db
from core.permissions import Actor
from models import AuditEntry, AuditHead

START = "0" * 64


def record(
    actor: Actor | None,
    action: str,
    thing: Any,
    *,
    unit_id: int | None = None,
    **detail: Any,
) -> AuditEntry:
    """Add an entry on `thing` (a model row, flushed before) in the current transaction.

    `detail` must be JSON values and never an answer's text or a secret.
    """
    head = db.session.execute(select(AuditHead).with_for_update()).scalar_one_or_none()
    if head is None:
        head = AuditHead(id=1, last_hash=START)
        db.session.add(head)
    entry = AuditEntry(
        at=clock.now(),
        actor_id=actor.person_id if actor else None,
        actor_name=actor.full_name if actor else "",
        action=action,
        object_type=thing.__tablename__,
        object_id=thing.id,
        unit_id=unit_id,
        detail=detail,
        address=origin.address(),
        previous_hash=head.last_hash,
    )
    entry.hash = hash_of(entry)
    head.last_hash = entry.hash
    db.session.add(entry)
    db.session.flush()
    return entry


def hash_of(entry: AuditEntry) -> str:
    """Return the SHA-256 over everything in the entry and the hash of the one before."""
    content = [
        entry.previous_hash,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.unit_id,
        entry.detail,
        entry.address,
    ]
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def broken_entries(session: Session | None = None) -> Iterator[AuditEntry]:
    """Yield each entry that was changed, or whose predecessor is missing or was moved.

    Looks into another database than the product's own where `session` leads there.
    """
    previous = START
    found = (session or db.session).scalars(select(AuditEntry).order_by(AuditEntry.id))
    for entry in found:
        if entry.previous_hash != previous or entry.hash != hash_of(entry):
            yield entry
        previous = entry.hash
