"""The start page, the choices of language and theme, and the sign of life."""

from collections.abc import Container

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug import Response as AnyResponse

from blueprints._access import actor, public, signed_in
from blueprints._next import this_page
from blueprints._words import LANGUAGES, THEMES
from core.permissions import Permission

bp = Blueprint("home", __name__)

A_YEAR = 365 * 24 * 3600
STARTS = (
    (Permission.TASKS_READ, "tasks.list_tasks"),
    (Permission.REPORTS_FILL, "answering.inbox"),
    (Permission.ORGANISATION_MANAGE, "organisation.list_units"),
)


@bp.get("/")
@signed_in
def index() -> AnyResponse | str:
    """Go to where the person's work is."""
    for permission, endpoint in STARTS:
        if actor().has(permission):
            return redirect(url_for(endpoint), 303)
    return render_template("home/no_role.html")


@bp.post("/language")
@public
def choose_language() -> AnyResponse:
    """Remember the language in this browser."""
    return _remember("language", LANGUAGES)


@bp.post("/theme")
@public
def choose_theme() -> AnyResponse:
    """Remember light or dark in this browser."""
    return _remember("theme", THEMES)


def _remember(name: str, allowed: Container[str]) -> AnyResponse:
    response = redirect(this_page(), 303)
    chosen = request.form.get(name, "")
    if chosen in allowed:
        response.set_cookie(
            name, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


@bp.get("/health")
@public
def health() -> Response:
    """Say that this process answers."""
    return Response("ok\n", mimetype="text/plain")
