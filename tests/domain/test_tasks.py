import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from core import clock
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Role
from domain import task_list, task_overview, tasks
from domain.task_list import TaskState
from models import AuditEntry, ResponseState, Task
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")

TOMORROW = timedelta(days=1)


def actions() -> list[str]:
    return [one.action for one in AuditEntry.query.order_by(AuditEntry.id)]


def titles(words: str = "", state: str = "") -> list[str]:
    return [row.task.title for row in task_list.find(words, state).rows]


def test_a_new_task_has_one_round_and_is_on_record() -> None:
    person = make_person(Role.SECRETARIAT)
    due = datetime(2023, 12, 5, 16, 59, 59, tzinfo=UTC)
    task = tasks.create(actor_for(person), title="Kế hoạch", number="2170", due_at=due)
    assert [(one.name, one.due_at) for one in task.rounds] == [("Năm 2023", due)]
    assert task.created_by_id == person.id
    assert actions() == ["task.created"]


def test_the_round_is_named_by_the_year_in_vietnam() -> None:
    new_year = datetime(2025, 12, 31, 18, tzinfo=UTC)
    assert tasks.create(None, title="A", due_at=new_year).rounds[0].name == "Năm 2026"


def test_a_task_needs_a_title() -> None:
    with pytest.raises(InvalidError) as caught:
        tasks.create(None, title="  ")
    assert set(caught.value.fields) == {"title"}


def test_a_task_has_no_other_fields() -> None:
    with pytest.raises(TypeError, match="deleted_at"):
        tasks.create(None, title="A", deleted_at=clock.now())


def test_it_can_not_lock_before_it_is_due() -> None:
    due = clock.now() + TOMORROW
    with pytest.raises(InvalidError) as caught:
        tasks.create(None, title="A", due_at=due, locks_at=due - timedelta(seconds=1))
    assert set(caught.value.fields) == {"locks_at"}
    assert tasks.create(None, title="A", due_at=due, locks_at=due).rounds[0].locks_at == due
    with pytest.raises(InvalidError):
        tasks.create(None, title="A", locks_at=due)


def test_changes_are_on_record_by_the_names_of_their_fields() -> None:
    task = make_task("Cũ")
    tasks.change(None, task, title="Mới", issuer="Sở", due_at=task.rounds[0].due_at)
    assert AuditEntry.query.one().detail == {"fields": ["issuer", "title"]}
    tasks.change(None, task, title="Mới")
    assert actions() == ["task.changed"]


def test_a_draft_may_be_due_whenever() -> None:
    task = make_task()
    tasks.change(None, task, due_at=clock.now() - TOMORROW)
    tasks.change(None, task, due_at=None)
    assert task.rounds[0].due_at is None


@pytest.mark.parametrize("due_at", [None, "past"])
def test_the_deadline_of_a_published_task_never_moves_into_the_past(due_at: str | None) -> None:
    task = make_task()
    publish(make_form(task, "integer"), make_unit())
    before = task.rounds[0].due_at
    with pytest.raises(InvalidError) as caught:
        tasks.change(None, task, due_at=due_at and clock.now() - timedelta(minutes=1))
    assert set(caught.value.fields) == {"due_at"}
    assert task.rounds[0].due_at == before


def test_a_published_task_past_its_deadline_can_still_be_corrected_and_prolonged() -> None:
    task = make_task(due_at=clock.now() - TOMORROW)
    publish(make_form(task, "integer"), make_unit())
    tasks.change(None, task, title="Sửa", due_at=task.rounds[0].due_at)
    tasks.change(None, task, due_at=clock.now() + TOMORROW)
    assert task_list.state_of(task.rounds[0]) == TaskState.OPEN


def test_a_deleted_task_leaves_the_list_and_comes_back() -> None:
    task = make_task("A")
    tasks.delete(None, task)
    assert (titles(), task_list.counts()[TaskState.DRAFT]) == ([], 0)
    tasks.restore(None, task)
    assert (titles(), task_list.counts()[TaskState.DRAFT]) == (["A"], 1)
    assert actions() == ["task.deleted", "task.restored"]


def test_forms_are_added_at_the_end_renamed_deleted_and_brought_back() -> None:
    task = make_task()
    first, second = (tasks.add_form(None, task, name) for name in ("Một", "Hai"))
    tasks.rename_form(None, first, "Một mới")
    assert [form.title for form in task.forms] == ["Một mới", "Hai"]
    assert first.rev == 1
    tasks.delete_form(None, first)
    assert [form.title for form in task.forms] == ["Hai"]
    tasks.restore_form(None, first)
    assert [form.title for form in task.forms] == ["Một mới", "Hai"]
    assert second.position > first.position


def test_a_form_that_units_owe_is_not_deleted() -> None:
    form = make_form(make_task(), "integer")
    publish(form, make_unit(), make_unit())
    with pytest.raises(ConflictError, match="2 đơn vị"):
        tasks.delete_form(None, form)
    assert form.deleted_at is None


