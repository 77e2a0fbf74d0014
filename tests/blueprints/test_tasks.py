import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import clock, vietnamese
from core.extensions import db
from core.permissions import Role
from domain import tasks
from models import Form, Task, TaskFile
from tests.conftest import Browser
from tests.factories import make_form, make_person, make_task, make_unit, publish

PDF = b"%PDF-1.7 noi dung"


@pytest.fixture
def secretary(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


def fields(**values: str) -> dict[str, str]:
    return {"title": "Kế hoạch năm 2026", "due_date": "05/12/2036", **values}


def upload(browser: Browser, task: Task, *files: tuple[bytes, str]) -> Any:
    return browser.post(
        f"/tasks/{task.id}/files",
        data={"files": [(io.BytesIO(content), name) for content, name in files]},
        content_type="multipart/form-data",
    )


def kept_file(task: Task, content: bytes = PDF, name: str = "Kế hoạch số đỏ.pdf") -> TaskFile:
    return tasks.add_file(None, task, io.BytesIO(content), name)


def test_the_first_visit_leads_to_the_first_task(secretary: Browser) -> None:
    page = secretary.get("/tasks").text
    assert "Chưa có nhiệm vụ nào" in page
    assert page.count('href="/tasks/from-plan"') == 1
    assert 'href="/tasks/new"' in secretary.get("/tasks/from-plan").text


def test_the_list_shows_number_deadline_state_and_progress(secretary: Browser) -> None:
    task = make_task("Phòng, chống bạo lực", doc_type="Kế hoạch", number="2170", symbol="KH-SVHTTDL")
    publish(make_form(task, "integer"), make_unit(), make_unit())
    page = secretary.get("/tasks").text
    for words in ("Kế hoạch số 2170/KH-SVHTTDL", "Đang thu", "Đã nộp 0 / 2"):
        assert words in page
    assert vietnamese.format_datetime(task.rounds[0].due_at) in page


def test_the_list_is_narrowed_by_words_and_state(secretary: Browser) -> None:
    make_task("Lễ hội"), make_task("Bảo tàng")
    found = secretary.get("/tasks?q=le+hoi").text
    assert ("Lễ hội" in found, "Bảo tàng" in found) == (True, False)
    assert "Không tìm thấy" in secretary.get("/tasks?state=open").text
    assert "Lễ hội" in secretary.get("/tasks?page=99999999").text
    assert secretary.get("/tasks?page=x&q=" + "a" * 999).status_code == 200


def test_a_task_is_made_and_its_bare_date_means_the_end_of_the_day(secretary: Browser) -> None:
    answer = secretary.post("/tasks/new", data=fields(number="12", issued_on="1/11/2026"))
    task = Task.query.one()
    assert answer.status_code == 303
    assert answer.location == f"/tasks/{task.id}"
    here = clock.local(task.rounds[0].due_at)
    assert here.isoformat() == "2036-12-05T23:59:59+07:00"
    assert task.issued_on.isoformat() == "2026-11-01"
    assert "23 giờ 59 phút, Thứ Sáu, ngày 05/12/2036" in secretary.get(answer.location).text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": "  "}, "Chưa nhập mục này"),
        ({"due_date": "31/02/2036"}, "không phải ngày"),
        ({"due_hour": "25:00"}, "không phải giờ"),
        ({"due_date": "", "due_hour": "17:00"}, "Nhập cả ngày của hạn nộp"),
        ({"lock_hour": "17:00"}, "Nhập cả ngày khoá sổ"),
        ({"lock_date": "04/12/2036"}, "không được trước hạn nộp"),
        ({"title": "a" * 501}, "nhiều nhất 500"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(
    secretary: Browser, values: dict[str, str], message: str
) -> None:
    answer = secretary.post("/tasks/new", data=fields(issuer="Sở VHTTDL", **values))
    assert answer.status_code == 422
    assert message in answer.text
    assert "Sở VHTTDL" in answer.text
    assert Task.query.count() == 0


def test_saving_a_task_unchanged_changes_nothing(secretary: Browser) -> None:
    due = clock.now() - timedelta(days=1)
    task = make_task("Kế hoạch", due_at=due)
    publish(make_form(task, "integer"), make_unit())
    shown = clock.local(due)
    answer = secretary.post(
        f"/tasks/{task.id}/edit",
        data={
            "title": "Kế hoạch",
            "due_date": f"{shown:%d/%m/%Y}",
            "due_hour": "" if f"{shown:%H:%M:%S}" == "23:59:59" else f"{shown:%H:%M}",
        },
    )
    assert answer.status_code == 303
    db.session.expire_all()
    assert task.rounds[0].due_at == due


def test_the_edit_page_shows_the_deadline_as_it_was_typed(secretary: Browser) -> None:
    secretary.post("/tasks/new", data=fields(due_hour="17h", lock_date="10/12/2036"))
    page = secretary.get(f"/tasks/{Task.query.one().id}/edit").text
    for value in ("05/12/2036", "17:00", "10/12/2036"):
        assert f'value="{value}"' in page


def test_a_published_deadline_moved_into_the_past_is_refused_beside_its_field(
    secretary: Browser,
) -> None:
    task = make_task()
    publish(make_form(task, "integer"), make_unit())
    answer = secretary.post(f"/tasks/{task.id}/edit", data=fields(due_date="05/12/2020"))
    assert answer.status_code == 422
    assert 'href="#due_date"' in answer.text


def test_a_task_is_deleted_and_the_next_page_offers_to_undo_it(secretary: Browser) -> None:
    task = make_task()
    answer = secretary.post(f"/tasks/{task.id}/delete")
    assert f"/tasks/{task.id}/restore" in secretary.get(answer.location).text
    assert secretary.get(f"/tasks/{task.id}").status_code == 404
    assert secretary.post(f"/tasks/{task.id}/delete").status_code == 404
    assert secretary.post(f"/tasks/{task.id}/restore").status_code == 303
    assert secretary.get(f"/tasks/{task.id}").status_code == 200


def test_several_files_are_added_at_once_and_good_ones_stay_beside_bad_ones(
    secretary: Browser,
) -> None:
    task = make_task()
    assert upload(secretary, task, (PDF, "a.pdf"), (b"a;b", "b.csv")).status_code == 303
    answer = upload(secretary, task, (b"MZ\0\0", "c.exe"), (b"d", "d.txt"))
    assert answer.status_code == 422
    assert "Không nhận loại tệp của “c.exe”" in answer.text
    db.session.expire_all()
    assert [one.name for one in task.files] == ["a.pdf", "b.csv", "d.txt"]


def test_no_file_chosen_is_told(secretary: Browser) -> None:
    answer = upload(secretary, make_task())
    assert (answer.status_code, "Chưa chọn tệp nào" in answer.text) == (422, True)


def test_a_file_is_removed_and_brought_back(secretary: Browser) -> None:
    task = make_task()
    file = kept_file(task)
    url = f"/tasks/{task.id}/files/{file.id}"
    assert secretary.post(f"{url}/remove").status_code == 303
    assert secretary.get(url).status_code == 404
    assert secretary.post(f"{url}/restore").status_code == 303
    assert secretary.get(url).data == PDF


def test_a_file_is_saved_by_the_browser_and_never_run(secretary: Browser) -> None:
    task = make_task()
    file = kept_file(task, b"<script>alert(1)</script>", "đề án.txt")
    answer = secretary.get(f"/tasks/{task.id}/files/{file.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%C4%91%E1%BB%81%20%C3%A1n.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.mimetype == "text/plain"


def test_units_read_the_files_of_tasks_that_they_owe(app: Flask, browser: Browser) -> None:
    task, unit = make_task(), make_unit()
    url = f"/tasks/{task.id}/files/{kept_file(task).id}"
    form = make_form(task, "integer")
    browser.sign_in(make_person(Role.REPORTER, unit))
    assert browser.get(url).status_code == 404
    publish(form, unit)
    assert browser.get(url).data == PDF
    tasks.delete(None, task)
    assert browser.get(url).status_code == 404


def test_other_units_and_other_tasks_never_lead_to_a_file(app: Flask, browser: Browser) -> None:
    task, other, unit = make_task(), make_task(), make_unit()
    file = kept_file(task)
    publish(make_form(task, "integer"), make_unit())
    publish(make_form(other, "integer"), unit)
    browser.sign_in(make_person(Role.LEADER, unit))
    assert browser.get(f"/tasks/{task.id}/files/{file.id}").status_code == 404
    assert browser.get(f"/tasks/{other.id}/files/{file.id}").status_code == 404


def test_a_form_is_added_renamed_deleted_and_brought_back(secretary: Browser) -> None:
    task = make_task()
    added = secretary.post(f"/tasks/{task.id}/forms", data={"title": " Biểu  số 1 "})
    form = Form.query.one()
    assert (added.location, form.title) == (f"/forms/{form.id}", "Biểu số 1")
    assert 'value="Biểu số 1"' in secretary.get(f"/forms/{form.id}/rename").text
    assert secretary.post(f"/forms/{form.id}/rename", data={"title": "Biểu 2"}).status_code == 303
    assert "Biểu 2" in secretary.get(f"/tasks/{task.id}").text
    deleted = secretary.post(f"/forms/{form.id}/delete")
    assert f"/forms/{form.id}/restore" in secretary.get(deleted.location).text
    assert secretary.post(f"/forms/{form.id}/restore").status_code == 303
    assert "Biểu 2" in secretary.get(f"/tasks/{task.id}").text


def test_a_form_needs_a_name(secretary: Browser) -> None:
    task = make_task()
    answer = secretary.post(f"/tasks/{task.id}/forms", data={"title": " "})
    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)
    form = make_form(task)
    assert secretary.post(f"/forms/{form.id}/rename", data={"title": ""}).status_code == 422
    assert Form.query.count() == 1


def test_a_form_that_units_owe_is_not_offered_for_deletion(secretary: Browser) -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit())
    url = f"/forms/{form.id}/delete"
    assert url not in secretary.get(f"/tasks/{form.task_id}").text
    assert secretary.post(url).status_code == 409


def test_changes_that_are_not_published_are_told(secretary: Browser) -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit())
    assert "Có thay đổi chưa công bố" not in secretary.get(f"/tasks/{form.task_id}").text
    tasks.rename_form(None, form, "Tên mới")
    assert "Có thay đổi chưa công bố" in secretary.get(f"/tasks/{form.task_id}").text


