"""Units that change in mid-round, and changes that are taken back while nothing rests on them."""

from datetime import date, timedelta
from typing import Any

import pytest

from core import clock
from core.errors import ConflictError
from core.extensions import db
from core.permissions import Role
from domain import answering, publishing, unit_change_preview, unit_change_undo, unit_changes
from domain.unit_change_plan import NewUnit, Reports
from models import (
    Assignment,
    AuditEntry,
    Membership,
    PastVersion,
    Unit,
    UnitChangeKind,
    UnitSuccession,
)
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
from tests.support.unit_changes import OpenRound, merge, plan, unit_named

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [("A", True), ("B", True)]),
        ({"reports": Reports.MOVE}, [("A", False), ("C", True), ("B", True)]),
        ({"reports": Reports.EXEMPT, "reason": "Giải thể"}, [("A", False), ("B", True)]),
    ],
)
def test_a_unit_merged_in_mid_round_leaves_its_report_as_was_chosen(
    values: dict[str, Any], expected: list[tuple[str, bool]]
) -> None:
    round_ = OpenRound()
    today = clock.today().date()
    shown = unit_change_preview.preview(
        plan(UnitChangeKind.MERGE, round_.a, round_.b, new_units=[NewUnit("C", "C")])
    )
    assert [(one.owed, one.begun) for one in shown.rounds] == [(1, 1)]
    assert shown.sent == 1
    merge(round_.a, round_.b, day=today, new_units=[NewUnit("C", "C")], **values)
    assert round_.owed() == expected
    assert response_of(round_.first).answers == {round_.question: 5}
    db.session.expire_all()
    publishing.publish(round_.form.task, round_.form.task.rounds[0], None)
    assert round_.owed() == expected


def test_a_mistake_is_taken_back_with_all_that_it_did() -> None:
    round_ = OpenRound()
    group = make_group(round_.a, round_.b, name="Khối")
    child = make_unit("Con", parent_id=round_.a.id)
    change = merge(
        round_.a, round_.b, day=clock.today().date(), new_units=[NewUnit("C", "C")],
        reports=Reports.MOVE, roles_follow=True,
    )  # fmt: skip
    assert unit_change_undo.why_not(change) == ""
    unit_change_undo.undo(None, change)
    assert round_.owed() == [("A", True), ("B", True)]
    assert [unit.name for unit in group.units] == ["A", "B"]
    assert (child.parent_id, round_.a.closed_at) == (round_.a.id, None)
    assert db.session.query(Unit).filter_by(name="C").count() == 0
    assert db.session.query(UnitSuccession).count() == db.session.query(PastVersion).count() == 0
    assert db.session.query(Membership).count() == 1
    last = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert last is not None
    assert last.action == "unit_change.undone"


def test_a_rename_is_taken_back_to_the_name_before() -> None:
    unit = make_unit("Cũ", code="X1")
    change = unit_changes.record(
        None, plan(UnitChangeKind.RENAME, unit, called=NewUnit("X2", "Mới"))
    )
    unit_change_undo.undo(None, change)
    assert (unit.code, unit.name, unit.valid_from) == ("X1", "Cũ", date(1900, 1, 1))


def test_nothing_is_taken_back_once_something_rests_on_it() -> None:
    round_ = OpenRound()
    change = merge(
        round_.a, round_.b, day=clock.today().date(), new_units=[NewUnit("C", "C")],
        reports=Reports.MOVE,
    )  # fmt: skip
    new = unit_named("C")
    make_person(Role.REPORTER, new)
    assert "người dùng" in unit_change_undo.why_not(change)
    moved = db.session.query(Assignment).filter_by(unit_id=new.id).one()
    answering.save_answer(
        actor_for(make_person(Role.REPORTER, new)), response_of(moved), round_.question, 7
    )
    assert "đã nhập" in unit_change_undo.why_not(change)
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        today = clock.today().date()
        unit_changes.record(
            None, plan(UnitChangeKind.RENAME, new, day=today, called=NewUnit("C", "Đổi"))
        )
    assert "thay đổi khác" in unit_change_undo.why_not(change)
    with pytest.raises(ConflictError):
        unit_change_undo.undo(None, change)


def test_a_change_is_kept_once_a_round_has_gone_to_the_unit() -> None:
    a, b = make_unit("A"), make_unit("B")
    change = merge(a, b, successors=[b])
    publish(make_form(make_task(), "integer"), b)
    assert "được giao" in unit_change_undo.why_not(change)


def test_what_was_overdue_before_the_change_stays_with_the_old_unit() -> None:
    round_ = OpenRound()
    round_.first.round.due_at = clock.now() - timedelta(days=30)
    merge(
        round_.a, round_.b, day=clock.today().date(), new_units=[NewUnit("C", "C")],
        reports=Reports.MOVE,
    )  # fmt: skip
    assert round_.owed() == [("A", True), ("B", True)]