def test_files_are_kept_removed_and_brought_back() -> None:
    task = make_task()
    file = tasks.add_file(None, task, io.BytesIO(b"%PDF-1.7 x"), "Kế hoạch.pdf")
    assert [one.name for one in task.files] == ["Kế hoạch.pdf"]
    tasks.remove_file(None, file)
    assert task.files == []
    tasks.restore_file(None, file)
    assert [one.id for one in task.files] == [file.id]


def test_a_refused_file_leaves_no_row() -> None:
    task = make_task()
    with pytest.raises(InvalidError):
        tasks.add_file(None, task, io.BytesIO(b"MZ\0\0"), "a.exe")
    assert task.files == []


def test_a_task_holds_only_so_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST_FILES", 1)
    task = make_task()
    tasks.add_file(None, task, io.BytesIO(b"a"), "a.txt")
    with pytest.raises(InvalidError, match="nhiều nhất 1 tệp"):
        tasks.add_file(None, task, io.BytesIO(b"b"), "b.txt")


def test_only_units_of_a_published_task_owe_it() -> None:
    task, unit, other = make_task(), make_unit(), make_unit()
    publish(make_form(task, "integer"), unit)
    assert tasks.is_owed_by(task, {unit.id})
    assert not tasks.is_owed_by(task, {other.id})
    task.rounds[0].published_at = None
    assert not tasks.is_owed_by(task, {unit.id})


def test_tasks_are_found_by_words_without_accents_by_number_and_symbol() -> None:
    tasks.create(None, title="Phòng, chống bạo lực gia đình", number="2170", symbol="KH-SVHTTDL")
    tasks.create(None, title="Lễ hội", number="15")
    assert titles("bao luc GIA DINH") == ["Phòng, chống bạo lực gia đình"]
    assert titles("2170/KH") == ["Phòng, chống bạo lực gia đình"]
    assert titles("hội lễ") == ["Lễ hội"]
    assert titles("%") == []
    assert len(titles("  ")) == 2


def test_tasks_are_narrowed_to_a_state() -> None:
    drawn, running, over = make_task("Nháp"), make_task("Đang thu"), make_task("Hết hạn")
    over.rounds[0].due_at = clock.now() - TOMORROW
    for task in (running, over):
        publish(make_form(task, "integer"), make_unit())
    assert drawn.rounds[0].published_at is None
    assert [titles(state=state) for state in TaskState] == [["Nháp"], ["Đang thu"], ["Hết hạn"]]
    assert list(task_list.counts().values()) == [1, 1, 1]
    assert len(titles(state="nonsense")) == 3


def test_a_task_counts_what_is_expected_submitted_and_overdue() -> None:
    task = make_task(due_at=clock.now() - TOMORROW)
    owed = publish(make_form(task, "integer"), *(make_unit() for _ in range(5)))
    submit(owed[0], {})
    submit(owed[1], {}, state=ResponseState.ACCEPTED)
    owed[2].exempted_at = clock.now()
    owed[3].due_at = clock.now() + TOMORROW
    db.session.flush()
    row = task_list.row_of(task)
    assert (row.forms, row.expected, row.submitted, row.overdue) == (1, 4, 2, 1)
    assert response_of(owed[4]).submitted_at is None


def statements_of_a_list(app: Flask) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    for row in task_list.find().rows:
        assert row.round.task_id == row.task.id
    event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])


def test_a_longer_list_asks_the_database_no_more_often(app: Flask) -> None:
    publish(make_form(make_task(), "integer"), make_unit())
    few = statements_of_a_list(app)
    for _ in range(12):
        publish(make_form(make_task(), "integer"), make_unit())
    assert statements_of_a_list(app) == few <= 6


def test_the_list_comes_in_pages_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_list, "PAGE_SIZE", 2)
    for title in "ABC":
        make_task(title)
    page = task_list.find(number=2)
    assert [row.task.title for row in page.rows] == ["A"]
    assert (page.number, page.pages, page.total) == (2, 2, 3)
    assert task_list.find(number=99).number == 2


def test_the_forms_of_a_task_tell_what_is_not_published_yet() -> None:
    task, unit = make_task(), make_unit()
    form = make_form(task, "integer", "short_text")
    before = task_overview.form_rows(task)[0]
    assert (before.sections, before.questions, before.recipients, before.version) == (1, 2, 0, 0)
    assert not before.has_news
    publish(form, unit)
    assert not task_overview.form_rows(task)[0].has_news
    tasks.rename_form(None, form, "Tên mới")
    row = task_overview.form_rows(task)[0]
    assert (row.owing, row.is_edited, row.has_news) == (1, True, True)


def test_the_search_never_sees_a_deleted_task() -> None:
    tasks.delete(None, make_task("Lễ hội"))
    assert titles("lễ hội") == []
    assert db.session.query(Task).count() == 1
