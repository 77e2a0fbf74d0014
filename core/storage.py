"""Stored files: bytes under random names in one folder, there whole or not at all."""

import hashlib
import os
import re
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHUNK = 256 * 1024
#: How long a file that comes in parts may stay unfinished, in seconds.
PATIENCE = 24 * 3600
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}")
_PART = re.compile(r"[0-9a-f]{32}")


class TooLargeError(Exception):
    """The stream holds more than a stored file may; `largest` is the limit in bytes."""

    def __init__(self, largest: int) -> None:
        super().__init__(f"more than {largest} bytes")
        self.largest = largest


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored: under which key, its SHA-256 and its size in bytes."""

    key: str
    sha256: str
    size: int


@dataclass
class _Place:
    folder: Path | None = None
    largest: int = 0


_place = _Place()


def set_folder(folder: Path, largest: int) -> None:
    """Keep files in `folder` from now on, each of at most `largest` bytes."""
    _place.folder, _place.largest = folder, largest


def put(stream: IO[bytes], *, largest: int = 0) -> Kept:
    """Store what `stream` holds from here on; raises TooLargeError and then keeps nothing.

    What the product makes by itself may be `largest` bytes, and not just what may be uploaded.

    When this returns, the file and its name have reached the disk.
    """
    root = _root()
    (root / "incoming").mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=root / "incoming")
    try:
        with os.fdopen(handle, "wb") as file:
            sha256, size = _copy(stream, file, largest or _place.largest)
            file.flush()
            os.fsync(file.fileno())
        key = _new_key()
        target = root / key
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for folder in (target.parent, target.parent.parent, root):
        _sync_folder(folder)
    return Kept(key, sha256, size)


def put_back(key: str, stream: IO[bytes]) -> None:
    """Store what `stream` holds under a key that it had before."""
    target = _path(key)
    kept = put(stream)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(_path(kept.key), target)
    for folder in (target.parent, target.parent.parent, _root()):
        _sync_folder(folder)


def open_file(key: str) -> IO[bytes]:
    """Open a stored file for reading."""
    return _path(key).open("rb")


def delete(key: str) -> None:
    """Delete a stored file that nothing points at."""
    _path(key).unlink(missing_ok=True)


def add_part(name: str, offset: int, stream: IO[bytes]) -> int:
    """Add to the unfinished file `name` what `stream` holds, if it goes on from there.

    Returns how much of the file is there now, from which the sender goes on. Raises TooLargeError.
    """
    path = _part(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _sweep(path.parent)
    with path.open("ab") as file:
        have = file.tell()
        if have == offset:
            part = stream.read(_place.largest + 1 - have)
            if have + len(part) > _place.largest:
                raise TooLargeError(_place.largest)
            have += file.write(part)
        return have


def open_parts(name: str) -> IO[bytes]:
    """Open the unfinished file for reading."""
    return _part(name).open("rb")


def drop_parts(name: str) -> None:
    """Forget the unfinished file."""
    _part(name).unlink(missing_ok=True)


def _part(name: str) -> Path:
    if not _PART.fullmatch(name):
        raise ValueError(f"{name!r} is no name of an unfinished file")
    return _root() / "incoming" / f"{name}.part"


def _sweep(folder: Path) -> None:
    """Delete what nobody has gone on sending."""
    oldest = time.time() - PATIENCE
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _root() -> Path:
    if _place.folder is None:
        raise RuntimeError("the folder of stored files was not set")
    return _place.folder


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key of a stored file")
    return _root() / key


def _new_key() -> str:
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name}"


def _copy(stream: IO[bytes], file: IO[bytes], largest: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > largest:
            raise TooLargeError(largest)
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows can't open folders, and needs no such call.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
