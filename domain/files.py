"""Uploaded files: checked, named safely, and each content kept once."""

import re
from pathlib import PurePosixPath
from typing import IO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import clock, storage, vietnamese
from core.errors import InvalidError
from core.extensions import db
from core.words import _
from domain import file_kinds, photos
from models import StoredFile

LONGEST_NAME = 200
MEGABYTE = 1024 * 1024
_UNSAFE = re.compile(r'[<>:"|?*%;\\/]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def keep(stream: IO[bytes], filename: str) -> tuple[StoredFile, str]:
    """Store what `stream` holds and return it with a clean name; InvalidError says why not.

    Photos are kept without what tells where and with what they were taken. The same content is
    stored once, whoever sends it.
    """
    try:
        kept = storage.put(stream)
    except storage.TooLargeError as error:
        raise InvalidError(too_large(filename, error.largest)) from None
    try:
        name, content_type = _checked(kept, filename)
        if content_type in photos.PHOTOS:
            kept = _without_metadata(kept, name)
        stored = _known(kept.sha256) or _added(kept, content_type)
    except BaseException:
        storage.delete(kept.key)
        raise
    if stored.storage_key != kept.key:
        storage.delete(kept.key)
    return stored, name


def _without_metadata(kept: storage.Kept, name: str) -> storage.Kept:
    """Put a photo without its metadata into the place of the one with it."""
    try:
        with storage.open_file(kept.key) as file:
            plain = photos.without_metadata(file)
    except photos.TooManyPixelsError:
        most = vietnamese.format_number(photos.MOST_PIXELS // 1_000_000)
        raise InvalidError(
            _("Ảnh “%(name)s” quá lớn: nhiều nhất %(most)s triệu điểm ảnh.", name=name, most=most)
        ) from None
    if plain is None:
        return kept
    cleaned = storage.put(plain)
    storage.delete(kept.key)
    return cleaned


def open_stored(stored: StoredFile) -> IO[bytes]:
    """Open a stored file for reading."""
    return storage.open_file(stored.storage_key)


def clean_name(filename: str, extension: str) -> str:
    """Return a name without a path and without what any system forbids, ending in `.extension`."""
    name = vietnamese.clean_text(filename).replace("\\", "/").rpartition("/")[2]
    stem, ending = _UNSAFE.sub("_", name), f".{extension}"
    if stem[-len(ending) :].casefold() == ending:
        stem = stem[: -len(ending)]
    stem = stem.strip(" .") or _("tệp")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return stem[: LONGEST_NAME - len(ending)].rstrip(" .") + ending


def _checked(kept: storage.Kept, filename: str) -> tuple[str, str]:
    """Return the clean name and the content type of what was stored; raises InvalidError."""
    shown = vietnamese.clean_text(filename)[:LONGEST_NAME]
    if not kept.size:
        raise InvalidError(_("Tệp “%(name)s” rỗng. Hãy chọn lại tệp.", name=shown))
    with storage.open_file(kept.key) as file:
        fitting = file_kinds.extensions_of(file)
    said = PurePosixPath(shown.replace("\\", "/")).suffix.casefold().lstrip(".")
    if not fitting or (said and said not in file_kinds.CONTENT_TYPES):
        raise InvalidError(
            _(
                "Không nhận loại tệp của “%(name)s”. Nhận PDF, Word, Excel, PowerPoint, "
                "OpenDocument, văn bản, CSV và ảnh; tệp có macro không được nhận.",
                name=shown,
            )
        )
    if said and said not in fitting:
        raise InvalidError(
            _(
                "Nội dung của “%(name)s” không đúng với đuôi .%(said)s. "
                "Hãy mở tệp, lưu lại đúng loại rồi gửi lại.",
                name=shown,
                said=said,
            )
        )
    extension = said or max(fitting)
    return clean_name(shown, extension), file_kinds.CONTENT_TYPES[extension]


def too_large(filename: str, largest: int) -> str:
    """Say that the file is larger than one may be."""
    return _(
        "Tệp “%(name)s” quá lớn: nhiều nhất %(most)s MB.",
        name=vietnamese.clean_text(filename)[:LONGEST_NAME],
        most=vietnamese.format_number(largest // MEGABYTE),
    )


def _known(sha256: str) -> StoredFile | None:
    return db.session.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).first()


def _added(kept: storage.Kept, content_type: str) -> StoredFile:
    stored = StoredFile(
        sha256=kept.sha256,
        size=kept.size,
        content_type=content_type,
        storage_key=kept.key,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(stored)
    except IntegrityError:  # Somebody has just sent the same content.
        return db.session.scalars(
            select(StoredFile).where(StoredFile.sha256 == kept.sha256)
        ).one()
    return stored
