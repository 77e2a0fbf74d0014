"""People: their accounts, and their roles in units."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from core import clock, database, vietnamese
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Actor, Role
from core.words import N_, _
from domain import audit, passwords, sessions
from models import Membership, Person, SignInFailure, Unit, UnitKind

OFFICE_CODE = "SO"
ROLE_NAMES: dict[Role, str] = {
    Role.ADMIN: N_("Quản trị"),
    Role.SECRETARIAT: N_("Văn phòng / Thư ký"),
    Role.CLERK: N_("Chuyên viên tổng hợp"),
    Role.LEADER: N_("Lãnh đạo đơn vị"),
    Role.REPORTER: N_("Người nhập báo cáo"),
}

Grant = tuple[Role, int]
"""A role, and the id of the unit in which it is held."""


def has_anybody() -> bool:
    """Tell whether there is any account, in a read of its own."""
    with database.only_reading(), db.engine.connect() as connection:
        return connection.execute(select(Person.id).limit(1)).first() is not None


def create_first(*, office: str, full_name: str, username: str, password: str) -> Person:
    """Create the department and its first administrator; refused once anybody has an account."""
    username = username.casefold()
    if problems := passwords.problems(password, username):
        raise InvalidError(fields={"password": problems})
    password_hash = passwords.hash_password(password)
    if db.session.execute(select(Person.id).limit(1)).first() is not None:
        raise ConflictError(_("Đã có tài khoản đầu tiên. Hãy đăng nhập."))
    unit = Unit(
        code=OFFICE_CODE,
        name=office,
        kind=UnitKind.DEPARTMENT,
        search_key=vietnamese.search_key(office),
        created_at=clock.now(),
    )
    person = Person(
        username=username,
        full_name=full_name,
        search_key=_search_key(full_name, username),
        password_hash=password_hash,
        created_at=clock.now(),
    )
    db.session.add_all([unit, person])
    try:
        db.session.flush()
    except IntegrityError:
        raise ConflictError(_("Đã có tài khoản đầu tiên. Hãy đăng nhập.")) from None
    db.session.add_all(
        Membership(person_id=person.id, unit_id=unit.id, role=role)
        for role in (Role.ADMIN, Role.SECRETARIAT)
    )
    db.session.flush()
    audit.record(None, "person.created", person, unit_id=unit.id, first=True)
    return person


def add_person(
    actor: Actor | None,
    *,
    username: str,
    full_name: str,
    job_title: str = "",
    phone: str = "",
    email: str = "",
    roles: Iterable[Grant],
    password: str | None = None,
) -> tuple[Person, str]:
    """Create an account; return it with its password, a one-time one unless `password` is given.

    Hashing is slow, so the caller should have no transaction open. Raises InvalidError for a
    name in use.
    """
    chosen = password or passwords.one_time()
    password_hash = passwords.hash_password(chosen)
    username = username.casefold()
    _check_username(username)
    person = Person(
        username=username,
        full_name=full_name,
        job_title=job_title,
        phone=phone,
        email=email,
        search_key=_search_key(full_name, username),
        password_hash=password_hash,
        must_change_password=password is None,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        raise _username_taken() from None
    _set_roles(person, set(roles))
    audit.record(actor, "person.created", person, username=username, roles=_shown_roles(person))
    return person, chosen


def change_person(
    actor: Actor | None,
    person: Person,
    *,
    username: str,
    full_name: str,
    job_title: str = "",
    phone: str = "",
    email: str = "",
    roles: Iterable[Grant],
) -> None:
    """Give the account new values and roles, which hold from the person's next request on."""
    username, wanted = username.casefold(), set(roles)
    _check_username(username, person)
    if not any(role is Role.ADMIN for role, _unit in wanted):
        _keep_an_administrator(person)
    values = {
        "username": username,
        "full_name": full_name,
        "job_title": job_title,
        "phone": phone,
        "email": email,
    }
    changed = sorted(key for key, value in values.items() if getattr(person, key) != value)
    try:
        with db.session.begin_nested():
            for key in changed:
                setattr(person, key, values[key])
            person.search_key = _search_key(full_name, username)
    except IntegrityError:
        raise _username_taken() from None
    if _set_roles(person, wanted):
        changed.append("roles")
    if changed:
        held = _shown_roles(person)
        audit.record(actor, "person.changed", person, changed=changed, roles=held)


def disable(actor: Actor | None, person: Person) -> None:
    """Shut the account and end its sign-ins at once; what the person has done stays."""
    if actor is not None and actor.person_id == person.id:
        raise ConflictError(_("Không thể tự khoá tài khoản của chính mình."))
    if person.disabled_at is not None:
        raise ConflictError(_("Tài khoản này đã bị khoá."))
    _keep_an_administrator(person)
    person.disabled_at = clock.now()
    sessions.end_all(person)
    audit.record(actor, "person.disabled", person)


def enable(actor: Actor | None, person: Person) -> None:
    """Open the account again, with the password and roles that it had."""
    if person.disabled_at is None:
        raise ConflictError(_("Tài khoản này đang hoạt động."))
    person.disabled_at = None
    audit.record(actor, "person.enabled", person)


def new_password(actor: Actor | None, person: Person) -> str:
    """Return a one-time password; the old one and every sign-in with it are worth nothing now.

    Waits after wrong guesses end too. The caller should have no transaction open.
    """
    password = passwords.one_time()
    password_hash = passwords.hash_password(password)
    if actor is not None and actor.person_id == person.id:
        raise ConflictError(_("Mật khẩu của chính mình thì đổi ở mục Đổi mật khẩu."))
    person.password_hash = password_hash
    person.must_change_password = True
    sessions.end_all(person)
    db.session.execute(delete(SignInFailure).where(SignInFailure.username == person.username))
    audit.record(actor, "password.reset", person)
    return password


def _set_roles(person: Person, wanted: set[Grant]) -> bool:
    """Give the person just these roles; tell whether that changed anything."""
    had = {(Role(one.role), one.unit_id) for one in person.memberships}
    if had == wanted:
        return False
    kept = [one for one in person.memberships if (one.role, one.unit_id) in wanted]
    added = [Membership(unit_id=unit, role=role) for role, unit in sorted(wanted - had)]
    person.memberships = kept + added
    db.session.flush()
    return True


def _keep_an_administrator(person: Person) -> None:
    """Refuse what would take the last working administrator away.

    The rows are locked, since two administrators could remove each other at the same moment.
    """
    admins = set(
        db.session.scalars(
            select(Membership.person_id)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.role == Role.ADMIN, Person.disabled_at.is_(None))
            .with_for_update()
        )
    )
    if admins == {person.id}:
        raise ConflictError(
            _("Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước.")
        )


def _shown_roles(person: Person) -> list[str]:
    return [f"{one.role}@{one.unit_id}" for one in person.memberships]


def _search_key(full_name: str, username: str) -> str:
    return vietnamese.search_key(f"{full_name} {username}")[:300]


def _check_username(username: str, person: Person | None = None) -> None:
    same = select(Person.id).where(Person.username == username)
    if person is not None:
        same = same.where(Person.id != person.id)
    if db.session.execute(same.limit(1)).first() is not None:
        raise _username_taken()


def _username_taken() -> InvalidError:
    return InvalidError(fields={"username": [_("Tên đăng nhập này đã có người khác dùng.")]})
