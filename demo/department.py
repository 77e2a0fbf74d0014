"""Who there is: the department's offices and units, the bodies of the districts, and their people.

Names of districts and their codes are those of 2023; people are named by what they do.
"""

from dataclasses import dataclass, field

from core.extensions import db
from core.permissions import Actor, Role
from domain import organisation, passwords, people
from models import Person, Unit, UnitGroup, UnitKind

DEPARTMENT = "Sở Văn hóa, Thể thao và Du lịch Cao Bằng"
DIVISIONS = (
    ("VP", "Văn phòng Sở"),
    ("TT", "Thanh tra Sở"),
    ("QLVHGD", "Phòng Quản lý Văn hóa và Gia đình"),
    ("QLTDTT", "Phòng Quản lý Thể dục thể thao"),
    ("QLDL", "Phòng Quản lý Du lịch"),
)
PUBLIC_UNITS = (
    ("BT", "Bảo tàng tỉnh"),
    ("TV", "Thư viện tỉnh"),
    ("TTVH", "Trung tâm Văn hóa tỉnh"),
    ("DNT", "Đoàn Nghệ thuật tỉnh"),
    ("TTHL", "Trung tâm Huấn luyện và Thi đấu thể dục thể thao"),
    ("TTDL", "Trung tâm Thông tin xúc tiến du lịch"),
    ("BQLDT", "Ban Quản lý các di tích quốc gia đặc biệt tỉnh"),
)
DISTRICTS = (
    ("040", "thành phố Cao Bằng"),
    ("042", "huyện Bảo Lâm"),
    ("043", "huyện Bảo Lạc"),
    ("045", "huyện Hà Quảng"),
    ("047", "huyện Trùng Khánh"),
    ("048", "huyện Hạ Lang"),
    ("049", "huyện Quảng Hòa"),
    ("051", "huyện Hòa An"),
    ("052", "huyện Nguyên Bình"),
    ("053", "huyện Thạch An"),
)
INSIDE = "Các phòng, đơn vị trực thuộc Sở"
OFFICES = "Phòng Văn hóa và Thông tin các huyện, thành phố"
CENTRES = "Trung tâm Văn hóa và Truyền thông các huyện, thành phố"
STAFF = (
    ("quantri", "Quản trị viên", "Quản trị", Role.ADMIN),
    ("thuky", "Chuyên viên Văn phòng 1", "Thư ký", Role.SECRETARIAT),
    ("tonghop", "Chuyên viên tổng hợp 1", "Chuyên viên tổng hợp", Role.CLERK),
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demo; the first of each role are shown at the first start."""

    username: str
    password: str
    role: str
    is_shown: bool


@dataclass(slots=True)
class Office:
    """The department, and who acts in it."""

    secretary: Actor
    inside: UnitGroup
    offices: UnitGroup
    centres: UnitGroup
    reporters: dict[int, Actor] = field(default_factory=dict)
    leaders: dict[int, Actor] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)


def found(password: str) -> Office:
    """Make the units, the groups of the plan, and people in every role."""
    department = organisation.add_unit(
        None,
        code="SVHTTDL",
        name=DEPARTMENT,
        short_name="Sở VHTTDL",
        kind=UnitKind.DEPARTMENT,
        phone="0206 3852 000",
    )
    inside = [
        _add(code, name, kind, department)
        for kind, units in (
            (UnitKind.DIVISION, DIVISIONS),
            (UnitKind.PUBLIC_UNIT, PUBLIC_UNITS),
        )
        for code, name in units
    ]
    offices = [_add(f"VHTT-{code}", f"Phòng Văn hóa và Thông tin {name}") for code, name in DISTRICTS]
    centres = [
        _add(f"VHTTR-{code}", f"Trung tâm Văn hóa và Truyền thông {name}")
        for code, name in DISTRICTS
    ]
    staff, accounts = _staff(department, password)
    office = Office(
        secretary=staff,
        inside=organisation.add_group(None, name=INSIDE, units=inside),
        offices=organisation.add_group(None, name=OFFICES, units=offices),
        centres=organisation.add_group(None, name=CENTRES, units=centres),
        accounts=accounts,
    )
    shared = password or passwords.one_time()
    for unit in [*inside, *offices, *centres]:
        _people_of(office, unit, shared)
    return office


def _add(
    code: str, name: str, kind: UnitKind = UnitKind.DISTRICT, parent: Unit | None = None
) -> Unit:
    place = sum(map(ord, code)) % 900 + 100
    return organisation.add_unit(
        None, code=code, name=name, kind=kind, parent=parent, phone=f"0206 3855 {place}"
    )


def _staff(department: Unit, password: str) -> tuple[Actor, list[Account]]:
    accounts = []
    actors = {}
    for username, full_name, job_title, role in STAFF:
        person, chosen = people.add_person(
            None,
            username=username,
            full_name=full_name,
            job_title=job_title,
            phone="0206 3852 001",
            roles=[(role, department.id)],
            password=password or passwords.one_time(),
        )
        accounts.append(Account(username, chosen, job_title, is_shown=True))
        actors[role] = actor_of(person)
    return actors[Role.SECRETARIAT], accounts


def _people_of(office: Office, unit: Unit, password: str) -> None:
    is_first = not office.reporters
    code = unit.code.replace("-", "").lower()
    for role, prefix, title, actors in (
        (Role.REPORTER, "nhap", "Chuyên viên", office.reporters),
        (Role.LEADER, "lanhdao", "Lãnh đạo", office.leaders),
    ):
        person, chosen = people.add_person(
            None,
            username=f"{prefix}.{code}",
            full_name=f"{title} {unit.name}"[:120],
            job_title=title,
            phone=unit.phone,
            roles=[(role, unit.id)],
            password=password,
        )
        actors[unit.id] = actor_of(person)
        office.accounts.append(
            Account(person.username, chosen, f"{title}, {unit.name}", is_shown=is_first)
        )


def actor_of(person: Person) -> Actor:
    """Return the person as one who acts."""
    db.session.flush()
    return Actor(
        person_id=person.id,
        username=person.username,
        full_name=person.full_name,
        grants=frozenset((Role(one.role), one.unit_id) for one in person.memberships),
    )
