"""The environment is made once, and made again when it is no longer what its stamp says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import LOCK, TEST_LOCK, Environment, chosen_command
from core.config import ROOT


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An adopted environment of a Python that exists, with one package and nothing else."""
    for lock in (LOCK, TEST_LOCK):
        (tmp_path / lock).write_text(lock, encoding="utf-8")
    found = Environment(str(tmp_path))
    python = Path(found.python)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (package_of(found)).mkdir(parents=True)
    found.adopt(LOCK)
    return found


def package_of(environment: Environment) -> Path:
    return Path(environment.folder, "lib", "python3.11", "site-packages", "flask-3.1.dist-info")


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ["serve"]),
        (["serve"], ["serve"]),
        (["--port", "8001"], ["serve", "--port", "8001"]),
        (["--help"], ["--help"]),
        (["test", "--", "-x"], ["test", "--", "-x"]),
        (["serve", "--help"], ["serve", "--help"]),
    ],
)
def test_serving_is_what_is_done_unless_said_otherwise(arguments: list[str], command: list[str]) -> None:
    assert chosen_command(arguments) == command


def test_an_adopted_environment_is_ready_for_its_lock_alone(environment: Environment) -> None:
    assert environment.is_ready(LOCK)
    assert not environment.is_ready(TEST_LOCK)
    environment.adopt(LOCK, TEST_LOCK)
    assert environment.is_ready(LOCK)
    assert environment.is_ready(TEST_LOCK)


def test_a_changed_lock_is_to_be_installed(environment: Environment) -> None:
    Path(environment.root, LOCK).write_text("flask==9", encoding="utf-8")
    assert not environment.is_ready(LOCK)


def test_a_removed_package_is_noticed(environment: Environment) -> None:
    package_of(environment).rmdir()
    assert not environment.is_ready(LOCK)


def test_a_replaced_python_is_noticed(environment: Environment, tmp_path: Path) -> None:
    other = tmp_path / "other-python"
    other.touch()
    Path(environment.python).unlink()
    Path(environment.python).symlink_to(other)
    assert not environment.is_ready(LOCK)


def test_a_removed_python_is_noticed(environment: Environment) -> None:
    Path(environment.python).unlink()
    assert not environment.is_ready(LOCK)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"base": "/usr/bin/python3"}'])
def test_a_stamp_that_says_too_little_counts_for_nothing(environment: Environment, text: str) -> None:
    Path(environment.folder, bootstrap.STAMP).write_text(text, encoding="utf-8")
    assert not environment.is_ready(LOCK)


def test_another_version_of_the_same_python_is_noticed(environment: Environment) -> None:
    path = Path(environment.folder, bootstrap.STAMP)
    stamp = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**stamp, "python": "3.10"}), encoding="utf-8")
    assert not environment.is_ready(LOCK)


def test_where_nothing_is_to_be_done_nothing_is_written(environment: Environment) -> None:
    before = sorted(Path(environment.root).rglob("*"))
    environment.prepare(LOCK)
    assert sorted(Path(environment.root).rglob("*")) == before


def test_a_folder_that_can_t_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(bootstrap.PreparationError, match="Không ghi được"):
        Environment(str(tmp_path / "file")).prepare(LOCK)


def test_it_needs_nothing_that_isn_t_with_python_and_reads_on_an_old_one() -> None:
    code = "import sys, bootstrap; sys.version_info = (3, 9, 2); sys.exit(bootstrap.main(['serve']))"
    ended = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 1
    assert "Cần Python 3.11 trở lên; đây là Python 3.9." in ended.stderr


def test_every_command_is_told_by_help(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "app.py", "--help"],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_PATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0
    assert "test" in ended.stdout
    assert bootstrap.HOW_TO_START.split(". ")[0] in ended.stdout
