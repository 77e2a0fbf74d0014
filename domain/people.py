"""People: accounts, passwords, and the sign-ins that carry a person through the product."""

import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, select, update

from core import clock
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Actor, Role
from core.words import _
from domain import audit
from models import Membership, Person, SignInFailure, SignInSession

SESSION_LIFE = timedelta(hours=12)
IDLE_LIFE = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)
FREE_FAILURES = 5
FAILURE_WINDOW = timedelta(minutes=15)
LONG_PASSWORD = 14
SHORT_PASSWORD = 8

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash(secrets.token_urlsafe())


class TooManyFailures(InvalidError):
    """Somebody at this address has guessed wrong too often for this account."""

    status = 429


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _hasher.hash(password)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def check_password(username: str, password: str, address: str) -> Person | None:
    """Return the person whose name and password these are.

    Takes as long for an unknown name as for a known one. After some failures from one address
    this account waits for that address alone, so that no stranger can lock anybody out.
    """
    username = username.strip().lower()
    if _recent_failures(username, address) >= FREE_FAILURES:
        raise TooManyFailures(
            _("Sai mật khẩu quá nhiều lần. Hãy thử lại sau 15 phút hoặc hỏi người quản trị.")
        )
    found = db.session.execute(
        select(Person.id, Person.password_hash).where(
            Person.username == username, Person.disabled_at.is_(None)
        )
    ).first()
    # The hash takes long; nobody should wait for it, so no transaction is left open.
    db.session.rollback()
    if not _matches(found.password_hash if found else _nobody, password):
        return None
    return db.session.get(Person, found.id) if found else None


def _recent_failures(username: str, address: str) -> int:
    return db.session.execute(
        select(func.count(SignInFailure.id)).where(
            SignInFailure.username == username,
            SignInFailure.address == address,
            SignInFailure.at > clock.now() - FAILURE_WINDOW,
        )
    ).scalar_one()


def note_failure(username: str, address: str) -> None:
    """Count a wrong password, and drop counts that no longer matter."""
    db.session.execute(
        delete(SignInFailure).where(SignInFailure.at < clock.now() - FAILURE_WINDOW)
    )
    db.session.add(
        SignInFailure(username=username.strip().lower()[:60], address=address, at=clock.now())
    )
    db.session.flush()


def start_session(person: Person, *, address: str, browser: str) -> str:
    """Sign `person` in and return the secret that the browser is to hold."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.execute(delete(SignInSession).where(SignInSession.expires_at < now))
    session = SignInSession(
        token_hash=_token_hash(token),
        person_id=person.id,
        created_at=now,
        seen_at=now,
        expires_at=now + SESSION_LIFE,
        address=address,
        browser=browser[:200],
    )
    db.session.execute(update(Person).where(Person.id == person.id).values(signed_in_at=now))
    db.session.add(session)
    db.session.flush()
    audit.record(_plain_actor(person), "person.signed_in", session)
    return token


def end_session(token: str) -> None:
    """Sign out: the secret is worth nothing from now on."""
    db.session.execute(delete(SignInSession).where(SignInSession.token_hash == _token_hash(token)))


def end_all_sessions(person_id: int, *, but: int | None = None) -> None:
    """Sign the person out everywhere, except in the session `but`."""
    ended = delete(SignInSession).where(SignInSession.person_id == person_id)
    db.session.execute(ended.where(SignInSession.id != but) if but is not None else ended)


_ACTOR = (
    select(
        SignInSession.id,
        SignInSession.seen_at,
        SignInSession.expires_at,
        Person.id,
        Person.username,
        Person.full_name,
        Person.must_change_password,
        Person.language,
        Membership.role,
        Membership.unit_id,
    )
    .join(Person, Person.id == SignInSession.person_id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .where(Person.disabled_at.is_(None))
)


def actor_of(token: str) -> Actor | None:
    """Return the person that the browser's secret belongs to, in one statement."""
    rows = db.session.execute(_ACTOR.where(SignInSession.token_hash == _token_hash(token))).all()
    if not rows:
        return None
    session_id, seen_at, expires_at, person_id, username, full_name, must_change, language = rows[
        0
    ][:8]
    now = clock.now()
    if now > expires_at or now > seen_at + IDLE_LIFE:
        return None
    return Actor(
        person_id=person_id,
        username=username,
        full_name=full_name,
        grants=frozenset((Role(row[8]), row[9]) for row in rows if row[8] is not None),
        session_id=session_id,
        must_change_password=must_change,
        language=language,
        seen_at=seen_at,
    )


def keep_alive(actor: Actor) -> None:
    """Note that the person is still at work; at most once a minute."""
    now = clock.now()
    if actor.seen_at is not None and now - actor.seen_at < SEEN_EVERY:
        return
    db.session.execute(
        update(SignInSession).where(SignInSession.id == actor.session_id).values(seen_at=now)
    )


def password_problems(password: str, username: str) -> list[str]:
    """Return why `password` is too weak for this account; nothing when it is good."""
    if username and username.lower() in password.lower():
        return [_("Mật khẩu không được chứa tên đăng nhập.")]
    classes = sum(
        any(test(letter) for letter in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    )
    if len(password) >= LONG_PASSWORD or (len(password) >= SHORT_PASSWORD and classes == 4):
        return []
    return [
        _(
            "Mật khẩu cần ít nhất 14 ký tự; hoặc ít nhất 8 ký tự gồm chữ thường, chữ hoa, "
            "chữ số và ký hiệu."
        )
    ]


def change_password(person: Person, actor: Actor, *, old: str, new: str) -> None:
    """Give the person's own account a new password and sign it out everywhere else."""
    if not _matches(person.password_hash, old):
        raise InvalidError(fields={"old": [_("Mật khẩu hiện tại chưa đúng.")]})
    problems = password_problems(new, person.username)
    if old == new:
        problems = [_("Mật khẩu mới phải khác mật khẩu hiện tại.")]
    if problems:
        raise InvalidError(fields={"new": problems})
    person.password_hash = hash_password(new)
    person.must_change_password = False
    end_all_sessions(person.id, but=actor.session_id)
    audit.record(actor, "person.changed_password", person)


def has_anybody() -> bool:
    """Tell whether any account exists."""
    return db.session.execute(select(Person.id).limit(1)).first() is not None


def _plain_actor(person: Person) -> Actor:
    return Actor(person_id=person.id, username=person.username, full_name=person.full_name)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
