"""Long lists, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from core.extensions import db


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: `rows` as the query gives them, `number` counted from 1."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int


def page_of(query: Select[Any], number: int, size: int) -> Page:
    """Return page `number` of `query`, or the nearest that there is."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = db.session.execute(counted).scalar_one()
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    rows = db.session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, pages, total)
