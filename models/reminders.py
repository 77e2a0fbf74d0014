"""Reminders: when units of a task are reminded, who was, in what words, and who was called."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import JsonDocument, UtcDateTime
from core.extensions import db
from models.forms import Assignment
from models.people import Person


class ReminderKind(StrEnum):
    """Why somebody is reminded; the stored value never changes."""

    OPENING = "opening"
    BEFORE = "before"
    AFTER = "after"
    BY_HAND = "by_hand"


class MailState(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ReminderPlan(db.Model):
    """When the units of one task are reminded, where that differs from the default."""

    __tablename__ = "reminder_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), unique=True)
    at_opening: Mapped[bool]
    #: So many days before the deadline, and after it.
    days_before: Mapped[list[int]] = mapped_column(JsonDocument)
    days_after: Mapped[list[int]] = mapped_column(JsonDocument)


class ReminderText(db.Model):
    """A piece of the reminding words that differs from the default."""

    __tablename__ = "reminder_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    text: Mapped[str] = mapped_column(Text)


class OutgoingMail(db.Model):
    """One mail: the reminders of one person or one unit's address on one day."""

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: To whom, and of which day: no second one is ever made.
    key: Mapped[str] = mapped_column(String(80), unique=True)
    #: As `Reminder.addressee`.
    addressee: Mapped[str] = mapped_column(String(30), index=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(200))
    #: Written as it is sent: until then some of it may be settled.
    subject: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=MailState.WAITING)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    #: A worker is sending it, and is taken to be alive until then.
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When it was sent, given up or cancelled.
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[str] = mapped_column(String(200))
    error: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (Index("ix_outgoing_mail_state", "state", "try_at"),)


class Reminder(db.Model):
    """One reason to remind one person, or one unit's address, of one report."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Of which report, whom, why, for which deadline: never twice.
    key: Mapped[str] = mapped_column(String(160), unique=True)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), index=True
    )
    #: "person:<id>" or "unit:<id>".
    addressee: Mapped[str] = mapped_column(String(30))
    #: None: the unit's own address.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    days: Mapped[int] = mapped_column(default=0)
    #: The deadline that it was about.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: What the office adds when it reminds by hand, and who did.
    note: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("outgoing_mail.id", ondelete="SET NULL"), index=True
    )

    assignment: Mapped[Assignment] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    mail: Mapped[OutgoingMail | None] = relationship()

    __table_args__ = (Index("ix_reminder_unread", "person_id", "read_at"),)


class UnitCall(db.Model):
    """The office has called a unit about a report."""

    __tablename__ = "unit_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    spoke_with: Mapped[str] = mapped_column(String(120), default="")
    said: Mapped[str] = mapped_column(String(1000))

    by: Mapped[Person] = relationship()
    assignment: Mapped[Assignment] = relationship()
