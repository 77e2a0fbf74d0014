"""The audit log: who did what to what, and when; each entry carries the hash of the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import JsonDocument, UtcDateTime
from core.extensions import db


class AuditEntry(db.Model):
    """One thing done; never changed, never deleted, never holding an answer or a secret."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120), default="")
    #: `<thing>.<verb>`, such as "report.submitted".
    action: Mapped[str] = mapped_column(String(60), index=True)
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int | None]
    unit_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    address: Mapped[str] = mapped_column(String(60), default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(db.Model):
    """The one row that whoever adds an entry locks first, so that the chain never forks."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    last_hash: Mapped[str] = mapped_column(String(64))
