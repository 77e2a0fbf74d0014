"""Plans that are being read, and the other names that documents give to units and groups."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import JsonDocument, UtcDateTime
from core.extensions import db
from models.files import StoredFile
from models.organisation import Unit, UnitGroup


class PlanDraft(db.Model):
    """An uploaded plan between its reading and the task that is made of it."""

    __tablename__ = "plan_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    #: The paragraphs as they were read; none of a file that can't be.
    lines: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    #: What the document proposes, as `domain.plan_proposals` makes it.
    proposals: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    #: Why nothing is proposed: a key of `domain.plan_drafts.REASONS`; empty where something is.
    reason: Mapped[str] = mapped_column(String(20), default="")
    #: The encoding of old fonts that the text is in, until its conversion is agreed to.
    encoding: Mapped[str] = mapped_column(String(10), default="")
    #: The task that was made of it.
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship(lazy="joined")


class UnitAlias(db.Model):
    """A name that documents give to a unit or to a group, learnt when a proposal was corrected."""

    __tablename__ = "unit_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The name as `domain.plan_matching` compares names.
    key: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(300))
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit_group.id", ondelete="CASCADE"), index=True
    )
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    unit: Mapped[Unit | None] = relationship()
    group: Mapped[UnitGroup | None] = relationship()

    __table_args__ = (
        CheckConstraint("(group_id IS NULL) <> (unit_id IS NULL)", name="unit_or_group"),
        Index("ix_unit_alias_key", "key"),
    )
