from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from core import clock
from core.extensions import db
from core.permissions import Role
from domain import answering, board, review, submitting
from domain.board import Filter
from models import Assignment, ResponseState, Round, UnitGroup
from tests.conftest import Browser
from tests.factories import (
    actor_for,
    make_form,
    make_group,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)


def make_round(*names: str, uid: str = "q") -> tuple[Round, list[Assignment]]:
    form = make_form(make_task(), {"type": "integer", "uid": uid}, "date")
    assignments = publish(form, *(make_unit(name) for name in names))
    return form.task.rounds[0], assignments


def submit(assignment: Assignment) -> None:
    person = actor_for(make_person(Role.REPORTER, assignment.unit))
    submitting.submit(person, response_of(assignment))


def names(round_: Round, **wanted: object) -> list[str]:
    found = board.rows(round_, Filter(**wanted))  # type: ignore[arg-type]
    return [row.assignment.unit_name for row in found.rows]


@pytest.mark.usefixtures("app")
def test_every_report_stands_there_in_official_order_with_its_state() -> None:
    round_, (first, second, third, fourth) = make_round("Một", "Hai", "Ba", "Bốn")
    submit(first)
    secretary = actor_for(make_person(Role.SECRETARIAT))
    submit(second)
    review.accept(secretary, response_of(second))
    person = actor_for(make_person(Role.REPORTER, third.unit))
    answering.save_answer(person, response_of(third), "q", 1)
    fourth.exempted_at = clock.now()
    found = board.rows(round_, Filter()).rows
    assert [(row.assignment.unit_name, row.state) for row in found] == [
        ("Một", ResponseState.SUBMITTED),
        ("Hai", ResponseState.ACCEPTED),
        ("Ba", ResponseState.DRAFT),
        ("Bốn", ResponseState.EXEMPT),
    ]
    assert [row.answered for row in found] == [None, None, (1, 2), None]
    counts = board.counts(round_, Filter())
    assert (counts["all"], counts["submitted"], counts["draft"], counts["exempt"]) == (4, 1, 1, 1)


@pytest.mark.usefixtures("app")
def test_late_and_overdue_come_from_the_clock_and_the_unit_s_own_deadline() -> None:
    round_, (late, missing, extended) = make_round("Muộn", "Thiếu", "Gia hạn")
    assert round_.due_at is not None
    extended.due_at = round_.due_at + timedelta(days=5)
    with clock.stopped_at(round_.due_at + timedelta(seconds=1)):
        submit(late)
        assert names(round_, kind="late") == ["Muộn"]
        assert names(round_, kind="overdue") == ["Thiếu"]
        counts = board.counts(round_, Filter())
        assert (counts["late"], counts["overdue"]) == (1, 1)
    assert missing.unit_name == "Thiếu"


@pytest.mark.usefixtures("app")
def test_the_board_is_narrowed_by_words_state_form_and_group() -> None:
    round_, (first, second) = make_round("Phòng Hoà An", "Phòng Hạ Lang")
    submit(second)
    assert names(round_, words="hoa") == ["Phòng Hoà An"]
    assert names(round_, words="lang phong") == ["Phòng Hạ Lang"]
    assert names(round_, kind="submitted") == ["Phòng Hạ Lang"]
    assert names(round_, words="%") == []
    first.group_name = "Nhóm"
    assert names(round_, group="Nhóm") == ["Phòng Hoà An"]
    assert board.groups(round_) == ["Nhóm"]
    assert names(round_, form_id=first.form_id + 1) == []


def test_no_more_statements_for_more_units(app: Flask, browser: Browser) -> None:
    browser.sign_in(make_person(Role.CLERK))
    counted: list[int] = []
    for many in (2, 30):
        names = [f"Đơn vị {many} {place}" for place in range(many)]
        round_, assignments = make_round(*names, uid=f"q{many}")
        for assignment in assignments:
            person = actor_for(make_person(Role.REPORTER, assignment.unit))
            answering.save_answer(person, response_of(assignment), f"q{many}", 1)
        db.session.commit()
        statements: list[str] = []

        def note(*arguments: Any, seen: list[str] = statements) -> None:
            seen.append(arguments[2])

        event.listen(db.engine, "before_cursor_execute", note)
        assert browser.get(f"/rounds/{round_.id}/board").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counted.append(len(statements))
    assert counted[0] == counted[1]


