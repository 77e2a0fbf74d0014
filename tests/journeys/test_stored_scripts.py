"""What people type stays text: a payload in every place for words, read by everybody."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Dialog, FilePayload, Page, expect

from core.extensions import db
from core.permissions import Role
from tests.journeys.person import Person
from tests.support.department import Department
from tests.support.kept_department import department_of
from tests.support.routes import Addresses, rules

# It breaks out of text, attributes, scripts and templates.
PAYLOAD = """'"></script></textarea></title><svg onload=alert(1) class=xss>{{7*7}}"""
DOWNLOADS = frozenset({
    "board.show_changes", "calendar.feed",
    "evidence.download", "evidence.thumbnail", "papers.download_blank",
    "papers.download_letter", "papers.download_report", "response_files.template",
    "downloads.download", "downloads.download_prepared", "punctuality.download", "summary.download",
    "summary_templates.download_template", "tasks.download_file", "unit_lists.download",
})  # fmt: skip
# All that stands on a page to be read: in its text, in its title, and in what can be typed over.
TEXTS = """() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll("input, textarea, option")].map(one => one.value + " " + one.text)
].join(" ").replace(/\\s+/g, " ")"""

Reads = Callable[[Role], Person]

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def department(app: Flask) -> Department:
    return department_of(PAYLOAD)


@pytest.fixture
def reads(chromium_browser: Browser, address: str, department: Department) -> Iterator[Reads]:
    """Let somebody read with the content security policy off, so that a script would run."""
    people: list[Person] = []

    def sit_down(role: Role) -> Person:
        db.session.commit()
        context = chromium_browser.new_context(
            base_url=address, bypass_csp=True, reduced_motion="reduce"
        )
        person = Person(context, scripts=True)
        person.page.on("dialog", lambda dialog: _note(person, dialog))
        person.sign_in(f"{role}.here")
        people.append(person)
        return person

    yield sit_down
    for person in people:
        person.context.close()
    assert [text for person in people for text in person.complaints] == []


def _note(person: Person, dialog: Dialog) -> None:
    person.complaints.append(f"{person.page.url} ran a script")
    dialog.dismiss()


def run(page: Page) -> int:
    """Return how many elements the payload has become."""
    return page.locator(".xss").count()


@pytest.mark.parametrize("role", list(Role))
def test_nothing_that_is_stored_runs_and_all_of_it_reads_back(
    app: Flask, department: Department, reads: Reads, role: Role
) -> None:
    paths, words = paths_of(app, department), words_of(department)
    reader, seen = reads(role), 0
    for path in paths:
        answer = reader.page.goto(path)
        assert answer is not None
        if not answer.ok:
            reader.complaints = [one for one in reader.complaints if "status of 40" not in one]
            continue
        assert run(reader.page) == 0, path
        text = reader.page.evaluate(TEXTS)
        assert [one for one in words if not is_whole(text, one)] == [], path
        assert PAYLOAD in text or "{{7*7}}" not in text, path
        seen += PAYLOAD in text
    assert seen >= 3


def test_the_payload_runs_where_nobody_stops_it(reads: Reads) -> None:
    reader = reads(Role.CLERK)
    reader.page.set_content(f"<title>{PAYLOAD}")
    expect(reader.page.locator(".xss")).to_be_attached()
    assert reader.complaints
    reader.complaints.clear()


def is_whole(text: str, word: str) -> bool:
    """Tell whether the payload follows `word` verbatim, or as far as a short line shows it."""
    for rest in text.split(word)[1:]:
        shown = next(end for end in range(len(PAYLOAD), -1, -1) if rest.startswith(PAYLOAD[:end]))
        if shown < len(PAYLOAD) and not rest[shown:].startswith("..."):
            return False
    return True


def paths_of(app: Flask, department: Department) -> list[str]:
    """Return the address of every page, and of reports in other states."""
    with app.test_request_context():
        addresses = Addresses(department)
        found = [
            addresses.of(one.endpoint, one.arguments)
            for one in rules(app, frozenset({"GET"}))
            if one.endpoint not in DOWNLOADS
        ]
    reports = department.reports[department.here.id]
    found += [f"/questions/{one.id}/edit" for one in department.asked(department.every_type)]
    found += [f"/reports/{one.id}/review" for one in (reports.sent, reports.waiting)]
    found += [f"/reports/{one.id}/check" for one in (reports.sent, reports.waiting)]
    found += [f"/rounds/{department.sent_task.rounds[0].id}/{page}" for page in ("board", "summary")]
    return found


def words_of(department: Department) -> list[str]:
    """Return what the payload was put behind, wherever it stands."""
    rows = [
        *department.units,
        department.group,
        *(one.task for one in (department.every_type, department.few)),
        department.every_type,
        department.few,
    ]
    texts = [getattr(one, "name", "") or getattr(one, "title", "") for one in rows]
    texts += [department.open_task.issuer, department.open_task.instructions]
    return [text.removesuffix(PAYLOAD) for text in texts]


def test_words_in_notes_and_questions_of_the_page_do_not_run(
    department: Department, reads: Reads
) -> None:
    form = f"/forms/{department.every_type.id}"
    section = f"/reports/{department.reports[department.here.id].open.id}/sections/s1"
    secretary = reads(Role.SECRETARIAT)
    secretary.go(form)
    row = secretary.page.locator(".q-row").last
    row.get_by_title("Thao tác khác").click()
    row.get_by_role("button", name="Xoá câu hỏi").click()
    secretary.sees("Đã xoá câu hỏi")
    assert run(secretary.page) == 0
    reporter = reads(Role.REPORTER)
    reporter.go(section)
    name = f"{PAYLOAD.replace('/', '')}.exe"
    file = FilePayload(name=name, mimeType="image/png", buffer=b"MZ" * 40)
    reporter.page.locator("[type=file]").first.set_input_files(file)
    expect(reporter.page.locator(".toast-note").first).to_be_visible()
    assert run(reporter.page) == 0
    administrator = reads(Role.ADMIN)
    administrator.go("/groups")
    administrator.page.locator("[data-confirm]").first.click()
    expect(administrator.page.locator("dialog[open]")).to_contain_text("<svg onload=alert(1)")
    assert run(administrator.page) == 0
