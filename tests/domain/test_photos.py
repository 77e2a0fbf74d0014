"""Photos: place and camera are gone from what is kept, nothing else is, and bombs stay packed."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, PngImagePlugin

from core import storage
from core.errors import InvalidError
from domain import files, photos

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Path:
    assert app.testing
    storage.set_folder(tmp_path / "files", 5_000_000)
    return tmp_path / "files"


def photo(kind: str, orientation: int = 1) -> BytesIO:
    """Return a photo that is red on the left half and blue on the right, with a place in it."""
    image = Image.new("RGB", (80, 40), "red")
    image.paste("blue", (40, 0, 80, 40))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Máy ảnh"
    exif.get_ifd(GPS)[1] = "N"
    buffer = BytesIO()
    image.save(buffer, kind, exif=exif)
    buffer.seek(0)
    return buffer


def kept(content: BytesIO, name: str) -> Image.Image:
    stored, _name = files.keep(content, name)
    with files.open_stored(stored) as file:
        found = Image.open(BytesIO(file.read()))
    found.load()
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_camera_wrote_is_not_kept_and_the_picture_is(kind: str) -> None:
    assert GPS in Image.open(photo(kind)).getexif()
    image = kept(photo(kind), f"a.{kind.lower()}")
    assert (dict(image.getexif()), image.size, image.format) == ({}, (80, 40), kind)
    red, _green, blue = image.convert("RGB").getpixel((70, 20))  # type: ignore[misc]
    assert (red < 60, blue > 190) == (True, True)


def test_a_photo_that_lies_on_its_side_is_kept_upright() -> None:
    image = kept(photo("JPEG", orientation=6), "a.jpg")
    assert image.size == (40, 80)
    red, _green, blue = image.getpixel((20, 10))  # type: ignore[misc]
    assert (red > 190, blue < 60) == (True, True)


def test_words_in_a_png_are_not_kept() -> None:
    words, buffer = PngImagePlugin.PngInfo(), BytesIO()
    words.add_text("Comment", "Nhà riêng")
    Image.new("RGB", (4, 4)).save(buffer, "PNG", pnginfo=words)
    buffer.seek(0)
    assert kept(buffer, "a.png").text == {}  # type: ignore[attr-defined]


def test_a_photo_without_metadata_is_kept_as_it_is(folder: Path) -> None:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "JPEG")
    files.keep(BytesIO(buffer.getvalue()), "a.jpg")
    (path,) = [one for one in folder.rglob("*") if one.is_file()]
    assert path.read_bytes() == buffer.getvalue()


def bomb() -> BytesIO:
    """Return a small PNG file that says it has 400 million pixels."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", b""), chunk(b"IEND", b""))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def test_a_photo_of_too_many_pixels_is_refused_and_never_unpacked(folder: Path) -> None:
    with pytest.raises(InvalidError, match="triệu điểm ảnh"):
        files.keep(bomb(), "a.png")
    assert [one for one in folder.rglob("*") if one.is_file()] == []
    assert photos.thumbnail(bomb()) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_thumbnail_is_small_and_carries_nothing(kind: str) -> None:
    buffer = BytesIO()
    Image.new("RGB", (2000, 1000), "green").save(buffer, kind)
    small = photos.thumbnail(buffer)
    assert small is not None
    image = Image.open(small)
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (128, 64), {})


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff\xe0" * 9])
def test_what_only_looks_like_a_photo_has_no_thumbnail(content: bytes) -> None:
    assert photos.thumbnail(BytesIO(content)) is None
    assert photos.without_metadata(BytesIO(content)) is None
