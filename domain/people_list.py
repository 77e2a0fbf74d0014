"""Reading people: the list with its filters, and what each row shows."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from domain.paging import Page, page_of
from domain.search import has_words
from models import Membership, Person, Unit

PAGE_SIZE = 50
AFTER_ALL_UNITS = 1_000_000


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people to list; an empty value asks for nothing. `state` is "open", "closed" or "all".

    `text` is looked for in people's names and in the names of their units.
    """

    text: str = ""
    role: str = ""
    unit_id: int | None = None
    state: str = "open"


def list_people(chosen: PeopleFilter, number: int) -> Page:
    """Return a page of people in the official order of their first unit, roles and units loaded."""
    first_units = (
        select(Membership.person_id, func.min(Unit.position).label("position"))
        .join(Unit, Unit.id == Membership.unit_id)
        .group_by(Membership.person_id)
        .subquery()
    )
    query = (
        select(Person)
        .outerjoin(first_units, first_units.c.person_id == Person.id)
        .options(selectinload(Person.memberships).options(joinedload(Membership.unit)))
        .order_by(
            func.coalesce(first_units.c.position, AFTER_ALL_UNITS), Person.search_key, Person.id
        )
    )
    in_unit = (
        select(Membership.person_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(has_words(Unit.search_key, chosen.text))
    )
    if chosen.text.strip():
        query = query.where(has_words(Person.search_key, chosen.text) | Person.id.in_(in_unit))
    if chosen.role or chosen.unit_id is not None:
        holders = select(Membership.person_id)
        if chosen.role:
            holders = holders.where(Membership.role == chosen.role)
        if chosen.unit_id is not None:
            holders = holders.where(Membership.unit_id == chosen.unit_id)
        query = query.where(Person.id.in_(holders))
    if chosen.state == "closed":
        query = query.where(Person.disabled_at.is_not(None))
    elif chosen.state != "all":
        query = query.where(Person.disabled_at.is_(None))
    return page_of(query, number, PAGE_SIZE)
