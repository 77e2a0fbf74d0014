"""Tổng Hợp: report forms for the units of a department, and their summary.

`python3 app.py` prepares everything and serves; `python3 app.py --help` lists the commands.
"""

import sys

import bootstrap

if __name__ == "__main__":
    sys.exit(bootstrap.main(sys.argv[1:]))

from typing import Any

from flask import Flask, Response, request
from flask_babel import get_domain, gettext

from blueprints import (
    _access,
    _crumbs,
    _errors,
    _navigation,
    _questions,
    _session,
    _words,
    register_blueprints,
)
from commands import register_commands
from core import database, origin, storage, words
from core.config import Settings, load_settings
from core.extensions import babel, compress, csrf, db, htmx, login_manager, migrate
from core.side_process import SideProcess
from jobs import register_jobs

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
A_YEAR = 365 * 24 * 3600


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application from `settings`, or from this installation's own."""
    settings = settings or load_settings()
    app = Flask(__name__, instance_path=str(settings.instance_path))
    app.config.from_mapping(_flask_config(settings))
    app.extensions["settings"] = settings
    app.extensions["side_process"] = SideProcess(settings)
    app.extensions["background_process"] = SideProcess(settings)
    storage.set_folder(settings.instance_path / "files", settings.largest_upload)
    app.before_request(_begin)
    _bind_extensions(app)
    for module in (_session, _access, _words, _questions, _crumbs, _navigation, _errors):
        module.bind(app)
    register_blueprints(app)
    register_commands(app)
    register_jobs(app)
    app.after_request(_add_headers)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": bool(settings.database_url)},
        "MAX_CONTENT_LENGTH": settings.largest_upload,
        "MAX_FORM_PARTS": 5000,
        "MAX_FORM_MEMORY_SIZE": 4_000_000,
        "SEND_FILE_MAX_AGE_DEFAULT": A_YEAR,
        "SESSION_COOKIE_NAME": "tonghop",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": settings.session_life,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "COMPRESS_ALGORITHM": ["gzip"],
        "COMPRESS_LEVEL": 5,
        "TESTING": settings.testing,
    }


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database.prepare_engine(db.engine)
    migrate.init_app(app, db, directory=f"{app.root_path}/migrations", render_as_batch=True)
    htmx.init_app(app)
    csrf.init_app(app)
    compress.init_app(app)
    babel.init_app(app, locale_selector=_words.chosen_language)
    words.use_catalogue(gettext, _plural)
    login_manager.init_app(app)


def _plural(one: str, many: str, count: int) -> str:
    """Return the form that fits `count` with its places unfilled: Flask-Babel would fill them."""
    return str(get_domain().get_translations().ungettext(one, many, count))


def _begin() -> None:
    database.set_writing(request.method not in SAFE_METHODS)
    origin.set_address(request.remote_addr or "")


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