def test_a_clerk_reads_and_is_offered_nothing_to_change(app: Flask, browser: Browser) -> None:
    form = make_form(make_task("Kế hoạch"), "integer")
    publish(form, make_unit())
    browser.sign_in(make_person(Role.CLERK))
    for url in ("/tasks", f"/tasks/{form.task_id}"):
        page = browser.get(url)
        assert page.status_code == 200
        main = page.text.partition("<main")[2].partition("</main>")[0]
        assert 'method="post"' not in main
        assert "/edit" not in main


@pytest.mark.parametrize("role", [Role.CLERK, Role.REPORTER, Role.LEADER, Role.ADMIN])
@pytest.mark.parametrize(
    "path", ["tasks/new", "tasks/1/edit", "tasks/1/delete", "tasks/1/restore", "tasks/1/files",
             "tasks/1/forms", "forms/1/rename", "forms/1/delete", "tasks/1/publish", "forms/1/units"],
)  # fmt: skip
def test_only_the_secretariat_changes_tasks(
    app: Flask, browser: Browser, role: Role, path: str
) -> None:
    form = make_form(make_task("Như cũ"), "integer")
    browser.sign_in(make_person(role))
    assert browser.post(f"/{path}", data=fields(title="Đã sửa")).status_code == 403
    db.session.expire_all()
    assert (form.task.title, form.task.deleted_at, form.deleted_at) == ("Như cũ", None, None)


def test_a_change_without_the_token_is_refused(secretary: Browser) -> None:
    task = make_task()
    assert secretary.post(f"/tasks/{task.id}/delete", token=False).status_code == 400
    db.session.expire_all()
    assert task.deleted_at is None
