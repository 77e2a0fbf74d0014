"""Who may do what: roles, permissions, and the signed-in person as the rest of the code sees them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a unit; the stored value never changes."""

    ADMIN = "admin"
    SECRETARIAT = "secretariat"
    CLERK = "clerk"
    LEADER = "leader"
    REPORTER = "reporter"


class Permission(StrEnum):
    """One thing that can be allowed, named `<resource>:<action>`."""

    ORGANISATION_MANAGE = "organisation:manage"
    PEOPLE_MANAGE = "people:manage"
    AUDIT_READ = "audit:read"
    JOBS_MANAGE = "jobs:manage"
    OFFICE_SET = "office:set"
    TASKS_READ = "tasks:read"
    TASKS_EDIT = "tasks:edit"
    RESPONSES_READ = "responses:read"
    RESPONSES_REVIEW = "responses:review"
    SUMMARY_READ = "summary:read"
    REPORTS_FILL = "reports:fill"
    REPORTS_SIGN_OFF = "reports:sign_off"
    REPORTS_ENTER_FOR = "reports:enter_for"


DEPARTMENT_WIDE = frozenset(
    {
        Permission.ORGANISATION_MANAGE,
        Permission.PEOPLE_MANAGE,
        Permission.AUDIT_READ,
        Permission.JOBS_MANAGE,
        Permission.OFFICE_SET,
        Permission.TASKS_READ,
        Permission.TASKS_EDIT,
        Permission.RESPONSES_READ,
        Permission.RESPONSES_REVIEW,
        Permission.SUMMARY_READ,
        Permission.REPORTS_ENTER_FOR,
    }
)
"""Permissions that hold for the whole department; the others hold for the unit of the role only."""

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(
        {
            Permission.ORGANISATION_MANAGE,
            Permission.PEOPLE_MANAGE,
            Permission.AUDIT_READ,
            Permission.JOBS_MANAGE,
            Permission.OFFICE_SET,
        }
    ),
    Role.SECRETARIAT: frozenset(
        {
            Permission.OFFICE_SET,
            Permission.TASKS_READ,
            Permission.TASKS_EDIT,
            Permission.RESPONSES_READ,
            Permission.RESPONSES_REVIEW,
            Permission.SUMMARY_READ,
            Permission.REPORTS_ENTER_FOR,
        }
    ),
    Role.CLERK: frozenset(
        {Permission.TASKS_READ, Permission.RESPONSES_READ, Permission.SUMMARY_READ}
    ),
    Role.LEADER: frozenset({Permission.REPORTS_FILL, Permission.REPORTS_SIGN_OFF}),
    Role.REPORTER: frozenset({Permission.REPORTS_FILL}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person: who acts, and in which units with which roles.

    `grants` holds (role, unit id) pairs; `session_id` is the row of this sign-in.
    """

    person_id: int
    username: str
    full_name: str
    grants: frozenset[tuple[Role, int]] = frozenset()
    session_id: int = 0
    must_change_password: bool = False
    language: str | None = None
    seen_at: datetime | None = None

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the person's id as Flask-Login wants it."""
        return str(self.person_id)

    def has(self, permission: Permission) -> bool:
        """Tell whether any role of the person carries `permission`."""
        return any(permission in ROLE_PERMISSIONS[role] for role, _unit in self.grants)

    def units_with(self, permission: Permission) -> frozenset[int]:
        """Return the ids of the units in which the person's role carries `permission`."""
        return frozenset(
            unit for role, unit in self.grants if permission in ROLE_PERMISSIONS[role]
        )

    def may(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Tell whether the person may do this, to things of `unit_id` where it holds per unit."""
        if permission in DEPARTMENT_WIDE:
            return self.has(permission)
        return unit_id is not None and unit_id in self.units_with(permission)
