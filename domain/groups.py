"""Groups of units on a date: who is in one from a day on, and who was in it before."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import delete, insert, select

from core.extensions import db
from domain import unit_versions
from models import PastMember, Unit, UnitGroup, group_members


def join(group: UnitGroup, units: Iterable[int], day: date) -> list[int]:
    """Let units be in the group from `day` on; return those that weren't."""
    there = set(members(group))
    new = [unit for unit in dict.fromkeys(units) if unit not in there]
    if new:
        rows = [{"group_id": group.id, "unit_id": unit, "valid_from": day} for unit in new]
        db.session.execute(insert(group_members), rows)
        db.session.expire(group, ["units"])
    return new


def leave(group: UnitGroup, units: Collection[int], day: date) -> list[tuple[int, date]]:
    """Let units be in the group no more from `day` on; return each with since when it was."""
    own = group_members.c.group_id == group.id
    left = [
        (unit, since)
        for unit, since in db.session.execute(
            select(group_members.c.unit_id, group_members.c.valid_from).where(
                own, group_members.c.unit_id.in_(units)
            )
        )
    ]
    db.session.add_all(
        PastMember(group_id=group.id, unit_id=unit, valid_from=since, valid_to=day)
        for unit, since in left
        if since < day
    )
    db.session.execute(
        delete(group_members).where(own, group_members.c.unit_id.in_([one for one, _ in left]))
    )
    db.session.flush()
    db.session.expire(group, ["units"])
    return left


def come_back(group_id: int, unit_id: int, since: date, day: date) -> None:
    """Take back that a unit, there since a day, has left a group on another."""
    db.session.execute(
        delete(PastMember).where(
            PastMember.group_id == group_id,
            PastMember.unit_id == unit_id,
            PastMember.valid_from == since,
            PastMember.valid_to == day,
        )
    )
    row = {"group_id": group_id, "unit_id": unit_id, "valid_from": since}
    db.session.execute(insert(group_members), [row])


def never_join(group_id: int, unit_id: int) -> None:
    """Take back that a unit is in a group."""
    db.session.execute(
        delete(group_members).where(
            group_members.c.group_id == group_id, group_members.c.unit_id == unit_id
        )
    )


def members(group: UnitGroup) -> Sequence[int]:
    """Return the ids of the units in the group now."""
    query = select(group_members.c.unit_id).where(group_members.c.group_id == group.id)
    return db.session.scalars(query).all()


def in_group_on(group_id: int, day: date) -> list[int]:
    """Return the ids of the units that were in a group on a day, whether they were still there."""
    now = select(group_members.c.unit_id).where(
        group_members.c.group_id == group_id, group_members.c.valid_from <= day
    )
    then = select(PastMember.unit_id).where(
        PastMember.group_id == group_id, PastMember.valid_from <= day, PastMember.valid_to > day
    )
    return list(db.session.scalars(now.union(then)))


def members_on(group: UnitGroup, day: date) -> list[Unit]:
    """Return the units of the group on a day that were there then, in official order."""
    query = (
        unit_versions.existing_on(day)
        .where(Unit.id.in_(in_group_on(group.id, day)))
        .order_by(Unit.position, Unit.id)
    )
    return [unit for unit, _past in db.session.execute(query)]
