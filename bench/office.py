"""An office whose units fill in a form of forty questions, and their signed-in browsers."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from app import create_app
from bench.clients import Call
from core import clock
from core.config import Settings
from core.extensions import db
from core.permissions import Role
from domain import builder, organisation, people, publishing, sessions, tasks
from models import Assignment

SECRET = "only-for-measuring-never-for-anything-else"  # noqa: S105
KINDS = ("integer", "long_text", "integer", "one_choice", "money", "yes_no", "percent", "date")
QUESTIONS = 40


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit's report, and the headers of the browser in which it is open."""

    assignment_id: int
    section: str
    questions: tuple[tuple[str, str], ...]
    headers: dict[str, str]

    def save(self, uid: str, text: str, seq: int, writer: str = "bench") -> Call:
        """Return the call that saves an answer as the page does."""
        body = f"{uid}={text}&seen-{uid}=0&writer={writer}&seq={seq}".encode()
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
        return Call(f"/reports/{self.assignment_id}/answers/{uid}", headers, body)

    @property
    def page(self) -> Call:
        """Return the call that shows the section with all questions."""
        return Call(f"/reports/{self.assignment_id}/sections/{self.section}", self.headers)


def app_at(folder: Path) -> Flask:
    """Return the app on the database in `folder`."""
    return create_app(Settings(instance_path=folder, secret_key=SECRET))


def open_office(folder: Path, units: int, app: Flask | None = None) -> list[Desk]:
    """Make the tables, one published task, and a desk for each of `units` units."""
    app = app or app_at(folder)
    with app.app_context():
        db.create_all()
        bodies = [
            organisation.add_unit(None, code=f"U{place}", name=f"Đơn vị {place}")
            for place in range(units)
        ]
        task = tasks.create(None, title="Báo cáo", due_at=clock.now() + timedelta(days=9))
        form = tasks.add_form(None, task, "Biểu mẫu")
        section = builder.add_section(None, form, "Kết quả")
        for place in range(QUESTIONS):
            builder.add_question(
                None, section, type=KINDS[place % len(KINDS)], label=f"Chỉ tiêu số {place + 1}"
            )
        publishing.set_targets(None, form, groups=[], units=bodies, excluded=[])
        db.session.expire_all()
        publishing.publish(task, task.rounds[0], None)
        asked = tuple((one.uid, one.type) for one in builder.questions_of(section))
        desks = [
            Desk(
                one.id,
                section.uid,
                asked,
                browser_of(app, Role.REPORTER, one.unit_id, f"nhap{one.id}"),
            )
            for one in db.session.query(Assignment)
            .filter_by(form_id=form.id)
            .order_by(Assignment.id)
        ]
        db.session.commit()
    return desks


def browser_of(app: Flask, role: Role, unit_id: int, username: str) -> dict[str, str]:
    """Return the headers of a browser in which a new person with this role is signed in."""
    person, _password = people.add_person(
        None, username=username, full_name=username, roles=[(role, unit_id)]
    )
    person.must_change_password = False
    token = sessions.start(person, address="127.0.0.1", browser="bench")
    raw = secrets.token_hex(20)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = serializer.dumps({"token": token, "csrf_token": raw, "_permanent": True})
    return {
        "Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}",
        "X-CSRFToken": str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw)),
    }
