"""Runs one throw-away PostgreSQL server until standard input closes, and removes every trace of it.

Run as a process of its own, so that the server goes away however its user ends. The first line
on standard output is the server's URL.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

OWNER = "postgres"
# Nothing of a test database has to outlive its server, so nothing waits for the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "timezone": "UTC",
}


def main(binaries: Path) -> None:
    """Serve until standard input closes."""
    if os.name != "nt":
        # Signals to the whole group are meant for the one who asked for the server: when that
        # one ends, standard input closes, and only then is it time to clean up.
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    identity = _identity(folder)
    try:
        _run(binaries / "initdb", *_first_options(folder), identity=identity)
        url, options = _address(folder)
        for name, value in (SETTINGS | options).items():
            with (folder / "db" / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(f"{name} = '{value}'\n")
        log = str(folder / "log")
        _run(binaries / "pg_ctl", "start", "-w", "-D", folder / "db", "-l", log, identity=identity)
        print(url, flush=True)
        sys.stdin.read()
        _run(
            binaries / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", folder / "db",
            identity=identity,
        )  # fmt: skip
    finally:
        shutil.rmtree(folder)


def _identity(folder: Path) -> dict[str, Any]:
    """Return the user to run as: PostgreSQL refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    for name in (OWNER, "nobody"):
        try:
            shutil.chown(folder, name)
        except LookupError:
            continue
        return {"user": name, "extra_groups": []}
    raise SystemExit("PostgreSQL can't run as root, and there is no other user to run it as")


def _first_options(folder: Path) -> list[str | Path]:
    return [
        "--pgdata", folder / "db", "--username", OWNER, "--auth", "trust", "--encoding", "UTF8",
        "--locale", "C", "--no-sync",
    ]  # fmt: skip


def _address(folder: Path) -> tuple[str, dict[str, str]]:
    """Return the URL of the server, and the settings that make it listen there."""
    if os.name != "nt":
        address = {"listen_addresses": "", "unix_socket_directories": str(folder)}
        return f"postgresql://{OWNER}@/postgres?host={folder}", address
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = {"listen_addresses": "127.0.0.1", "port": str(port)}
    return f"postgresql://{OWNER}@127.0.0.1:{port}/postgres", address


def _run(program: Path, *arguments: str | Path, identity: dict[str, Any]) -> None:
    # Output goes to a file and not to a pipe, which the server would hold open for good.
    with tempfile.TemporaryFile() as output:
        ended = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=tempfile.gettempdir(),
            check=False,
            **identity,
        )
        if ended.returncode:
            output.seek(0)
            raise SystemExit(f"{program}:\n{output.read().decode(errors='replace')}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
