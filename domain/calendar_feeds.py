"""Calendars that are read through a private link, of a person or of a unit."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from core import clock
from core.errors import ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission, Role
from core.vietnamese import format_deadline
from core.words import _, in_vietnamese
from documents.calendar_write import Event, calendar
from domain import agenda, audit
from domain.agenda import Entry, What
from models import CalendarFeed, Person, Unit

BACK, AHEAD = timedelta(days=60), timedelta(days=400)


def may_have(actor: Actor, unit: Unit | None) -> bool:
    """Tell whether the person may hold a link: the own one, or that of a unit it reports for."""
    if unit is None:
        return actor.has(Permission.TASKS_READ) or actor.has(Permission.REPORTS_FILL)
    return actor.may(Permission.REPORTS_FILL, unit.id)


def of_person(actor: Actor) -> Sequence[CalendarFeed]:
    """Return the links that the person can renew: the own one, and those of the own units."""
    units = actor.units_with(Permission.REPORTS_FILL)
    query = (
        select(CalendarFeed)
        .where(or_(CalendarFeed.person_id == actor.person_id, CalendarFeed.unit_id.in_(units)))
        .options(joinedload(CalendarFeed.made_by), joinedload(CalendarFeed.unit))
    )
    return db.session.scalars(query).all()


def units_of(actor: Actor) -> Sequence[Unit]:
    """Return the units whose links the person can make."""
    units = actor.units_with(Permission.REPORTS_FILL)
    query = select(Unit).where(Unit.id.in_(units)).order_by(Unit.position, Unit.id)
    return db.session.scalars(query).all()


def renew(actor: Actor, unit: Unit | None = None) -> str:
    """Make a link for the person or the unit, and return its secret; the old one opens nothing more."""
    if not may_have(actor, unit):
        raise ForbiddenError
    feed = _feed(actor, unit) or CalendarFeed(
        person_id=None if unit else actor.person_id, unit_id=unit.id if unit else None
    )
    secret = secrets.token_urlsafe(32)
    feed.token_hash, feed.made_at = _hash(secret), clock.now()
    feed.made_by_id = actor.person_id
    db.session.add(feed)
    db.session.flush()
    audit.record(actor, "calendar.link_made", feed, unit_id=unit.id if unit else None)
    return secret


def remove(actor: Actor, feed: CalendarFeed) -> None:
    """Let a link open nothing more."""
    if feed.person_id != actor.person_id and not may_have(actor, feed.unit):
        raise ForbiddenError
    audit.record(actor, "calendar.link_removed", feed, unit_id=feed.unit_id)
    db.session.delete(feed)
    db.session.flush()


def file_of(secret: str) -> bytes | None:
    """Return the calendar of a link as a file; None for a link that opens nothing (any more).

    It holds what the person may see now, and of a unit as long as it is there.
    """
    query = (
        select(CalendarFeed)
        .where(CalendarFeed.token_hash == _hash(secret))
        .options(
            joinedload(CalendarFeed.unit),
            joinedload(CalendarFeed.person).selectinload(Person.memberships),
        )
    )
    feed = db.session.scalars(query).first()
    if feed is None or (feed.person is not None and feed.person.disabled_at is not None):
        return None
    with in_vietnamese():
        name, found = _content(feed)
        return calendar(name, [_event(one) for one in found], at=clock.now())


def _content(feed: CalendarFeed) -> tuple[str, list[Entry]]:
    today = clock.today().date()
    first, last = today - BACK, today + AHEAD
    if feed.unit is not None:
        name = _("Hạn báo cáo: %(name)s", name=feed.unit.name)
        return name, agenda.of_units({feed.unit.id}, first, last)
    person = feed.person
    actor = Actor(
        person_id=person.id if person else 0,
        username=person.username if person else "",
        full_name=person.full_name if person else "",
        grants=frozenset(
            (Role(one.role), one.unit_id) for one in (person.memberships if person else ())
        ),
    )
    name = _("Hạn báo cáo: %(name)s", name=actor.full_name)
    return name, agenda.of_person(actor, first, last)


def _event(entry: Entry) -> Event:
    told = {
        What.OPENS: _("Mở: %(title)s"),
        What.DUE: _("Hạn nộp: %(title)s"),
        What.LOCKS: _("Khoá sổ: %(title)s"),
    }[entry.what]
    title = told % {"title": entry.title}
    notes = [one for one in (entry.round_name, entry.who) if one]
    notes.append(format_deadline(entry.at))
    if entry.done:
        notes.append(_("Đã nộp"))
    if entry.planned:
        notes.append(_("Dự kiến"))
    name = f"{title} ({entry.round_name})" if entry.round_name else title
    return Event(entry.key, entry.at, name, "\n".join(notes), is_sure=not entry.planned)


def _feed(actor: Actor, unit: Unit | None) -> CalendarFeed | None:
    mine = (
        CalendarFeed.unit_id == unit.id if unit else CalendarFeed.person_id == actor.person_id
    )
    return db.session.scalars(select(CalendarFeed).where(mine).with_for_update()).first()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
