"""`python3 app.py test`: every check of the project, in the order in which they tell most."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from core.config import ROOT

FEWEST_WORKERS = 2
CHECKS = (
    ("Kiểu viết mã / Code style", ("ruff", "check", ".")),
    ("Kiểu dữ liệu / Types", ("mypy", "--no-error-summary", ".")),
    ("Các tầng / Layers", ("lint-imports", "--no-logo")),
    ("Mẫu trang / Templates", ("djlint", "--lint", "--quiet", "templates")),
)
PREPARE = (sys.executable, "-m", "tests.support.prepare")
PYTEST = (sys.executable, "-m", "pytest")


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run every check; what stands after `--` goes to pytest alone."""
    if arguments:
        raise SystemExit(_run("Kiểm thử / Tests", (*PYTEST, *arguments)))
    failed = [name for name, line in CHECKS if _run(name, (str(_program(line[0])), *line[1:]))]
    # What is missing is said here in one line; the tests that need it then fail.
    _run("Trình duyệt, PostgreSQL, LibreOffice / Browser, PostgreSQL, LibreOffice", PREPARE)
    if _run("Kiểm thử / Tests", _whole_suite()):
        failed.append("Kiểm thử / Tests")
    for name in failed:
        click.secho(f"✗ {name}", fg="red", err=True)
    if failed:
        raise SystemExit(1)
    click.secho("✓ Đạt tất cả / All passed", fg="green", err=True)


def _whole_suite() -> Sequence[str]:
    workers = max(FEWEST_WORKERS, os.cpu_count() or FEWEST_WORKERS)
    return (*PYTEST, "-q", "-n", str(workers), "--dist", "worksteal", "--cov", "--cov-report=term")


def _run(name: str, line: Sequence[str]) -> int:
    """Say what is checked, run it from the project's folder, and return its exit status."""
    click.secho(f"→ {name}", bold=True, err=True)
    return subprocess.run(line, cwd=ROOT, check=False).returncode


def _program(name: str) -> Path:
    """Return the path of a program that is installed beside the Python that runs."""
    suffix = ".exe" if os.name == "nt" else ""
    return Path(sys.executable).with_name(name + suffix)
