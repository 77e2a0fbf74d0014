"""Stored files on their way out: always saved by the browser, never shown as a page of ours."""

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
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
