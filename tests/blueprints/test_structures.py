"""The switch between the structure of then and of now: on lists of units, the board and the summary."""

from datetime import date, timedelta

import pytest

from core import clock
from core.permissions import Role
from core.vietnamese import format_date
from domain import organisation
from domain.unit_change_plan import NewUnit
from models import Form, Unit
from tests.blueprints.test_list_queries import counted
from tests.conftest import Browser
from tests.factories import make_form, make_group, make_person, make_task, make_unit, publish
from tests.support.reports import submit
from tests.support.unit_changes import merge

# What pages show is decided above the database; the queries are tested on both engines below it.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

YESTERDAY = clock.today().date() - timedelta(days=1)
BEFORE = format_date(YESTERDAY - timedelta(days=1))


def merged(*units: Unit) -> None:
    merge(*units, day=YESTERDAY, new_units=[NewUnit("M1", "Xã Mới")])


def test_units_are_listed_as_on_any_day(browser: Browser) -> None:
    browser.sign_in(make_person(Role.ADMIN))
    one, two = make_unit("Xã Một", code="X1"), make_unit("Xã Hai", code="X2")
    group = make_group(one, two, name="Các xã")
    merged(one, two)
    page = browser.get(f"/units?on={BEFORE}&group={group.id}").text
    for text in ("Xã Một</a>", "Xã Hai</a>", "X1", "2 đơn vị", "Xã Mới</a>"):
        assert text in page
    assert "Xã Một</a>" not in browser.get(f"/units?on={format_date(YESTERDAY)}").text
    assert "Xã Một</a>" in browser.get(f"/units?on={BEFORE}&q=xa+mot&kind=other").text
    assert "Không có đơn vị nào khớp" in browser.get(f"/units?on={BEFORE}&q=xa+moi").text
    wrong = browser.get("/units?on=31/02/2025")
    assert wrong.status_code == 200
    assert "31/02/2025" in wrong.text


def test_a_unit_that_was_founded_is_not_there_before(browser: Browser) -> None:
    browser.sign_in(make_person(Role.ADMIN))
    organisation.add_unit(None, code="N1", name="Trung tâm mới", since=date(2024, 3, 1))
    assert "Trung tâm mới</a>" not in browser.get("/units?on=29/02/2024").text
    assert "Trung tâm mới</a>" in browser.get("/units?on=01/03/2024").text


@pytest.fixture
def form(browser: Browser) -> Form:
    """A round that two of three units answered before they were merged."""
    browser.sign_in(make_person(Role.SECRETARIAT))
    units = [make_unit(name) for name in ("Xã Một", "Xã Hai", "Xã Ba")]
    form = make_form(make_task(), {"type": "integer", "uid": "n", "label": "Số buổi"})
    with clock.stopped_at(clock.now() - timedelta(days=9)):
        owed = publish(form, *units)
    submit(owed[0], {"n": 4})
    submit(owed[1], {"n": 5})
    merged(units[0], units[1])
    return form


def test_the_board_shows_reports_under_the_units_of_now(browser: Browser, form: Form) -> None:
    url = f"/rounds/{form.task.rounds[0].id}/board"
    then, now = browser.get(url).text, browser.get(f"{url}?structure=now").text
    assert ("Xã Mới" in then, "khi đó:" in then) == (False, False)
    assert now.count("Xã Mới</a>") == 2
    assert "khi đó: Xã Một" in now
    one = browser.get(f"{url}?structure=now&kind=not_started").text
    assert ("Xã Ba" in one, "Xã Mới</a>" in one) == (True, False)


def test_the_summary_lists_and_downloads_units_of_now(browser: Browser, form: Form) -> None:
    url = f"/rounds/{form.task.rounds[0].id}/summary"
    page = browser.get(f"{url}?structure=now").text
    assert "summary.xlsx?structure=now" in page
    answers = browser.get(f"{url}/{form.id}/n?structure=now").text
    assert "Xã Mới" in answers
    assert ">9" in answers
    assert "Xã Một" not in answers
    assert "Xã Một" in browser.get(f"{url}/{form.id}/n").text
    file = browser.get(f"{url}.xlsx?structure=now")
    assert "co-cau-hien-nay" in file.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["board?structure=now", "summary/{form}/n?structure=now"])
def test_more_units_take_no_more_queries(browser: Browser, form: Form, path: str) -> None:
    url = f"/rounds/{form.task.rounds[0].id}/" + path.format(form=form.id)
    browser.get(url)
    with counted() as few:
        assert browser.get(url).status_code == 200
    publish(form, *(make_unit() for _number in range(20)))
    with counted() as many:
        assert browser.get(url).status_code == 200
    assert len(many) == len(few)
