"""The files of a summary: raw tables, views, templates, and large ones made in the background."""

import csv
import io
from typing import Any

import openpyxl
import orjson
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from core import clock, storage
from core.extensions import db
from core.permissions import Role
from domain import prepared_files
from domain.summary_files import Wanted
from jobs import _consumer
from models import AuditEntry, Form, Job, PreparedFile, SummaryTemplate, SummaryView
from tests.conftest import Browser
from tests.factories import (
    actor_for,
    make_form,
    make_group,
    make_person,
    make_task,
    make_unit,
    publish,
)
from tests.support.books import template_with
from tests.support.reports import submit

HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture
def form(app: Flask) -> Form:
    task = make_task("Tổng kết năm", number="12", symbol="KH-SVHTTDL")
    form = make_form(
        task,
        {"type": "integer", "uid": "n", "label": "Số buổi", "code": "so_buoi", "measure": "buổi"},
        {"type": "decimal", "uid": "d", "label": "Diện tích"},
        {"type": "short_text", "uid": "t", "label": "Ghi chú"},
        {"type": "fixed_table", "uid": "b", "label": "Bảng"},
    )  # fmt: skip
    units = [make_unit("Xã Một", code="007"), make_unit("Xã Hai"), make_unit("Sở")]
    make_group(*units[:2], name="Khối xã")
    owed = publish(form, *units)
    for one, name in zip(owed, ("Khối xã", "Khối xã", "Khối sở"), strict=True):
        one.group_name = name
    submit(owed[0], {"n": 1200, "d": "12.5", "t": HOSTILE})
    submit(owed[2], {"n": 34})
    db.session.commit()
    return form


@pytest.fixture
def clerk(browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.CLERK))


def url(form: Form, rest: str = "downloads") -> str:
    return f"/rounds/{form.task.rounds[0].id}/{rest}"


def sheet(sent: Any, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sent.data))
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_csv_keeps_numbers_exact_and_texts_no_formulas(form: Form, clerk: Browser) -> None:
    sent = clerk.get(url(form, f"downloads/file?shape=csv&form={form.id}"))
    assert sent.data.startswith(b"\xef\xbb\xbf")
    assert "bang-goc-12-KH-SVHTTDL-bieu-mau-" in sent.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig"))))
    assert rows[0][5:8] == ["Số buổi (buổi)", "Diện tích", "Ghi chú"]
    assert [row[:4] + row[5:8] for row in rows[1:]] == [
        ["007", "Xã Một", "Khối xã", "Đã nộp", "1200", "12.5", "\u200b" + HOSTILE],
        [rows[2][0], "Xã Hai", "Khối xã", "Chưa bắt đầu", "", "", ""],
        [rows[3][0], "Sở", "Khối sở", "Đã nộp", "34", "", ""],
    ]


def test_json_has_exact_numbers_by_column(form: Form, clerk: Browser) -> None:
    sent = clerk.get(url(form, f"downloads/file?shape=json&form={form.id}"))
    found = orjson.loads(sent.data)
    assert found["columns"][0] == {
        "key": "n", "headings": ["Số buổi"], "kind": "integer", "measure": "buổi", "summing": "sum",
    }  # fmt: skip
    cells = [unit["cells"] for unit in found["units"]]
    assert (cells[0]["n"], cells[0]["d"], cells[0]["t"], cells[1]) == (1200, 12.5, HOSTILE, {})


