import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from flask import Flask

from core import storage

LARGEST = 1000


@pytest.fixture
def folder(tmp_path: Path, sqlite_app: Flask) -> Iterator[Path]:
    storage.set_folder(tmp_path / "files", LARGEST)
    yield tmp_path / "files"
    settings = sqlite_app.extensions["settings"]
    storage.set_folder(settings.instance_path / "files", settings.largest_upload)


def kept_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_put_comes_back_byte_for_byte(folder: Path) -> None:
    content = bytes(range(256)) * 3
    kept = storage.put(io.BytesIO(content))
    assert (kept.sha256, kept.size) == (hashlib.sha256(content).hexdigest(), len(content))
    with storage.open_file(kept.key) as file:
        assert file.read() == content
    assert (folder / kept.key).exists()


def test_the_same_content_gets_another_random_name(folder: Path) -> None:
    first, second = (storage.put(io.BytesIO(b"x")) for _ in range(2))
    assert first.key != second.key
    assert len(kept_files(folder)) == 2


def test_a_file_of_exactly_the_limit_is_taken(folder: Path) -> None:
    assert storage.put(io.BytesIO(b"x" * LARGEST)).size == LARGEST
    assert len(kept_files(folder)) == 1


def test_a_larger_file_leaves_nothing_behind(folder: Path) -> None:
    with pytest.raises(storage.TooLargeError) as caught:
        storage.put(io.BytesIO(b"x" * (LARGEST + 1)))
    assert caught.value.largest == LARGEST
    assert kept_files(folder) == []


def test_a_stream_that_breaks_off_leaves_nothing_behind(folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionError(size)

    stream: IO[bytes] = Broken(b"x")
    with pytest.raises(ConnectionError):
        storage.put(stream)
    assert kept_files(folder) == []


def test_a_deleted_file_is_gone_and_deleting_it_again_does_no_harm(folder: Path) -> None:
    kept = storage.put(io.BytesIO(b"x"))
    storage.delete(kept.key)
    storage.delete(kept.key)
    assert kept_files(folder) == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("key", ["../secret_key", "/etc/passwd", "ab/cd/../../x", "", "ab/cd/x\n"])
def test_a_key_never_leads_out_of_the_folder(key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        storage.open_file(key)
