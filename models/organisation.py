"""Units and their groups."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import UtcDateTime
from core.extensions import db

#: The first day of what was always so, as far as the office knows.
ALWAYS = date(1900, 1, 1)


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
    Column("valid_from", Date, nullable=False, default=ALWAYS, server_default=str(ALWAYS)),
)
"""Which units each group has now; who was in it before is in `PastMember`."""


class Unit(db.Model):
    """A body that owes reports, or the department that collects them.

    It is the same unit whatever it is called: its row says what holds now, or held last, and
    `PastVersion` what held before. A code is the unit's own only while it holds.
    """

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
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
    #: The first day on which the unit was called so and stood there.
    valid_from: Mapped[date] = mapped_column(default=ALWAYS, server_default=str(ALWAYS))
    #: From when on the unit is no more.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])
    groups: Mapped[list["UnitGroup"]] = relationship(
        secondary=group_members, back_populates="units", order_by="UnitGroup.position"
    )

    __table_args__ = (
        Index("ix_unit_position", "position", "id"),
        Index(
            "uq_unit_code_open",
            "code",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )


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
