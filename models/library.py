"""The library: the department's own questions and sections, kept to be copied into forms."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import JsonDocument, UtcDateTime
from core.extensions import db


class LibraryItem(db.Model):
    """A question or a whole section; it is copied when it is used, and knows of no form."""

    __tablename__ = "library_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(500))
    #: Name and questions without accents, for finding.
    search_key: Mapped[str] = mapped_column(Text)
    is_section: Mapped[bool] = mapped_column(default=False)
    #: A definition of one section, as `FormDefinition.to_json` gives it.
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    #: What its rules read outside of it: labels by uid.
    outside: Mapped[dict[str, str]] = mapped_column(JsonDocument, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
