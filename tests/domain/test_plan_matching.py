"""The names in documents mean units and groups, under several names, and as they were learnt."""

from datetime import date

import pytest
from flask import Flask

from core import clock
from core.extensions import db
from domain import plan_matching, unit_versions
from models import Unit, UnitGroup
from tests.factories import make_group, make_unit

PLACES = ("thành phố Cao Bằng", "huyện Bảo Lâm", "huyện Hà Quảng")


@pytest.fixture
def groups(app: Flask) -> dict[str, UnitGroup]:
    offices = [make_unit(f"Phòng Văn hóa và Thông tin {one}") for one in PLACES]
    centres = [make_unit(f"Trung tâm Văn hóa và Truyền thông {one}") for one in PLACES]
    inside = [
        make_unit("Thư viện tỉnh"), make_unit("Bảo tàng tỉnh", code="BT"),
        make_unit("Phòng Quản lý Văn hóa và Gia đình", code="QLVHGD", short_name="Phòng QLVHGĐ"),
    ]  # fmt: skip
    return {
        "inside": make_group(*inside, name="Các phòng, đơn vị trực thuộc Sở"),
        "offices": make_group(*offices, name="Phòng Văn hóa và Thông tin các huyện, thành phố"),
        "centres": make_group(*centres, name="Trung tâm Văn hóa và Truyền thông các huyện, thành phố"),
    }


def meant(name: str) -> tuple[set[str], list[str]]:
    """Return the names of whom a name means, and what of it nobody is known by."""
    found = plan_matching.match(name, plan_matching.names())
    groups = db.session.query(UnitGroup).filter(UnitGroup.id.in_(found.group_ids))
    units = db.session.query(Unit).filter(Unit.id.in_(found.unit_ids))
    return {one.name for one in [*groups, *units]}, found.unmatched


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Phòng Văn hóa và Thông tin các huyện, thành phố", "offices"),
        ("phòng Văn hoá và Thông tin các huyện, thành phố", "offices"),
        ("Phòng VH-TT các huyện, thành phố", "offices"),
        ("Phòng VHTT các huyện, thành phố", "offices"),
        ("TTVHTT các huyện, thành phố", "centres"),
        ("Các phòng, đơn vị trực thuộc Sở", "inside"),
        ("các phòng, đơn vị thuộc Sở", "inside"),
        ("Trung tâm Văn hóa và Truyền thông", "centres"),
    ],
)
def test_a_group_is_known_under_several_names(
    groups: dict[str, UnitGroup], name: str, group: str
) -> None:
    assert meant(name) == ({groups[group].name}, [])


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Thư viện tỉnh", "Thư viện tỉnh"),
        ("phòng QLVH và GĐ", "Phòng Quản lý Văn hóa và Gia đình"),
        ("Phòng VH&TT huyện Hà Quảng", "Phòng Văn hóa và Thông tin huyện Hà Quảng"),
    ],
)
def test_a_unit_is_known_under_several_names(
    groups: dict[str, UnitGroup], name: str, unit: str
) -> None:
    assert meant(name) == ({unit}, [])


def test_a_name_that_joins_several_means_each_of_them(groups: dict[str, UnitGroup]) -> None:
    name = "Phòng Văn hóa và Thông tin; Trung tâm Văn hóa và Truyền thông các huyện, thành phố"
    assert meant(name) == ({groups["offices"].name, groups["centres"].name}, [])
    assert meant("Thư viện tỉnh, Bảo tàng tỉnh và Công an tỉnh") == (
        {"Thư viện tỉnh", "Bảo tàng tỉnh"}, ["Công an tỉnh"],
    )  # fmt: skip


@pytest.mark.parametrize("name", ["Sở Tài chính", "Công an tỉnh", "Báo Hai Sông", "", "Các", "?!"])
def test_nobody_is_meant_by_what_is_not_known(groups: dict[str, UnitGroup], name: str) -> None:
    assert meant(name) == (set(), [name] if name else [])


def test_a_name_is_learnt_learnt_anew_and_forgotten(groups: dict[str, UnitGroup]) -> None:
    library = db.session.query(Unit).filter_by(name="Thư viện tỉnh").one()
    plan_matching.learn(None, "Khối cơ sở", groups=[groups["inside"]], units=[])
    assert meant("khối Cơ sở") == ({groups["inside"].name}, [])
    plan_matching.learn(None, "Các Khối cơ sở", groups=[], units=[library])
    assert meant("Khối cơ sở") == ({"Thư viện tỉnh"}, [])
    library.closed_at = clock.now()
    db.session.flush()
    assert meant("Khối cơ sở") == (set(), ["Khối cơ sở"])
    (alias,) = plan_matching.aliases()
    plan_matching.forget(None, alias)
    assert plan_matching.aliases() == []


def test_a_unit_is_known_by_the_name_that_it_had_before(groups: dict[str, UnitGroup]) -> None:
    museum = db.session.query(Unit).filter_by(code="BT").one()
    unit_versions.change(museum, date(2036, 1, 1), name="Nhà Di sản tỉnh")
    assert meant("Bảo tàng tỉnh") == ({"Nhà Di sản tỉnh"}, [])
    assert meant("Nhà Di sản tỉnh") == ({"Nhà Di sản tỉnh"}, [])


def test_units_are_found_by_name_short_name_or_code(groups: dict[str, UnitGroup]) -> None:
    known = plan_matching.names()
    found, unknown = plan_matching.units_named("bảo tàng tỉnh; QLVHGD;; Phòng lạ", known)
    assert len(found) == 2
    assert unknown == ["Phòng lạ"]
