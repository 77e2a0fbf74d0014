"""`python3 app.py summary export`: the workbook of a task, without a browser."""

from pathlib import Path

import click

from commands._database import make_ready, settings
from core import database
from core.extensions import db
from domain import summary_files, summary_workbook
from domain.successors import Structure
from domain.summary_files import Wanted
from domain.summary_selection import Selection
from models import Round, Task


@click.group("summary")
def command() -> None:
    """Bảng tổng hợp / The summary of a task."""


@command.command("export")
@click.option("--task", "task_id", type=int, required=True, help="Mã nhiệm vụ / Task id")
@click.option("--round", "round_id", type=int, help="Mã kỳ, nếu không phải kỳ cuối / Round id")
@click.option(
    "--out",
    "path",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="Tệp Excel sẽ ghi / The workbook to write",
)
@click.option(
    "--structure",
    type=click.Choice([one.value for one in Structure]),
    default=Structure.THEN.value,
    help="Cơ cấu đơn vị khi đó hay hiện nay / Units of then or of now",
)
def export(task_id: int, round_id: int | None, path: Path, structure: str) -> None:
    """Ghi bảng tổng hợp ra tệp Excel / Write the summary as a workbook."""
    if not path.parent.is_dir():
        raise click.ClickException(f"Không có thư mục “{path.parent}” để ghi tệp.")
    make_ready()
    with database.only_reading():
        round_ = _round(task_id, round_id)
        chosen = Selection(structure=Structure(structure))
        summary_workbook.write(round_, path, settings(), chosen=chosen)
        db.session.rollback()
    summary_files.record_download(None, round_, Wanted(round_.id, structure=structure))
    db.session.commit()
    click.echo(f"Đã ghi bảng tổng hợp vào {path}.")


def _round(task_id: int, round_id: int | None) -> Round:
    task = db.session.get(Task, task_id)
    if task is None or task.deleted_at is not None:
        raise click.ClickException(f"Không có nhiệm vụ nào có mã {task_id}.")
    found = [one for one in task.rounds if round_id in {None, one.id}]
    if not found:
        raise click.ClickException(f"Nhiệm vụ {task_id} không có kỳ nào có mã {round_id}.")
    return found[-1]
