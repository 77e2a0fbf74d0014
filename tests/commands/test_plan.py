"""`plan read` and `plan score`, on files of every kind that is taken."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
import pytest
from flask import Flask

from documents import plan_text
from tests.support.plan_files import as_pdf, as_word
from tests.support.plans import LETTER, STATE_PLAN

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def run(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["plan", *arguments])


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_file_of_every_kind_says_the_same(app: Flask, tmp_path: Path, kind: str) -> None:
    makers: dict[str, Callable[[str], bytes]] = {"txt": str.encode, "docx": as_word, "pdf": as_pdf}
    file = tmp_path / f"ke-hoach.{kind}"
    file.write_bytes(makers[kind](STATE_PLAN))
    answer = run(app, "read", str(file), "--json")
    assert answer.exit_code == 0
    found = orjson.loads(answer.stdout)
    assert found["number_symbol"] == "45/KH-SDL"
    assert found["issue_date"] == "2026-03-09"
    assert (found["parent_body"], found["issuer"]) == ("UBND TỈNH HAI SÔNG", "SỞ DU LỊCH")
    assert found["title"].startswith("Tổ chức Tuần lễ đọc sách")
    assert [one["date"] for one in found["deadlines"]] == ["2026-04-30"]
    assert [one["role"] for one in found["recipients"]] == ["report", "execute", "inform", "archive"]
    assert [len(one["items"]) for one in found["duties"]] == [2, 3, 1]
    assert found["damage"] is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "kiểu cũ"),
        (b"PK\x03\x04" + b"\0" * 60, "bị hỏng"),
        (b"%PDF-1.7\nhong", "PDF"),
        (b"\xff\xd8\xff\xe0" + b"\x00\x81" * 90, "Không nhận ra"),
    ],
)
def test_what_can_t_be_read_ends_with_2_and_one_sentence(
    app: Flask, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)
    answer = run(app, "read", str(file), "--json")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_word_file_that_unpacks_without_end_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", b"\0" * (plan_text.LARGEST_UNPACKED + 1))
    answer = run(app, "read", str(file))
    assert (answer.exit_code, "lớn bất thường" in answer.stderr) == (2, True)


def test_the_score_is_printed_by_field(app: Flask, tmp_path: Path) -> None:
    for name, text, number in (("a", STATE_PLAN, "45/KH-SDL"), ("b", LETTER, "99/XX")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.json").write_bytes(orjson.dumps({"number_symbol": number}))
    answer = run(app, "score", str(tmp_path))
    line = next(one for one in answer.stdout.splitlines() if one.startswith("number_symbol"))
    assert line.split() == ["number_symbol", "0.500", "0.500", "2"]
