"""Tasks that come again: how often, the rounds that are planned, and deadlines of levels."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import JsonDocument, UtcDateTime
from core.extensions import db
from models.organisation import UnitGroup
from models.tasks import Round, Task


class Recurrence(db.Model):
    """How often a task comes again, and the rule for the dates of its rounds."""

    __tablename__ = "recurrence"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), unique=True)
    #: A value of domain.cycles.Cycle.
    cycle: Mapped[str] = mapped_column(String(20))
    #: As `domain.cycles.Rule` has them.
    cut_off_day: Mapped[int]
    due_day: Mapped[int]
    due_later: Mapped[int]
    due_hour: Mapped[time | None]
    opens_before: Mapped[int]
    locks_after: Mapped[int | None]
    #: [{"who": "group:3" or "kind:commune", "days": -3}]: days before or after the deadline.
    levels: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument, default=list)
    #: The period that comes first, as `domain.cycles.Period.key` writes it.
    starts_with: Mapped[str] = mapped_column(String(10))
    #: No round is due after this day.
    ends_on: Mapped[date | None]
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    task: Mapped[Task] = relationship()


class PlannedRound(db.Model):
    """A round that isn't open yet, with dates of the rule or of its own."""

    __tablename__ = "planned_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    period: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    data_from: Mapped[date]
    data_to: Mapped[date]
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locks_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Somebody has set its dates: a new rule leaves them alone.
    has_own_dates: Mapped[bool] = mapped_column(default=False, server_default=false())
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    task: Mapped[Task] = relationship()

    __table_args__ = (UniqueConstraint("task_id", "period"),)


class RoundLevel(db.Model):
    """A deadline of its own for a group or a kind of units in one round."""

    __tablename__ = "round_level"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20), default="", server_default="")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)

    round: Mapped[Round] = relationship()
    group: Mapped[UnitGroup | None] = relationship()

    __table_args__ = (
        CheckConstraint("(group_id IS NULL) <> (kind = '')", name="group_or_kind"),
    )

    @property
    def who(self) -> str:
        """Whom it is for, as `Recurrence.levels` says it."""
        return f"kind:{self.kind}" if self.kind else f"group:{self.group_id}"
