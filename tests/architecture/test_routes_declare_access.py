"""Every page says who may open it."""

from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from app import create_app
from blueprints._access import PUBLIC, SIGNED_IN, access_of
from core.config import Settings
from core.permissions import Permission

MAY_BE_PUBLIC = {
    "calendar.feed", "home.choose_language", "home.choose_theme", "home.health", "home.index",
    "sign_in.first_account", "sign_in.sign_in", "sign_in.sign_in_again",
}  # fmt: skip


def endpoints_without_access(app: Flask) -> list[str]:
    found = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    with app.app_context():
        return sorted(one for one in found if not _is_access(access_of(one)))


def _is_access(mark: object) -> bool:
    if mark in (PUBLIC, SIGNED_IN):
        return True
    return (
        isinstance(mark, Iterable)
        and bool(mark)
        and all(isinstance(one, Permission) for one in mark)
    )


def test_every_endpoint_declares_who_may_open_it(sqlite_app: Flask) -> None:
    assert endpoints_without_access(sqlite_app) == []


def test_only_the_known_pages_are_public(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        endpoints = {rule.endpoint for rule in sqlite_app.url_map.iter_rules()} - {"static"}
        public = {one for one in endpoints if access_of(one) == PUBLIC}
    assert public <= MAY_BE_PUBLIC


def test_an_endpoint_without_access_is_found_and_refused(tmp_path: Path) -> None:
    app = create_app(Settings(instance_path=tmp_path, secret_key="k" * 40, testing=True))
    app.add_url_rule("/forgotten", "forgotten", lambda: "hidden words")
    assert endpoints_without_access(app) == ["forgotten"]
    assert "hidden words" not in app.test_client().get("/forgotten").text


def test_unsafe_methods_are_never_beside_unchecked_ones(sqlite_app: Flask) -> None:
    """A view for GET alone must not be reachable by PUT, PATCH or DELETE."""
    odd = {
        rule.endpoint
        for rule in sqlite_app.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"}
    }
    assert odd == set()
