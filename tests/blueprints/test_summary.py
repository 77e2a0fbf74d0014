"""The pages of the summary, and the download."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from core import clock
from core.extensions import db
from core.permissions import Role
from models import AuditEntry, Form, ResponseState
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish, response_of
from tests.support.reports import submit


@pytest.fixture
def form(app: Flask) -> Form:
    task = make_task("Tổng kết năm", number="12", symbol="KH-SVHTTDL")
    form = make_form(
        task,
        {"type": "integer", "uid": "n", "label": "Số hội nghị", "measure": "cuộc"},
        {"type": "long_text", "uid": "t", "label": "Khó khăn"},
        "one_choice", "yes_no", "percent", "fixed_table", "free_table", "date", "heading", "note",
    )  # fmt: skip
    owed = publish(form, make_unit("Xã Một"), make_unit("Xã Hai"), make_unit("Xã Ba"))
    submit(owed[0], {"n": 1200, "t": "<b>Thiếu</b> kinh phí"})
    submit(owed[1], {"n": 34})
    draft = response_of(owed[2])
    draft.answers, draft.state = {"n": 70000, "t": "bản nháp"}, ResponseState.DRAFT
    db.session.commit()
    return form


@pytest.fixture
def clerk(browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.CLERK))


def url(form: Form, rest: str) -> str:
    return f"/rounds/{form.task.rounds[0].id}/{rest}"


def test_the_page_shows_figures_of_submitted_reports_only(form: Form, clerk: Browser) -> None:
    page = clerk.get(url(form, "summary"))
    assert page.status_code == 200
    assert "1.234" in page.text
    assert "71.234" not in page.text
    assert "1 trong 2 báo cáo để trống" in page.text
    assert "&lt;b&gt;Thiếu&lt;/b&gt; kinh phí" in page.text
    assert "bản nháp" not in page.text
    assert url(form, "summary.xlsx") in page.text


def test_an_empty_round_says_so(app: Flask, clerk: Browser) -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit())
    page = clerk.get(url(form, "summary"))
    assert "Chưa có báo cáo nào được nộp" in page.text


def test_a_round_that_is_not_published_has_an_empty_summary(app: Flask, clerk: Browser) -> None:
    round_ = make_task().rounds[0]
    assert "Chưa có báo cáo nào được nộp" in clerk.get(f"/rounds/{round_.id}/summary").text
    sent = clerk.get(f"/rounds/{round_.id}/summary.xlsx")
    assert CalamineWorkbook.from_filelike(BytesIO(sent.data)).sheet_names[0] == "Tổng hợp"


def test_several_forms_are_linked_from_the_top(app: Flask, clerk: Browser) -> None:
    task = make_task()
    forms = [make_form(task, "integer", title=title) for title in ("Phòng", "Xã")]
    for one in forms:
        submit(publish(one, make_unit())[0], {})
    page = clerk.get(url(forms[0], "summary"))
    for one in forms:
        assert f'href="#form-{one.id}"' in page.text
        assert f'id="form-{one.id}"' in page.text


def test_answers_stand_unit_by_unit(form: Form, clerk: Browser) -> None:
    page = clerk.get(url(form, f"summary/{form.id}/t"))
    assert page.status_code == 200
    assert "&lt;b&gt;Thiếu&lt;/b&gt; kinh phí" in page.text
    assert "Để trống" in page.text
    assert "Đang nhập" in page.text
    assert "bản nháp" not in page.text


@pytest.mark.parametrize("rest", ["summary/{form}/none", "summary/999/t"])
def test_foreign_questions_are_not_found(form: Form, clerk: Browser, rest: str) -> None:
    assert clerk.get(url(form, rest.format(form=form.id))).status_code == 404


def test_a_question_that_holds_no_answer_has_no_page(form: Form, clerk: Browser) -> None:
    assert clerk.get(url(form, f"summary/{form.id}/f{form.id}q9")).status_code == 404


def test_the_download_is_a_workbook_and_is_logged(form: Form, clerk: Browser) -> None:
    sent = clerk.get(url(form, "summary.xlsx"))
    assert sent.status_code == 200
    assert sent.headers["Content-Disposition"] == (
        f"attachment; filename=tong-hop-12-KH-SVHTTDL-{clock.today():%Y-%m-%d}.xlsx"
    )
    assert sent.headers["Cache-Control"] == "no-store"
    assert int(sent.headers["Content-Length"]) == len(sent.data)
    book = CalamineWorkbook.from_filelike(BytesIO(sent.data))
    assert book.sheet_names[:2] == ["Tổng hợp", "Theo đơn vị"]
    assert db.session.query(AuditEntry).filter_by(action="summary.downloaded").count() == 1


def test_a_symbol_with_vietnamese_letters_names_the_file_too(form: Form, clerk: Browser) -> None:
    form.task.symbol = "QĐ-UBND"
    disposition = clerk.get(url(form, "summary.xlsx")).headers["Content-Disposition"]
    assert "filename*=UTF-8''tong-hop-12-Q%C4%90-UBND-" in disposition
    assert disposition.isascii()


@pytest.mark.parametrize("rest", ["summary", "summary.xlsx", "summary/{form}/n"])
def test_reporters_and_strangers_stay_out(form: Form, browser: Browser, rest: str) -> None:
    path = url(form, rest.format(form=form.id))
    assert browser.get(path).status_code == 303
    browser.sign_in(make_person(Role.REPORTER))
    assert browser.get(path).status_code == 403


@pytest.mark.parametrize("rest", ["summary", "summary.xlsx", "summary/{form}/n"])
def test_a_deleted_task_has_no_summary(form: Form, clerk: Browser, rest: str) -> None:
    form.task.deleted_at = clock.now()
    assert clerk.get(url(form, rest.format(form=form.id))).status_code == 404


def test_no_part_of_a_download_stays_on_the_disk(
    form: Form, clerk: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    clerk.get(url(form, "summary.xlsx")).close()
    assert list(tmp_path.iterdir()) == []
