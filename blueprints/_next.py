"""Where to go after a form, when the page before asked for it; never off this site."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def next_url(target: str | None) -> str:
    """Return `target` if it is a page of this site, else the start page."""
    return target if target and _is_page(target) else url_for("home.index")


def this_page() -> str:
    """Return the path of the page that the form was on, else the start page."""
    parts = urlsplit(request.form.get("next") or request.referrer or "")
    return next_url(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _is_page(target: str) -> bool:
    """Tell whether `target` is a plain path that this site answers to GET requests.

    Browsers read more into an address than it says (tabs, backslashes, hosts after two
    slashes), so only printable ASCII paths count, and only those that lead to a view.
    """
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    if not target.isascii() or not target.isprintable() or " " in target:
        return False
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        endpoint, _values = adapter.match(urlsplit(target).path, method="GET")
    except (HTTPException, RequestRedirect, ValueError):
        return False
    return endpoint != "static"
