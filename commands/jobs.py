"""`python3 app.py jobs run`: carries out background work in a process of its own."""

import signal
import threading

import click
from flask import current_app

from commands._database import make_ready

STARTED = "Đang làm việc nền. Dừng bằng Ctrl+C / Doing background work. Stop with Ctrl+C"
STOPPED = "Đã dừng / Stopped"


@click.group("jobs")
def command() -> None:
    """Việc nền / Background work."""


@command.command("run")
def run() -> None:
    """Làm việc nền ngoài máy chủ trang / Carry out background work beside the server."""
    make_ready()
    stopped = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stopped.set())
    background = current_app.extensions["background"]
    background.start()
    click.echo(STARTED)
    # Waiting without an end would never let a signal in on Windows.
    while not stopped.wait(1.0):
        pass
    background.stop()
    click.echo(STOPPED)
