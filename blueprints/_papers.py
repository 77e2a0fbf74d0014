"""Official documents on their way out: as a page to print, and as a Word file."""

from typing import Any

from flask import Response, current_app, render_template, send_file

from core.config import Settings
from domain import papers

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def office() -> Settings:
    """Return the settings, which name the department."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def show(document: Any, *, title: str, crumbs: list[tuple[str, str]], word_url: str) -> str:
    """Show a document as a page to print, with a link to its Word file."""
    return render_template(
        "papers/paper.html", document=document, title=title, crumbs=crumbs, word_url=word_url
    )


def send(document: Any, name: str) -> Response:
    """Answer with the Word file of a document, to be saved."""
    response = send_file(
        papers.word_file(document), mimetype=WORD, as_attachment=True, download_name=name, max_age=0
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
