"""A round as large as a province's, put straight into a database of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from app import create_app
from core import clock
from core.config import Settings
from core.extensions import db
from models import (
    Assignment,
    Form,
    FormVersion,
    Person,
    Response,
    ResponseState,
    Round,
    Submission,
    Task,
    Unit,
)
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.types import get

SECRET = "only-for-measuring-never-for-anything-else"  # noqa: S105
SENTENCE = "Kinh phí còn hạn chế, cán bộ kiêm nhiệm nhiều việc; đề nghị bố trí thêm cho "
IN_A_SECTION = 20
GROUPS = 4
PATTERN = (
    "integer", "integer", "integer", "money", "integer", "percent", "integer", "integer",
    "one_choice", "integer", "integer", "decimal", "integer", "yes_no", "integer", "integer",
    "short_text", "integer", "integer", "date",
)  # fmt: skip
TABLE = {
    "columns": [
        {"id": name, "group": "Số người", "label": label, "type": "integer", "measure": "người",
         "settings": {}}
        for name, label in (("nam", "Nam"), ("nu", "Nữ"))
    ],
    "rows": [{"id": f"r{at}", "label": f"Lĩnh vực {at}"} for at in range(5)],
    "total": True,
}  # fmt: skip


def app_at(folder: Path) -> Flask:
    """Return the app on the database in `folder`."""
    return create_app(Settings(instance_path=folder, secret_key=SECRET))


@contextmanager
def big_round(units: int, questions: int) -> Iterator[tuple[Flask, Path]]:
    """Hold an app with one round in which nineteen of twenty units have reported."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = app_at(folder)
        with app.app_context():
            fill(units, questions)
            yield app, folder
            db.session.remove()
            db.engine.dispose()


def fill(units: int, questions: int) -> None:
    """Make the tables and the round."""
    db.create_all()
    now, definition = clock.now(), definition_of(questions)
    person = Person(username="do", full_name="Người đo", password_hash="-", created_at=now)  # noqa: S106
    task = Task(title="Báo cáo tổng kết năm", created_at=now, updated_at=now)
    task.rounds.append(Round(name="Kỳ 1", due_at=now, published_at=now))
    db.session.add_all([person, task])
    db.session.flush()
    form = Form(task_id=task.id, title="Biểu chung", updated_at=now)
    db.session.add(form)
    db.session.flush()
    version = FormVersion(
        form_id=form.id, number=1, definition=definition.to_json(), form_rev=0, published_at=now
    )
    db.session.add(version)
    db.session.flush()
    places = range(1, units + 1)
    _insert(Unit, [_unit(at, now) for at in places])
    owed = {"round_id": task.rounds[0].id, "form_id": form.id}
    _insert(Assignment, [_assignment(at, units, owed) for at in places])
    _insert(
        Response,
        [{"id": at, "assignment_id": at, "version_id": version.id, "answers": {}, "marks": {},
          "state": ResponseState.NOT_STARTED} for at in places],
    )  # fmt: skip
    sent = [at for at in places if at % 20]
    for start in range(0, len(sent), 200):
        _insert(
            Submission,
            [_submission(at, definition, version.id, person.id, now)
             for at in sent[start : start + 200]],
        )  # fmt: skip
    for response in db.session.query(Response).filter(Response.id.in_(sent)):
        response.state = ResponseState.SUBMITTED
        response.current_submission_id, response.submitted_at = response.id, now
    db.session.commit()


def definition_of(questions: int) -> FormDefinition:
    """Return a form of so many questions, the last of which is a table."""
    made = [
        _question(at, PATTERN[at % len(PATTERN)]) for at in range(questions - 1)
    ] + [Question("table", "fixed_table", "Số người theo lĩnh vực", summing="sum", settings=TABLE)]
    return FormDefinition(
        "Biểu chung",
        sections=tuple(
            Section(f"s{start}", f"Phần {start // IN_A_SECTION + 1}",
                    questions=tuple(made[start : start + IN_A_SECTION]))
            for start in range(0, questions, IN_A_SECTION)
        ),
    )  # fmt: skip


def answers_of(unit: int, definition: FormDefinition) -> dict[str, Any]:
    """Return the answers of a unit, which differ from those of all others."""
    return {
        question.uid: _answer(question, unit * 31 + at * 17)
        for at, question in enumerate(definition.questions.values())
    }


def _question(at: int, key: str) -> Question:
    type_ = get(key)
    settings = type_.default_settings()
    if "options" in settings:
        settings = {"options": [{"id": f"o{one}", "label": f"Mức {one}"} for one in range(4)]}
    return Question(
        f"q{at}", key, f"Chỉ tiêu số {at + 1} của kế hoạch", measure="cuộc",
        summing=type_.summings[0], settings=settings,
    )  # fmt: skip


def _answer(question: Question, seed: int) -> Any:
    answers = {
        "integer": seed % 5000,
        "money": seed * 1000 % 10**9,
        "percent": f"{seed % 100}.25",
        "decimal": f"{seed % 900}.5",
        "one_choice": f"o{seed % 4}",
        "yes_no": bool(seed % 2),
        "short_text": f"{SENTENCE}đơn vị số {seed}",
        "date": f"2026-{seed % 12 + 1:02d}-{seed % 28 + 1:02d}",
        "fixed_table": {
            "rows": {f"r{at}": {"nam": seed % 90 + at, "nu": seed % 70} for at in range(5)}
        },
    }
    return answers[question.type]


def _unit(at: int, now: datetime) -> dict[str, Any]:
    return {"id": at, "code": f"{at:06d}", "name": f"Xã số {at}", "position": at, "created_at": now}


def _assignment(at: int, units: int, owed: dict[str, int]) -> dict[str, Any]:
    return {
        **owed,
        "id": at,
        "unit_id": at,
        "unit_code": f"{at:06d}",
        "unit_name": f"Xã số {at}",
        "group_name": f"Khối {at * GROUPS // (units + 1) + 1}",
        "position": at,
    }


def _submission(
    at: int, definition: FormDefinition, version: int, person: int, now: datetime
) -> dict[str, Any]:
    return {
        "id": at,
        "response_id": at,
        "number": 1,
        "version_id": version,
        "answers": answers_of(at, definition),
        "receipt": f"BN-{at}",
        "fingerprint": "0" * 64,
        "submitted_at": now - timedelta(minutes=at % 60),
        "submitted_by_id": person,
    }


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(model), rows)
