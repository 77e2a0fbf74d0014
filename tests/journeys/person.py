"""Somebody at a browser: does what a person does, and notes what the browser complains of."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.factories import PASSWORD

PATIENCE = 15_000
REFUSED_FORM = "status of 422"


class Person:
    """A person with a browser; `complaints` are errors of the console and of the page."""

    def __init__(self, context: BrowserContext, *, scripts: bool) -> None:
        self.context = context
        self.scripts = scripts
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, said: ConsoleMessage) -> None:
        """Note an error, but for the browser's own line on a form that the server refused."""
        if said.type == "error" and REFUSED_FORM not in said.text:
            self.complaints.append(said.text)

    def sign_in(self, username: str) -> None:
        """Sign in by name."""
        self.go("/sign-in")
        self.look()
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")

    def go(self, path: str) -> None:
        """Open a page by its address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button or follow a link by its words; the first of that name."""
        place = within or self.page.locator("main")
        button = place.get_by_role("button", name=name, exact=True)
        link = place.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=True).first.fill(text)

    def sees(self, text: str) -> None:
        """Wait until the page shows a text."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def arrives(self, title: str) -> None:
        """Wait until the page of this title is there, whole: what follows finds no page half changed."""
        expect(self.page).to_have_title(re.compile(f"^{re.escape(title)}"), timeout=PATIENCE)
        self.page.wait_for_load_state("load")

    def saved(self, label: str) -> None:
        """Wait until the answer to the question with this label is on the server."""
        question = self.page.locator(".question", has_text=label).first
        expect(question.locator(".saved")).to_contain_text("Đã lưu", timeout=PATIENCE)

    def download(self, name: str, folder: Path) -> Path:
        """Follow a link that downloads a file, and return where it lies."""
        with self.page.expect_download() as found:
            self.press(name)
        path = folder / found.value.suggested_filename
        found.value.save_as(path)
        return path

    def look(self) -> None:
        """Have axe look at the page; it needs scripts of its own."""
        if not self.scripts:
            return
        found = Axe().run(self.page)
        report = found.generate_report() if found.violations_count else ""
        assert not found.violations_count, f"{self.page.url}\n{report}"
