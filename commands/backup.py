"""`python3 app.py backup …`: all that the installation owns as one file, and back."""

from pathlib import Path

import click

from commands._database import settings
from core import clock, lock, schema
from core.extensions import db
from domain import backups
from domain.backups import Backup, BackupError

FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.group("backup")
def command() -> None:
    """Sao lưu và khôi phục / Backups, and putting them back."""


@command.command("create")
@click.option(
    "--out",
    "path",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Tệp sẽ ghi, nếu không phải trong instance/backups / The file to write",
)
def create(path: Path | None) -> None:
    """Sao lưu cơ sở dữ liệu và tệp, cả khi đang chạy / Back up the database and files, in use or not."""
    if path is None:
        path = _folder() / f"tong-hop-{clock.local(clock.now()):%Y%m%d-%H%M%S}.zip"
        path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.is_dir():
        raise click.ClickException(f"Không có thư mục “{path.parent}” để ghi tệp.")
    try:
        backup = backups.create(path)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Đã sao lưu và kiểm tra / Backed up and checked: {path} ({_words(backup)})")
    _warn_of_log(path)


@command.command("check")
@click.argument("path", type=FILE)
def check(path: Path) -> None:
    """Kiểm tra một bản sao lưu có nguyên vẹn không / Tell whether a backup is whole."""
    try:
        backup, problems = backups.read(path), backups.problems(path)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    if problems:
        raise click.ClickException("\n".join(problems))
    click.echo(f"Nguyên vẹn / Whole: {_words(backup)}")
    _warn_of_log(path)


@command.command("restore")
@click.argument("path", type=FILE)
@click.option("--yes", is_flag=True, help="Không hỏi lại / Don't ask")
def restore(path: Path, yes: bool) -> None:
    """Thay dữ liệu hiện có bằng một bản sao lưu / Put a backup in the place of what is there."""
    try:
        backup = backups.read(path)
        if not yes:
            click.echo(_words(backup))
            click.confirm("Thay toàn bộ dữ liệu hiện có? / Replace all that is there?", abort=True)
        with lock.held(settings().instance_path / "start.lock"):
            aside = backups.restore(path, _folder())
            schema.bring_up_to_date(db.engine, _folder())
            backups.note_restored(backup)
            db.session.commit()
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo("Đã khôi phục. Mọi người phải đăng nhập lại. / Restored. Everybody signs in again.")
    if aside is not None:
        click.echo(f"Dữ liệu trước đó / What was there before: {aside}")


def _warn_of_log(path: Path) -> None:
    if backups.has_changed_log(path):
        click.echo("Lưu ý: nhật ký đã bị sửa trước khi sao lưu. / Note: the audit log had been changed.")


def _folder() -> Path:
    return settings().instance_path / "backups"


def _words(backup: Backup) -> str:
    made = f"{clock.local(backup.made_at):%d/%m/%Y %H:%M}"
    return f"{made}, {backup.engine}, {backup.files} tệp / files"
