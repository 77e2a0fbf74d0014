"""What belongs to the summary: named views of it, templates of the office, and prepared files."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import JsonDocument, UtcDateTime
from core.extensions import db
from models.files import StoredFile
from models.forms import Form
from models.people import Person
from models.tasks import Round, Task


class SummaryView(db.Model):
    """A selection of questions, units and columns under a name, for every round of a task."""

    __tablename__ = "summary_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    #: As `domain.summary_views.Selection` writes it.
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    task: Mapped[Task] = relationship()
    created_by: Mapped[Person | None] = relationship()


class SummaryTemplate(db.Model):
    """A workbook of the office with marks where figures of a form go."""

    __tablename__ = "summary_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str] = mapped_column(String(255))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    form: Mapped[Form] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")
    uploaded_by: Mapped[Person | None] = relationship()


class PreparedFile(db.Model):
    """A large file of a summary that is made in the background for the one who asked for it."""

    __tablename__ = "prepared_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    #: As `domain.summary_files.Wanted` writes it.
    wanted: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    name: Mapped[str] = mapped_column(String(255))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When something was last heard of the work.
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: How many reports are read, of how many.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    storage_key: Mapped[str] = mapped_column(String(80), default="")
    size: Mapped[int] = mapped_column(default=0)

    round: Mapped[Round] = relationship()
