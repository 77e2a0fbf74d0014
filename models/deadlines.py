"""Later deadlines of single units: who asked, who granted or refused, and why."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import UtcDateTime
from core.extensions import db
from models.forms import Assignment
from models.people import Person


class Extension(db.Model):
    """A later deadline for one unit: waiting, granted, or refused; never changed once decided."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), index=True
    )
    #: Nobody asked where the office gave it by itself.
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: None while it waits.
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: None for a refusal.
    granted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why it was granted or refused.
    answer: Mapped[str] = mapped_column(String(1000), default="", server_default="")

    assignment: Mapped[Assignment] = relationship()
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
