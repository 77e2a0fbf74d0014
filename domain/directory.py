"""Reading the organisation: units in their official order, groups, and how many people each has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from core.extensions import db
from domain import groups, successors, unit_history, unit_versions
from domain.paging import Page, page_of
from domain.search import has_words
from domain.unit_history import Named
from models import Membership, PastVersion, Person, Unit, UnitGroup, group_members

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Which units to list; an empty value asks for nothing. `state` is "open", "closed" or "all"."""

    text: str = ""
    kind: str = ""
    group_id: int | None = None
    state: str = "open"


def list_units(chosen: UnitFilter, number: int) -> Page:
    """Return a page of units in official order: rows of (unit, its place among the open ones).

    A closed unit has the place None.
    """
    place = func.row_number().over(order_by=(Unit.position, Unit.id)).label("place")
    open_ones = select(Unit.id, place).where(Unit.closed_at.is_(None)).subquery()
    query = (
        select(Unit, open_ones.c.place)
        .outerjoin(open_ones, open_ones.c.id == Unit.id)
        .options(joinedload(Unit.parent), selectinload(Unit.groups))
        .order_by(Unit.position, Unit.id)
    )
    return page_of(_chosen(query, chosen), number, PAGE_SIZE)


def _chosen(query: Select[Any], chosen: UnitFilter) -> Select[Any]:
    query = query.where(has_words(Unit.search_key, chosen.text))
    if chosen.kind:
        query = query.where(Unit.kind == chosen.kind)
    if chosen.group_id is not None:
        in_group = select(group_members.c.unit_id).where(
            group_members.c.group_id == chosen.group_id
        )
        query = query.where(Unit.id.in_(in_group))
    if chosen.state == "closed":
        return query.where(Unit.closed_at.is_not(None))
    return query if chosen.state == "all" else query.where(Unit.closed_at.is_(None))


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit as it was on a day; `now` are those in whose place it stands today, if others."""

    unit: Unit
    code: str
    name: str
    kind: str
    parent: str
    now: Sequence[Named]


def list_units_on(day: date, chosen: UnitFilter, number: int) -> Page:
    """Return a page of the units that there were on a day, as they were called, in official order."""
    held = unit_versions.held
    query = unit_versions.existing_on(day).where(has_words(held("search_key"), chosen.text))
    if chosen.kind:
        query = query.where(held("kind") == chosen.kind)
    if chosen.group_id is not None:
        query = query.where(Unit.id.in_(groups.in_group_on(chosen.group_id, day)))
    page = page_of(query.order_by(Unit.position, Unit.id), number, PAGE_SIZE)
    return Page(_then(page.rows, day), page.number, page.pages, page.total)


def _then(rows: Iterable[tuple[Unit, PastVersion | None]], day: date) -> list[UnitThen]:
    found = [(unit, past or unit) for unit, past in rows]
    history = successors.read()
    heirs = {unit.id: history.now(unit.id, day) for unit, _held in found}
    after = {id_: heir.parts or (heir.unit_id,) for id_, heir in heirs.items() if not heir.has_ended}
    parents = {held.parent_id for _unit, held in found if held.parent_id}
    names = unit_history.Names.of(parents | {one for many in after.values() for one in many})
    return [
        UnitThen(
            unit,
            held.code,
            held.name,
            held.kind,
            names.on(held.parent_id, day).name if held.parent_id else "",
            [
                now
                for id_ in after.get(unit.id, ())
                if (now := names.today(id_)) != Named(unit.id, held.name, held.code)
            ],
        )
        for unit, held in found
    ]


def count_people(units: Iterable[Unit]) -> dict[int, int]:
    """Return how many people with a working account each of `units` has, by unit id."""
    counted = (
        select(Membership.unit_id, func.count(Membership.person_id.distinct()))
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.unit_id.in_([unit.id for unit in units]), Person.disabled_at.is_(None)
        )
        .group_by(Membership.unit_id)
    )
    return dict(db.session.execute(counted).all())


def count_open_units() -> int:
    """Return how many units are open."""
    return db.session.execute(
        select(func.count(Unit.id)).where(Unit.closed_at.is_(None))
    ).scalar_one()


def open_units(*kept: int) -> Sequence[Unit]:
    """Return the open units in official order, and those with the ids `kept` though closed."""
    return db.session.scalars(
        select(Unit)
        .where(Unit.closed_at.is_(None) | Unit.id.in_(kept))
        .order_by(Unit.position, Unit.id)
    ).all()


def list_groups() -> Sequence[tuple[UnitGroup, int]]:
    """Return every group in order, each with how many units it has."""
    counted = (
        select(UnitGroup, func.count(group_members.c.unit_id))
        .outerjoin(group_members, group_members.c.group_id == UnitGroup.id)
        .group_by(UnitGroup.id)
        .order_by(UnitGroup.position, UnitGroup.id)
    )
    return [(group, count) for group, count in db.session.execute(counted)]
