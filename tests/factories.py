"""Makes real rows for tests: name what matters, the rest is plain and the same each time."""

from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher

from core import clock, vietnamese
from core.extensions import db
from core.permissions import Actor, Role
from domain import publishing
from models import (
    Assignment,
    Form,
    FormTarget,
    Membership,
    Person,
    Question,
    Response,
    Round,
    Section,
    Task,
    Unit,
    UnitGroup,
)
from questionnaire.types import get

PASSWORD = "mat-khau-de-thu-nghiem-1"
# What guessing costs is set by the hash itself; here nobody guesses.
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def _next(model: Any) -> int:
    return int(db.session.query(model).count()) + 1


def make_unit(name: str = "", **values: Any) -> Unit:
    """Make a unit."""
    place = _next(Unit)
    name = name or f"Phòng số {place}"
    unit = Unit(
        code=values.pop("code", f"DV{place:04d}"),
        name=name,
        position=values.pop("position", place),
        search_key=vietnamese.search_key(name),
        created_at=clock.now(),
        **values,
    )
    db.session.add(unit)
    db.session.flush()
    return unit


def make_group(*units: Unit, name: str = "") -> UnitGroup:
    """Make a group of units."""
    place = _next(UnitGroup)
    group = UnitGroup(name=name or f"Nhóm {place}", position=place, units=list(units))
    db.session.add(group)
    db.session.flush()
    return group


def make_person(role: Role | None = None, unit: Unit | None = None, **values: Any) -> Person:
    """Make a person with the password PASSWORD, and with `role` in `unit` where given."""
    place = _next(Person)
    full_name = values.pop("full_name", f"Người dùng {place}")
    person = Person(
        username=values.pop("username", f"nguoi.{place}"),
        full_name=full_name,
        search_key=vietnamese.search_key(full_name),
        password_hash=PASSWORD_HASH,
        created_at=clock.now(),
        **values,
    )
    db.session.add(person)
    db.session.flush()
    if role is not None:
        unit = unit or make_unit()
        db.session.add(Membership(person_id=person.id, unit_id=unit.id, role=role))
        db.session.flush()
    return person


def actor_for(person: Person) -> Actor:
    """Return the person as the domain sees a signed-in one."""
    db.session.refresh(person)
    return Actor(
        person_id=person.id,
        username=person.username,
        full_name=person.full_name,
        grants=frozenset((Role(one.role), one.unit_id) for one in person.memberships),
    )


def make_task(title: str = "Báo cáo thử", **values: Any) -> Task:
    """Make a task with one round, due in ten days; `due_at` and `locks_at` go to the round."""
    due_at = values.pop("due_at", clock.now() + timedelta(days=10))
    locks_at = values.pop("locks_at", None)
    task = Task(
        title=title,
        search_key=vietnamese.search_key(title),
        created_at=clock.now(),
        updated_at=clock.now(),
        **values,
    )
    task.rounds.append(Round(name="Kỳ 1", due_at=due_at, locks_at=locks_at))
    db.session.add(task)
    db.session.flush()
    return task


def make_form(task: Task, *questions: str | dict[str, Any], title: str = "Biểu mẫu") -> Form:
    """Make a form with one section; each question is a type's key, or a dict of columns."""
    form = Form(task_id=task.id, title=title, updated_at=clock.now(), position=_next(Form))
    db.session.add(form)
    db.session.flush()
    section = Section(form_id=form.id, uid=f"s{form.id}", title="Mục chung")
    db.session.add(section)
    db.session.flush()
    for place, given in enumerate(questions):
        values: dict[str, Any] = {"type": given} if isinstance(given, str) else dict(given)
        kind = get(values["type"])
        values.setdefault("uid", f"f{form.id}q{place + 1}")
        values.setdefault("label", f"Câu {place + 1}")
        values.setdefault("settings", kind.default_settings())
        values.setdefault("summing", kind.summings[0])
        db.session.add(Question(section_id=section.id, position=place, **values))
    db.session.flush()
    db.session.expire(task)
    return form


def publish(form: Form, *units: Unit) -> list[Assignment]:
    """Publish the task of `form`, with `form` going to `units`; return the assignments."""
    for unit in units:
        form.targets.append(FormTarget(unit_id=unit.id))
    db.session.flush()
    db.session.expire_all()
    publishing.publish(form.task, form.task.rounds[0], None)
    return (
        db.session.query(Assignment)
        .filter_by(form_id=form.id)
        .order_by(Assignment.position)
        .all()
    )


def response_of(assignment: Assignment) -> Response:
    """Return the response of an assignment."""
    return db.session.query(Response).filter_by(assignment_id=assignment.id).one()
