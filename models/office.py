"""What the office has decided on screen: its settings, its own days off and working days."""

from datetime import date
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import JsonDocument
from core.extensions import db


class OfficeSetting(db.Model):
    """One setting that differs from its default."""

    __tablename__ = "office_setting"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[Any] = mapped_column(JsonDocument)


class OfficeDay(db.Model):
    """A day on which the office does other than the calendar says."""

    __tablename__ = "office_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    #: A working Saturday, or else a day off.
    works: Mapped[bool]
    #: Why, such as "Ngày truyền thống ngành".
    name: Mapped[str] = mapped_column(String(120), default="")
