"""Merging, splitting, renaming, moving and closing units: what is kept, what follows, what is undone."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.errors import InvalidError
from core.extensions import db
from core.permissions import Role
from domain import (
    directory,
    groups,
    organisation,
    successors,
    unit_change_preview,
    unit_changes,
    unit_versions,
)
from domain.unit_change_plan import NewUnit, Reports
from models import (
    PastVersion,
    Unit,
    UnitChange,
    UnitChangeKind,
    UnitKind,
)
from tests.factories import (
    make_group,
    make_person,
    make_unit,
)
from tests.support.unit_changes import JULY, merge, plan, unit_named

pytestmark = pytest.mark.usefixtures("app")

TWO = [NewUnit("N1", "Một"), NewUnit("N2", "Hai")]
SAME = [NewUnit("N1", "Một"), NewUnit("n1", "Hai")]
BEFORE = JULY - timedelta(days=1)


def names_on(day: date) -> set[tuple[str, str]]:
    query = unit_versions.existing_on(day).with_only_columns(
        unit_versions.held("code"), unit_versions.held("name")
    )
    return {(code, name) for code, name in db.session.execute(query)}


def test_a_code_and_a_name_may_be_used_again_by_another_unit() -> None:
    """As on 1 July 2025, when Duyệt Trung (01288) and Tân Giang (01276) became Tân Giang, 01288."""
    duyet_trung = make_unit("Phường Duyệt Trung", code="01288")
    tan_giang = make_unit("Phường Tân Giang", code="01276")
    merge(duyet_trung, tan_giang, new_units=[NewUnit("01288", "Phường Tân Giang")])
    assert names_on(BEFORE) == {("01288", "Phường Duyệt Trung"), ("01276", "Phường Tân Giang")}
    assert names_on(JULY) == {("01288", "Phường Tân Giang")}
    new = db.session.query(Unit).filter_by(closed_at=None).one()
    assert new.id not in (duyet_trung.id, tan_giang.id)
    assert successors.read().now(tan_giang.id, BEFORE).unit_id == new.id


def test_a_code_is_not_shared_on_any_day() -> None:
    old = make_unit(code="01288")
    renamed = make_unit(code="A1")
    with pytest.raises(InvalidError):
        organisation.add_unit(None, code="01288", name="Khác")
    with pytest.raises(InvalidError):
        unit_changes.record(
            None, plan(UnitChangeKind.RENAME, renamed, called=NewUnit("01288", "Khác"))
        )
    unit_changes.record(None, plan(UnitChangeKind.CLOSE, old))
    with pytest.raises(InvalidError):
        organisation.add_unit(None, code="01288", name="Khác", since=BEFORE)
    organisation.add_unit(None, code="01288", name="Khác", since=JULY)
    with pytest.raises(InvalidError):
        organisation.reopen_unit(None, old)
    organisation.change_unit(None, old, code="01288", name="Tên cũ viết đúng")
    assert old.name == "Tên cũ viết đúng"


def test_a_unit_that_is_renamed_twice_keeps_all_its_names() -> None:
    unit = make_unit("Sở Văn hóa", code="S1")
    for day, name in ((JULY, "Sở Hai"), (date(2026, 3, 1), "Sở Ba")):
        unit_changes.record(
            None, plan(UnitChangeKind.RENAME, unit, day=day, called=NewUnit("S1", name))
        )
    assert [names_on(day) for day in (BEFORE, JULY, date(2026, 2, 28), date(2026, 3, 1))] == [
        {("S1", "Sở Văn hóa")}, {("S1", "Sở Hai")}, {("S1", "Sở Hai")}, {("S1", "Sở Ba")},
    ]  # fmt: skip
    assert unit.name == "Sở Ba"
    assert successors.read().now(unit.id, BEFORE).unit_id == unit.id
    found = directory.list_units(directory.UnitFilter(text="so ba"), 1)
    assert [row[0].id for row in found.rows] == [unit.id]


def test_a_unit_moves_under_another_and_its_place_before_stays_known() -> None:
    old, new = make_unit("Huyện"), make_unit("Tỉnh")
    unit = make_unit("Thư viện", parent_id=old.id, kind=UnitKind.DISTRICT)
    move = plan(UnitChangeKind.MOVE, unit, parent=new, unit_kind=UnitKind.PUBLIC_UNIT)
    unit_changes.record(None, move)
    past = db.session.query(PastVersion).one()
    assert (past.parent_id, past.kind, past.valid_to) == (old.id, "district", JULY)
    assert (unit.parent_id, unit.kind, unit.valid_from) == (new.id, "public_unit", JULY)
    with pytest.raises(InvalidError):
        unit_changes.record(
            None, plan(UnitChangeKind.MOVE, new, day=date(2025, 8, 1), parent=unit)
        )


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (UnitChangeKind.MERGE, {"new_units": TWO}, "successors"),
        (UnitChangeKind.MERGE, {}, "units"),
        (UnitChangeKind.SPLIT, {"new_units": [NewUnit("N1", "Một")]}, "successors"),
        (UnitChangeKind.SPLIT, {"new_units": SAME}, "new_units"),
        (UnitChangeKind.CLOSE, {"day": date(2999, 1, 1)}, "day"),
        (UnitChangeKind.CLOSE, {"reports": Reports.EXEMPT}, "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(
    kind: UnitChangeKind, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidError) as refusal:
        unit_changes.record(None, plan(kind, make_unit(), **values))
    assert field in refusal.value.fields
    assert db.session.query(UnitChange).count() == 0


def test_changes_of_a_unit_are_entered_in_the_order_of_their_days() -> None:
    a, b, c = (make_unit(name) for name in "ABC")
    merge(a, b, successors=[a])
    with pytest.raises(InvalidError) as refusal:
        merge(a, c, successors=[c], day=BEFORE)
    assert list(refusal.value.fields) == ["day"]
    with pytest.raises(InvalidError):
        unit_changes.record(None, plan(UnitChangeKind.CLOSE, b, day=date(2025, 8, 1)))


def test_those_under_a_merged_unit_and_its_groups_and_people_follow() -> None:
    a, b = make_unit("A"), make_unit("B")
    child = make_unit("Con", parent_id=a.id)
    group = make_group(a, b, child, name="Khối")
    person = make_person(Role.REPORTER, a)
    shown = unit_change_preview.preview(
        plan(UnitChangeKind.MERGE, a, b, new_units=[NewUnit("C", "C")])
    )
    assert ([one.name for one in shown.children], shown.people) == (["Con"], [(a, 1)])
    assert [(found.name, count) for found, count in shown.groups] == [("Khối", 2)]
    merge(a, b, new_units=[NewUnit("C", "C")], roles_follow=True)
    new = unit_named("C")
    assert child.parent_id == new.id
    assert [one.name for one in groups.members_on(group, BEFORE)] == ["A", "B", "Con"]
    assert [one.name for one in groups.members_on(group, JULY)] == ["C", "Con"]
    assert [unit.name for unit in group.units] == ["C", "Con"]
    assert {one.unit_id for one in person.memberships} == {a.id, new.id}


def test_a_group_edited_today_still_knows_who_was_in_it() -> None:
    a, b = make_unit("A"), make_unit("B")
    group = organisation.add_group(None, name="Khối", units=[a])
    organisation.change_group(None, group, name="Khối", units=[b], day=JULY)
    assert [one.name for one in groups.members_on(group, BEFORE)] == ["A"]
    assert [one.name for one in groups.members_on(group, JULY)] == ["B"]


def test_new_units_stand_where_the_old_one_stood() -> None:
    a, _b = make_unit("A"), make_unit("B")
    news = [NewUnit("C", "C"), NewUnit("D", "D")]
    unit_changes.record(None, plan(UnitChangeKind.SPLIT, a, new_units=news))
    assert [unit.name for unit in directory.open_units()] == ["C", "D", "B"]