def test_a_view_is_saved_changed_and_downloaded(form: Form, clerk: Browser) -> None:
    page = clerk.get(url(form, "views/new"))
    assert f'value="{form.id}:n"' in page.text
    sent = clerk.post(url(form, "views/new"), data={
        "name": "Số buổi các xã", "questions": [f"{form.id}:n"], "groups": ["Khối xã"],
        "fixed": ["code"],
    })  # fmt: skip
    assert sent.status_code == 303
    view = db.session.query(SummaryView).one()
    assert "Số buổi các xã" in clerk.get(url(form)).text
    sent = clerk.get(url(form, f"downloads/file?shape=xlsx&view={view.id}"))
    rows = sheet(sent, "Theo đơn vị")
    assert [(row[2], row[6:]) for row in rows[3:]] == [
        ("Xã Một", [1200.0]), ("Xã Hai", [""]), ("Toàn bộ", [1200.0]),
    ]  # fmt: skip
    assert [row[3] for row in sheet(sent, "Tổng hợp") if row[0] == "1.1"] == [1200.0]
    widths = openpyxl.load_workbook(io.BytesIO(sent.data))["Theo đơn vị"].column_dimensions
    assert [widths[letter].hidden for letter in "BCDF"] == [False, False, True, True]
    sent = clerk.get(url(form, f"downloads/file?shape=csv&form={form.id}&view={view.id}"))
    assert sent.data.decode("utf-8-sig").splitlines()[0] == '"Mã đơn vị","Đơn vị","Số buổi (buổi)"'

    page = clerk.get(url(form, f"views/{view.id}"))
    assert f'value="{form.id}:n" id="q-{form.id}-n" checked' in page.text
    table = next(one for one in page.text.split('"') if one.startswith(f"{form.id}:b."))
    changed = clerk.post(url(form, f"views/{view.id}"), data={"name": "Một ô", "columns": [table]})
    assert changed.status_code == 303, (table, changed.text)
    sent = clerk.get(url(form, f"downloads/file?shape=xlsx&view={view.id}"))
    assert len(sheet(sent, "Theo đơn vị")[4]) == 7
    entry = db.session.query(AuditEntry).filter_by(action="summary.downloaded").first()
    assert entry is not None
    assert entry.detail["view_id"] == view.id


def test_a_view_needs_a_name_of_its_own(form: Form, clerk: Browser) -> None:
    for _time in range(2):
        answer = clerk.post(url(form, "views/new"), data={"name": "Giống nhau"})
    assert answer.status_code == 422
    assert "Đã có chế độ xem tên này." in answer.text


def test_a_deleted_view_can_be_brought_back(form: Form, clerk: Browser) -> None:
    clerk.post(url(form, "views/new"), data={"name": "Tạm"})
    view = db.session.query(SummaryView).one()
    assert clerk.post(url(form, f"views/{view.id}/delete")).status_code == 303
    assert clerk.get(url(form, f"downloads/file?view={view.id}")).status_code == 404
    assert clerk.post(url(form, f"views/{view.id}/restore")).status_code == 303
    assert clerk.get(url(form, f"downloads/file?view={view.id}")).status_code == 200


def test_a_template_is_checked_and_filled(form: Form, clerk: Browser) -> None:
    content = template_with("Có {{ tổng.so_buoi }} buổi, {{ tổng.so_buoy }}")
    sent = clerk.post(
        url(form, "templates/new"),
        data={"form": form.id, "file": (io.BytesIO(content), "Biểu tháng.xlsx")},
    )
    template = db.session.query(SummaryTemplate).one()
    assert sent.location.endswith(f"/templates/{template.id}")
    page = clerk.get(sent.location)
    assert "1 mã chưa nhận ra" in page.text
    assert "{{ tổng.so_buoy }}" in page.text
    assert page.text.count("{{ đơn vị.so_buoi }}") >= 1
    sent = clerk.get(url(form, f"downloads/file?shape=template&template={template.id}"))
    name = f"Bi%E1%BB%83u%20th%C3%A1ng-{clock.today():%Y-%m-%d}.xlsx"
    assert name in sent.headers["Content-Disposition"]
    shown = openpyxl.load_workbook(io.BytesIO(sent.data)).active["A1"].value
    assert shown == "Có 1.234 buổi, {{ tổng.so_buoy }}"
    original = clerk.get(url(form, f"templates/{template.id}/original.xlsx"))
    assert original.data == content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (template_with("Không có gì để điền"), "Tệp chưa có ô nào dạng"),
        (b"not a workbook", "Tệp bị hỏng hoặc không phải tệp Excel"),
    ],
)
def test_a_file_that_is_no_template_is_refused(
    form: Form, clerk: Browser, content: bytes, message: str
) -> None:
    data = {"form": form.id, "file": (io.BytesIO(content), "x.xlsx")}
    answer = clerk.post(url(form, "templates/new"), data=data)
    assert answer.status_code == 422
    assert message in answer.text


