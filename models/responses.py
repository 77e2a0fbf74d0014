"""Reports of units: the living draft, its changes, what was submitted, and what reviewers said."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import JsonDocument, UtcDateTime
from core.extensions import db
from models.files import StoredFile
from models.forms import Assignment, FormVersion
from models.people import Person


class ResponseState(StrEnum):
    """Where a report is; late and overdue are computed, never stored."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    EXEMPT = "exempt"


class Response(db.Model):
    """The unit's answers: one per assignment, belonging to the unit and not to a person."""

    __tablename__ = "response"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), unique=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"), index=True)
    #: The version that the unit began with, until it has seen what is new since.
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("form_version.id"))
    state: Mapped[str] = mapped_column(String(20), default=ResponseState.NOT_STARTED)
    #: {question uid: value}, values as their question types store them.
    answers: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    #: {question uid: {"rev", "by", "at", "writer", "seq"}}: the last save of each answer.
    marks: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    #: {check id: why the person stands by an answer that a warning doubts}.
    reasons: Mapped[dict[str, Any]] = mapped_column(
        JsonDocument, default=dict, server_default="{}"
    )
    #: Grows with every saved answer.
    rev: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The submission that counts; none while the report is open or returned.
    current_submission_id: Mapped[int | None] = mapped_column(
        ForeignKey("submission.id", use_alter=True)
    )
    #: When the submission that counts was made.
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    return_reason: Mapped[str] = mapped_column(Text, default="")
    #: Since when the office enters the report for its unit; none while the unit does it alone.
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_reason: Mapped[str] = mapped_column(Text, default="", server_default="")

    assignment: Mapped[Assignment] = relationship()
    version: Mapped[FormVersion] = relationship(foreign_keys=[version_id])
    updated_by: Mapped[Person | None] = relationship(foreign_keys=[updated_by_id])
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    current_submission: Mapped["Submission | None"] = relationship(
        foreign_keys=[current_submission_id], post_update=True
    )
    submissions: Mapped[list["Submission"]] = relationship(
        foreign_keys="Submission.response_id",
        back_populates="response",
        order_by="Submission.number",
    )

    __table_args__ = (Index("ix_response_state", "state"),)


class AnswerChange(db.Model):
    """One saved change of one answer; only ever added to."""

    __tablename__ = "answer_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(20))
    old: Mapped[Any | None] = mapped_column(JsonDocument)
    new: Mapped[Any | None] = mapped_column(JsonDocument)
    rev: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_answer_change_answer", "response_id", "question", "rev"),)


class Submission(db.Model):
    """An immutable copy of the report, made at each submit, with a receipt."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    number: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    reasons: Mapped[dict[str, Any]] = mapped_column(
        JsonDocument, default=dict, server_default="{}"
    )
    #: Số biên nhận, printed on the receipt.
    receipt: Mapped[str] = mapped_column(String(40), unique=True)
    #: SHA-256 over what was submitted.
    fingerprint: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The office entered and submitted it for the unit.
    on_behalf: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: What the unit submitted in the round before, with which this was compared.
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))

    response: Mapped[Response] = relationship(
        foreign_keys=[response_id], back_populates="submissions"
    )
    version: Mapped[FormVersion] = relationship()
    submitted_by: Mapped[Person] = relationship()
    previous: Mapped["Submission | None"] = relationship(remote_side=[id])

    __table_args__ = (UniqueConstraint("response_id", "number"),)


class Presence(db.Model):
    """Somebody has a page of the report open, or had it a moment ago."""

    __tablename__ = "presence"

    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReviewNote(db.Model):
    """What a reviewer said of a report, or of one answer in it."""

    __tablename__ = "review_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    #: The question's uid; empty for the report as a whole.
    question: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[Person] = relationship()


class Attachment(db.Model):
    """A file that a unit attached to an answer as evidence."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str] = mapped_column(String(20))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str] = mapped_column(String(255))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    response: Mapped[Response] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")
