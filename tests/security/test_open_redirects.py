"""A link to our sign-in or to a choice never leads on to another site."""

import pytest

from core.permissions import Role
from tests.factories import PASSWORD
from tests.security.conftest import Enter

ELSEWHERE = [
    "https://example.com", "http://example.com/", "HTTPS://EXAMPLE.COM", "//example.com",
    "///example.com", "////example.com", "/\\example.com", "\\\\example.com", "\\/example.com",
    "/\\/example.com", "https:example.com", "https:/example.com", "https:///example.com",
    "http:\\\\example.com", "/\t/example.com", "/\n/example.com", "/\r/example.com", "\t//example.com",
    " //example.com", "/ /example.com", "/%09/example.com", "/%2f/example.com", "/%5cexample.com",
    "//example.com/%2f..", "/..//example.com", "/.//example.com", "//google.com@example.com",
    "http://localhost@example.com/", "https://localhost:80@example.com", "javascript:alert(1)",
    "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
    "//example.com:80", "//[::1]/", "//①②③.example", "/\u2215example.com", "/\u3000//example.com",
    "/units\r\nLocation: https://example.com", "?next=//example.com", "#//example.com",
    ".example.com", "@example.com", "example.com", "//example。com",
]  # fmt: skip


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_away(enter: Enter, target: str) -> None:
    browser = enter(None)
    signed_in = browser.post(
        "/sign-in", data={"username": "admin.here", "password": PASSWORD, "next": target}
    )
    assert (signed_in.status_code, signed_in.location) == (303, "/")
    already = browser.get("/sign-in", query_string={"next": target})
    assert (already.status_code, already.location) == (303, "/")
    for path, sent in (("/theme", {"theme": "dark"}), ("/language", {"language": "vi"})):
        chosen = browser.post(path, data={**sent, "next": target})
        assert chosen.status_code == 303
        assert chosen.location.startswith("/")
        assert not chosen.location.startswith(("//", "/\\"))
        assert "example" not in chosen.location


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_page_of_ours_is_gone_back_to(enter: Enter) -> None:
    browser = enter(Role.ADMIN)
    chosen = browser.post("/theme", data={"theme": "dark", "next": "/units?q=a"})
    assert chosen.location == "/units?q=a"
    from_afar = browser.post(
        "/theme", data={"theme": "dark"}, headers={"Referer": "https://example.com/units"}
    )
    assert from_afar.location in {"/units", "/"}
