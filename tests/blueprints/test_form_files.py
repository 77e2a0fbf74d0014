import io
import re
from pathlib import Path

import orjson
import pytest
from flask import Flask

from core.permissions import Role
from domain import builder, working_copy
from models import Form, Task
from tests.conftest import Browser
from tests.factories import make_person, make_task
from tests.support.blank_workbooks import school_workbook, staff_list


@pytest.fixture
def secretary(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


@pytest.fixture
def task(app: Flask) -> Task:
    return make_task()


def sent(browser: Browser, task: Task, content: bytes, name: str = "bieu.xlsx") -> str:
    answer = browser.post(
        f"/tasks/{task.id}/forms/from-file",
        data={"file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    return str(answer.text)


def confirmed(page: str) -> dict[str, object]:
    made = re.search(r'name="made"[^>]*value="([^"]+)"', page)
    assert made
    wanted = re.findall(r'name="wanted" value="(\w+)"', page)
    return {"made": made[1], "wanted": wanted, "title": "Biểu của Bộ"}


def test_a_workbook_is_checked_and_then_becomes_a_form(secretary: Browser, task: Task) -> None:
    page = sent(secretary, task, school_workbook())
    assert Form.query.count() == 0
    assert 'class="read-input"' in page
    assert "tự tính" in page
    answer = secretary.post(f"/tasks/{task.id}/forms/from-file/make", data=confirmed(page))
    form = Form.query.one()
    assert answer.location == f"/forms/{form.id}"
    assert form.title == "Biểu của Bộ"
    definition = working_copy.definition_of(form)
    assert [one.label for one in definition.questions.values()] == [
        "BÁO CÁO THỐNG KÊ TRƯỜNG HỌC ĐẦU NĂM", "V. Phòng học",
    ]  # fmt: skip
    assert "Biểu của Bộ" in secretary.get(f"/forms/{form.id}/preview").text


def test_only_the_sheets_that_are_wanted_are_taken(secretary: Browser, task: Task) -> None:
    data = confirmed(sent(secretary, task, school_workbook()))
    url = f"/tasks/{task.id}/forms/from-file/make"
    assert secretary.post(url, data={**data, "wanted": []}).status_code == 422
    assert Form.query.count() == 0
    wanted = data["wanted"]
    assert isinstance(wanted, list)
    secretary.post(url, data={**data, "wanted": wanted[1:]})
    assert [one.title for one in builder.sections_of(Form.query.one())] == ["V. Phòng học"]


def test_what_was_checked_can_t_be_altered_or_used_for_another_task(
    secretary: Browser, task: Task
) -> None:
    data = confirmed(sent(secretary, task, school_workbook()))
    other = make_task()
    assert secretary.post(f"/tasks/{other.id}/forms/from-file/make", data=data).status_code == 422
    data["made"] = f"{data['made']}x"
    refused = secretary.post(f"/tasks/{task.id}/forms/from-file/make", data=data)
    assert refused.status_code == 422
    assert "tải tệp lên lại" in refused.text
    assert Form.query.count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"words", "hỏng"), (b"", "Chưa chọn tệp|hỏng")],
)
def test_a_file_that_can_t_be_read_is_refused_beside_its_field(
    secretary: Browser, task: Task, content: bytes, words: str
) -> None:
    assert re.search(words, sent(secretary, task, content))


def test_the_command_prints_the_definition(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "can-bo.xlsx"
    path.write_bytes(staff_list())
    runner = app.test_cli_runner()
    done = runner.invoke(args=["form", "read", str(path), "--json"])
    assert done.exit_code == 0
    found = orjson.loads(done.stdout)
    assert [one["kind"] for one in found["sheets"]] == ["list", "catalogue", "words"]
    assert found["definition"]["sections"][0]["questions"][0]["type"] == "free_table"
    assert {one["sheet"] for one in found["remarks"]} == {"Cán bộ", "Đơn vị", "Ghi chú"}
    told = runner.invoke(args=["form", "read", str(path)])
    assert "Cán bộ (5)" in told.stdout


def test_the_command_says_in_one_sentence_why_it_can_t_read(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"words")
    runner = app.test_cli_runner()
    for name in (path, tmp_path / "khong-co.xlsx"):
        done = runner.invoke(args=["form", "read", str(name), "--json"])
        assert done.exit_code == 2
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1
