"""Roles carry permissions, for the whole department or for one unit."""

import pytest

from core.permissions import DEPARTMENT_WIDE, ROLE_PERMISSIONS, Actor, Permission, Role

HERE, ELSEWHERE = 1, 2


def actor(*roles: Role) -> Actor:
    return Actor(7, "an", "Nguyễn Văn An", frozenset((role, HERE) for role in roles))


EXPECTED = {
    Role.ADMIN: {"organisation:manage", "people:manage", "audit:read", "jobs:manage", "office:set"},
    Role.SECRETARIAT: {
        "tasks:read", "tasks:edit", "responses:read", "responses:review", "summary:read",
        "reports:enter_for", "office:set",
    },
    Role.CLERK: {"tasks:read", "responses:read", "summary:read"},
    Role.LEADER: {"reports:fill", "reports:sign_off"},
    Role.REPORTER: {"reports:fill"},
}  # fmt: skip


def test_each_role_carries_these_permissions_and_no_others() -> None:
    assert {role: {str(one) for one in given} for role, given in ROLE_PERMISSIONS.items()} == EXPECTED


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_a_permission_holds_for_the_department_or_for_the_unit_of_the_role(
    role: Role, permission: Permission
) -> None:
    person = actor(role)
    held = permission in ROLE_PERMISSIONS[role]
    everywhere = permission in DEPARTMENT_WIDE
    assert person.has(permission) == held
    assert person.may(permission, HERE) == held
    assert person.may(permission, ELSEWHERE) == (held and everywhere)
    assert person.may(permission) == (held and everywhere)
    assert person.units_with(permission) == ({HERE} if held else set())


def test_several_roles_add_up() -> None:
    person = Actor(7, "an", "An", frozenset({(Role.REPORTER, 1), (Role.LEADER, 2), (Role.CLERK, 3)}))
    assert person.units_with(Permission.REPORTS_FILL) == {1, 2}
    assert person.units_with(Permission.REPORTS_SIGN_OFF) == {2}
    assert not person.may(Permission.REPORTS_SIGN_OFF, 1)
    assert person.may(Permission.TASKS_READ)


def test_without_a_role_nothing_is_allowed() -> None:
    nobody = actor()
    assert not any(nobody.may(permission, HERE) for permission in Permission)
    assert nobody.get_id() == "7"
