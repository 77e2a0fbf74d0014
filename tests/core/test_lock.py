"""The lock between processes: one holder at a time, and free again however its holder ends."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from core import lock
from core.config import ROOT

HOLD = """
import sys
from pathlib import Path
from core import lock
with lock.held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_that_another_process_holds_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "LONGEST_WAIT", 0.2)
    process = holder(tmp_path / "lock")
    with pytest.raises(Exception, match="locked"), lock.held(tmp_path / "lock"):
        pass
    process.communicate()
    with lock.held(tmp_path / "lock"):
        pass


def test_a_killed_holder_gives_the_lock_back(tmp_path: Path) -> None:
    process = holder(tmp_path / "lock")
    process.kill()
    process.communicate()
    started = time.monotonic()
    with lock.held(tmp_path / "lock"):
        assert time.monotonic() - started < 5


def test_an_error_inside_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock.held(tmp_path / "lock"):
        raise ZeroDivisionError
    with lock.held(tmp_path / "lock"):
        pass
