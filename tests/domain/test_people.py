"""People: accounts, roles, one-time passwords, and the administrator that must remain."""

import pytest
from sqlalchemy import select

from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Role
from domain import passwords, people, people_list, sessions
from models import AuditEntry, Membership, Person, SignInFailure, SignInSession, Unit
from tests.factories import PASSWORD, actor_for, make_person, make_unit

pytestmark = pytest.mark.usefixtures("app")


def roles_of(person: Person) -> set[tuple[str, int]]:
    rows = select(Membership.role, Membership.unit_id).where(Membership.person_id == person.id)
    return {(role, unit) for role, unit in db.session.execute(rows)}


def change(person: Person, roles: list[tuple[Role, int]], **values: str) -> None:
    values = {"username": person.username, "full_name": person.full_name} | values
    people.change_person(None, person, roles=roles, **values)


def test_a_new_person_gets_a_one_time_password() -> None:
    unit = make_unit()
    person, password = people.add_person(
        None, username="Nguyen.Van.A", full_name="Nguyễn Văn A", roles=[(Role.REPORTER, unit.id)]
    )
    assert passwords.matches(person.password_hash, password)
    assert passwords.problems(password, person.username) == []
    assert person.must_change_password
    assert person.username == "nguyen.van.a"
    assert roles_of(person) == {("reporter", unit.id)}


def test_a_given_password_is_kept_as_it_is() -> None:
    person, password = people.add_person(
        None, username="a.b", full_name="A", roles=[], password="mat khau cho ban dung thu"
    )
    assert password == "mat khau cho ban dung thu"
    assert not person.must_change_password


def test_one_time_passwords_differ() -> None:
    made = {passwords.one_time() for _time in range(50)}
    assert len(made) == 50


def test_the_log_never_holds_the_password() -> None:
    _person, password = people.add_person(None, username="a.b", full_name="A", roles=[])
    person = make_person()
    second = people.new_password(None, person)
    details = " ".join(str(entry.detail) for entry in db.session.query(AuditEntry))
    assert password not in details
    assert second not in details


@pytest.mark.parametrize("username", ["an.ninh", "An.Ninh"])
def test_a_name_in_use_is_refused_beside_its_field(username: str) -> None:
    make_person(username="an.ninh")
    with pytest.raises(InvalidError) as refusal:
        people.add_person(None, username=username, full_name="Khác", roles=[])
    assert refusal.value.fields["username"]


def test_one_person_holds_several_roles_in_several_units() -> None:
    one, two = make_unit(), make_unit()
    wanted = [(Role.REPORTER, one.id), (Role.LEADER, one.id), (Role.LEADER, two.id)]
    person, _password = people.add_person(
        None, username="a.b", full_name="A", roles=[*wanted, wanted[0]]
    )
    assert roles_of(person) == set(wanted)
    change(person, wanted[1:2])
    assert roles_of(person) == {("leader", one.id)}
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert entry is not None
    assert entry.detail == {"changed": ["roles"], "roles": [f"leader@{one.id}"]}


def test_nothing_is_logged_when_nothing_changes() -> None:
    unit = make_unit()
    person = make_person(Role.REPORTER, unit)
    change(person, [(Role.REPORTER, unit.id)])
    assert db.session.query(AuditEntry).count() == 0


def test_a_changed_name_is_found_by_the_new_one() -> None:
    person = make_person(full_name="Trần Thị Bình")
    change(person, [], full_name="Đỗ Thị Đào")
    found = people_list.list_people(people_list.PeopleFilter(text="do dao"), 1)
    assert [row[0].id for row in found.rows] == [person.id]


def test_disabling_ends_the_sign_ins_and_enabling_gives_the_account_back() -> None:
    admin, person = make_person(Role.ADMIN), make_person(Role.REPORTER)
    secret = sessions.start(person, address="", browser="")
    db.session.commit()
    assert sessions.actor_of(secret) is not None
    people.disable(actor_for(admin), person)
    db.session.commit()
    assert sessions.actor_of(secret) is None
    assert db.session.query(SignInSession).count() == 0
    with pytest.raises(ConflictError):
        people.disable(actor_for(admin), person)
    people.enable(actor_for(admin), person)
    assert person.disabled_at is None
    with pytest.raises(ConflictError):
        people.enable(actor_for(admin), person)


