"""The moments at which units are reminded."""

from datetime import datetime, timedelta

import pytest

from core.clock import ZONE
from core.errors import ForbiddenError
from core.permissions import Role
from domain import reminder_plans
from domain.reminder_plans import Plan, Reason, reasons
from models import ReminderKind
from tests.factories import actor_for, make_person, make_task

OPENED = datetime(2028, 2, 20, 10, 0, tzinfo=ZONE)
DUE = datetime(2028, 3, 1, 17, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2028-02-20T10:00", [Reason(ReminderKind.OPENING)]),
        ("2028-02-23T10:00", []),
        ("2028-02-27T07:29", []),
        ("2028-02-27T07:30", [Reason(ReminderKind.BEFORE, 3)]),
        # The eve of 1 March in a leap year.
        ("2028-02-29T07:30", [Reason(ReminderKind.BEFORE, 1)]),
        ("2028-03-01T16:59", [Reason(ReminderKind.BEFORE, 1)]),
        ("2028-03-01T17:01", []),
        ("2028-03-02T07:30", [Reason(ReminderKind.AFTER, 1)]),
        ("2028-03-04T08:00", [Reason(ReminderKind.AFTER, 3)]),
        # What was missed for longer is not made up for.
        ("2028-03-07T08:00", []),
    ],
)
def test_one_reason_at_each_moment(now: str, expected: list[Reason]) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    assert reasons(Plan(), opened_at=OPENED, due_at=DUE, now=moment) == expected


def test_a_report_that_opens_late_is_announced_with_its_deadline_and_not_chased_at_once() -> None:
    opened = DUE - timedelta(days=2)
    found = reasons(Plan(), opened_at=opened, due_at=DUE, now=opened + timedelta(minutes=5))
    assert found == [Reason(ReminderKind.OPENING)]


def test_the_same_reason_for_another_deadline_is_another_one() -> None:
    reason = Reason(ReminderKind.BEFORE, 1)
    assert reason.key(DUE) != reason.key(DUE + timedelta(days=10))
    assert Reason(ReminderKind.OPENING).key(DUE) == Reason(ReminderKind.OPENING).key(None)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("app")
def test_the_plan_of_a_task_is_the_default_until_the_office_changes_it() -> None:
    task, own = make_task(), Plan(False, (5,), ())
    assert reminder_plans.of_task(task.id) == Plan()
    with pytest.raises(ForbiddenError):
        reminder_plans.change(actor_for(make_person(Role.CLERK)), task, own)
    reminder_plans.change(actor_for(make_person(Role.SECRETARIAT)), task, own)
    assert reminder_plans.of_task(task.id) == own
