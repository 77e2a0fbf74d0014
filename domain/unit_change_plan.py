"""A change of units as it is entered, before it is made: what it says, and what forbids it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select

from core import clock
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.vietnamese import format_date
from core.words import N_, _
from domain import organisation, unit_versions
from models import Unit, UnitChange, UnitChangeKind, UnitKind, UnitSuccession

KIND_NAMES: dict[UnitChangeKind, str] = {
    UnitChangeKind.MERGE: N_("Sáp nhập"),
    UnitChangeKind.SPLIT: N_("Chia tách"),
    UnitChangeKind.RENAME: N_("Đổi tên, đổi mã"),
    UnitChangeKind.MOVE: N_("Chuyển cấp trên"),
    UnitChangeKind.CLOSE: N_("Giải thể"),
}
HANDS_ON = (UnitChangeKind.MERGE, UnitChangeKind.SPLIT)
ENDS = (*HANDS_ON, UnitChangeKind.CLOSE)


class Reports(StrEnum):
    """What becomes of the reports that ending units still owe."""

    STAY = "stay"
    MOVE = "move"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that a change makes."""

    code: str
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A change as it is entered.

    `successors` are units that there are, `new_units` those that the change makes; a unit of
    `units` that is among the successors goes on. `called` is what a renamed unit is called,
    `parent` and `unit_kind` where new and moved units stand.
    """

    kind: UnitChangeKind
    day: date
    units: Sequence[Unit]
    document: str = ""
    successors: Sequence[Unit] = ()
    new_units: Sequence[NewUnit] = ()
    called: NewUnit | None = None
    parent: Unit | None = None
    unit_kind: UnitKind = UnitKind.OTHER
    reports: Reports = Reports.STAY
    reason: str = ""
    groups_follow: bool = True
    roles_follow: bool = False

    @property
    def ending(self) -> list[Unit]:
        """The units that are no more once it holds."""
        if self.kind not in ENDS:
            return []
        return [unit for unit in self.units if unit not in self.successors]


def check(plan: Plan) -> None:
    """Refuse a change that can't be; raises InvalidError with its fields."""
    problems: dict[str, list[str]] = {}
    if plan.day > clock.today().date():
        problems["day"] = [_("Chỉ ghi thay đổi đã có hiệu lực: chọn ngày không sau hôm nay.")]
    if message := _wrong_units(plan):
        problems["units"] = [message]
    if message := _wrong_successors(plan):
        problems["successors"] = [message]
    if plan.reports == Reports.EXEMPT and not plan.reason:
        problems["reason"] = [_("Ghi lý do miễn báo cáo.")]
    if problems:
        raise InvalidError(fields=problems)
    _check_order(plan)
    _check_new(plan)


def touching(units: Sequence[int]) -> Any:
    """Return the condition on successions that they touch one of `units`."""
    return or_(UnitSuccession.old_id.in_(units), UnitSuccession.new_id.in_(units))


def _wrong_units(plan: Plan) -> str:
    if not plan.units:
        return _("Chọn ít nhất một đơn vị.")
    if plan.kind == UnitChangeKind.RENAME and len(plan.units) > 1:
        return _("Mỗi lần chỉ đổi tên một đơn vị.")
    is_alone = len({*plan.units, *plan.successors}) < 2 and not plan.new_units
    if plan.kind == UnitChangeKind.MERGE and is_alone:
        return _("Chọn từ hai đơn vị trở lên, hoặc một đơn vị nhập vào một đơn vị khác.")
    if any(unit.closed_at is not None for unit in plan.units):
        return _("Có đơn vị đã ngừng hoạt động.")
    return ""


def _wrong_successors(plan: Plan) -> str:
    if plan.kind not in HANDS_ON:
        return ""
    count = len(plan.successors) + len(plan.new_units)
    if plan.kind == UnitChangeKind.MERGE and count != 1:
        return _("Sáp nhập có đúng một đơn vị kế tiếp: chọn đơn vị có sẵn hoặc ghi một đơn vị mới.")
    if plan.kind == UnitChangeKind.SPLIT and count < 2:
        return _("Chia tách có từ hai đơn vị kế tiếp trở lên.")
    if any(unit.closed_at is not None or unit.valid_from > plan.day for unit in plan.successors):
        return _("Đơn vị kế tiếp phải đang hoạt động vào ngày thay đổi.")
    return ""


def _check_order(plan: Plan) -> None:
    """Refuse a change before what is known already, since nothing of it could hold then."""
    try:
        for unit in plan.units:
            unit_versions.check_order(unit, plan.day)
    except ConflictError as error:
        raise InvalidError(fields={"day": [error.message]}) from None
    touched = [unit.id for unit in (*plan.units, *plan.successors)]
    later = db.session.scalars(
        select(UnitChange.day)
        .join(UnitSuccession, UnitSuccession.change_id == UnitChange.id)
        .where(touching(touched), UnitChange.day > plan.day)
        .limit(1)
    ).first()
    if later is not None:
        raise InvalidError(
            fields={"day": [_("Các đơn vị này đã có thay đổi ngày %(day)s, sau ngày này.",
                              day=format_date(later))]}
        )  # fmt: skip


def _check_new(plan: Plan) -> None:
    """Refuse codes that aren't free on the day, and a parent that stands under its own unit."""
    leaving = [unit.id for unit in plan.ending]
    codes = [new.code.casefold() for new in plan.new_units]
    if len(set(codes)) < len(codes):
        raise InvalidError(fields={"new_units": [_("Có mã ghi hai lần.")]})
    for new in plan.new_units:
        try:
            unit_versions.check_code(new.code, plan.day, leaving=leaving)
        except InvalidError:
            message = _("Mã %(code)s đã có đơn vị khác dùng.", code=new.code)
            raise InvalidError(fields={"new_units": [message]}) from None
    if plan.called is not None:
        unit_versions.check_code(plan.called.code, plan.day, plan.units[0])
    if plan.kind == UnitChangeKind.MOVE:
        for unit in plan.units:
            organisation.check_parent(unit, plan.parent)
    if plan.parent is not None and plan.parent in plan.ending:
        raise InvalidError(fields={"parent": [_("Đơn vị này ngừng hoạt động trong thay đổi này.")]})
