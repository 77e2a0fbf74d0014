"""Long lists, a page at a time."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from core.extensions import db

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list; `number` counts from 1, `total` counts all items of the list."""

    items: list[Item]
    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty list has one."""
        return max(1, -(-self.total // self.size))


def paginate(query: Select[Any], number: int, size: int) -> Page[Any]:
    """Return page `number` of what `query` selects (one thing a row); the last one beyond the end."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = db.session.execute(counted).scalar_one()
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    items = list(db.session.scalars(query.limit(size).offset((number - 1) * size)))
    return Page(items, number, total, size)
