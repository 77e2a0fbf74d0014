"""Work done in the background: what is to be done, what was done, and what failed for good."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import JsonDocument, UtcDateTime
from core.extensions import db


class JobState(StrEnum):
    """Where a piece of work is; that it runs just now is computed, never stored."""

    WAITING = "waiting"
    DONE = "done"
    #: Failed so often that a person has to look.
    PARKED = "parked"


class Job(db.Model):
    """One piece of work for the background."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    #: The reason for the work: the same reason is never queued twice.
    key: Mapped[str] = mapped_column(String(160), unique=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Not before this instant.
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When it was last handed to the workers.
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    #: Which consumer has it, and until when it is taken to be alive.
    holder: Mapped[str] = mapped_column(String(40), default="")
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why the last attempt failed.
    error: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (Index("ix_job_state", "state", "run_at"), Index("ix_job_name", "name", "id"))
