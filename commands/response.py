"""`python3 app.py response`: a unit's report as a workbook, out and back in, without a browser."""

import sys
from pathlib import Path
from typing import Any

import click
import orjson
from flask import current_app
from sqlalchemy import select

from commands._database import make_ready
from core import database
from core.errors import DomainError
from core.extensions import db
from core.permissions import Actor, Role
from domain import response_files, response_template
from domain.response_files import DryRun
from models import Assignment, Membership, Person, Response, Round, Task


@click.group("response")
def command() -> None:
    """Báo cáo của đơn vị qua Excel / Reports of units as workbooks."""


@command.command("template")
@click.option("--unit", "unit_code", required=True, help="Mã đơn vị / Unit code")
@click.option("--task", "task_id", type=int, required=True, help="Mã nhiệm vụ / Task id")
@click.option("--form", "form_id", type=int, required=True, help="Mã biểu mẫu / Form id")
@click.option("--round", "round_id", type=int, help="Mã kỳ, nếu không phải kỳ cuối / Round id")
@click.option(
    "--out",
    "path",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="Tệp Excel sẽ ghi / The workbook to write",
)
def template(
    unit_code: str, task_id: int, form_id: int, round_id: int | None, path: Path
) -> None:
    """Ghi mẫu Excel của một đơn vị / Write the workbook of a unit's report."""
    if not path.parent.is_dir():
        raise click.ClickException(f"Không có thư mục “{path.parent}” để ghi tệp.")
    make_ready()
    with database.only_reading(), current_app.test_request_context():
        response = _report(unit_code, task_id, form_id, round_id)
        with path.open("wb") as file:
            response_template.write(response, file)
    click.echo(f"Đã ghi mẫu Excel vào {path}.")


@command.command("import")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi / Store nothing")
@click.option("--json", "as_json", is_flag=True, help="In JSON / Print JSON")
@click.option(
    "--carry-over", is_flag=True,
    help="Tệp của phiên bản cũ: lấy những gì còn khớp / Take what fits of an older version's file",
)  # fmt: skip
@click.option(
    "--as", "username", default="",
    help="Ghi dưới tên ai; mặc định là quản trị viên đầu tiên / Who writes",
)  # fmt: skip
def import_(path: Path, *, dry_run: bool, as_json: bool, carry_over: bool, username: str) -> None:
    """Kiểm tra tệp đã điền rồi ghi vào báo cáo / Check a filled workbook and store its answers."""
    make_ready()
    with current_app.test_request_context():
        try:
            book = response_files.read_file(path.read_bytes())
            response = response_files.report_of(book)
            actor = _actor(username)
            run = response_files.try_out(actor, response, book, carry_over=carry_over)
            run.refuse_conflicts()
            if not dry_run and not run.problems and run.changes:
                response_files.accept(actor, response, response_files.to_write(run, ()), run.file)
                db.session.commit()
        except OSError:
            _refuse(f"Không đọc được tệp “{path}”.")
        except response_files.OldVersionError as error:
            _refuse(f"{error} Thêm --carry-over để lấy những gì còn khớp.")
        except (ValueError, DomainError) as error:
            _refuse(str(error))
        _tell(run, as_json=as_json, dry_run=dry_run)
    sys.exit(1 if run.problems else 0)


def _report(unit_code: str, task_id: int, form_id: int, round_id: int | None) -> Response:
    query = (
        select(Response)
        .join(Response.assignment)
        .join(Assignment.round)
        .join(Round.task)
        .where(
            Assignment.unit_code == unit_code,
            Assignment.form_id == form_id,
            Round.task_id == task_id,
            Round.published_at.is_not(None),
            Task.deleted_at.is_(None),
        )
        .order_by(Round.position.desc(), Round.id.desc())
    )
    if round_id is not None:
        query = query.where(Round.id == round_id)
    found = db.session.scalars(query.limit(1)).one_or_none()
    if found is None:
        raise click.ClickException(
            f"Đơn vị {unit_code} không có báo cáo theo biểu mẫu {form_id} của nhiệm vụ {task_id}."
        )
    return found


def _actor(username: str) -> Actor:
    """Return the person with this name, or the first administrator."""
    query = select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id)
    if username:
        query = query.where(Person.username == username.lower())
    else:
        query = query.join(Membership).where(Membership.role == Role.ADMIN)
    person = db.session.scalars(query.limit(1)).one_or_none()
    if person is None:
        raise ValueError("Không có tài khoản để ghi. Hãy ghi tên tài khoản sau --as.")
    return Actor(person.id, person.username, person.full_name)


def _refuse(sentence: str) -> None:
    db.session.rollback()
    click.echo(sentence, err=True)
    sys.exit(2)


def _tell(run: DryRun, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(_as_json(run), option=orjson.OPT_INDENT_2).decode())
        return
    for problem in run.problems:
        click.echo(f"! {problem.sheet} {problem.cell}: {problem.message}")
    if run.more:
        click.echo(f"! {run.more}")
    for change in run.changes:
        old, new = "; ".join(change.old_lines), "; ".join(change.new_lines)
        click.echo(f"{change.number}. {change.question.label}: {old or '–'} → {new or '–'}")
    if not run.problems and not dry_run:
        click.echo(f"Đã ghi {len(run.changes)} câu trả lời.")


def _as_json(run: DryRun) -> dict[str, Any]:
    problems = [
        {"sheet": one.sheet, "cell": one.cell, "message": one.message} for one in run.problems
    ]
    if run.more:
        problems.append({"sheet": "", "cell": "", "message": run.more})
    return {
        "problems": problems,
        "changes": [
            {
                "question": one.question.uid,
                "label": one.question.label,
                "old": one.old,
                "new": one.new,
            }
            for one in run.changes
        ],
    }
