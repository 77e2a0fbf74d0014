"""Units and their groups."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import UtcDateTime
from core.extensions import db


class UnitKind(StrEnum):
    """What sort of body a unit is; the stored value never changes."""

    DEPARTMENT = "department"
    DIVISION = "division"
    PUBLIC_UNIT = "public_unit"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


group_members = Table(
    "unit_group_member",
    db.metadata,
    Column("group_id", ForeignKey("unit_group.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Unit(db.Model):
    """A body that owes reports, or the department that collects them."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(20), default=UnitKind.OTHER)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    #: The department's official order, which is rank order and not alphabetical.
    position: Mapped[int] = mapped_column(default=0)
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    #: The name without accents, for searching on both engines.
    search_key: Mapped[str] = mapped_column(String(300), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])
    groups: Mapped[list["UnitGroup"]] = relationship(
        secondary=group_members, back_populates="units", order_by="UnitGroup.position"
    )

    __table_args__ = (Index("ix_unit_position", "position", "id"),)


class UnitGroup(db.Model):
    """A saved set of units, as plans name their recipients."""

    __tablename__ = "unit_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300), unique=True)
    position: Mapped[int] = mapped_column(default=0)

    units: Mapped[list[Unit]] = relationship(
        secondary=group_members,
        back_populates="groups",
        order_by=lambda: (Unit.position, Unit.id),
    )
