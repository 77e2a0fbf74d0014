"""Only what a page offers can be set: fields that somebody adds to a form change nothing."""

from typing import Any

import pytest
from flask import Flask

from core import clock
from core.permissions import Role
from models import Assignment
from tests.factories import PASSWORD
from tests.security.conftest import Enter
from tests.support.department import Department
from tests.support.routes import Addresses
from tests.support.rows import Rows, all_rows, put_back

# Each action with who does it and what its page sends.
WRITES: dict[str, tuple[Role, dict[str, Any]]] = {
    "organisation.new_unit": (Role.ADMIN, {"code": "M1", "name": "Đơn vị mới", "kind": "other"}),
    "organisation.edit_unit": (Role.ADMIN, {"code": "M1", "name": "Tên mới", "kind": "other"}),
    "organisation.new_group": (Role.ADMIN, {"name": "Nhóm mới", "units": ["2"]}),
    "organisation.edit_group": (Role.ADMIN, {"name": "Tên mới", "units": ["2"]}),
    "people.new_person": (
        Role.ADMIN,
        {
            "username": "moi",
            "full_name": "Người mới",
            "roles-0-role": "reporter",
            "roles-0-unit": "2",
        },
    ),
    "people.edit_person": (
        Role.ADMIN,
        {
            "username": "moi",
            "full_name": "Tên mới",
            "roles-0-role": "reporter",
            "roles-0-unit": "2",
        },
    ),
    "people.disable": (Role.ADMIN, {}),
    "tasks.new_task": (Role.SECRETARIAT, {"title": "Việc mới", "due_date": "05/12/2030"}),
    "plans.check": (Role.SECRETARIAT, {"title": "Việc mới", "due": "none"}),
    "tasks.edit_task": (Role.SECRETARIAT, {"title": "Tên mới", "due_date": "05/12/2030"}),
    "tasks.delete_task": (Role.SECRETARIAT, {}),
    "tasks.add_form": (Role.SECRETARIAT, {"title": "Biểu mới"}),
    "tasks.rename_form": (Role.SECRETARIAT, {"title": "Tên mới"}),
    "sections.add": (Role.SECRETARIAT, {"title": "Mục mới"}),
    "sections.save": (Role.SECRETARIAT, {"title": "Tên mới"}),
    "builder.add_question": (Role.SECRETARIAT, {"type": "date", "label": "Câu mới"}),
    "builder.save_question": (Role.SECRETARIAT, {"type": "short_text", "label": "Câu sửa"}),
    "builder.move_question": (Role.SECRETARIAT, {"step": "down"}),
    "publishing.choose_units": (Role.SECRETARIAT, {"units": ["2"]}),
    "publishing.publish": (Role.SECRETARIAT, {}),
    "review.return_report": (Role.SECRETARIAT, {"reason": "Xem lại"}),
    "review.accept": (Role.SECRETARIAT, {}),
    "answering.save_answer": (Role.REPORTER, {"f1q1": "Lời mới", "seen-f1q1": ""}),
    "answering.save_section": (Role.REPORTER, {"f1q1": "Lời mới", "go": "stay"}),
    "submitting.submit": (Role.REPORTER, {}),
    "submitting.withdraw": (Role.REPORTER, {}),
    "submitting.send_back": (Role.LEADER, {"reason": "Xem lại"}),
    "summary_views.new_view": (Role.CLERK, {"name": "Chế độ mới"}),
    "summary_views.edit_view": (Role.CLERK, {"name": "Tên mới"}),
    "library.edit": (Role.SECRETARIAT, {"name": "Tên mới"}),
    "sign_in.change_password": (
        Role.REPORTER,
        {"old": PASSWORD, "new": "sau-con-vit-xoe-canh", "again": "sau-con-vit-xoe-canh"},
    ),
}
# Names of columns, and what somebody would like to have there.
EXTRA = {
    "id": "1",
    "uid": "them-vao",
    "role": "admin",
    "is_admin": "1",
    "memberships-0-role": "admin",
    "actor_id": "1",
    "person_id": "1",
    "created_by_id": "1",
    "submitted_by_id": "1",
    "by_id": "1",
    "state": "accepted",
    "answers": '{"f1q1": "them-vao"}',
    "f2q1": "them-vao",
    "marks": "{}",
    "receipt": "them-vao",
    "fingerprint": "them-vao",
    "version_id": "1",
    "current_submission_id": "1",
    "search_key": "them-vao",
    "password_hash": "them-vao",
    "must_change_password": "1",
    "created_at": "2001-01-01 00:00",
    "submitted_at": "2001-01-01 00:00",
    "deleted_at": "2001-01-01 00:00",
    "published_at": "2001-01-01 00:00",
    "exempted_at": "2001-01-01 00:00",
    "position": "77",
    "rev": "77",
}
# What is random each time.
RANDOM = frozenset({"hash", "previous_hash", "last_hash", "password_hash", "uid", "settings", "moves"})


def without_chance(rows: Rows) -> Rows:
    return {
        name: [{key: value for key, value in line.items() if key not in RANDOM} for line in lines]
        for name, lines in rows.items()
    }


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("endpoint", WRITES)
def test_added_fields_change_nothing(
    app: Flask, department: Department, enter: Enter, endpoint: str
) -> None:
    role, sent = WRITES[endpoint]
    with app.test_request_context():
        url = Addresses(department).of(endpoint, arguments_of(app, endpoint))
    browser = enter(role)
    before, results = all_rows(), []
    with clock.stopped_at(clock.now()):
        for data in (sent, sent | EXTRA):
            answer = browser.post(url, data=data)
            assert answer.status_code in {200, 303}, answer.text
            results.append(all_rows())
            put_back(before)
    plain, crowded = results
    assert without_chance(crowded) == without_chance(plain)
    assert "them-vao" not in str(crowded)
    assert plain != before


def arguments_of(app: Flask, endpoint: str) -> set[str]:
    return next(set(one.arguments) for one in app.url_map.iter_rules() if one.endpoint == endpoint)


def test_an_answer_to_a_question_of_another_section_is_not_taken(
    department: Department, enter: Enter
) -> None:
    report: Assignment = department.reports[department.here.id].open
    url = f"/reports/{report.id}/sections/s{department.every_type.id}"
    browser = enter(Role.REPORTER)
    browser.post(url, data={"f2q1": "them-vao", "f1q1": "Lời mới"})
    assert "them-vao" not in str(all_rows()["response"])
    assert "Lời mới" in str(all_rows()["response"])
