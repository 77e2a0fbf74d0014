"""A backup as one file: a copy of the database, the stored files, and a list that proves both whole."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Protocol

import orjson

LIST = "list.json"
DATABASE = "database"
FILES = "files/"
CHUNK = 1024 * 1024
#: What zipfile and zlib raise for bytes that aren't what they were.
DAMAGES = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError)


class BadArchiveError(Exception):
    """The file isn't a backup of ours, or its list can't be read."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def write(
    path: Path, facts: dict[str, Any], database: Path, files: Iterable[tuple[str, IO[bytes]]]
) -> None:
    """Write a backup to `path`: it is there whole and on the disk, or not at all.

    `files` are the stored files by their keys; `facts` are what the list says besides.
    """
    unfinished = path.with_name(path.name + ".new")
    members: dict[str, dict[str, Any]] = {}
    try:
        with open(unfinished, "w+b", opener=_for_the_owner) as file:
            with zipfile.ZipFile(file, "w") as archive:
                with database.open("rb") as content:
                    members[DATABASE] = _add(archive, DATABASE, content, zipfile.ZIP_DEFLATED)
                for key, stored in files:
                    with stored:
                        members[FILES + key] = _add(archive, FILES + key, stored, zipfile.ZIP_STORED)
                archive.writestr(LIST, orjson.dumps({**facts, "members": members}))
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_list(path: Path) -> dict[str, Any]:
    """Return the list of a backup; raises BadArchiveError."""
    try:
        with zipfile.ZipFile(path) as archive:
            found: dict[str, Any] = orjson.loads(archive.read(LIST))
    except (*DAMAGES, KeyError) as error:
        raise BadArchiveError(str(error)) from error
    if not isinstance(found, dict) or DATABASE not in found.get("members", {}):
        raise BadArchiveError(LIST)
    return found


def broken_members(path: Path) -> list[str]:
    """Return which members are missing, aren't what the list says, or aren't in the list."""
    listed = read_list(path)["members"]
    with zipfile.ZipFile(path) as archive:
        there = set(archive.namelist()) - {LIST}
        changed = {name for name in there & set(listed) if not _is_as_listed(archive, name, listed)}
    return sorted(changed | (there ^ set(listed)))


def file_keys(path: Path) -> list[str]:
    """Return the keys of the stored files in a backup."""
    names = read_list(path)["members"]
    return [name.removeprefix(FILES) for name in names if name.startswith(FILES)]


def open_stored(path: Path, keys: Iterable[str]) -> Iterable[tuple[str, IO[bytes]]]:
    """Yield the stored files of a backup, open for reading until the next one is asked for."""
    with zipfile.ZipFile(path) as archive:
        for key in keys:
            with archive.open(FILES + key) as file:
                yield key, file


def take_database(path: Path, target: Path) -> None:
    """Write the copy of the database in a backup to `target`."""
    with (
        zipfile.ZipFile(path) as archive,
        archive.open(DATABASE) as source,
        target.open("wb") as file,
    ):
        shutil.copyfileobj(source, file, CHUNK)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _add(
    archive: zipfile.ZipFile, name: str, content: IO[bytes], method: int
) -> dict[str, Any]:
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name)
    entry.compress_type = method
    with archive.open(entry, "w", force_zip64=True) as member:
        size = _copy(content, digest, member)
    return {"sha256": digest.hexdigest(), "size": size}


def _is_as_listed(archive: zipfile.ZipFile, name: str, listed: dict[str, Any]) -> bool:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            size = _copy(member, digest)
    except (*DAMAGES, RuntimeError):
        return False
    return listed[name] == {"sha256": digest.hexdigest(), "size": size}


def _copy(source: IO[bytes], digest: _Hash, target: IO[bytes] | None = None) -> int:
    size = 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    return size
