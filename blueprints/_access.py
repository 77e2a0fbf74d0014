"""Who may open a page: every view says it, and a view that doesn't is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized

from core.permissions import Actor, Permission

View = TypeVar("View", bound=Callable[..., Any])

#: Who may fill in reports: those of the own unit, or, once begun, those of another one.
FILLS = (Permission.REPORTS_FILL, Permission.REPORTS_ENTER_FOR)
PUBLIC = "public"
SIGNED_IN = "signed_in"


def public(view: View) -> View:
    """Let anybody open the view, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Let every signed-in person open the view."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let a person open the view who holds one of `permissions` in some unit.

    Whether the person may do it to the thing at hand is for `_load` to say.
    """

    def mark(view: View) -> View:
        view.access = permissions  # type: ignore[attr-defined]
        return view

    return mark


def access_of(endpoint: str) -> Any:
    """Return what the view of `endpoint` declares, or None."""
    return getattr(current_app.view_functions[endpoint], "access", None)


def actor() -> Actor:
    """Return the signed-in person."""
    person: Actor = current_user._get_current_object()
    return person


def check_access() -> Response | None:
    """Refuse the request unless its view allows it to this person."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    access = access_of(request.endpoint)
    if access == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if access == SIGNED_IN:
        return None
    if access is None or not any(actor().has(permission) for permission in access):
        raise Forbidden
    return None


def _ask_to_sign_in() -> Response:
    if request.method != "GET" or request.headers.get("HX-Request"):
        raise Unauthorized
    target = url_for("sign_in.sign_in", next=request.full_path.rstrip("?"))
    return redirect(target, 303)  # type: ignore[return-value]


def bind(app: Flask) -> None:
    """Check every request of `app`."""
    app.before_request(check_access)
