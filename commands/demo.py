"""`python3 app.py demo`: the demo department, loaded and listed."""

from typing import Any

import click
import orjson
from sqlalchemy import select

import demo
from commands._database import make_ready, settings
from core import database
from core.extensions import db
from demo import reorganisation
from domain import answering, organisation
from models import Assignment, Form, FormVersion, Person, Response, Round, Task, Unit
from questionnaire.definition import FormDefinition


@click.group("demo")
def command() -> None:
    """Dữ liệu mẫu / The demo data."""


@command.command("load")
def load() -> None:
    """Nạp vào cơ sở dữ liệu trống / Load into an empty database."""
    make_ready()
    if organisation.has_units():
        raise click.ClickException(
            "Đã có đơn vị trong cơ sở dữ liệu nên không nạp dữ liệu mẫu. / "
            "There are units already, so the demo data wasn't loaded."
        )
    for account in demo.load(settings().demo_password):
        click.echo(f"{account.username:<16} {account.password:<20} {account.role}")


@command.command("reorganise")
def reorganise() -> None:
    """Sắp xếp đơn vị như ngày 01/7/2025 / Reorganise as on 1 July 2025."""
    make_ready()
    if not reorganisation.is_possible():
        raise click.ClickException(
            "Cần có các phòng, trung tâm cấp huyện của dữ liệu mẫu, chưa sắp xếp. / "
            "The demo's offices of districts, not reorganised yet, are needed."
        )
    for account in reorganisation.reorganise(settings().demo_password):
        click.echo(f"{account.username:<16} {account.password:<20} {account.role}")
    db.session.commit()


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON")
def show(as_json: bool) -> None:
    """Liệt kê nhiệm vụ, biểu mẫu, đơn vị, tài khoản / List tasks, forms, units and accounts."""
    make_ready()
    with database.only_reading():
        found = {
            "tasks": _tasks(),
            "units": _units(),
            "accounts": _accounts(),
            "open_assignments": _open_assignments(),
        }
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    for task in found["tasks"]:
        click.echo(f"{task['id']:>4}  {task['title']}")
    for account in found["accounts"]:
        roles = ", ".join(f"{one['role']} {one['unit']}" for one in account["roles"])
        click.echo(f"{account['username']:<20} {roles}")


def _tasks() -> list[dict[str, Any]]:
    tasks = db.session.scalars(
        select(Task).where(Task.deleted_at.is_(None)).order_by(Task.id)
    ).all()
    return [
        {
            "id": task.id,
            "title": task.title,
            "number": task.number,
            "symbol": task.symbol,
            "rounds": [_round(one) for one in task.rounds],
            "forms": [_form(one) for one in task.forms],
        }
        for task in tasks
    ]


def _round(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.id,
        "name": round_.name,
        "due_at": round_.due_at,
        "published": round_.published_at is not None,
    }


def _form(form: Form) -> dict[str, Any]:
    newest: FormVersion | None = form.versions[-1] if form.versions else None
    questions = FormDefinition.from_json(newest.definition).questions if newest else {}
    return {
        "id": form.id,
        "title": form.title,
        "questions": [
            {"uid": one.uid, "type": one.type, "code": one.code, "label": one.label}
            for one in questions.values()
        ],
    }


def _units() -> list[dict[str, Any]]:
    units = db.session.scalars(select(Unit).order_by(Unit.position, Unit.id))
    return [{"id": one.id, "code": one.code, "name": one.name} for one in units]


def _accounts() -> list[dict[str, Any]]:
    people = db.session.scalars(select(Person).order_by(Person.id)).all()
    return [
        {
            "username": person.username,
            "roles": [{"role": one.role, "unit": one.unit.code} for one in person.memberships],
        }
        for person in people
    ]


def _open_assignments() -> list[dict[str, Any]]:
    reports = db.session.scalars(
        select(Response)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Task, Task.id == Round.task_id)
        .where(Round.published_at.is_not(None), Task.deleted_at.is_(None))
        .order_by(Assignment.id)
    ).all()
    return [
        {
            "unit": report.assignment.unit_code,
            "task": report.assignment.round.task_id,
            "form": report.assignment.form_id,
            "assignment": report.assignment_id,
        }
        for report in reports
        if not answering.closed_reason(report)
    ]
