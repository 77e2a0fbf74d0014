"""Days off are told and never move a deadline; the office's own days go before the calendar."""

from datetime import date, datetime

import pytest

from core.clock import ZONE
from core.errors import ForbiddenError, InvalidError
from core.permissions import Actor, Role
from domain import office, working_days
from domain.office import OfficeSettings
from models import AuditEntry
from tests.factories import actor_for, make_person

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def secretary() -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(hour=17, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-12-20", "Chủ nhật"),
        ("2026-11-28", "Thứ Bảy"),
        ("2026-09-02", "Quốc khánh"),
        ("2026-02-17", "Tết Nguyên Đán"),
        ("2026-04-27", "Giỗ Tổ Hùng Vương (nghỉ bù)"),
        ("2027-01-01", "Tết Dương lịch"),
    ],
)
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_day_off_is_told_with_the_working_days_around_it(day: str, why: str) -> None:
    assert why in working_days.note(at(day))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_working_day_is_not_mentioned_and_neither_is_no_date() -> None:
    assert working_days.note(at("2026-12-04")) == ""
    assert working_days.note(None) == ""
    # The Saturday on which the country works for 31/08/2026.
    assert working_days.note(at("2026-08-22")) == ""


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_nearest_working_days_lie_outside_the_whole_holiday() -> None:
    told = working_days.note(at("2026-02-18"))
    assert "Thứ Sáu, 13/02/2026 và Thứ Hai, 23/02/2026" in told


def test_the_office_s_own_days_go_before_the_calendar(secretary: Actor) -> None:
    assert office.set_days(secretary, date(2026, 12, 3), date(2026, 12, 4), works=False, name="Hội") == 2
    office.set_days(secretary, date(2026, 12, 5), None, works=True, name="Làm bù")
    assert "Thứ Sáu, Hội" in working_days.note(at("2026-12-04"))
    assert working_days.note(at("2026-12-05")) == ""
    third = office.own_days(date(2026, 12, 3), date(2026, 12, 3))[0]
    office.remove_day(secretary, third)
    assert working_days.note(at("2026-12-03")) == ""
    actions = [one.action for one in AuditEntry.query.order_by(AuditEntry.id)]
    assert actions == ["office.days_set", "office.days_set", "office.day_removed"]


@pytest.mark.parametrize("last", [date(2026, 12, 2), date(2027, 12, 2)])
def test_days_in_the_wrong_order_or_too_many_are_refused(secretary: Actor, last: date) -> None:
    with pytest.raises(InvalidError) as refused:
        office.set_days(secretary, date(2026, 12, 3), last, works=False, name="")
    assert set(refused.value.fields) == {"last_day"}


def test_settings_have_defaults_and_each_change_is_on_record(secretary: Actor) -> None:
    assert office.settings() == OfficeSettings(before_excludes_day=True)
    office.change(secretary, OfficeSettings(before_excludes_day=False))
    office.change(secretary, OfficeSettings(before_excludes_day=False))
    assert office.settings() == OfficeSettings(before_excludes_day=False)
    entry = AuditEntry.query.one()
    assert entry.detail == {"name": "before_excludes_day", "old": True, "new": False}


def test_only_the_secretariat_and_administrators_decide() -> None:
    clerk = actor_for(make_person(Role.CLERK))
    with pytest.raises(ForbiddenError):
        office.change(clerk, OfficeSettings())
    with pytest.raises(ForbiddenError):
        office.set_days(clerk, date(2026, 12, 3), None, works=False, name="")
