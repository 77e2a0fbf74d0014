"""What units were before, who was in groups before, and how units followed each other."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import JsonDocument, UtcDateTime
from core.extensions import db
from models.organisation import Unit
from models.people import Person


class PastVersion(db.Model):
    """What a unit was called and where it stood, from a day until the day before another."""

    __tablename__ = "unit_past_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    search_key: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date]
    #: The first day on which it held no more.
    valid_to: Mapped[date]

    __table_args__ = (Index("ix_unit_past_version_unit", "unit_id", "valid_from"),)


class PastMember(db.Model):
    """A unit was in a group from a day until the day before another."""

    __tablename__ = "unit_group_past_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("unit_group.id", ondelete="CASCADE"), index=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class UnitChangeKind(StrEnum):
    """What happened to units; the stored value never changes."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    MOVE = "move"
    CLOSE = "close"


class UnitChange(db.Model):
    """A change of the organisation: its day, and the document that it rests on."""

    __tablename__ = "unit_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    #: The first day on which it holds.
    day: Mapped[date]
    document: Mapped[str] = mapped_column(String(500), default="")
    #: What it did besides, so that it can be taken back: see `domain.unit_changes`.
    effects: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    recorded_by: Mapped[Person | None] = relationship()
    successions: Mapped[list["UnitSuccession"]] = relationship(
        back_populates="change", cascade="all, delete-orphan", order_by="UnitSuccession.id"
    )

    __table_args__ = (Index("ix_unit_change_day", "day", "id"),)


class UnitSuccession(db.Model):
    """What became of a unit in a change: itself, another unit, one of several, or nothing."""

    __tablename__ = "unit_succession"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("unit_change.id", ondelete="CASCADE"))
    old_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    #: None for a unit that nobody follows.
    new_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)

    change: Mapped[UnitChange] = relationship(back_populates="successions")
    old: Mapped[Unit] = relationship(foreign_keys=[old_id])
    new: Mapped[Unit | None] = relationship(foreign_keys=[new_id])

    __table_args__ = (Index("ix_unit_succession_change", "change_id"),)