def test_filters_stay_in_the_address_and_htmx_gets_the_piece(
    app: Flask, browser: Browser
) -> None:
    round_, _assignments = make_round("Một", "Hai")
    browser.sign_in(make_person(Role.CLERK))
    page = browser.get(f"/rounds/{round_.id}/board?q=mot&kind=not_started").text
    assert "<h1>" in page
    assert "Hai</th>" not in page
    assert 'value="mot"' in page
    piece = browser.get(f"/rounds/{round_.id}/board", headers={"HX-Request": "true"}).text
    assert piece.lstrip().startswith('<div id="reports">')


def test_groups_head_their_units(app: Flask, browser: Browser) -> None:
    units = [make_unit("Một"), make_unit("Hai")]
    group: UnitGroup = make_group(*units, name="Các phòng")
    form = make_form(make_task(), "integer")
    assignments = publish(form, *units)
    for one in assignments:
        one.group_name = group.name
    browser.sign_in(make_person(Role.SECRETARIAT))
    page = browser.get(f"/rounds/{form.task.rounds[0].id}/board").text
    assert page.count("Các phòng</th>") + page.count("Các phòng <") == 1


def test_the_reviewer_reads_accepts_and_returns_with_notes(app: Flask, browser: Browser) -> None:
    _round, (first, second) = make_round("Một", "Hai")
    submit(first)
    submit(second)
    browser.sign_in(make_person(Role.SECRETARIAT))
    url = f"/reports/{first.id}/review"
    page = browser.get(url).text
    assert f"/reports/{second.id}/review" in page
    browser.post(f"{url}/accept")
    db.session.expire_all()
    assert response_of(first).state == ResponseState.ACCEPTED
    assert browser.post(f"{url}/return", data={"reason": " ", "note-q": "Giữ"}).status_code == 422
    sent = browser.post(f"{url}/return", data={"reason": "Sai số", "note-q": "Xem lại câu này"})
    assert sent.status_code == 303
    reporter = make_person(Role.REPORTER, first.unit)
    unit = app.test_client()
    assert isinstance(unit, Browser)
    unit.sign_in(reporter)
    assert "Sai số" in unit.get(f"/reports/{first.id}").text
    section = f"/reports/{first.id}/sections/s{first.form_id}"
    assert "Xem lại câu này" in unit.get(section).text


def test_a_draft_is_the_unit_s_own(app: Flask, browser: Browser) -> None:
    _round, (first,) = make_round("Một")
    person = actor_for(make_person(Role.REPORTER, first.unit))
    answering.save_answer(person, response_of(first), "q", 987654)
    browser.sign_in(make_person(Role.SECRETARIAT))
    page = browser.get(f"/reports/{first.id}/review").text
    assert "987.654" not in page
    assert "Đơn vị chưa nộp" in page


def test_a_clerk_reads_and_changes_nothing(app: Flask, browser: Browser) -> None:
    _round, (first,) = make_round("Một")
    submit(first)
    browser.sign_in(make_person(Role.CLERK))
    page = browser.get(f"/reports/{first.id}/review").text
    assert "Trả lại báo cáo" not in page
    assert browser.post(f"/reports/{first.id}/review/accept").status_code == 403
    assert browser.post(f"/reports/{first.id}/review/return").status_code == 403


@pytest.mark.parametrize("role", [Role.LEADER, Role.REPORTER, Role.ADMIN])
def test_others_see_neither_board_nor_review(app: Flask, browser: Browser, role: Role) -> None:
    round_, (first,) = make_round("Một")
    browser.sign_in(make_person(role, first.unit))
    assert browser.get(f"/rounds/{round_.id}/board").status_code == 403
    assert browser.get(f"/reports/{first.id}/review").status_code == 403


def test_only_what_has_changed_is_shown_again(browser: Browser) -> None:
    round_, (first, second) = make_round("Một", "Hai")
    browser.sign_in(make_person(Role.SECRETARIAT))
    seen = [f"{row.assignment.id}-{row.mark}" for row in board.rows(round_, Filter()).rows]
    path = f"/rounds/{round_.id}/board/changes"
    assert browser.get(path, query_string={"seen": seen}).status_code == 204
    submit(second)
    answer = browser.get(path, query_string={"seen": seen})
    assert f'id="report-{second.id}"' in answer.text
    assert f'id="report-{first.id}"' not in answer.text
    assert "1 báo cáo vừa thay đổi" in answer.text
    assert browser.get(path, query_string={"seen": ["", "x-", f"{first.id}-"]}).status_code == 200
