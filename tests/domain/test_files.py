import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from core import storage
from core.errors import InvalidError
from core.extensions import db
from domain import files
from domain.file_kinds import OFFICE_PARTS, OLE, OPEN_DOCUMENT
from models import StoredFile

LARGEST = 3 * 1024 * 1024

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
EXE = b"MZ\x90\0" + b"\0" * 200


def archive(*names: str, mimetype: str = "") -> bytes:
    """Return a zip of empty members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "<x/>")
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    return OLE + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 40


def keep(content: bytes, name: str) -> tuple[StoredFile, str]:
    return files.keep(io.BytesIO(content), name)


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The folder of the stored files, empty at first."""
    storage.set_folder(tmp_path / "files", LARGEST)
    yield tmp_path / "files"
    settings = app.extensions["settings"]
    storage.set_folder(settings.instance_path / "files", settings.largest_upload)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


OFFICE_FILES = [(archive("[Content_Types].xml", part), kind) for part, kind in OFFICE_PARTS.items()]


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        *OFFICE_FILES,
        (PDF, "pdf"),
        (PNG, "png"),
        (JPEG, "jpg"),
        (JPEG, "jpeg"),
        (WEBP, "webp"),
        (HEIC, "heic"),
        (b"GIF89a" + b"\0" * 20, "gif"),
        (ole("WordDocument"), "doc"),
        (ole("Workbook"), "xls"),
        (ole("PowerPoint Document"), "ppt"),
        (archive(mimetype=f"{OPEN_DOCUMENT}.text"), "odt"),
        (archive(mimetype=f"{OPEN_DOCUMENT}.spreadsheet"), "ods"),
        ("Kế hoạch số 2170\r\n".encode(), "txt"),
        ("Đơn vị;Số\nBảo Lạc;5\n".encode("utf-8-sig"), "csv"),
        ("Đơn vị\tSố\n".encode("utf-16"), "txt"),
        ("Bảo Lạc".encode("cp1258", "replace"), "csv"),
    ],
)
def test_documents_and_pictures_are_taken(content: bytes, extension: str) -> None:
    stored, name = keep(content, f"Kế hoạch.{extension.upper()}")
    assert name == f"Kế hoạch.{extension}"
    assert stored.size == len(content)
    with files.open_stored(stored) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (EXE, "bao-cao.exe"),
        (EXE, "bao-cao.pdf"),
        (EXE, "bao-cao"),
        (PDF, "bao-cao.pdf.exe"),
        (PDF, "bao-cao.html"),
        (b"<html><script>alert(1)</script>", "a.html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
        (archive("a.txt"), "a.zip"),
        (archive("word/document.xml", "word/vbaProject.bin"), "a.docx"),
        (archive(mimetype="application/java-archive"), "a.odt"),
        (b"PK\x03\x04" + b"\0" * 100, "a.docx"),
        (ole("Something"), "a.doc"),
        (b"\x00\x01\x02", "a.txt"),
    ],
)
def test_anything_else_is_refused_and_not_kept(
    folder: Path, content: bytes, name: str
) -> None:
    with pytest.raises(InvalidError, match="Không nhận loại tệp"):
        keep(content, name)
    assert files_in(folder) == []
    assert db.session.query(StoredFile).count() == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "bao-cao.pdf"),
        (PDF, "anh.png"),
        (b"<script>alert(1)</script>", "a.pdf"),
        (archive("xl/workbook.xml"), "a.docx"),
    ],
)
def test_a_name_that_lies_about_the_content_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(InvalidError, match="không đúng với đuôi"):
        keep(content, name)


def test_an_archive_with_a_huge_list_of_members_is_not_even_read() -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 900_000_000, 0, 0)
    with pytest.raises(InvalidError):
        keep(archive("word/document.xml")[:-22] + end, "a.docx")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InvalidError, match="rỗng"):
        keep(b"", "bao-cao.pdf")


def test_a_file_over_the_limit_is_refused_with_the_limit(folder: Path) -> None:
    with pytest.raises(InvalidError, match="nhiều nhất 3 MB"):
        keep(PDF + b"x" * LARGEST, "to.pdf")
    assert files_in(folder) == []


def test_the_same_content_is_stored_once(folder: Path) -> None:
    first, _ = keep(PDF, "a.pdf")
    second, name = keep(PDF, "b.pdf")
    assert (first.id, name) == (second.id, "b.pdf")
    assert len(files_in(folder)) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/bao cao.pdf", "bao cao.pdf"),
        ("C:\\Users\\a\\Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("bao\u202efdp.pdf", "baofdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ('a"b%00<c>.pdf', "a_b_00_c_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("không đuôi", "không đuôi.pdf"),
        (".pdf", "tệp.pdf"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert files.clean_name(given, "pdf") == kept


def test_a_long_name_keeps_its_extension() -> None:
    name = files.clean_name("ộ" * 500 + ".docx", "docx")
    assert len(name) == files.LONGEST_NAME
    assert name.endswith("ộ.docx")
