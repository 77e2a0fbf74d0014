"""The change of 1 July 2025: ten districts end, and 56 communes and wards take their work over.

Names and codes of the communes are those of Decision 19/2025/QĐ-TTg; each stands under the
district, as it was in 2023, in which the code lay before.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from core.extensions import db
from core.permissions import Role
from demo.department import Account
from domain import organisation, passwords, people, unit_changes
from domain.unit_change_plan import NewUnit, Plan, Reports
from models import Unit, UnitChange, UnitChangeKind, UnitKind

DAY = date(2025, 7, 1)
DOCUMENT = (
    "Quyết định số 19/2025/QĐ-TTg ngày 30/6/2025 của Thủ tướng Chính phủ "
    "(danh mục và mã số các đơn vị hành chính)"
)
GROUP = "Phòng Văn hóa - Xã hội các xã, phường"
WARDS = frozenset({"01273", "01279", "01288"})
COMMUNES: Mapping[str, Mapping[str, str]] = {
    "040": {"01273": "Thục Phán", "01279": "Nùng Trí Cao", "01288": "Tân Giang"},
    "042": {
        "01290": "Bảo Lâm", "01294": "Lý Bôn", "01297": "Nam Quang", "01304": "Quảng Lâm",
        "01318": "Yên Thổ",
    },
    "043": {
        "01321": "Bảo Lạc", "01324": "Cốc Pàng", "01327": "Cô Ba", "01336": "Khánh Xuân",
        "01339": "Xuân Trường", "01351": "Hưng Đạo", "01354": "Huy Giáp", "01360": "Sơn Lộ",
    },
    "045": {
        "01363": "Thông Nông", "01366": "Cần Yên", "01387": "Thanh Long", "01392": "Trường Hà",
        "01393": "Lũng Nặm", "01414": "Tổng Cọt", "01438": "Hà Quảng",
    },
    "047": {
        "01447": "Trà Lĩnh", "01456": "Quang Hán", "01465": "Quang Trung", "01477": "Trùng Khánh",
        "01489": "Đình Phong", "01501": "Đàm Thủy", "01525": "Đoài Dương",
    },
    "048": {"01537": "Lý Quốc", "01552": "Quang Long", "01558": "Hạ Lang", "01561": "Vinh Quý"},
    "049": {
        "01576": "Quảng Uyên", "01594": "Độc Lập", "01618": "Hạnh Phúc", "01636": "Bế Văn Đàn",
        "01648": "Phục Hòa",
    },
    "051": {"01654": "Hòa An", "01660": "Nam Tuấn", "01699": "Nguyễn Huệ", "01708": "Bạch Đằng"},
    "052": {
        "01726": "Nguyên Bình", "01729": "Tĩnh Túc", "01738": "Ca Thành", "01747": "Minh Tâm",
        "01768": "Phan Thanh", "01774": "Tam Kim", "01777": "Thành Công",
    },
    "053": {
        "01786": "Đông Khê", "01789": "Canh Tân", "01792": "Kim Đồng", "01795": "Minh Khai",
        "01807": "Thạch An", "01822": "Đức Long",
    },
}  # fmt: skip


def is_possible() -> bool:
    """Tell whether the offices of the districts are there and still open."""
    return all(len(_offices_of(district)) == 2 for district in COMMUNES)


def reorganise(password: str = "") -> list[Account]:
    """Let the communes' offices take over from those of the districts; return their accounts.

    Reports that are still owed go to the communes, and what was submitted stays as it was.
    """
    changes = [_split(district, communes) for district, communes in COMMUNES.items()]
    made = [id_ for change in changes for id_ in change.effects["created"]]
    units = db.session.scalars(select(Unit).where(Unit.id.in_(made)).order_by(Unit.position)).all()
    organisation.add_group(None, name=GROUP, units=units, since=DAY)
    shared = password or passwords.one_time()
    return [_reporter(unit, shared) for unit in units]


def _offices_of(district: str) -> list[Unit]:
    codes = [f"VHTT-{district}", f"VHTTR-{district}"]
    query = select(Unit).where(Unit.code.in_(codes), Unit.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Unit.position)))


def _split(district: str, communes: Mapping[str, str]) -> UnitChange:
    values: dict[str, Any] = {"document": DOCUMENT, "unit_kind": UnitKind.COMMUNE}
    new = [
        NewUnit(f"VHXH-{code}", f"Phòng Văn hóa - Xã hội {_level(code)} {name}", name)
        for code, name in communes.items()
    ]
    plan = Plan(
        UnitChangeKind.SPLIT,
        DAY,
        _offices_of(district),
        new_units=new,
        reports=Reports.MOVE,
        groups_follow=False,
        **values,
    )
    return unit_changes.record(None, plan)


def _level(code: str) -> str:
    return "phường" if code in WARDS else "xã"


def _reporter(unit: Unit, password: str) -> Account:
    person, chosen = people.add_person(
        None,
        username=f"nhap.{unit.code.replace('-', '').lower()}",
        full_name=f"Chuyên viên {unit.name}"[:120],
        job_title="Chuyên viên",
        roles=[(Role.REPORTER, unit.id), (Role.LEADER, unit.id)],
        password=password,
    )
    return Account(person.username, chosen, f"Chuyên viên, {unit.name}", is_shown=False)
