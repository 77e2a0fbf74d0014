"""The order of sections and questions: places counted from 0, kept without gaps by few updates.

One statement shifts all that follow, so that a long form costs no more than a short one.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select, update

from core.errors import ConflictError
from core.extensions import db
from core.words import _
from models import Form, Question, Section

Row = TypeVar("Row", Section, Question)


def hold(form: Form) -> None:
    """Let nobody else arrange the form meanwhile, and see its newest revision."""
    db.session.flush()
    db.session.refresh(form, ["rev"], with_for_update=True)


def refuse_deleted(one: Section | Question) -> None:
    """Refuse to arrange what somebody else has deleted meanwhile."""
    db.session.refresh(one, ["position", "deleted_at"])
    if one.deleted_at is not None:
        raise ConflictError(
            _("Người khác vừa xoá phần này. Tải lại trang để thấy biểu mẫu hiện nay.")
        )


def append(one: Section | Question) -> None:
    """Put a row that isn't stored yet at the end of its list."""
    one.position = _count(one)


def insert(one: Section | Question, place: int) -> None:
    """Make room at `place` of the list, and put a row there that isn't in it yet."""
    one.position = max(0, min(place, _count(one)))
    _shift(one, type(one).position >= one.position, 1)


def take_out(one: Section | Question) -> None:
    """Close the gap that a row leaves in its list; the row keeps its own place in mind."""
    _shift(one, type(one).position > one.position, -1)


def following(one: Row) -> Row | None:
    """Return the row after this one in its list."""
    kind: type[Row] = type(one)
    query = select(kind).where(*_siblings(one), kind.position > one.position)
    return db.session.scalars(query.order_by(kind.position, kind.id).limit(1)).first()


def _count(one: Section | Question) -> int:
    query = select(func.count()).select_from(type(one)).where(*_siblings(one))
    return db.session.execute(query).scalar_one()


def _shift(one: Section | Question, which: ColumnElement[bool], by: int) -> None:
    kind = type(one)
    db.session.execute(
        update(kind).where(*_siblings(one), which).values(position=kind.position + by)
    )


def _siblings(one: Section | Question) -> Sequence[Any]:
    """Return what holds for the others of the row's list: all that aren't deleted."""
    others: list[Any] = [type(one).deleted_at.is_(None)]
    if one.id is not None:
        others.append(type(one).id != one.id)
    if isinstance(one, Section):
        return [*others, Section.form_id == one.form_id]
    return [*others, Question.section_id == one.section_id]
