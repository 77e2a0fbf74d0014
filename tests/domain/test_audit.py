"""The audit log: a chain that shows every change, and what its entries say."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update

from core import clock
from core.errors import InvalidError
from core.extensions import db
from domain import audit, audit_log, organisation, sessions
from models import AuditEntry, Section, Unit
from tests.factories import PASSWORD, actor_for, make_form, make_person, make_task, make_unit

pytestmark = pytest.mark.usefixtures("app")


def write_entries(count: int) -> list[int]:
    unit = make_unit()
    ids = [audit.record(None, "unit.changed", unit, changed=["name"]).id for _time in range(count)]
    db.session.commit()
    return ids


def broken() -> list[int]:
    db.session.commit()
    db.session.expire_all()
    return [entry.id for entry in audit_log.check().broken]


def lines(**chosen: object) -> list[audit_log.Line]:
    return audit_log.list_entries(audit_log.LogFilter(**chosen), 1)[1]  # type: ignore[arg-type]


def test_an_empty_log_is_whole() -> None:
    assert audit_log.check() == audit_log.Check(0, [], is_cut=False)


def test_an_untouched_log_is_whole() -> None:
    write_entries(4)
    check = audit_log.check()
    assert check.is_whole
    assert check.count == 4


@pytest.mark.parametrize(
    "change",
    [
        {"actor_name": "Người khác"}, {"action": "unit.closed"}, {"address": "10.0.0.9"},
        {"object_id": 99}, {"unit_id": 7}, {"detail": {"changed": ["code"]}},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)}, {"actor_id": 5}, {"object_type": "person"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_changed_entry_is_found_and_named(change: dict[str, object]) -> None:
    ids = write_entries(4)
    db.session.execute(update(AuditEntry).where(AuditEntry.id == ids[1]).values(**change))
    assert broken() == [ids[1]]


def test_a_changed_entry_with_a_new_hash_is_found_by_the_one_after() -> None:
    ids = write_entries(3)
    entry = db.session.get_one(AuditEntry, ids[1])
    entry.action = "unit.closed"
    entry.hash = audit.hash_of(entry)
    assert broken() == [ids[2]]


def test_a_deleted_entry_is_found_by_the_one_after() -> None:
    ids = write_entries(4)
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == ids[1]))
    assert broken() == [ids[2]]


def test_swapped_entries_are_found() -> None:
    ids = write_entries(4)
    first, second = (db.session.get_one(AuditEntry, ids[place]) for place in (1, 2))
    first.detail, second.detail = {"changed": ["x"]}, {"changed": ["y"]}
    assert broken() == ids[1:3]


def test_a_log_whose_end_is_cut_off_is_not_whole() -> None:
    ids = write_entries(4)
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == ids[3]))
    assert broken() == []
    check = audit_log.check()
    assert check.is_cut
    assert not check.is_whole


def test_an_emptied_log_is_not_whole() -> None:
    write_entries(2)
    db.session.execute(delete(AuditEntry))
    assert audit_log.check().is_cut


def test_a_change_that_is_undone_leaves_no_entry() -> None:
    organisation.add_unit(None, code="A1", name="Một")
    db.session.rollback()
    assert db.session.query(AuditEntry).count() == 0
    assert db.session.query(Unit).count() == 0
    write_entries(1)
    assert audit_log.check().is_whole


def test_an_entry_says_who_did_what_to_what() -> None:
    admin = make_person(full_name="Quản trị 1")
    unit = organisation.add_unit(actor_for(admin), code="A1", name="Bảo tàng tỉnh")
    (line,) = lines()
    assert (line.entry.actor_name, line.thing, line.name) == ("Quản trị 1", "Đơn vị", unit.name)


def test_an_entry_on_a_part_names_the_form_that_it_belongs_to() -> None:
    form = make_form(make_task(), "integer", title="Biểu 01")
    section = db.session.query(Section).one()
    audit.record(None, "section.added", section, form=form.id)
    (line,) = lines()
    assert (line.thing, line.name) == ("Biểu mẫu", "Biểu 01")


def test_a_refused_sign_in_names_the_account_that_it_was_for() -> None:
    make_person(full_name="Lê An", username="le.an")
    db.session.commit()
    for username in ("le.an", "khong.co"):
        with pytest.raises(InvalidError):
            sessions.sign_in(username, "sai", address="10.0.0.1", browser="")
        db.session.commit()
    assert [line.name for line in lines()] == ["", "Lê An"]


def test_entries_are_found_by_action_person_and_day() -> None:
    make_person(full_name="Đỗ Thị Đào", username="dao")
    db.session.commit()
    for day in (4, 5, 6):
        with clock.stopped_at(datetime(2026, 12, day, 17, 0, tzinfo=UTC)):
            sessions.sign_in("dao", PASSWORD, address="", browser="")
            db.session.commit()
    with clock.stopped_at(datetime(2026, 12, 6, 16, 59, tzinfo=UTC)):
        organisation.add_unit(None, code="A1", name="Một")
    assert len(lines(action="sign_in.done")) == 3
    assert len(lines(person="do dao")) == 3
    assert lines(person="an") == []
    sixth = lines(first_day=date(2026, 12, 6), last_day=date(2026, 12, 6))
    assert [line.entry.action for line in sixth] == ["unit.created", "sign_in.done"]


def test_the_newest_entry_comes_first_and_fifty_to_a_page() -> None:
    ids = write_entries(51)
    page, shown = audit_log.list_entries(audit_log.LogFilter(), 1)
    assert (page.pages, len(shown), shown[0].entry.id) == (2, 50, ids[-1])
    _page, rest = audit_log.list_entries(audit_log.LogFilter(), 2)
    assert [line.entry.id for line in rest] == [ids[0]]
