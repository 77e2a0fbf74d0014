"""Reading changes nothing: no link, image or page that is fetched ahead does anything."""

import pytest
from flask import Flask

from core.permissions import Role
from tests.security.conftest import Enter
from tests.support.department import Department
from tests.support.routes import Addresses, rules
from tests.support.rows import Rows, all_rows

# Handing out the answers of all units is written to the log: that somebody did is worth knowing.
LOGGED = frozenset({
    "downloads.download", "downloads.download_prepared", "punctuality.download", "summary.download",
})  # fmt: skip
LOG = frozenset({"audit_entry", "audit_head"})


def without(rows: Rows, tables: frozenset[str]) -> Rows:
    return {name: lines for name, lines in rows.items() if name not in tables}


@pytest.mark.parametrize("role", [None, *Role])
def test_no_page_changes_anything_by_being_read(
    app: Flask, department: Department, enter: Enter, role: Role | None
) -> None:
    browser = enter(role)
    with app.test_request_context():
        addresses = Addresses(department)
        urls = {
            url: one.endpoint
            for one in rules(app, frozenset({"GET"}))
            for url in (addresses.of(one.endpoint, one.arguments),)
        }
    before, opened = all_rows(), 0
    for url, endpoint in urls.items():
        for headers in ({}, {"HX-Request": "true"}):
            opened += browser.get(url, headers=headers).status_code == 200
            browser.open(url, method="HEAD", headers=headers)
        if endpoint in LOGGED:
            assert without(all_rows(), LOG) == without(before, LOG), url
            before = all_rows()
        else:
            assert all_rows() == before, url
    assert opened >= 3
