"""When units are reminded of a report: at the opening, some days before the deadline, and after."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from core import clock
from core.errors import ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission
from domain import audit
from models import ReminderKind, ReminderPlan, Task

#: The hour at which reminders of a day become due.
MORNING = (7, 30)
#: What was missed for longer, because nothing ran, isn't made up for.
STALE = timedelta(days=2)
#: No plan reminds earlier or later than this.
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """When the units of a task are reminded."""

    at_opening: bool = True
    days_before: tuple[int, ...] = (3, 1)
    days_after: tuple[int, ...] = (1, 3, 7)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is reminded: `days` before or after the deadline."""

    kind: ReminderKind
    days: int = 0

    def key(self, due_at: datetime | None) -> str:
        """Return what tells this reason from every other one of the same report and reader."""
        if self.kind == ReminderKind.OPENING or due_at is None:
            return str(self.kind)
        return f"{self.kind}{self.days}:{due_at.timestamp():.0f}"


def of_task(task_id: int) -> Plan:
    """Return the plan of a task, or the default."""
    return of_tasks([task_id])[task_id]


def of_tasks(ids: list[int]) -> dict[int, Plan]:
    """Return the plan of each task."""
    rows = db.session.scalars(select(ReminderPlan).where(ReminderPlan.task_id.in_(ids)))
    own = {
        one.task_id: Plan(one.at_opening, tuple(one.days_before), tuple(one.days_after))
        for one in rows
    }
    return {id_: own.get(id_, Plan()) for id_ in ids}


def change(actor: Actor, task: Task, plan: Plan) -> None:
    """Set the plan of a task; what was reminded already stays as it is."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if of_task(task.id) == plan:
        return
    query = select(ReminderPlan).where(ReminderPlan.task_id == task.id)
    row = db.session.scalars(query).first() or ReminderPlan(task_id=task.id)
    row.at_opening = plan.at_opening
    row.days_before, row.days_after = list(plan.days_before), list(plan.days_after)
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "reminders.planned", task, **asdict(plan))


def reasons(
    plan: Plan, *, opened_at: datetime, due_at: datetime | None, now: datetime
) -> list[Reason]:
    """Return the reasons to remind now: at most one for the opening and one for the deadline.

    Of moments that have passed only the last one counts, and none from before the opening: the
    news that a report is asked for names its deadline.
    """
    found = []
    if plan.at_opening and opened_at <= now < opened_at + STALE:
        found.append(Reason(ReminderKind.OPENING))
    if due_at is None:
        return found
    passed = [one for one in moments(plan, due_at) if opened_at < one[1] <= now < one[1] + STALE]
    if passed:
        reason, _moment = passed[-1]
        if (reason.kind == ReminderKind.BEFORE) == (now <= due_at):
            found.append(reason)
    return found


def horizon(now: datetime) -> tuple[datetime, datetime]:
    """Return between which deadlines there may be anything to remind of."""
    return now - timedelta(days=MOST_DAYS) - STALE, now + timedelta(days=MOST_DAYS + 1)


def _morning(due_at: datetime, days: int) -> datetime:
    here = clock.local(due_at) + timedelta(days=days)
    return here.replace(hour=MORNING[0], minute=MORNING[1], second=0, microsecond=0)


def moments(plan: Plan, due_at: datetime | None) -> list[tuple[Reason, datetime]]:
    """Return the moments of a plan for a deadline, in order."""
    if due_at is None:
        return []
    found = [(Reason(ReminderKind.BEFORE, days), _morning(due_at, -days)) for days in plan.days_before]
    found += [(Reason(ReminderKind.AFTER, days), _morning(due_at, days)) for days in plan.days_after]
    return sorted(found, key=lambda one: one[1])
