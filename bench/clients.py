"""A server in a process of its own, and clients that keep it busy and note how long it takes."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier, Thread

SERVER_THREADS = 8
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request; a body makes it a POST."""

    path: str
    headers: dict[str, str]
    body: bytes | None = None


@contextmanager
def serving(target: str, folder: Path) -> Iterator[int]:
    """Serve `target` ("module:function" of a folder that makes the app); give the port."""
    module, _colon, function = target.partition(":")
    code = (
        f"from pathlib import Path; from waitress.server import create_server; "
        f"from {module} import {function} as make; "
        f"s = create_server(make(Path({str(folder)!r})), host='127.0.0.1', port=0, "
        f"threads={SERVER_THREADS}); print(s.effective_port, flush=True); s.run()"
    )
    process = subprocess.Popen(  # noqa: S603 -- our own program.
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None  # noqa: S101 -- for the type checker; PIPE gives one.
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def run(
    port: int, clients: int, seconds: float, calls: Callable[[int], Iterator[Call]]
) -> tuple[float, list[float]]:
    """Let `clients` send `calls(client)` for so long; return the rate and all times, in seconds."""
    times: list[list[float]] = [[] for _client in range(clients)]
    start = Barrier(clients + 1)
    end = [0.0]

    def work(client: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        asked = calls(client)
        _send(connection, next(asked))
        start.wait()
        while (began := time.perf_counter()) < end[0]:
            _send(connection, next(asked))
            times[client].append(time.perf_counter() - began)
        connection.close()

    threads = [Thread(target=work, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    end[0] = time.perf_counter() + PATIENCE
    start.wait()
    began = time.perf_counter()
    end[0] = began + seconds
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    found = [one for client in times for one in client]
    return len(found) / took, found


def _send(connection: HTTPConnection, call: Call) -> None:
    connection.request("POST" if call.body is not None else "GET", call.path, call.body, call.headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{call.path}: {answer.status} {text[:300]!r}")


def percentile(times: list[float], share: float) -> float:
    """Return the time that `share` of the calls didn't exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]
