"""How every page looks and behaves in a browser: light, dark, narrow, wide, and by keyboard."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from core.permissions import Role
from models import Question
from questionnaire.types import all_types
from tests.blueprints.routes_table import ROUTES, Who
from tests.factories import make_person, make_task
from tests.journeys.conftest import Arrive
from tests.support.department import Department
from tests.support.kept_department import department_of
from tests.support.routes import Addresses, rules

# The engine of the database does not show.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

NO_PAGES = frozenset({
    "board.show_changes", "calendar.feed", "deadlines.say",
    "evidence.download", "evidence.thumbnail", "home.health", "home.index",
    "papers.download_blank", "papers.download_letter", "papers.download_report",
    "response_files.template", "sign_in.first_account", "sign_in.sign_in", "sign_in.sign_in_again",
    "downloads.download", "downloads.download_prepared", "punctuality.download", "summary.download",
    "summary_templates.download_template", "tasks.download_file", "unit_lists.download",
})  # fmt: skip
READERS = (Role.SECRETARIAT, Role.ADMIN, Role.REPORTER, Role.LEADER)
WIDTHS = (320, 390, 1280)
HEIGHT = 900


@pytest.fixture
def department(app: Flask) -> Department:
    return department_of()


def reader_of(who: Who) -> Role:
    """Return the role that a page is looked at with."""
    allowed = who.anywhere | who.in_its_unit or {Role.REPORTER}
    return next(role for role in READERS if role in allowed)


def pages(app: Flask, department: Department) -> Iterator[tuple[Role, str]]:
    """Yield every page with a role that may read it, then the same pages in other states."""
    with app.test_request_context():
        addresses = Addresses(department)
        for rule in rules(app, frozenset({"GET"})):
            if rule.endpoint not in NO_PAGES:
                role = reader_of(ROUTES[rule.endpoint]["GET"])
                yield role, addresses.of(rule.endpoint, rule.arguments)
    yield from states(department)


def states(department: Department) -> Iterator[tuple[Role, str]]:
    """Yield pages that look different with other things on them, or with nothing."""
    reports = department.reports[department.here.id]
    changes = [f"units/changes/new?kind={kind}&unit={department.here.id}" for kind in ("merge", "split")]
    for path in (
        "units?q=zzz", "units?state=closed", "units?on=01/01/2024", *changes, "people?q=zzz",
        "audit?person=z", "audit?check=1",
    ):  # fmt: skip
        yield Role.ADMIN, f"/{path}"
    section = Question.query.filter_by(uid=f"f{department.every_type.id}q1").one().section
    for key in {kind.SettingsFields: kind.key for kind in all_types()}.values():
        yield Role.SECRETARIAT, f"/sections/{section.id}/questions/new?type={key}"
    for question in department.asked(department.every_type):
        if question.type in {"fixed_table", "one_choice"}:
            yield Role.SECRETARIAT, f"/questions/{question.id}/edit"
    empty = make_task("Chưa có gì" + " rất dài" * 30)
    for path in (
        "/tasks?q=zzz",
        f"/tasks/{empty.id}",
        f"/tasks/{empty.id}/publish",
        f"/tasks/{department.draft_task.id}/publish",
        f"/rounds/{department.draft_task.rounds[0].id}/board",
        f"/rounds/{department.draft_task.rounds[0].id}/summary",
        f"/rounds/{department.sent_task.rounds[0].id}/board?q=zzz",
        f"/reports/{reports.sent.id}/review",
        f"/forms/{department.draft.id}",
    ):
        yield Role.SECRETARIAT, path
    for report in (reports.sent, reports.waiting):
        yield Role.REPORTER, f"/reports/{report.id}"
        yield Role.LEADER, f"/reports/{report.id}/check"
    section_url = f"/reports/{reports.open.id}/sections/s{department.every_type.id}"
    yield Role.LEADER, "/reports"
    yield Role.REPORTER, f"{section_url}?check=1"


@pytest.mark.parametrize("role", READERS)
def test_every_page_is_sound_in_light_and_dark_and_fits_every_width(
    app: Flask, department: Department, arrive: Arrive, role: Role
) -> None:
    paths = [path for reader, path in pages(app, department) if reader == role]
    reader = arrive(department.person(role).username)
    reader.page.emulate_media(reduced_motion="reduce")
    faults = []
    for path in paths:
        reader.go(path)
        faults += [f"{path}: {fault}" for fault in faults_of(reader.page)]
    assert faults == []
    assert len(paths) > 2


def faults_of(page: Page) -> Iterator[str]:
    """Yield what is wrong with the page that is open."""
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} headings of the first rank"
    if not page.title().strip() or page.locator("main").count() != 1:
        yield f"title {page.title()!r}, {page.locator('main').count()} places called main"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} px wide where there are {width}"
    page.evaluate(Axe().axe_script)
    yield from violations(page)
    page.emulate_media(color_scheme="dark")
    yield from violations(page, "color-contrast")
    page.emulate_media(color_scheme="light")


def violations(page: Page, *only: str) -> Iterator[str]:
    """Yield what axe finds in the page, looking for `only` these faults where any are named."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(only)} if only else {})
    for one in page.evaluate("options => axe.run(options)", options)["violations"]:
        places = ", ".join(node["html"][:160] for node in one["nodes"][:3])
        yield f"{one['id']}: {places}"


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    department: Department, arrive: Arrive
) -> None:
    paths = ["/tasks", f"/tasks/{department.open_task.id}", f"/forms/{department.draft.id}"]
    secretary = arrive(department.person(Role.SECRETARIAT).username)
    page = secretary.page
    page.emulate_media(reduced_motion="reduce")
    secretary.go("/tasks")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for path in paths:
        secretary.go(path)
        assert set(stops(page)) == {"shown"}


