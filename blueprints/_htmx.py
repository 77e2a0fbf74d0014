"""One URL, two bodies: the page for a plain visit, the piece that the page includes for htmx."""

from typing import Any

from flask import Response, flash, redirect, render_template
from flask import make_response as plain_response
from htmx_flask import make_response, request


def wants_piece() -> bool:
    """Tell whether htmx asks for a piece of the page rather than for the page."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render(page: str, piece: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with `page`, or with `piece` where htmx asked; the page itself includes the piece."""
    body = render_template(piece if wants_piece() else page, **context)
    if wants_piece():
        body += render_template("layout/_new_toasts.html")
    response = plain_response(body, status)
    response.vary.add("HX-Request")
    return response


def redirect_to(url: str) -> Response:
    """Send the browser to `url` after a change, whoever asked."""
    if wants_piece():
        response: Response = make_response("", redirect=url)
        return response
    return redirect(url, 303)  # type: ignore[return-value]


def notify(text: str, category: str = "success", undo_url: str = "") -> None:
    """Show `text` on the next page, with a button that undoes what was done."""
    message: Any = {"text": text, "undo_url": undo_url} if undo_url else text
    flash(message, category)
