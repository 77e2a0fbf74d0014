"""`serve` as a person starts it: in a process of its own, on a new folder."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.config import ROOT

PASSWORD = "mat-khau-de-thu-nghiem-1"
PATIENCE = 60.0


@contextmanager
def served(folder: Path, *options: str, **environment: str) -> Iterator[tuple[str, str]]:
    """Start `serve`; give its address and what it has said until then."""
    process = subprocess.Popen(
        [sys.executable, "app.py", "serve", "--port", "0", *options],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_PATH": str(folder), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1",
             "DEMO_PASSWORD": "", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if "Ctrl+C" in line:
                break
        found = re.search(r"http://[\d.]+:\d+/", said)
        assert found, said
        yield found.group(), said
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 -- our own address.
        text: str = answer.read().decode()
    return text


def test_the_first_start_loads_the_demo_and_the_second_only_answers(tmp_path: Path) -> None:
    with served(tmp_path, DEMO_PASSWORD=PASSWORD) as (address, said):
        assert "thuky" in said
        assert PASSWORD in said
        assert "Đăng nhập" in fetch(f"{address}sign-in")
    accounts = tmp_path / "demo_accounts.txt"
    assert "lanhdao.vhtt053" in accounts.read_text("utf-8")
    if os.name != "nt":
        assert accounts.stat().st_mode & 0o077 == 0
    with served(tmp_path) as (address, said):
        assert "thuky" not in said
        assert fetch(f"{address}health") == "ok\n"


def test_without_the_demo_the_first_account_is_asked_for(tmp_path: Path) -> None:
    with served(tmp_path, "--no-demo") as (address, said):
        assert "tài khoản quản trị đầu tiên" in said
        assert "Tên cơ quan" in fetch(address)


def test_starts_at_the_same_time_agree(tmp_path: Path) -> None:
    with served(tmp_path, "--no-demo") as (first, _), served(tmp_path, "--no-demo") as (second, _):
        assert fetch(f"{first}health") == fetch(f"{second}health") == "ok\n"


def test_a_port_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = subprocess.run(
            [sys.executable, "app.py", "serve", "--no-demo", "--port", str(taken.getsockname()[1])],
            cwd=ROOT,
            env={**os.environ, "INSTANCE_PATH": str(tmp_path), "DATABASE_URL": ""},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert result.returncode == 1
    assert "Cổng này đang được dùng" in result.stderr
    assert "Traceback" not in result.stderr