def stops(page: Page) -> Iterator[str]:
    """Press Tab through the page, and say of each stop whether the focus shows, until they repeat."""
    seen: set[str] = set()
    while True:
        page.keyboard.press("Tab")
        name, outline, hidden = page.evaluate(FOCUS)
        if name in seen or name == "BODY":
            assert len(seen) > 5
            return
        seen.add(name)
        yield "shown" if outline and not hidden else f"{name}: {outline} {hidden}"


# The focused element, how thick its outline is, and whether something else lies over it.
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const place = [...document.querySelectorAll(one.tagName)].indexOf(one);
  const covered = !top || !(one.contains(top) || top.contains(one));
  return [one.tagName === "BODY" ? "BODY" : one.tagName + place,
          style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), covered];
}"""


def test_an_open_menu_lies_over_what_is_around_it(department: Department, arrive: Arrive) -> None:
    path = f"/forms/{department.draft.id}"
    secretary = arrive(department.person(Role.SECRETARIAT).username)
    secretary.go(path)
    row = secretary.page.locator(".q-row").last
    row.get_by_title("Thao tác khác").click()
    expect(row.locator(".menu-body")).to_be_in_viewport(ratio=1)
    row.get_by_role("button", name="Xoá câu hỏi").click()
    secretary.sees("Đã xoá câu hỏi")
    assert secretary.page.locator(".q-row").count() == 0


def test_an_empty_installation_and_pages_that_are_not_there_are_sound(
    app: Flask, arrive: Arrive, address: str
) -> None:
    username = make_person(Role.REPORTER).username
    someone = arrive(username)
    someone.page.emulate_media(reduced_motion="reduce")
    someone.go("/reports")
    assert list(faults_of(someone.page)) == []
    for path, status in (("/khong-co", 404), ("/tasks", 403)):
        answer = someone.page.goto(path)
        assert answer is not None
        assert answer.status == status
        assert list(faults_of(someone.page)) == []
    someone.complaints = [one for one in someone.complaints if "status of 40" not in one]
