"""The start page, and the choices of language and theme."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from blueprints._access import actor, public, signed_in
from blueprints._htmx import safe_next
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
def index():
    person = actor()
    for permission, endpoint in STARTS:
        if person.has(permission):
            return redirect(url_for(endpoint), 303)
    return render_template("home/no_role.html")


@bp.post("/language")
@public
def choose_language() -> Response:
    return _remember("language", LANGUAGES)


@bp.post("/theme")
@public
def choose_theme() -> Response:
    return _remember("theme", THEMES)


def _remember(name: str, allowed) -> Response:
    response = redirect(safe_next(request.form.get("next")), 303)
    if (chosen := request.form.get(name)) in allowed:
        response.set_cookie(name, chosen, max_age=A_YEAR, httponly=True, samesite="Lax")
    return response  # type: ignore[return-value]


@bp.get("/health")
@public
def health() -> Response:
    return Response("ok\n", mimetype="text/plain")
