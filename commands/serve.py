"""`python3 app.py serve`: sets everything up, says where it is, and answers."""

import errno
import logging
import os
import socket

import click
from flask import current_app
from waitress.server import create_server

import demo
from commands._database import preparing, settings
from core.extensions import db
from domain import organisation, people

ACCOUNTS = "demo_accounts.txt"
STOPPED = "Đã dừng / Stopped"


@click.command("serve")
@click.option("--no-demo", is_flag=True, help="Bắt đầu trống / Start empty")
@click.option("--host", help="Địa chỉ mạng / Network address")
@click.option("--port", type=click.IntRange(0, 65535), help="Cổng / Port")
def command(no_demo: bool, host: str | None, port: int | None) -> None:
    """Chuẩn bị và chạy trang / Set up and serve."""
    chosen = settings()
    with preparing() as copy:
        if copy:
            click.echo(f"Đã sao lưu trước khi nâng cấp / Backed up before migrating: {copy}")
        if not no_demo and not organisation.has_units():
            _load_demo()
    address = host or chosen.host
    try:
        server = create_server(
            current_app._get_current_object(),  # type: ignore[attr-defined]
            host=address,
            port=chosen.port if port is None else port,
            threads=chosen.threads,
            ident="tong-hop",
        )
    except (OSError, socket.gaierror) as error:
        raise click.ClickException(_reason(error)) from None
    # A queue of one is no news; the slow requests themselves are.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    _say_where(address, server.effective_port)
    background = current_app.extensions["background"]
    if chosen.jobs_in_server:
        background.start()
    server.run()
    background.stop()
    click.echo(STOPPED)


def _load_demo() -> None:
    click.echo("Đang nạp dữ liệu mẫu / Loading the demo data…")
    accounts = demo.load(settings().demo_password)
    lines = [f"{one.username:<16} {one.password:<20} {one.role}" for one in accounts]
    _keep_private("\n".join(lines) + "\n")
    click.echo("Tài khoản mẫu / Demo accounts:")
    for account, line in zip(accounts, lines, strict=True):
        if account.is_shown:
            click.echo(f"  {line}")
    click.echo(f"Tất cả tài khoản / All accounts: {settings().instance_path / ACCOUNTS}")


def _keep_private(text: str) -> None:
    """Keep the accounts for the owner of the installation alone."""
    path = settings().instance_path / ACCOUNTS
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _say_where(address: str, port: int) -> None:
    shown = f"[{address}]" if ":" in address else address
    click.echo(f"Tổng Hợp: http://{shown}:{port}/")
    if not people.has_anybody():
        click.echo(
            "Chưa có tài khoản. Mở địa chỉ trên để tạo tài khoản quản trị đầu tiên. / "
            "No account yet: open the address to create the first administrator."
        )
    click.echo("Dừng bằng Ctrl+C / Stop with Ctrl+C")
    db.session.remove()


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            "Cổng này đang được dùng. Đặt cổng khác bằng --port hoặc PORT. / "
            "The port is in use: choose another one with --port or PORT."
        )
    return f"Không mở được địa chỉ này / The address can't be opened: {error.strerror}"
