"""`python3 app.py rounds …`: opens the rounds whose time has come, and keeps locks that have passed."""

import click

from commands._database import make_ready
from core import clock
from core.extensions import db
from domain import deadlines, opening


@click.group("rounds")
def command() -> None:
    """Các kỳ báo cáo / The rounds of tasks."""


@command.command("open")
def open_due() -> None:
    """Mở kỳ đến ngày, khoá sổ kỳ hết hạn / Open the rounds that are due, lock those over."""
    make_ready()
    opened = [f"{one.name}: {one.task.title}" for one in opening.open_due_rounds(clock.now())]
    db.session.commit()
    locked = deadlines.latch_all(clock.now())
    db.session.commit()
    for line in opened:
        click.echo(line)
    click.echo(f"Đã mở {len(opened)} kỳ, khoá {locked} báo cáo / Opened {len(opened)}, locked {locked}")
