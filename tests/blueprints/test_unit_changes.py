"""The pages on which changes of units are entered, seen before they are made, and taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from core import clock
from core.extensions import db
from core.permissions import Role
from core.vietnamese import format_date
from models import Assignment, Unit, UnitChange
from tests.conftest import Browser
from tests.factories import make_form, make_group, make_person, make_task, make_unit, publish

# What pages show and forms send is decided above the database.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

NEW = "/units/changes/new"
DAY = format_date(clock.today().date() - timedelta(days=3))


@pytest.fixture
def admin(browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.ADMIN, make_unit("Văn phòng Sở")))


def form(kind: str, *units: Unit, **values: Any) -> dict[str, Any]:
    plain = {"kind": kind, "day": DAY, "unit_kind": "commune", "parent": "", "reports": "stay"}
    return plain | {"units": [unit.id for unit in units]} | values


def save(admin: Browser, data: dict[str, Any]) -> Any:
    """Look at what the change will do, then make it."""
    shown = admin.post(NEW, data=data)
    assert shown.status_code == 200, shown.text
    seen = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert seen is not None
    return admin.post(NEW, data=data | {"seen": seen[1], "step": "save"})


def test_every_kind_has_its_page(admin: Browser) -> None:
    unit = make_unit("Thư viện", code="TV1")
    kinds = admin.get(f"{NEW}?unit={unit.id}").text
    for kind in ("merge", "split", "rename", "move", "close"):
        assert f"kind={kind}&amp;unit={unit.id}" in kinds
        page = admin.get(f"{NEW}?kind={kind}&unit={unit.id}")
        assert page.status_code == 200
        assert "Thư viện" in page.text
    assert 'value="TV1"' in admin.get(f"{NEW}?kind=rename&unit={unit.id}").text


def test_a_merge_is_shown_before_it_is_made_and_can_be_taken_back(admin: Browser) -> None:
    one, two = make_unit("Phường Duyệt Trung", code="01288"), make_unit("Phường Tân Giang")
    make_group(one, two, name="Các phường")
    publish(make_form(make_task("Báo cáo năm"), "integer"), one)
    data = form("merge", one, two, code="01288", name="Phường Tân Giang mới", successors="")
    page = admin.post(NEW, data=data).text
    for text in ("Thay đổi này sẽ làm gì", "Báo cáo năm", "1 báo cáo còn phải nộp", "Các phường (bớt 2"):
        assert text in page
    assert db.session.query(UnitChange).count() == 0
    made = save(admin, data | {"reports": "move"})
    assert re.fullmatch(r"/units/changes/\d+", made.location)
    new = db.session.query(Unit).filter_by(name="Phường Tân Giang mới").one()
    assert new.code == "01288"
    assert db.session.query(Assignment).filter_by(unit_id=new.id).count() == 1
    history = admin.get(f"/units/{one.id}/edit").text
    assert f"/units/{new.id}/edit" in history
    assert "Sáp nhập" in admin.get("/units/changes").text
    assert "Huỷ thay đổi này" in admin.get(made.location).text
    assert admin.post(f"{made.location}/undo").location == "/units/changes"
    db.session.expire_all()
    assert [unit.closed_at for unit in (one, two)] == [None, None]


def test_nothing_is_made_from_another_change_than_the_one_that_was_shown(admin: Browser) -> None:
    one, two = make_unit("A"), make_unit("B")
    shown = admin.post(NEW, data=form("close", one)).text
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    sent = admin.post(NEW, data=form("close", one, two) | {"seen": seen[1], "step": "save"})
    assert sent.status_code == 200
    assert db.session.query(UnitChange).count() == 0


def test_a_split_takes_lines_pasted_from_excel(admin: Browser) -> None:
    old = make_unit("Phòng Văn hóa huyện Hòa An")
    lines = "X-01654\tPhòng VHXH xã Hòa An\tHòa An\nX-01660; Phòng VHXH xã Nam Tuấn"
    assert save(admin, form("split", old, new_units=lines)).status_code == 303
    made = db.session.query(Unit).filter(Unit.code.startswith("X-")).order_by(Unit.position)
    assert [(one.code, one.short_name) for one in made] == [("X-01654", "Hòa An"), ("X-01660", "")]


def test_a_rename_keeps_the_old_name_in_the_history(admin: Browser) -> None:
    unit = make_unit("Tên cũ", code="TC")
    assert save(admin, form("rename", unit, code="TC", name="Tên mới")).status_code == 303
    page = admin.get(f"/units/{unit.id}/edit").text
    assert "Tên qua các thời kỳ" in page
    assert "Tên cũ" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": "merge"}, "đúng một đơn vị kế tiếp"),
        ({"kind": "split", "new_units": "chỉ một ô"}, "Dòng 1: ghi mã"),
        ({"kind": "split", "new_units": "A1; Tên"}, "từ hai đơn vị kế tiếp"),
        ({"kind": "close", "day": "31/02/2025"}, "31/02/2025"),
        ({"kind": "close", "day": "01/01/2090"}, "không sau hôm nay"),
        ({"kind": "close", "units": []}, "Chọn ít nhất một đơn vị"),
        ({"kind": "rename", "name": "", "code": ""}, "Ghi tên đầy đủ"),
        ({"kind": "merge", "code": "x y", "name": "Tên"}, "không có dấu cách"),
    ],
)
def test_a_wrong_change_comes_back_with_what_is_wrong(
    admin: Browser, values: dict[str, Any], message: str
) -> None:
    answer = admin.post(NEW, data=form("close", make_unit("A"), make_unit("B")) | values)
    assert answer.status_code == 422
    assert message in answer.text
    assert db.session.query(UnitChange).count() == 0


def test_a_change_that_something_rests_on_is_kept(admin: Browser) -> None:
    one, two = make_unit("A"), make_unit("B")
    made = save(admin, form("merge", one, two, code="C1", name="C", successors=""))
    make_person(Role.REPORTER, db.session.query(Unit).filter_by(code="C1").one())
    assert "Không huỷ được nữa" in admin.get(made.location).text
    assert admin.post(f"{made.location}/undo").status_code == 409
