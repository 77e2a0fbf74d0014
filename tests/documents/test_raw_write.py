"""The raw table as other programs read it."""

import csv
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import orjson

from core.vietnamese import clean_text
from documents import raw_write
from documents.blocks import CellKind, Column
from tests.support.books import COUNT, part, unit

TEXTS = ["=1+1", "@SUM(1)", "- Đã tổ chức", "+84 912", "\uff1d1+1", "bình thường; \"trích\"\nhai dòng"]
COLUMNS = [Column("t", ("Chữ",)), COUNT, Column("d", ("Ngày",), CellKind.DATE)]
ROWS = [unit(str(at), cells=[text, at, date(2026, 12, 5)]) for at, text in enumerate(TEXTS)]


def test_no_spreadsheet_makes_a_formula_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    with path.open("wb") as file:
        raw_write.write_csv(part(COLUMNS, ROWS), file)
    utf8_with_commas = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         utf8_with_commas, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (sheet,) = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx"))).worksheets
    cells = [row[5] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [clean_text(cell.value, lines=True) for cell in cells] == TEXTS


def test_csv_gives_texts_back_when_they_are_cleaned_as_all_input_is() -> None:
    file = BytesIO()
    raw_write.write_csv(part(COLUMNS, ROWS), file)
    rows = list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"))))
    assert [clean_text(row[5], lines=True) for row in rows[1:]] == TEXTS
    assert [row[6:] for row in rows[1:]] == [[str(at), "2026-12-05"] for at in range(len(TEXTS))]


def test_json_is_exact() -> None:
    file = BytesIO()
    rows = [unit("1", cells=["=1+1", 5, None]), unit("2", cells=[None, Decimal("0.10"), None])]
    raw_write.write_json(part(COLUMNS, rows), {"task": "Việc"}, file)
    assert b'"q1":0.10' in file.getvalue()
    found = orjson.loads(file.getvalue())
    assert [one["cells"] for one in found["units"]] == [
        {"t": "=1+1", "q1": 5, "d": None}, {"t": None, "q1": 0.1, "d": None},
    ]  # fmt: skip
    assert (found["task"], found["columns"][1]["headings"]) == ("Việc", ["Số hội nghị"])
