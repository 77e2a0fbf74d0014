"""Sign-ins: rows that a secret in the browser leads to, and that can be ended at any moment."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from core import clock, database
from core.errors import DomainError, InvalidError
from core.extensions import db
from core.permissions import Actor, Role
from core.words import _
from domain import audit, passwords
from models import Membership, Person, SignInFailure, SignInSession

LIFE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
FREE_FAILURES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FAILURES_KEPT = timedelta(hours=1)

_ACTOR = (
    select(
        SignInSession.id.label("session_id"),
        SignInSession.seen_at,
        Person.id.label("person_id"),
        Person.username,
        Person.full_name,
        Person.must_change_password,
        Person.language,
        Membership.role,
        Membership.unit_id,
    )
    .join(Person, Person.id == SignInSession.person_id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        SignInSession.expires_at > bindparam("now"),
        Person.disabled_at.is_(None),
    )
)


class TooManyFailuresError(DomainError):
    """This source has guessed wrong too often for this account and has to wait."""

    status = 429


def sign_in(
    username: str, password: str, *, address: str, browser: str, replaces: str = ""
) -> str:
    """Return the secret of a new sign-in; raises InvalidError for a wrong name or password.

    `replaces` is the secret that the browser held before; it dies. The try is counted in a
    transaction of its own before the slow comparison, which then runs
    while none is open. The caller commits after a refusal too: it is in the audit log.
    """
    username = username.strip().casefold()[:60]
    failure_id, found = _begin_try(username, address)
    fits = passwords.matches(found.password_hash if found else None, password)
    if not fits or found is None or found.disabled_at is not None:
        failure = db.session.get_one(SignInFailure, failure_id)
        known = found.id if found else None
        audit.record(None, "sign_in.refused", failure, person=known)
        raise InvalidError(_("Tên đăng nhập hoặc mật khẩu chưa đúng."))
    db.session.execute(
        delete(SignInFailure).where(
            SignInFailure.username == username, SignInFailure.address == address
        )
    )
    person = db.session.get_one(Person, found.id)
    return start(person, address=address, browser=browser, replaces=replaces)


def start(person: Person, *, address: str, browser: str, replaces: str = "") -> str:
    """Sign `person` in, and return the secret that the browser is to hold."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.execute(
        delete(SignInSession).where(
            (SignInSession.expires_at <= now) | (SignInSession.token_hash == _hash(replaces))
        )
    )
    session = SignInSession(
        token_hash=_hash(secret),
        person_id=person.id,
        created_at=now,
        seen_at=now,
        expires_at=now + LIFE,
        address=address[:60],
        browser=browser[:200],
    )
    db.session.add(session)
    person.signed_in_at = now
    db.session.flush()
    audit.record(_as_actor(person), "sign_in.done", person, session=session.id)
    return secret


def actor_of(secret: str) -> Actor | None:
    """Return whom the browser's secret belongs to, in one statement outside any other transaction."""
    with database.only_reading(), db.engine.connect() as connection:
        rows = connection.execute(
            _ACTOR, {"token_hash": _hash(secret), "now": clock.now()}
        ).all()
    if not rows:
        return None
    first = rows[0]
    return Actor(
        person_id=first.person_id,
        username=first.username,
        full_name=first.full_name,
        grants=frozenset((Role(row.role), row.unit_id) for row in rows if row.role is not None),
        session_id=first.session_id,
        must_change_password=first.must_change_password,
        language=first.language,
        seen_at=first.seen_at,
    )


def keep_alive(actor: Actor) -> None:
    """Note that the person is at work, at most once a minute and in a transaction of its own."""
    now = clock.now()
    if actor.seen_at is not None and now - actor.seen_at < SEEN_EVERY:
        return
    with db.engine.begin() as connection:
        connection.execute(
            update(SignInSession).where(SignInSession.id == actor.session_id).values(seen_at=now)
        )


def sign_out(secret: str, actor: Actor) -> None:
    """End the sign-in: its secret is worth nothing from now on."""
    person = db.session.get_one(Person, actor.person_id)
    db.session.execute(delete(SignInSession).where(SignInSession.token_hash == _hash(secret)))
    audit.record(actor, "sign_in.ended", person)


def end_all(person: Person, *, but: int = 0) -> None:
    """Sign the person out everywhere, except in the sign-in with the id `but`."""
    db.session.execute(
        delete(SignInSession).where(
            SignInSession.person_id == person.id, SignInSession.id != but
        )
    )


def change_password(actor: Actor, old: str, new: str) -> None:
    """Give the person a new password and end the other sign-ins; raises InvalidError."""
    with database.only_reading(), db.engine.connect() as connection:
        stored = connection.execute(
            select(Person.password_hash).where(Person.id == actor.person_id)
        ).scalar_one()
    if not passwords.matches(stored, old):
        raise InvalidError(fields={"old": [_("Mật khẩu hiện tại chưa đúng.")]})
    if problems := passwords.problems(new, actor.username):
        raise InvalidError(fields={"new": problems})
    if new == old:
        raise InvalidError(fields={"new": [_("Mật khẩu mới phải khác mật khẩu hiện tại.")]})
    new_hash = passwords.hash_password(new)
    person = db.session.get_one(Person, actor.person_id)
    person.password_hash = new_hash
    person.must_change_password = False
    end_all(person, but=actor.session_id)
    audit.record(actor, "password.changed", person)


def _begin_try(username: str, address: str) -> tuple[int, Any]:
    """Count a try in advance; return its id and what is known of the person, if anything."""
    now = clock.now()
    here = (SignInFailure.username == username, SignInFailure.address == address)
    with db.engine.begin() as connection:
        connection.execute(delete(SignInFailure).where(SignInFailure.at < now - FAILURES_KEPT))
        count, last = connection.execute(
            select(func.count(SignInFailure.id), func.max(SignInFailure.at)).where(*here)
        ).one()
        wait = _wait(count, last, now)
        if wait > timedelta(0):
            seconds = int(wait.total_seconds()) + 1
            raise TooManyFailuresError(
                _(
                    "Sai quá nhiều lần từ máy này. Thử lại sau %(seconds)d giây, "
                    "hoặc nhờ quản trị cấp lại mật khẩu.",
                    seconds=seconds,
                )
            )
        failure_id = connection.execute(
            insert(SignInFailure)
            .values(username=username, address=address, at=now)
            .returning(SignInFailure.id)
        ).scalar_one()
        found = connection.execute(
            select(Person.id, Person.password_hash, Person.disabled_at).where(
                Person.username == username
            )
        ).first()
    return failure_id, found


def _wait(failures: int, last: datetime | None, now: datetime) -> timedelta:
    """Double the wait with each failure after the free ones; it is never a lock."""
    if last is None or failures < FREE_FAILURES:
        return timedelta(0)
    doubled = FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 10)
    return last + min(doubled, LONGEST_WAIT) - now


def _as_actor(person: Person) -> Actor:
    return Actor(person_id=person.id, username=person.username, full_name=person.full_name)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
