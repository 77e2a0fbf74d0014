"""Who has a report open right now, so that two people in it know of each other."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import clock
from core.extensions import db
from core.permissions import Actor
from models import Person, Presence, Response

#: An open page tells of itself every half minute; twice in vain, and it counts as closed.
STILL_THERE = timedelta(seconds=75)


def note(actor: Actor, report: Response) -> list[str]:
    """Note that the person has the report open; return the names of the others who have."""
    now = clock.now()
    mine = db.session.get(Presence, (report.id, actor.person_id))
    if mine is not None:
        mine.seen_at = now
    else:
        _add(Presence(response_id=report.id, person_id=actor.person_id, seen_at=now))
    return list(
        db.session.scalars(
            select(Person.full_name)
            .join(Presence, Presence.person_id == Person.id)
            .where(
                Presence.response_id == report.id,
                Presence.person_id != actor.person_id,
                Presence.seen_at > now - STILL_THERE,
            )
            .order_by(Person.full_name)
        )
    )


def _add(mine: Presence) -> None:
    """Add the row; another page of the same person may be just as fast."""
    try:
        with db.session.begin_nested():
            db.session.add(mine)
    except IntegrityError:
        db.session.expire_all()
