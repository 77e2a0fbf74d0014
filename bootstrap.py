"""Makes the project's own environment and hands every command over to it.

This module runs before anything is installed, so it needs nothing but the standard library; and
its syntax is one that an old Python can read, so that such a Python can be told it is too old.
"""

import hashlib
import importlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from glob import escape, glob
from typing import Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

OLDEST_PYTHON = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = ".venv"
STAMP = "tong-hop.json"
STAMPED = {"base", "python", "runs", "packages", "locks"}
LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
ABOUT = "Tổng Hợp: biểu mẫu báo cáo, số liệu của các đơn vị và bảng tổng hợp."
HOW_TO_START = "Không nêu lệnh thì chạy “serve”. Without a command, “serve” is run."
WITHOUT_VENV = (
    "Python này thiếu venv hoặc ensurepip. Trên Debian, Ubuntu: apt install python3-venv\n"
    "This Python lacks venv or ensurepip. On Debian, Ubuntu: apt install python3-venv"
)
NOT_INSTALLED = (
    "Chưa cài được thư viện. Hãy kiểm tra mạng (hoặc proxy) rồi chạy lại lệnh này.\n"
    "The libraries could not be installed. Check the network (or proxy) and run this again."
)
NOT_WRITTEN = (
    "Không ghi được vào thư mục này: {0}\n"
    "This folder can't be written to: {0}"
)  # fmt: skip


class PreparationError(Exception):
    """The environment can't be made; the message says what the person can do."""


def main(arguments: "list[str]") -> int:
    """Carry out the command in `arguments` inside the project's environment."""
    if os.name == "nt":
        # A console there may know no Vietnamese; the children are told, this process is set.
        os.environ.setdefault("PYTHONUTF8", "1")
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if sys.version_info < OLDEST_PYTHON:
        _say(
            "Cần Python 3.11 trở lên; đây là Python {}.{}.".format(*sys.version_info),
            "Python 3.11 or newer is needed; this is Python {}.{}.".format(*sys.version_info),
        )
        return 1
    command = chosen_command(arguments)
    environment = Environment(ROOT)
    try:
        environment.prepare(TEST_LOCK if command[0] == "test" else LOCK)
    except PreparationError as error:
        sys.stderr.write("{}\n".format(error))
        return 1
    except KeyboardInterrupt:
        return 130
    if environment.is_running():
        return run_command_line(command)
    return hand_over(environment.python, command)


def chosen_command(arguments: "list[str]") -> "list[str]":
    """Return the command to run: `serve`, unless `arguments` name one or ask for help."""
    if arguments and (arguments[0] == "--help" or not arguments[0].startswith("-")):
        return arguments
    return ["serve"] + arguments


def hand_over(python: str, command: "list[str]") -> int:
    """Run app.py again under `python`: in place of this process where the system can do that."""
    line = [python, os.path.join(ROOT, "app.py")] + command
    if os.name != "nt":
        os.execv(python, line)
    process = subprocess.Popen(line)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The child has been told as well, and says when it is done.
            continue


def run_command_line(command: "list[str]") -> int:
    """Run `command` by Flask's command line, in this process."""
    flask_cli = importlib.import_module("flask.cli")
    group = flask_cli.FlaskGroup(
        create_app=lambda: importlib.import_module("app").create_app(),
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        set_debug_flag=False,
        help=ABOUT,
        epilog=HOW_TO_START,
    )
    # The options of Flask's own command choose an app and a debugger; here there is one app.
    group.params.clear()
    group.add_command(flask_cli.routes_command)
    group.add_command(flask_cli.shell_command)
    return int(group.main(args=command, prog_name="python3 app.py") or 0)


