"""Units and groups: their order, their codes, and what closing one means."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import ConflictError, InvalidError
from core.extensions import db
from domain import directory, organisation, unit_versions
from models import AuditEntry, FormTarget, Unit, UnitGroup, UnitKind
from tests.factories import make_form, make_group, make_task, make_unit

pytestmark = pytest.mark.usefixtures("app")


def in_order() -> list[str]:
    return [unit.name for unit in directory.open_units()]


def close(unit: Unit) -> None:
    """Close a unit from yesterday on."""
    unit_versions.end(unit, clock.today().date() - timedelta(days=1))


def actions() -> list[str]:
    return [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]


def test_a_new_unit_comes_last_and_is_found_without_accents() -> None:
    make_unit("Văn phòng Sở", position=7)
    unit = organisation.add_unit(None, code="H25.01", name="Bảo tàng tỉnh", short_name="BTT")
    assert unit.position == 8
    assert unit.created_at is not None
    found = directory.list_units(directory.UnitFilter(text="bao TANG"), 1)
    assert [row[0].name for row in found.rows] == ["Bảo tàng tỉnh"]
    assert actions() == ["unit.created"]


@pytest.mark.parametrize("code", ["H25.01", "h25.01"])
def test_a_code_in_use_is_refused_beside_its_field(code: str) -> None:
    organisation.add_unit(None, code="H25.01", name="Một")
    with pytest.raises(InvalidError) as refusal:
        organisation.add_unit(None, code=code, name="Hai")
    assert refusal.value.fields["code"]
    assert db.session.query(Unit).count() == 1


def test_a_unit_keeps_its_own_code_when_it_is_changed() -> None:
    unit = organisation.add_unit(None, code="H25.01", name="Một")
    organisation.change_unit(None, unit, code="H25.01", name="Một mới", kind=UnitKind.DISTRICT)
    assert (unit.name, unit.kind, unit.search_key) == ("Một mới", "district", "mot moi h25.01")
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert entry is not None
    assert entry.detail["changed"] == ["kind", "name"]


def test_nothing_is_logged_when_nothing_changes() -> None:
    unit = organisation.add_unit(None, code="A1", name="Một")
    organisation.change_unit(None, unit, code="A1", name="Một")
    assert actions() == ["unit.created"]


def test_a_unit_never_stands_under_itself() -> None:
    top = make_unit("Trên")
    middle = make_unit("Giữa", parent_id=top.id)
    bottom = make_unit("Dưới", parent_id=middle.id)
    for parent in (top, middle, bottom):
        with pytest.raises(InvalidError) as refusal:
            organisation.change_unit(None, top, code=top.code, name=top.name, parent=parent)
        assert refusal.value.fields["parent"]


def test_a_unit_goes_to_any_place_among_the_open_ones() -> None:
    units = [make_unit(name) for name in ("A", "B", "C", "D", "E")]
    close(units[1])
    organisation.move_unit(None, units[4], 2)
    assert in_order() == ["A", "E", "C", "D"]
    organisation.move_unit(None, units[0], 99)
    assert in_order() == ["E", "C", "D", "A"]
    organisation.move_unit(None, units[0], -5)
    assert in_order() == ["A", "E", "C", "D"]
    organisation.reopen_unit(None, units[1])
    assert set(in_order()) == {"A", "B", "C", "D", "E"}


def test_moving_a_unit_to_its_own_place_changes_and_logs_nothing() -> None:
    units = [make_unit(name) for name in ("A", "B")]
    organisation.move_unit(None, units[1], 2)
    assert in_order() == ["A", "B"]
    assert actions() == []


def test_units_that_share_a_position_can_still_be_moved() -> None:
    units = [make_unit(name, position=0) for name in ("A", "B", "C")]
    organisation.move_unit(None, units[2], 1)
    assert in_order() == ["C", "A", "B"]


def test_a_closed_unit_stays_under_its_filter_and_comes_back() -> None:
    unit, _other = make_unit("Cũ"), make_unit("Mới")
    close(unit)
    assert in_order() == ["Mới"]
    closed = directory.list_units(directory.UnitFilter(state="closed"), 1)
    assert [(row[0].name, row[1]) for row in closed.rows] == [("Cũ", None)]
    assert directory.list_units(directory.UnitFilter(state="all"), 1).total == 2
    with pytest.raises(ConflictError):
        close(unit)
    with pytest.raises(ConflictError):
        organisation.move_unit(None, unit, 1)
    organisation.reopen_unit(None, unit)
    with pytest.raises(ConflictError):
        organisation.reopen_unit(None, unit)
    assert in_order() == ["Cũ", "Mới"]
    assert actions() == ["unit.reopened"]


def test_the_place_counts_all_open_units_whatever_the_filter() -> None:
    make_unit("Hòa An")
    make_unit("Bảo Lạc")
    found = directory.list_units(directory.UnitFilter(text="bao lac"), 1)
    assert [(unit.name, place) for unit, place in found.rows] == [("Bảo Lạc", 2)]


def test_typed_words_begin_words_of_the_name() -> None:
    for name in ("Phòng Văn hóa huyện Hòa An", "Phòng Văn hóa huyện Bảo Lạc", "Hòa Anh"):
        make_unit(name)
    found = directory.list_units(directory.UnitFilter(text="hoa an"), 1)
    assert [row[0].name for row in found.rows] == ["Phòng Văn hóa huyện Hòa An", "Hòa Anh"]
    assert directory.list_units(directory.UnitFilter(text="bao van hoa"), 1).total == 1


def test_a_percent_sign_finds_only_itself() -> None:
    make_unit("Hòa An")
    assert directory.list_units(directory.UnitFilter(text="%"), 1).total == 0


def test_a_long_list_comes_in_pages() -> None:
    for number in range(51):
        make_unit(f"Đơn vị {number}")
    page = directory.list_units(directory.UnitFilter(), 2)
    assert (len(page.rows), page.number, page.pages, page.total) == (1, 2, 2, 51)
    assert directory.list_units(directory.UnitFilter(), 99).number == 2
    assert directory.list_units(directory.UnitFilter(), -1).number == 1


def test_a_group_holds_units_and_its_name_is_its_own() -> None:
    units = [make_unit(), make_unit()]
    group = organisation.add_group(None, name="Các phòng", units=units)
    assert directory.list_groups() == [(group, 2)]
    with pytest.raises(InvalidError) as refusal:
        organisation.add_group(None, name="Các phòng", units=units)
    assert refusal.value.fields["name"]
    organisation.change_group(None, group, name="Các phòng", units=units[:1])
    assert directory.list_groups() == [(group, 1)]
    organisation.change_group(None, group, name="Các phòng", units=units[:1])
    assert actions() == ["group.created", "group.changed"]


def test_deleting_a_group_keeps_its_units() -> None:
    group = make_group(make_unit("Hòa An"))
    organisation.delete_group(None, group)
    assert db.session.query(UnitGroup).count() == 0
    assert in_order() == ["Hòa An"]
    assert actions() == ["group.deleted"]


def test_a_group_that_gets_a_form_cannot_be_deleted() -> None:
    group = make_group(make_unit())
    form = make_form(make_task(), "integer")
    form.targets.append(FormTarget(group_id=group.id))
    db.session.flush()
    with pytest.raises(ConflictError, match="1 biểu mẫu"):
        organisation.delete_group(None, group)
    assert db.session.query(UnitGroup).count() == 1