def test_nobody_disables_the_own_account() -> None:
    admin, _other = make_person(Role.ADMIN), make_person(Role.ADMIN)
    with pytest.raises(ConflictError, match="chính mình"):
        people.disable(actor_for(admin), admin)


def test_the_last_administrator_remains() -> None:
    last = make_person(Role.ADMIN)
    make_person(Role.ADMIN, disabled_at=last.created_at)
    with pytest.raises(ConflictError, match="cuối cùng"):
        people.disable(None, last)
    with pytest.raises(ConflictError, match="cuối cùng"):
        change(last, [])
    assert last.disabled_at is None
    assert {role for role, _unit in roles_of(last)} == {"admin"}


def test_an_administrator_may_go_when_another_stays() -> None:
    first, _second = make_person(Role.ADMIN), make_person(Role.ADMIN)
    change(first, [])
    assert roles_of(first) == set()


def test_the_last_administrator_may_move_to_another_unit() -> None:
    last, unit = make_person(Role.ADMIN), make_unit()
    change(last, [(Role.ADMIN, unit.id)])
    assert roles_of(last) == {("admin", unit.id)}


def test_people_who_are_not_administrators_can_always_be_disabled() -> None:
    make_person(Role.ADMIN)
    person = make_person(Role.REPORTER)
    people.disable(None, person)
    assert person.disabled_at is not None


def test_a_new_password_makes_the_old_one_and_its_sign_ins_worthless() -> None:
    admin, person = make_person(Role.ADMIN), make_person()
    secret = sessions.start(person, address="", browser="")
    db.session.add(SignInFailure(username=person.username, address="", at=person.created_at))
    password = people.new_password(actor_for(admin), person)
    db.session.commit()
    assert sessions.actor_of(secret) is None
    assert not passwords.matches(person.password_hash, PASSWORD)
    assert passwords.matches(person.password_hash, password)
    assert person.must_change_password
    assert db.session.query(SignInFailure).count() == 0


def test_the_own_password_is_changed_elsewhere() -> None:
    admin = make_person(Role.ADMIN)
    with pytest.raises(ConflictError):
        people.new_password(actor_for(admin), admin)
    assert passwords.matches(admin.password_hash, PASSWORD)


def test_the_list_filters_by_role_unit_and_state() -> None:
    unit = make_unit(position=2)
    leader = make_person(Role.LEADER, unit, full_name="Lê Bình")
    reporter = make_person(Role.REPORTER, make_unit(position=1), full_name="Lê An")
    gone = make_person(Role.LEADER, unit, disabled_at=leader.created_at)

    def ids(**chosen: object) -> list[int]:
        found = people_list.list_people(people_list.PeopleFilter(**chosen), 1)  # type: ignore[arg-type]
        return [row[0].id for row in found.rows]

    assert ids() == [reporter.id, leader.id]
    assert ids(role="leader") == [leader.id]
    assert ids(unit_id=unit.id, state="all") == [leader.id, gone.id]
    assert ids(role="reporter", unit_id=unit.id) == []
    assert ids(state="closed") == [gone.id]
    assert ids(text="le an") == [reporter.id]


def test_people_without_a_unit_come_after_the_others() -> None:
    nobody, somebody = make_person(), make_person(Role.REPORTER)
    found = people_list.list_people(people_list.PeopleFilter(), 1)
    assert [row[0].id for row in found.rows] == [somebody.id, nobody.id]


def test_the_first_account_makes_the_department_and_only_once() -> None:
    given = {"office": "Sở A", "full_name": "Quản trị", "password": "mat khau dau tien day"}
    assert not people.has_anybody()
    person = people.create_first(username="Quan.Tri", **given)
    db.session.commit()
    assert people.has_anybody()
    unit = db.session.query(Unit).one()
    assert roles_of(person) == {("admin", unit.id), ("secretariat", unit.id)}
    with pytest.raises(ConflictError):
        people.create_first(username="khac", **given)
