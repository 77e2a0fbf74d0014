"""The signed-in person of a request, from the row that the browser's secret leads to."""

from flask import Flask, Request, g, session

from core.extensions import login_manager
from core.permissions import Actor
from domain import people

TOKEN = "token"


def bind(app: Flask) -> None:
    """Let Flask-Login find the person of each request of `app`."""
    app.extensions["login_manager"] = login_manager
    login_manager.request_loader(_load_actor)


def start(token: str) -> None:
    """Keep the secret of a new sign-in in the browser, under a new session."""
    session.clear()
    session[TOKEN] = token
    session.permanent = True
    g.pop("_login_user", None)


def end() -> None:
    """Forget everything that the browser holds."""
    session.clear()
    g.pop("_login_user", None)


def token() -> str:
    """Return the secret of the browser's sign-in; empty when signed out."""
    found: str = session.get(TOKEN, "")
    return found


def _load_actor(_request: Request) -> Actor | None:
    return people.actor_of(token()) if TOKEN in session else None
