"""Stored files on their way out: always saved by the browser, never shown as a page of ours."""

from typing import IO

from flask import Response, send_file

from domain import files
from models import StoredFile


def send(stored: StoredFile, name: str) -> Response:
    """Answer with a stored file under `name`; whatever it holds, no browser runs it."""
    response = send_file(
        files.open_stored(stored),
        mimetype=stored.content_type,
        as_attachment=True,
        download_name=name,
        conditional=False,
        etag=False,
        max_age=0,
    )
    response.content_length = stored.size
    return _harmless(response)


def send_small(photo: IO[bytes]) -> Response:
    """Answer with a small photo for a page of ours; opened by itself, it is saved and not shown."""
    return _harmless(
        send_file(photo, mimetype="image/jpeg", as_attachment=True, download_name="anh.jpg", max_age=0)
    )


def _harmless(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
