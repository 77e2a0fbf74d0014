"""What a file is, found from its content: the name and the browser are never believed."""

import codecs
import struct
import zipfile
from typing import IO

import filetype

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": f"{OPEN_DOCUMENT}.text",
    "ods": f"{OPEN_DOCUMENT}.spreadsheet",
    "txt": "text/plain",
    "csv": "text/csv",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
}
"""The extensions of the files that are taken, with the content type of each."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
OFFICE_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
MACROS = "vbaProject.bin"
LARGEST_DIRECTORY = 2 * 1024 * 1024
LONGEST_END = 65_535 + 22
CHUNK = 256 * 1024
TEXT_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
TEXT_CONTROLS = frozenset("\t\n\r\f")


def extensions_of(file: IO[bytes]) -> frozenset[str]:
    """Return the extensions that fit the content of `file`; none for what isn't taken."""
    file.seek(0)
    head = file.read(8192)
    if head.startswith(b"PK\x03\x04"):
        return _only(_in_zip(file))
    if head.startswith(OLE):
        return _only(_in_ole(file))
    guessed = filetype.guess_mime(head)
    found = frozenset(one for one, kind in CONTENT_TYPES.items() if kind == guessed)
    if found or guessed:
        return found
    return frozenset({"txt", "csv"}) if _is_text(file, head) else frozenset()


def _only(extension: str) -> frozenset[str]:
    return frozenset({extension} if extension else ())


def _in_zip(file: IO[bytes]) -> str:
    """Return the kind of an office document by what its archive holds; those with macros are none."""
    if _directory_size(file) > LARGEST_DIRECTORY:
        return ""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(name.endswith(MACROS) for name in names):
                return ""
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    said = part.read(100).decode("ascii", "replace").strip()
                return next((one for one, kind in CONTENT_TYPES.items() if kind == said), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return ""
    return next((kind for part, kind in OFFICE_PARTS.items() if part in names), "")


def _directory_size(file: IO[bytes]) -> int:
    """Return how many bytes the archive's list of members takes, before anything reads it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - LONGEST_END))
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) - place < 22:
        return LARGEST_DIRECTORY + 1
    return int(struct.unpack_from("<L", end, place + 12)[0])


def _in_ole(file: IO[bytes]) -> str:
    """Return the kind of an old office document by the names of its streams."""
    file.seek(0)
    content = file.read()
    for name, kind in OLE_STREAMS.items():
        if name.encode("utf-16-le") + b"\0\0" in content:
            return kind
    return ""


def _is_text(file: IO[bytes], head: bytes) -> bool:
    encodings = ["utf-8", "cp1258"]
    for bom, encoding in TEXT_BOMS.items():
        if head.startswith(bom):
            encodings = [encoding]
    return any(_decodes(file, encoding) for encoding in encodings)


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            if _has_controls(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _has_controls(text: str) -> bool:
    return any(character < " " and character not in TEXT_CONTROLS for character in set(text))
