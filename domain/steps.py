"""The steps of the builder: what was done to a form, each with its way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import delete, select

from core import clock
from core.extensions import db
from core.permissions import Actor
from models import Form, FormStep

MOST_KEPT = 200
Move = dict[str, Any]
_gathering: ContextVar[list[Move] | None] = ContextVar("gathering", default=None)


@contextmanager
def gathered() -> Iterator[list[Move]]:
    """Gather the ways back of what is done meanwhile, in the order to take them; no step is kept."""
    found: list[Move] = []
    token = _gathering.set(found)
    try:
        yield found
    finally:
        _gathering.reset(token)


def record(
    actor: Actor | None, form: Form, action: str, title: str, moves: list[Move], *, rev: int
) -> None:
    """Keep a step that has just been done; `rev` is the revision before it.

    What was undone before can't be done again from now on.
    """
    gathering = _gathering.get()
    if gathering is not None:
        gathering[:0] = moves
        return
    db.session.execute(
        delete(FormStep).where(FormStep.form_id == form.id, FormStep.undone_at.is_not(None))
    )
    db.session.add(
        FormStep(
            form_id=form.id,
            action=action,
            title=title,
            actor_name=actor.full_name if actor else "",
            at=clock.now(),
            rev_before=rev,
            rev_after=form.rev,
            moves=moves,
        )
    )
    too_old = (
        select(FormStep.id)
        .where(FormStep.form_id == form.id)
        .order_by(FormStep.id.desc())
        .offset(MOST_KEPT)
    )
    db.session.execute(delete(FormStep).where(FormStep.id.in_(too_old.scalar_subquery())))


def latest(form: Form) -> FormStep | None:
    """Return the step that may be undone now."""
    query = select(FormStep).where(FormStep.form_id == form.id, FormStep.undone_at.is_(None))
    return db.session.scalars(query.order_by(FormStep.id.desc()).limit(1)).first()


def undone(form: Form) -> FormStep | None:
    """Return the step that may be done again now."""
    query = select(FormStep).where(FormStep.form_id == form.id, FormStep.undone_at.is_not(None))
    return db.session.scalars(query.order_by(FormStep.id).limit(1)).first()
