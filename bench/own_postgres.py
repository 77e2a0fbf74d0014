"""A PostgreSQL server of our own that is killed on purpose, set up to lose nothing by it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from psycopg import OperationalError, connect

from tests.support.postgres import MISSING, MissingPostgresError, find_binaries

OWNER = "postgres"
PATIENCE = 30.0


class OwnPostgres:
    """One server in a folder that goes away with it; durable, as an installation has it."""

    def __enter__(self) -> "OwnPostgres":
        binaries = find_binaries()
        if binaries is None:
            raise MissingPostgresError(MISSING)
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.user = self._user()
        subprocess.run(  # noqa: S603 -- our own program.
            [binaries / "initdb", "--pgdata", self.folder / "db", "--username", OWNER, "--auth",
             "trust", "--encoding", "UTF8", "--locale", "C"],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.user,
        )  # fmt: skip
        self.url = f"postgresql://{OWNER}@/postgres?host={self.folder}"
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        shutil.rmtree(self.folder)

    def start(self) -> None:
        """Start the server, and wait until it answers.

        It refuses to start while a process of the killed one still holds its memory, so it is
        asked again.
        """
        end = time.monotonic() + PATIENCE
        self.process = self._spawn()
        while True:
            try:
                connect(self.url).close()
                return
            except OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
                if self.process.poll() is not None:
                    self.process = self._spawn()

    def _spawn(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 -- our own program.
            [self.binaries / "postgres", "-D", self.folder / "db", "-c", "listen_addresses=", "-c",
             f"unix_socket_directories={self.folder}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
            start_new_session=True, **self.user,
        )  # fmt: skip

    def kill(self) -> None:
        """Kill the server and all its processes at once."""
        children = self._children()
        os.kill(self.process.pid, signal.SIGKILL)
        for child in children:
            # It may just have ended with the connection that it served.
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.wait()

    def _children(self) -> list[int]:
        listed = subprocess.run(  # noqa: S603 -- our own program.
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)],  # noqa: S607 -- the system's.
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return [int(line) for line in listed.stdout.split()]

    def _user(self) -> dict[str, Any]:
        """Return the user to run as: PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return {}
        shutil.chown(self.folder, OWNER)
        return {"user": OWNER, "extra_groups": []}
