"""People: their accounts, and their roles in units."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import clock, database, vietnamese
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Role
from core.words import _
from domain import audit, passwords
from models import Membership, Person, Unit, UnitKind

OFFICE_CODE = "SO"


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
        search_key=vietnamese.search_key(f"{full_name} {username}"),
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
