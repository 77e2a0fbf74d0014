"""A form of every kind of question, its answers, and workbooks of it that are filled in."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document

from domain import response_template, versions
from models import Response
from questionnaire.types import all_types
from questionnaire.types.table_columns import new_column
from tests.support import libreoffice
from tests.support.blank_workbooks import sheet_of

OPTIONS = {"options": [{"id": "tot", "label": "Tốt"}, {"id": "kha", "label": "Khá; giỏi"}]}
COLUMN_ANSWERS: dict[str, Any] = {
    "short_text": "=1+1",
    "long_text": "Dòng một\nDòng hai",
    "integer": -5,
    "decimal": "0.25",
    "money": 999_999_999_999_999,
    "percent": "33.33",
    "date": "2026-02-28",
    "yes_no": True,
    "one_choice": "kha",
}
ANSWERS: dict[str, Any] = {
    "short_text": "0123",
    "long_text": "Đã làm xong;\n\n- ý 1: <b>&\n- “ý 2”",
    "integer": 0,
    "decimal": "123456789012345.125",
    "money": 15_000_000,
    "percent": "98.5",
    "date": "2026-12-05",
    "yes_no": False,
    "one_choice": "kha",
    "many_choices": ["tot", "kha"],
    "period": {"from": "2026-06-01", "to": "2026-06-15"},
    "scale": 4,
    "contact": {"name": "Nguyễn Văn A", "phone": "0206 3852 123"},
    "fixed_table": {
        "rows": {
            "r1": {"a": 5, "b": 20, "chu": "ghi chú"},
            "r3": {"b": {"none": True}},
            "r4": {"a": 0, "b": 7, "chu": "#N/A là gì"},
        }
    },
    "free_table": {
        "rows": [
            {"id": "a1", "cells": COLUMN_ANSWERS},
            {"id": "b2", "cells": {"short_text": "chỉ có tên"}},
        ]
    },
}
NOT_IN_CELLS = {"evidence", "computed", "heading", "note"}


def questions() -> list[dict[str, Any]]:
    """Return a question of every registered type; its uid is the type's key with a q before."""
    return [
        {
            "type": kind.key,
            "uid": f"q{kind.key}",
            "label": f"Câu {kind.key}",
            "hint": "Theo sổ",
            "settings": {**kind.default_settings(), **_settings().get(kind.key, {})},
        }
        for kind in all_types()
    ]


def _settings() -> dict[str, dict[str, Any]]:
    percent = {**new_column("tyle", "Tỷ lệ", "percent"), "group": "Kết quả",
               "compute": {"kind": "percent", "plus": ["a"], "over": ["b"]}}  # fmt: skip
    columns = [
        {**new_column("a", "Đạt", "integer"), "group": "Kết quả", "marker": "1"},
        {**new_column("b", "Tổng", "integer"), "group": "Kết quả", "marker": "2"},
        percent,
        new_column("chu", "Ghi chú", "short_text"),
    ]
    rows = [
        {"id": "r1", "label": "Xã A", "number": "1", "code": "01"},
        {"id": "r2", "label": "Trong đó:", "kind": "within"},
        {"id": "r3", "label": "Nữ", "level": 1, "closed": ["a"]},
        {"id": "r4", "label": "Xã B", "number": "2", "code": "02"},
    ]
    free = [new_column(key, f"Cột {key}", key) for key in COLUMN_ANSWERS]
    free[-1]["settings"] = OPTIONS
    return {
        "decimal": {"places": 6},
        "one_choice": OPTIONS,
        "many_choices": OPTIONS,
        "unit_picker": {"several": True},
        "computed": {"places": 2},
        "fixed_table": {"columns": columns, "rows": rows, "total": True},
        "free_table": {"columns": free, "most_rows": 5},
    }


def answers_of(response: Response) -> dict[str, Any]:
    """Return an answer to every question that is answered in cells, by uid."""
    picker = versions.definition(response.version_id).questions["qunit_picker"]
    units = [one["id"] for one in picker.settings["options"]]
    return {f"q{key}": value for key, value in ANSWERS.items()} | {"qunit_picker": units[:2]}


def template_of(response: Response) -> bytes:
    """Return the workbook of a report."""
    out = io.BytesIO()
    response_template.write(response, out)
    return out.getvalue()


def edited(content: bytes, values: Mapping[tuple[str, str], Any]) -> bytes:
    """Return the workbook with values in cells, named by the start of the sheet's name and the cell."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, cell), value in values.items():
        (name,) = [one for one in book.sheetnames if one.startswith(sheet)]
        book[name][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, new: bytes | None = None, **replaced: bytes) -> bytes:
    """Return the workbook with one part more, or with `before` replaced by `after` in one part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        assert new is not None or name in old.namelist()
        for part in old.namelist():
            body = old.read(part)
            if part == name and new is None:
                assert replaced["before"] in body
                body = body.replace(replaced["before"], replaced["after"], 1)
            target.writestr(part, body)
        if new is not None:
            target.writestr(name, new)
    return out.getvalue()


def word_document() -> bytes:
    """Return a .docx file."""
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def bad_files(content: bytes) -> list[tuple[str, bytes, str]]:
    """Return files made from a workbook that nobody may send: what, the file, words of the refusal."""
    sheet = "xl/worksheets/sheet1.xml"
    entities = b'<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><worksheet'
    return [
        ("zip bomb", with_part(content, "xl/media/big.bin", b"\0" * 30_000_000), "quá lớn"),
        ("far cell", with_part(content, sheet, before=b'r="B2"', after=b'r="B999999"'), "quá xa"),
        ("entities", with_part(content, sheet, before=b"<worksheet", after=entities), "XML"),
        ("macros", with_part(content, "xl/vbaProject.bin", b"x"), "macro"),
        ("a renamed .docx", word_document(), "không phải tệp Excel"),
        ("half a file", content[: len(content) // 2], "hỏng"),
        ("another workbook", sheet_of([("STT", "Tên"), (1, "Một")]), "không phải mẫu Excel"),
        ("nothing", b"", "hỏng"),
    ]


def cell_beside(content: bytes, label: str) -> tuple[str, str]:
    """Return the sheet and the answer cell of the line with this label."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in range(1, sheet.max_row + 1):
            if str(sheet.cell(row, 3).value).startswith(label) and sheet["A1"].value:
                return sheet.title, f"D{row}"
    raise LookupError(label)


def through_libreoffice(content: bytes, folder: Path) -> bytes:
    """Return the workbook as LibreOffice saves it again."""
    source = folder / "source" / "bao-cao.xlsx"
    source.parent.mkdir()
    source.write_bytes(content)
    return libreoffice.convert(source, "xlsx:Calc MS Excel 2007 XML", folder / "again").read_bytes()
