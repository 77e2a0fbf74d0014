"""What each act of the builder costs in a form of 300 questions, beside one of ten."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench import office
from core import clock
from core.extensions import db
from core.permissions import Role
from domain import builder, organisation, steps, tasks
from models import Form, Question, Section

SMALL, LARGE, PER_SECTION, TURNS, GOAL = 10, 300, 10, 25, 1.5
LARGEST_PAGE_KB = 350.0
WORDS = "Số buổi tuyên truyền, phổ biến pháp luật đã tổ chức trong kỳ báo cáo"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what is sent, and where; an address may be made from what the last act left."""

    name: str
    path: Callable[[], str]
    body: dict[str, Any] | None = None
    #: Gives the step to undo or to do again, where the act is one of these.
    step: Callable[[], int] | None = None


def run() -> list[dict[str, object]]:
    """Do every act in turn in both forms on one server; times are medians in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        app = office.app_at(Path(name))
        with app.app_context():
            headers, forms = _office(app)
            db.session.commit()
        client = app.test_client(use_cookies=False)
        scripts = {**headers, "HX-Request": "true"}
        times: dict[str, dict[int, list[float]]] = {}
        for _turn in range(TURNS):
            for size, form_id in forms.items():
                for act in _acts(app, form_id):
                    took = _time(client, act, scripts)
                    times.setdefault(act.name, {}).setdefault(size, []).append(took)
        page = client.get(f"/forms/{forms[LARGE]}", headers=headers).data
    found = {
        act: (median(by_size[LARGE]), median(by_size[SMALL])) for act, by_size in times.items()
    }
    worst = max(found, key=lambda act: found[act][0] / found[act][1])
    lines = [_line(f"builder {act}", *found[act]) for act in found]
    weight = {**_line("builder page", len(page) / 1024, LARGEST_PAGE_KB), "goal": 1, "unit": "KB"}
    return [*lines, weight, _line("builder", *found[worst])]


def _acts(app: Flask, form_id: int) -> Iterator[Act]:
    """Yield the acts one by one; each leaves the form as large as it was."""

    def newest(kind: type[Any]) -> int:
        with app.app_context():
            return int(db.session.query(db.func.max(kind.id)).scalar())

    with app.app_context():
        form = db.session.get(Form, form_id)
        assert form is not None  # noqa: S101 -- for the type checker.
        section = builder.sections_of(form)[0]
        section_id, question_id = section.id, builder.questions_of(section)[2].id
    def step(of: Callable[[Form], Any]) -> int:
        with app.app_context():
            return int(of(db.session.get_one(Form, form_id)).id)

    words = {"type": "integer", "label": WORDS, "summing": "sum"}
    question, part = f"/questions/{question_id}", f"/sections/{section_id}"
    yield Act("open editor", lambda: f"{question}/edit")
    yield Act("cancel", lambda: question)
    yield Act("save", lambda: question, words)
    yield Act("undo", lambda: f"/forms/{form_id}/undo", {}, lambda: step(steps.latest))
    yield Act("redo", lambda: f"/forms/{form_id}/redo", {}, lambda: step(steps.undone))
    yield Act("menu", lambda: f"{question}/more")
    yield Act("move down", lambda: f"{question}/move", {"step": "down"})
    yield Act("move up", lambda: f"{question}/move", {"step": "up"})
    yield Act("move to a place", lambda: f"{question}/move", {"place": "3"})
    yield Act("delete", lambda: f"{question}/delete", {})
    yield Act("restore", lambda: f"{question}/restore", {})
    yield Act("types", lambda: f"{part}/questions/new")
    yield Act("new question", lambda: f"{part}/questions/new?type=integer")
    yield Act("add", lambda: f"{part}/questions", words)
    yield Act("delete added", lambda: f"/questions/{newest(Question)}/delete", {})
    yield Act("duplicate", lambda: f"{question}/duplicate", {})
    yield Act("delete copy", lambda: f"/questions/{newest(Question)}/delete", {})
    yield Act("rename section", lambda: part, {"title": "Kết quả", "intro": ""})
    yield Act("move section", lambda: f"{part}/move", {"place": "1"})
    yield Act("add section", lambda: f"/forms/{form_id}/sections", {"title": "Mục mới"})
    yield Act("delete section", lambda: f"/sections/{newest(Section)}/delete", {})
    yield Act("duplicate section", lambda: f"{part}/duplicate", {})
    yield Act("delete section copy", lambda: f"/sections/{newest(Section)}/delete", {})


def _time(client: FlaskClient, act: Act, headers: dict[str, str]) -> float:
    path = act.path()
    body = {**(act.body or {}), "step": act.step()} if act.step else act.body
    began = perf_counter()
    if body is None:
        answer = client.get(path, headers=headers)
    else:
        answer = client.post(path, headers=headers, data=body)
    took = (perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")
    return took


def _office(app: Flask) -> tuple[dict[str, str], dict[int, int]]:
    """Return the headers of a designer's browser, and a form's id by its number of questions."""
    db.create_all()
    unit = organisation.add_unit(None, code="VP", name="Văn phòng")
    task = tasks.create(None, title="Báo cáo", due_at=clock.now() + timedelta(days=9))
    forms = {}
    for size in (SMALL, LARGE):
        form = tasks.add_form(None, task, f"Biểu {size} câu")
        for part in range(size // PER_SECTION):
            section = builder.add_section(None, form, f"Mục {part + 1}")
            for place in range(PER_SECTION):
                kind = office.KINDS[place % len(office.KINDS)]
                builder.add_question(None, section, type=kind, label=f"{WORDS} ({place + 1})")
        forms[size] = form.id
    return office.browser_of(app, Role.SECRETARIAT, unit.id, "vanthu"), forms


def _line(name: str, ours: float, reference: float) -> dict[str, object]:
    return {
        "bench": name,
        "ratio": round(ours / reference, 3),
        "goal": GOAL,
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "unit": "ms",
    }
