"""A process of its own for heavy reading, so that saving never waits for it.

It is started at the first request and kept, since starting it takes longer than most of what it
does; it has a low priority, is spoken to through pipes, and ends when they are closed. What it
does and how is `jobs.side_work`.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from shutil import copyfileobj
from typing import IO, Any

import orjson

from core.config import ROOT, Settings
from core.errors import BusyError
from core.words import _

PROGRAM = "from app import create_app; from jobs.side_work import main; main(create_app)"
#: How many may wait in line, and for how many seconds.
MOST_WAITING, LONGEST_WAIT = 3, 60.0
#: After so many seconds of work the process is ended: nothing takes as long.
PATIENCE = 900.0
NICE = 10
CHUNK = 256 * 1024

Told = Callable[[int], None]
"""What hears, now and then, how much is done."""


class SideWorkError(Exception):
    """The process could not do what it was asked, or has ended meanwhile; its own log says why."""


class SideProcess:
    """One such process, which does one thing after the other."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._line = threading.Lock()
        self._waiting = 0
        self._process: subprocess.Popen[bytes] | None = None

    def ask(
        self,
        request: Mapping[str, Any],
        target: IO[bytes],
        told: Told | None = None,
        *,
        is_patient: bool = False,
    ) -> None:
        """Have `request` done and write what comes of it to `target`.

        Raises BusyError where too many are waiting, unless the caller `is_patient`, and
        SideWorkError where it fails.
        """
        self._stand_in_line(is_patient=is_patient)
        try:
            self._converse(request, target, told)
        finally:
            self._line.release()

    def warm(self) -> None:
        """Start the process, so that whoever is about to ask need not wait for that."""
        if self._line.acquire(blocking=False):
            try:
                self._running()
            finally:
                self._line.release()

    def close(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        atexit.unregister(self.close)

    def _stand_in_line(self, *, is_patient: bool) -> None:
        if not is_patient and self._waiting >= MOST_WAITING:
            raise BusyError(_busy())
        self._waiting += 1
        try:
            if not self._line.acquire(timeout=-1 if is_patient else LONGEST_WAIT):
                raise BusyError(_busy())
        finally:
            self._waiting -= 1

    def _converse(self, request: Mapping[str, Any], target: IO[bytes], told: Told | None) -> None:
        process = self._running()
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        try:
            assert process.stdin is not None  # noqa: S101 -- for the type checker; it is a pipe.
            assert process.stdout is not None  # noqa: S101 -- the same.
            process.stdin.write(orjson.dumps(request) + b"\n")
            process.stdin.flush()
            self._listen(process.stdout, target, told)
        except (OSError, orjson.JSONDecodeError) as error:
            self.close()
            raise SideWorkError from error
        finally:
            watch.cancel()

    def _listen(self, pipe: IO[bytes], target: IO[bytes], told: Told | None) -> None:
        while True:
            said = orjson.loads(pipe.readline())
            if "error" in said:
                raise SideWorkError(said["error"])
            if "size" in said:
                break
            if told is not None:
                told(said["done"])
        left = said["size"]
        while left:
            chunk = pipe.read(min(CHUNK, left))
            if not chunk:
                raise OSError("the side process ended in the middle of its answer")
            target.write(chunk)
            left -= len(chunk)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        own_group: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            own_group = {
                "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP
                | subprocess.BELOW_NORMAL_PRIORITY_CLASS
            }
        self._process = process = subprocess.Popen(  # noqa: S603 -- the program is our own.
            [sys.executable, "-c", PROGRAM],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, **own_group,
        )  # fmt: skip
        atexit.register(self.close)
        assert process.stdin is not None  # noqa: S101 -- for the type checker; it is a pipe.
        process.stdin.write(orjson.dumps(self._settings.to_json()) + b"\n")
        process.stdin.flush()
        return process


def lower_priority() -> None:
    """Let every other process go before this one; on Windows it was started so."""
    if sys.platform != "win32":
        os.nice(NICE)


def send(pipe: IO[bytes], file: IO[bytes]) -> None:
    """Send the whole of `file` as the answer to a request."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    pipe.write(orjson.dumps({"size": size}) + b"\n")
    copyfileobj(file, pipe, CHUNK)
    pipe.flush()


def _busy() -> str:
    return _("Đang có nhiều tệp được làm cùng lúc. Hãy thử lại sau một phút.")