@pytest.fixture
def large(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file count as a large one."""
    monkeypatch.setitem(
        app.extensions, "settings", _with(app.extensions["settings"], largest_direct_file=1)
    )


def _with(settings: Any, **values: Any) -> Any:
    return type(settings).from_json({**settings.to_json(), **values})


@pytest.mark.usefixtures("large")
def test_a_large_file_is_made_for_the_one_who_asks_and_for_nobody_else(
    app: Flask, form: Form, clerk: Browser
) -> None:
    direct, base = clerk.get(url(form, "summary.xlsx")), url(form)
    assert (direct.status_code, direct.location) == (303, base)
    assert "chuẩn bị ở phía sau" in clerk.get(base).text
    assert clerk.post(f"{base}/prepare", data={"shape": "xlsx"}).status_code == 303
    assert "Đang làm" in clerk.get(base).text
    prepared = _ready()
    page = clerk.get(base, headers={"HX-Request": "true"})
    assert "Đã xong" in page.text
    assert "hx-get" not in page.text
    path = f"{base}/prepared/{prepared.id}"
    sent = clerk.get(path)
    assert sheet(sent, "Theo đơn vị")[-1][6] == 1234
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(make_person(Role.CLERK))
    assert other.get(path).status_code == 404
    assert other.post(f"{path}/discard").status_code == 404
    key = prepared.storage_key
    assert clerk.post(f"{path}/discard").status_code == 303
    assert clerk.get(path).status_code == 404
    with pytest.raises(FileNotFoundError):
        storage.open_file(key)


def _ready() -> PreparedFile:
    """Carry out the work that was asked for, and return the file."""
    (job_id,) = db.session.scalars(select(Job.id).where(Job.name == prepared_files.WORK)).all()
    _consumer.carry_out(job_id, "test")
    return db.session.query(PreparedFile).one()


def test_a_small_file_is_sent_at_once(form: Form, clerk: Browser) -> None:
    answer = clerk.post(url(form, "downloads/prepare"), data={"shape": "csv", "form": form.id})
    assert "/downloads/file?shape=csv" in answer.location
    assert db.session.query(PreparedFile).count() == 0


def test_files_are_thrown_away_after_a_day_and_lost_ones_say_so(app: Flask, form: Form) -> None:
    actor = actor_for(make_person(Role.CLERK))
    round_ = form.task.rounds[0]
    kept = prepared_files.ask(actor, round_, Wanted(round_.id))
    assert kept is not None
    prepared_files.finish(kept.id, io.BytesIO(b"x"))
    db.session.refresh(kept)
    lost = prepared_files.ask(actor, round_, Wanted(round_.id))
    assert lost is not None
    assert prepared_files.ask(actor, round_, Wanted(round_.id)) is None
    key = kept.storage_key
    with clock.stopped_at(clock.now() + prepared_files.SILENT * 1.1):
        assert [prepared_files.has_failed(one) for one in (kept, lost)] == [False, True]
    with clock.stopped_at(clock.now() + prepared_files.KEPT * 1.1):
        assert prepared_files.of_person(actor, round_) == []
        prepared_files.forget_old()
    assert db.session.query(PreparedFile).count() == 0
    with pytest.raises(FileNotFoundError):
        storage.open_file(key)


@pytest.mark.parametrize(
    "asked", ["shape=docx", "shape=csv&form=999", "view=999", "shape=template&template=9"]
)
def test_what_there_is_not_is_not_found(form: Form, clerk: Browser, asked: str) -> None:
    assert clerk.get(url(form, f"downloads/file?{asked}")).status_code == 404
