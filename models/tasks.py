"""Tasks (what a plan asks for), their rounds and files."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import UtcDateTime
from core.extensions import db
from models.files import StoredFile

if TYPE_CHECKING:
    from models.forms import Form


class Task(db.Model):
    """What one plan or letter asks units to report."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Tên loại văn bản, such as "Kế hoạch".
    doc_type: Mapped[str] = mapped_column(String(60), default="")
    #: Số; empty until văn thư has given one.
    number: Mapped[str] = mapped_column(String(20), default="")
    #: Ký hiệu, such as "KH-SVHTTDL".
    symbol: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(String(500))
    issuer: Mapped[str] = mapped_column(String(200), default="")
    issued_on: Mapped[date | None]
    #: Căn cứ, one document a line.
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    instructions: Mapped[str] = mapped_column(Text, default="")
    needs_sign_off: Mapped[bool] = mapped_column(default=False)
    search_key: Mapped[str] = mapped_column(String(800), default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    rounds: Mapped[list["Round"]] = relationship(
        back_populates="task", order_by="Round.position", cascade="all, delete-orphan"
    )
    forms: Mapped[list["Form"]] = relationship(
        back_populates="task",
        order_by="Form.position",
        primaryjoin="and_(Task.id == Form.task_id, Form.deleted_at.is_(None))",
        viewonly=True,
    )
    files: Mapped[list["TaskFile"]] = relationship(
        back_populates="task",
        order_by="TaskFile.id",
        primaryjoin="and_(Task.id == TaskFile.task_id, TaskFile.deleted_at.is_(None))",
        viewonly=True,
    )


class Round(db.Model):
    """One collection of a task."""

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    #: Which period of a task that comes again, as `domain.cycles.Period.key` writes it.
    period: Mapped[str | None] = mapped_column(String(10))
    #: The figures asked for are of this time, both days included.
    data_from: Mapped[date | None]
    data_to: Mapped[date | None]
    #: Units may fill in from this instant on; none means from publication on.
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Late after this instant.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Closed after this instant; none means that late reports are always taken.
    locks_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The office asks for these reports no more; what was typed and submitted stays.
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")

    task: Mapped[Task] = relationship(back_populates="rounds")

    __table_args__ = (UniqueConstraint("task_id", "period"),)


class TaskFile(db.Model):
    """A file of the plan, for every unit of the task to read."""

    __tablename__ = "task_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str] = mapped_column(String(255))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    task: Mapped[Task] = relationship(back_populates="files", viewonly=True)
    file: Mapped[StoredFile] = relationship(lazy="joined")
