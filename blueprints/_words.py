"""Language, theme and formats of the pages."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, has_request_context, request, url_for
from flask_login import current_user

from core import vietnamese
from core.clock import local
from core.words import _, ngettext
from domain import working_days

DEFAULT_LANGUAGE = "vi"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
THEMES = ("light", "dark", "auto")


def chosen_language() -> str:
    """Return the language that the person, or else the browser, has chosen here.

    Commands have neither and speak Vietnamese.
    """
    if not has_request_context():
        return DEFAULT_LANGUAGE
    chosen = request.cookies.get("language") or getattr(current_user, "language", None)
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def chosen_theme() -> str:
    """Return "light", "dark" or "auto"."""
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def bind(app: Flask) -> None:
    """Give the templates of `app` their formats and choices."""
    app.jinja_env.filters |= {
        "number": vietnamese.format_number,
        "date": vietnamese.format_date,
        "time": vietnamese.format_time,
        "recent": vietnamese.format_recent,
        "datetime": vietnamese.format_datetime,
        "deadline": vietnamese.format_deadline,
        "weekday": vietnamese.format_weekday,
        "day_off_note": working_days.note,
        "local": local,
    }
    # Macros are shared between pages and see only what is global.
    app.jinja_env.globals |= {"static_url": _static_url, "_": _, "ngettext": ngettext}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    settings = app.extensions["settings"]

    @app.context_processor
    def _choices() -> dict[str, object]:
        return {
            "language": chosen_language(),
            "languages": LANGUAGES,
            "theme": chosen_theme(),
            "office_name": settings.office_name,
        }

    @app.url_defaults
    def _version_static(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" and "v" not in values and "filename" in values:
            values["v"] = _version(str(app.static_folder), str(values["filename"]))


def _static_url(path: str) -> str:
    return url_for("static", filename=path)


@cache
def _version(folder: str, filename: str) -> str:
    """Return a short mark that changes with the file, so that browsers may keep it for a year."""
    path = Path(folder) / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "missing"
