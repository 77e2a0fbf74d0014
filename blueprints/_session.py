"""The signed-in person of a request, from the row that the browser's secret leads to."""

from flask import Flask, Request, g, request, session
from flask_login import current_user

from blueprints._access import PUBLIC, access_of, actor
from core.extensions import login_manager
from core.permissions import Actor
from domain import sessions

TOKEN = "token"  # noqa: S105 -- the name of the place, not what is in it.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: What open pages ask by themselves.
POLLS = frozenset({"answering.here"})


def bind(app: Flask) -> None:
    """Let Flask-Login find the person of each request of `app`."""
    app.extensions["login_manager"] = login_manager
    login_manager.request_loader(_load_actor)
    # The row says whose sign-in it is; a mark of the browser in the cookie would add nothing.
    login_manager.session_protection = None
    app.before_request(keep_alive)


def start(token: str) -> None:
    """Keep the secret of a new sign-in in the browser, in a new session with a new CSRF token."""
    end()
    session[TOKEN] = token
    session.permanent = True


def end() -> None:
    """Forget everything that the browser holds."""
    session.clear()
    g.pop("_login_user", None)
    g.pop("csrf_token", None)


def token() -> str:
    """Return the secret of the browser's sign-in; empty when signed out."""
    found: str = session.get(TOKEN, "")
    return found


def keep_alive() -> None:
    """Count an unsafe request as work; pages that refresh themselves don't count."""
    if request.method in SAFE_METHODS or not request.endpoint or request.endpoint in POLLS:
        return
    if access_of(request.endpoint) != PUBLIC and current_user.is_authenticated:
        sessions.keep_alive(actor())


def _load_actor(_request: Request) -> Actor | None:
    return sessions.actor_of(token()) if TOKEN in session else None
