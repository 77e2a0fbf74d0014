"""The main navigation: what each person can go to, and what waits there."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user

from blueprints._access import actor
from core.permissions import Permission
from core.words import N_, _
from domain import inbox, reminders


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the main navigation."""

    label: str
    url: str
    icon: str
    active: bool = False
    count: int | None = None


#: Label, endpoint, icon, blueprints, and the permissions of which one is enough.
PLACES: tuple[tuple[str, str, str, tuple[str, ...], *tuple[Permission, ...]], ...] = (
    (
        N_("Báo cáo cần làm"),
        "answering.inbox",
        "inbox",
        ("answering", "submitting", "evidence", "taking", "response_files", "notices"),
        Permission.REPORTS_FILL,
    ),
    (
        N_("Nhiệm vụ"),
        "tasks.list_tasks",
        "list-checks",
        (
            "tasks", "builder", "sections", "arranging", "undoing", "previewing", "form_files",
            "publishing", "board", "review", "summary", "summary_views", "summary_templates",
            "downloads", "papers", "entering",
            "extensions", "rounds", "recurring", "reminding", "calls",
        ),
        Permission.TASKS_READ,
    ),
    (
        N_("Lịch"),
        "calendar.show_calendar",
        "calendar",
        ("calendar",),
        Permission.TASKS_READ,
        Permission.REPORTS_FILL,
    ),
    (
        N_("Chấp hành thời hạn"),
        "punctuality.show_units",
        "gauge",
        ("punctuality",),
        Permission.RESPONSES_READ,
    ),
    (
        N_("Đôn đốc"),
        "outbox.list_mails",
        "send",
        ("outbox", "reminder_texts"),
        Permission.TASKS_EDIT,
    ),
    (N_("Thư viện"), "library.list_items", "layers", ("library",), Permission.TASKS_EDIT),
    (
        N_("Đơn vị"),
        "organisation.list_units",
        "building-2",
        ("organisation", "unit_changes", "unit_lists"),
        Permission.ORGANISATION_MANAGE,
    ),
    (N_("Người dùng"), "people.list_people", "users", ("people",), Permission.PEOPLE_MANAGE),
    (N_("Cài đặt"), "office.show_settings", "settings", ("office",), Permission.OFFICE_SET),
    (N_("Việc nền"), "background.show", "hourglass", ("background",), Permission.JOBS_MANAGE),
    (N_("Nhật ký"), "audit.list_entries", "history", ("audit",), Permission.AUDIT_READ),
)


def places() -> list[Place]:
    """Return the places that the signed-in person can go to."""
    if not current_user.is_authenticated:
        return []
    person = actor()
    return [
        Place(
            label=_(label),
            url=url_for(endpoint),
            icon=icon,
            active=request.blueprint in blueprints,
            count=inbox.count_to_do(person) if endpoint == "answering.inbox" else None,
        )
        for label, endpoint, icon, blueprints, *permissions in PLACES
        if any(person.has(one) for one in permissions)
    ]


def unread() -> int | None:
    """Return how many reminders the person hasn't read; None for those who get none."""
    if not current_user.is_authenticated or not actor().has(Permission.REPORTS_FILL):
        return None
    return reminders.count_unread(actor())


def bind(app: Flask) -> None:
    """Give the templates of `app` what makes the navigation when a page asks for it."""
    app.context_processor(lambda: {"navigation": places, "unread_reminders": unread})