class Environment:
    """The virtual environment of the project in `root`, with a stamp that says what is in it."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.folder = os.path.join(root, ENVIRONMENT)
        place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.python = os.path.join(self.folder, *place)

    def is_running(self) -> bool:
        """Tell whether this process runs inside the environment."""
        return os.path.realpath(sys.prefix) == os.path.realpath(self.folder)

    def is_ready(self, lock: str) -> bool:
        """Tell whether all of `lock` is installed, without starting another process."""
        stamp = self._stamp()
        return self._is_whole(stamp) and stamp["locks"].get(lock) == self._digest(lock)

    def prepare(self, lock: str) -> None:
        """Make the environment and install `lock` where needed; starts at the same time wait."""
        if self.is_ready(lock):
            return
        try:
            with _Turn(self.folder + ".lock"):
                if not self._is_whole(self._stamp()):
                    self._make()
                if not self.is_ready(lock):
                    self._install(lock)
        except OSError as error:
            raise PreparationError(NOT_WRITTEN.format(error)) from error

    def adopt(self, *locks: str) -> None:
        """Write the stamp: what the environment is made of, and that `locks` are installed."""
        stamp = {
            "base": os.path.realpath(_base_python()),
            "python": _python_version(),
            "runs": os.path.realpath(self.python),
            "packages": sorted(self._packages()),
            "locks": {lock: self._digest(lock) for lock in locks},
        }
        path = os.path.join(self.folder, STAMP)
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(stamp, file, indent=1)
        os.replace(path + ".new", path)

    def _stamp(self) -> "dict[str, Any]":
        try:
            with open(os.path.join(self.folder, STAMP), encoding="utf-8") as file:
                stamp: "dict[str, Any]" = json.load(file)
        except (OSError, ValueError):
            return {}
        return stamp if set(stamp) >= STAMPED else {}

    def _is_whole(self, stamp: "dict[str, Any]") -> bool:
        """Tell whether the environment still is what the stamp says.

        Its Python may have been replaced by another version under the same name or removed, and
        a folder copied from another machine points nowhere.
        """
        if not stamp or not os.path.exists(self.python) or not os.path.exists(stamp["base"]):
            return False
        if os.path.realpath(self.python) != stamp["runs"]:
            return False
        is_same_base = os.path.realpath(_base_python()) == stamp["base"]
        if is_same_base and stamp["python"] != _python_version():
            return False
        return set(stamp["packages"]) <= self._packages()

    def _packages(self) -> "set[str]":
        library = "Lib" if os.name == "nt" else os.path.join("lib", "python3.*")
        installed = os.path.join(escape(self.folder), library, "site-packages", "*.dist-info")
        return {os.path.basename(path) for path in glob(installed)}

    def _digest(self, lock: str) -> str:
        with open(os.path.join(self.root, lock), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def _make(self) -> None:
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            raise PreparationError(WITHOUT_VENV)
        _say(
            "Đang chuẩn bị môi trường lần đầu (khoảng một phút)…",
            "Preparing the environment for the first time (about a minute)…",
        )
        made = _run([_base_python(), "-I", "-m", "venv", "--clear", self.folder])
        if made.returncode:
            raise PreparationError(made.stdout.strip() + "\n\n" + WITHOUT_VENV)
        self.adopt()

    def _install(self, lock: str) -> None:
        _say("Đang cài thư viện theo " + lock + "…", "Installing the libraries…")
        self.adopt()
        installed = _run(
            [self.python, "-I", "-m", "pip", "install", "--quiet", "--no-input"]
            + ["--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
            + ["--no-deps", "-r", os.path.join(self.root, lock)]
        )
        if installed.returncode:
            last_lines = "\n".join(installed.stdout.strip().splitlines()[-6:])
            raise PreparationError(last_lines + "\n\n" + NOT_INSTALLED)
        # The test lock holds all of the other one, so both are satisfied by it.
        self.adopt(*([LOCK, TEST_LOCK] if lock == TEST_LOCK else [LOCK]))


class _Turn:
    """A lock between processes: the system gives it back even when its holder is killed."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.file = open(self.path, "a+b")
        if sys.platform == "win32":
            while not self._is_taken():
                time.sleep(0.2)
        else:
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_error: object) -> None:
        self.file.close()

    if sys.platform == "win32":

        def _is_taken(self) -> bool:
            try:
                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True


def _base_python() -> str:
    return getattr(sys, "_base_executable", "") or sys.executable


def _python_version() -> str:
    return "{}.{}".format(*sys.version_info)


def _run(line: "list[str]") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        line,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _say(vietnamese: str, english: str) -> None:
    sys.stderr.write(vietnamese + " / " + english + "\n")
    sys.stderr.flush()
