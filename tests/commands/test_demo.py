"""The demo department, as a first start loads it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

import demo
from app import create_app
from core import clock, schema
from core.config import Settings
from core.extensions import db
from demo import department as office
from domain import audit, passwords, submitting, versions
from models import (
    Assignment,
    Person,
    Response,
    ResponseState,
    Round,
    Submission,
    Task,
    Unit,
    UnitChange,
)
from questionnaire import checks, structure
from questionnaire.definition import FormDefinition
from questionnaire.types import all_types
from tests.factories import make_unit

PASSWORD = "mat-khau-de-thu-nghiem-1"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An installation of its own, filled by the command from nothing."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(
        Settings(instance_path=folder, secret_key="k" * 40, demo_password=PASSWORD, testing=True)
    )
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0, result.output
    assert "thuky" in result.output
    return app


@pytest.fixture
def department(installation: Flask) -> Iterator[Flask]:
    """The loaded installation, to read."""
    versions.forget()
    with installation.app_context():
        yield installation
    versions.forget()


def test_the_first_task_is_the_plan_of_2023(department: Flask) -> None:
    task = db.session.get_one(Task, 1)
    assert (task.number, task.symbol) == ("128", "KH-SVHTTDL")
    assert task.rounds[0].due_at is not None
    assert f"{clock.local(task.rounds[0].due_at):%H:%M %d/%m/%Y}" == "23:59 05/12/2023"
    assert [len(form.targets) for form in task.forms] == [1, 1, 1]
    owed = select(func.count(Assignment.id)).where(Assignment.round_id == task.rounds[0].id)
    assert db.session.execute(owed).scalar_one() == 32


def test_every_state_and_every_question_type_is_there(department: Flask) -> None:
    states = set(db.session.scalars(select(Response.state)))
    assert states == set(ResponseState) - {ResponseState.EXEMPT}
    in_use = db.session.scalars(select(Response.version_id).distinct()).all()
    used: set[str] = set()
    for submission in db.session.scalars(select(Submission)):
        definition = FormDefinition.from_json(submission.version.definition)
        used |= {one.type for one in definition.questions.values()}
        assert structure.flaws(definition) == []
        assert checks.problems(definition, submission.answers) == []
        assert submission.fingerprint == submitting.fingerprint(submission)
    assert used == {one.key for one in all_types()}
    assert len(in_use) == 6


def test_this_year_s_campaign_is_still_open(department: Flask) -> None:
    due = db.session.get_one(Round, 2).due_at
    assert due is not None
    assert due > clock.now()
    assert clock.local(due).hour == 17


def test_everybody_signs_in_and_the_audit_chain_is_whole(department: Flask) -> None:
    for person in db.session.scalars(select(Person).limit(4)):
        assert passwords.matches(person.password_hash, PASSWORD)
        assert not person.must_change_password
    assert list(audit.broken_entries()) == []


def test_passwords_are_made_up_unless_one_is_given(app: Flask) -> None:
    accounts = demo.load()
    staff = [one.password for one in accounts if one.username in {"quantri", "thuky", "tonghop"}]
    assert len(set(staff)) == 3
    assert all(len(one.password) >= 14 for one in accounts)
    assert db.session.query(Submission).count() > 40


def test_the_list_names_what_can_be_filled_in(department: Flask) -> None:
    result = department.test_cli_runner().invoke(args=["demo", "list", "--json"])
    found = json.loads(result.output)
    assert [task["id"] for task in found["tasks"]] == [1, 2, 3]
    assert len(found["units"]) == db.session.query(Unit).count()
    assert {"username": "thuky", "roles": [{"role": "secretariat", "unit": "SVHTTDL"}]} in found[
        "accounts"
    ]
    codes = {unit["code"] for unit in found["units"]}
    assert found["open_assignments"]
    assert {one["unit"] for one in found["open_assignments"]} <= codes
    assert 2 in {one["task"] for one in found["open_assignments"]}


def test_it_never_loads_where_there_is_a_unit(app: Flask) -> None:
    make_unit()
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert db.session.query(Unit).count() == 1


def test_the_demo_is_reorganised_once_as_on_1_july_2025(tmp_path: Path) -> None:
    app = create_app(
        Settings(instance_path=tmp_path, secret_key="k" * 40, demo_password=PASSWORD, testing=True)
    )
    versions.forget()
    with app.app_context():
        schema.bring_up_to_date(db.engine, tmp_path)
        office.found(PASSWORD)
        db.session.commit()
        run = app.test_cli_runner().invoke
        assert run(args=["demo", "reorganise"]).exit_code == 0
        found = [unit for unit in db.session.query(Unit) if unit.closed_at is None]
        communes = {unit.code: unit.name for unit in found if unit.kind == "commune"}
        assert len(communes) == 56
        assert sum("phường" in name for name in communes.values()) == 3
        assert communes["VHXH-01288"] == "Phòng Văn hóa - Xã hội phường Tân Giang"
        assert not [unit for unit in found if unit.kind == "district"]
        assert db.session.query(UnitChange).count() == 10
        assert "chưa sắp xếp" in run(args=["demo", "reorganise"]).output
