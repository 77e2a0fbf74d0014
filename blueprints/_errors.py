"""Every refusal as a page, or as a piece where htmx asked; never with a trace."""

import logging
import secrets

from flask import Flask, Response, make_response, render_template
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from blueprints._htmx import wants_piece
from core.errors import DomainError

PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503})

log = logging.getLogger(__name__)


def bind(app: Flask) -> None:
    """Answer every error of `app` here."""
    app.register_error_handler(DomainError, _refuse)
    app.register_error_handler(CSRFError, _refuse_forged)
    app.register_error_handler(HTTPException, _show)


def _refuse(error: DomainError) -> Response:
    return _answer(error.status, error.message)


def _refuse_forged(_error: CSRFError) -> Response:
    """Take a lost session for what it is: its token is gone with it."""
    return _answer(400 if current_user.is_authenticated else 401, "")


def _show(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        return _report(error)
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = _answer(code, "")
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _report(error: InternalServerError) -> Response:
    error_id = secrets.token_hex(4)
    log.error("error %s", error_id, exc_info=error.original_exception or error)
    return _answer(500, "", error_id=error_id)


def _answer(code: int, message: str, *, error_id: str = "") -> Response:
    page = code if code in PAGES else 400
    template = "errors/_message.html" if wants_piece() else f"errors/{page}.html"
    body = render_template(template, code=code, message=message, error_id=error_id)
    response = make_response(body, code)
    response.vary.add("HX-Request")
    return response
