"""Files that aren't what they say, or would unpack to more than a server has."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from documents.workbook_read import UnreadableWorkbookError, read_sheets
from tests.support.blank_workbooks import saved, sheet_of

pytestmark = pytest.mark.usefixtures("app")


def remade(content: bytes, name: str, new: bytes | None = None, **replaced: bytes) -> bytes:
    """Return the workbook with one part more, or with `before` replaced by `after` in one part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in old.namelist():
            body = old.read(part)
            if part == name and new is None:
                body = body.replace(replaced["before"], replaced["after"], 1)
            target.writestr(part, body)
        if new is not None:
            target.writestr(name, new)
    return out.getvalue()


BOOK = sheet_of([("STT", "Chỉ tiêu", "ĐVT", "Số lượng"), (1, "Một", "cái", 0)])
SHEET = "xl/worksheets/sheet1.xml"
DECLARATION = b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "hỏng"),
        (b"PK\x03\x04 nothing", "hỏng"),
        (b"\xd0\xcf\x11\xe0 an old one", "kiểu cũ"),
        (BOOK[:400], "hỏng"),
        (remade(BOOK, "xl/vbaProject.bin", b"x"), "macro"),
        (remade(BOOK, "xl/media/big.bin", b"\0" * 30_000_000), "quá lớn"),
        (remade(BOOK, SHEET, before=b"<worksheet", after=DECLARATION), "XML"),
        (remade(BOOK, SHEET, before=b'r="A1"', after=b'r="A900000"'), "quá xa"),
        (remade(BOOK, SHEET, before=b'r="A1"', after=b'r="XFD1"'), "quá xa"),
        (
            remade(BOOK, SHEET, before=b"</sheetData>", after=b"</sheetData><mergeCells>"
                   b'<mergeCell ref="A1:XFD1048576"/></mergeCells>'),
            "gộp ô",
        ),
        (remade(BOOK, SHEET, before=b"<sheetData>", after=b"<sheetDat"), "hỏng"),
    ],
)  # fmt: skip
def test_a_dangerous_or_broken_file_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableWorkbookError, match=words):
        read_sheets(content)


def test_a_word_file_is_not_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableWorkbookError, match="không phải tệp Excel"):
        read_sheets(out.getvalue())


def test_what_stands_in_cells_is_read_as_a_person_sees_it() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["C1"] = "  Thu\u0323 ", 1234.5, "=A1+1"
    sheet["D1"] = 7.0
    (found,) = read_sheets(saved(book))
    assert found.text(1, 1) == "Thụ"
    assert found.at(1, 1).indent == 1
    assert (found.text(1, 2), str(found.at(1, 2).number)) == ("1234.5", "1234.5")
    assert (found.at(1, 3).formula, found.text(1, 3)) == ("=A1+1", "")
    assert found.text(1, 4) == "7"
    assert (found.last_row, found.last_column) == (1, 4)
