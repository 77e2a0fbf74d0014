"""`python3 app.py test` runs every check to the end and fails if one does."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import checks
from core.config import ROOT


def program(folder: Path, name: str, status: int) -> tuple[str, ...]:
    """Return the line of a program that leaves a mark with its last argument and ends with `status`."""
    mark = f"pathlib.Path({str(folder / name)!r}).write_text(sys.argv[-1])"
    return (sys.executable, "-c", f"import pathlib, sys; {mark}; sys.exit({status})")


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which every program leaves its mark; all succeed."""
    monkeypatch.setattr(checks, "CHECKS", ())
    monkeypatch.setattr(checks, "PREPARE", program(tmp_path, "prepare", 0))
    monkeypatch.setattr(checks, "PYTEST", program(tmp_path, "pytest", 0))
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(checks.command, arguments)
    return result.exit_code, result.stderr


@pytest.mark.usefixtures("marks")
def test_it_says_so_when_all_is_well() -> None:
    status, words = run()
    assert status == 0
    assert "Đạt tất cả / All passed" in words


def test_a_failed_linter_is_named_and_the_tests_still_run(
    marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = (("Một", ("ruff", "check", str(marks / "nowhere"))), ("Hai", ("ruff", "--version")))
    monkeypatch.setattr(checks, "CHECKS", failing)
    status, words = run()
    assert status == 1
    assert "✗ Một" in words
    assert "✗ Hai" not in words
    assert (marks / "pytest").exists()


def test_failed_tests_fail_the_command(marks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PYTEST", program(marks, "pytest", 3))
    status, words = run()
    assert status == 1
    assert "✗ Kiểm thử / Tests" in words


def test_what_is_missing_on_the_machine_is_for_the_tests_to_fail_on(
    marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "PREPARE", program(marks, "prepare", 2))
    assert run()[0] == 0
    assert (marks / "pytest").exists()


def test_arguments_go_to_pytest_alone(marks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PYTEST", program(marks, "pytest", 5))
    assert run("--", "tests/core", "-x")[0] == 5
    assert (marks / "pytest").read_text("utf-8") == "-x"
    assert not (marks / "prepare").exists()


def test_the_checkers_are_there() -> None:
    names = [line[0] for _name, line in checks.CHECKS]
    assert names == ["ruff", "mypy", "lint-imports", "djlint"]
    assert all(checks._program(name).exists() for name in names)


def test_a_clean_checkout_has_one_command_for_all_checks() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "exec python3 app.py test" in script.read_text("utf-8")
