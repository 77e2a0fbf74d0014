"""Forms: the working copy that the secretariat edits, its published versions, and who owes them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import JsonDocument, UtcDateTime
from core.extensions import db
from models.organisation import Unit, UnitGroup
from models.tasks import Round, Task


class Form(db.Model):
    """The questions of a task for one group of recipients."""

    __tablename__ = "form"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    intro: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    #: Grows with every change of the working copy.
    rev: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The form of an earlier task that this one carries on.
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("form.id"))

    task: Mapped[Task] = relationship()
    targets: Mapped[list["FormTarget"]] = relationship(
        back_populates="form", cascade="all, delete-orphan", order_by="FormTarget.id"
    )
    versions: Mapped[list["FormVersion"]] = relationship(
        back_populates="form", order_by="FormVersion.number"
    )


class FormTarget(db.Model):
    """A group or a unit that is to get the form; `excluded` takes one unit out of the groups."""

    __tablename__ = "form_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    excluded: Mapped[bool] = mapped_column(default=False)

    form: Mapped[Form] = relationship(back_populates="targets")
    group: Mapped[UnitGroup | None] = relationship()
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (
        CheckConstraint("(group_id IS NULL) <> (unit_id IS NULL)", name="group_or_unit"),
    )


class Section(db.Model):
    """A part of the working copy, shown to units as one page."""

    __tablename__ = "section"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id", ondelete="CASCADE"))
    #: Stays the same through every version.
    uid: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    intro: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    form: Mapped[Form] = relationship()

    __table_args__ = (Index("ix_section_place", "form_id", "position"),)


class Question(db.Model):
    """A question of the working copy."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"))
    #: Stays the same through every version; answers are stored under it.
    uid: Mapped[str] = mapped_column(String(20), unique=True)
    #: The uid of the same question in the form that this one carries on; empty for none.
    origin: Mapped[str] = mapped_column(String(20), default="", server_default="")
    type: Mapped[str] = mapped_column(String(30))
    #: Mã chỉ tiêu, free text of the office.
    code: Mapped[str] = mapped_column(String(30), default="")
    label: Mapped[str] = mapped_column(String(500))
    hint: Mapped[str] = mapped_column(String(1000), default="")
    #: Đơn vị tính.
    measure: Mapped[str] = mapped_column(String(60), default="")
    required: Mapped[bool] = mapped_column(default=False)
    #: How answers are summed: a value of questionnaire.definition.Summing.
    summing: Mapped[str] = mapped_column(String(10), default="")
    settings: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    #: When the question is asked, as a stored rule; none for always.
    visible: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    #: Further checks, as `questionnaire.definition.Question` holds them.
    checks: Mapped[list[dict[str, Any]]] = mapped_column(
        JsonDocument, default=list, server_default="[]"
    )
    position: Mapped[int] = mapped_column(default=0)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    section: Mapped[Section] = relationship()

    __table_args__ = (Index("ix_question_place", "section_id", "position"),)


class FormVersion(db.Model):
    """A published form; never changes."""

    __tablename__ = "form_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id", ondelete="CASCADE"))
    number: Mapped[int]
    #: As `questionnaire.definition.FormDefinition.to_json` gives it.
    definition: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    #: The working copy's `rev` at publication: equal means that nothing has changed since.
    form_rev: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    form: Mapped[Form] = relationship(back_populates="versions")

    __table_args__ = (UniqueConstraint("form_id", "number"),)


class FormStep(db.Model):
    """One step in the builder, with what takes it back, or does it again once it was undone."""

    __tablename__ = "form_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id", ondelete="CASCADE"))
    #: The action of the audit log, and what it was done to, as it was called then.
    action: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(500))
    actor_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The working copy's `rev` without the step and with it.
    rev_before: Mapped[int]
    rev_after: Mapped[int]
    #: What `domain.undoing` does, in this order.
    moves: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_form_step_latest", "form_id", "undone_at", "id"),)


class Assignment(db.Model):
    """One unit owes one form in one round; what it was called then is kept with it."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_code: Mapped[str] = mapped_column(String(40))
    unit_name: Mapped[str] = mapped_column(String(200))
    group_name: Mapped[str] = mapped_column(String(300), default="")
    #: Official order: group first, then unit.
    position: Mapped[int] = mapped_column(default=0)
    #: A later deadline of this unit alone.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The deadline of the units of its level, where that differs from the round's.
    level_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the lock was seen to have passed: from then on no clock opens the report again.
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    exempted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    exempt_reason: Mapped[str] = mapped_column(String(500), default="")

    round: Mapped[Round] = relationship()
    form: Mapped[Form] = relationship()
    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        UniqueConstraint("round_id", "form_id", "unit_id"),
        Index("ix_assignment_place", "round_id", "form_id", "position"),
    )
