"""Tasks that come again: their rule, and the rounds that it plans ahead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from core import clock
from core.errors import ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit, cycles, levels
from domain.cycles import Dates, Period, Rule, Schedule
from models import PlannedRound, Recurrence, Round, Task

AHEAD = timedelta(days=400)
MOST_AHEAD = 60
OFFERED = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the secretariat says of a task that comes again."""

    schedule: Schedule
    first: Period
    ends_on: date | None = None
    #: (whom it is for, days before or after the deadline)
    levels: tuple[tuple[str, int], ...] = ()


def of_task(task: Task) -> Recurrence | None:
    """Return the task's rule, whether it goes on or was stopped."""
    return db.session.scalars(select(Recurrence).where(Recurrence.task_id == task.id)).first()


def schedule_of(recurrence: Recurrence) -> Schedule:
    """Return the rule for the dates."""
    return Schedule(
        cycles.Cycle(recurrence.cycle),
        Rule(recurrence.cut_off_day, recurrence.due_day, recurrence.due_later),
        recurrence.due_hour,
        recurrence.opens_before,
        recurrence.locks_after,
    )


def first_periods(task: Task, cycle: cycles.Cycle) -> list[Period]:
    """Return the periods that a task could begin with: from the one before today's on."""
    today = clock.today().date()
    period = cycles.period_around(cycle, today - timedelta(days=days_of(cycle)))
    found: list[Period] = []
    while len(found) < OFFERED:
        found.append(period)
        period = period.next
    taken = _periods_opened(task)
    return [one for one in found if one.key not in taken]


def first_ahead(schedule: Schedule, periods: Sequence[Period]) -> Period | None:
    """Return the first of the periods whose deadline lies ahead."""
    now = clock.now()
    return next((one for one in periods if cycles.dates(schedule, one).due_at > now), None)


def days_of(cycle: cycles.Cycle) -> int:
    """Return about how many days a period lasts."""
    return 7 if cycle == cycles.Cycle.WEEK else 30 * cycles.LENGTHS[cycle][0]


def change(actor: Actor, task: Task, wanted: Wanted) -> Recurrence:
    """Let the task come again by this rule; rounds planned by an older one are planned anew.

    The draft round of a task that isn't published becomes the first one. Rounds that are open, and
    planned ones whose dates somebody has set, stay as they are. Raises InvalidError for a
    deadline before its opening or its cut-off.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    _check(wanted)
    rule, schedule = wanted.schedule.rule, wanted.schedule
    recurrence = of_task(task) or Recurrence(task_id=task.id)
    recurrence.cycle = schedule.cycle
    recurrence.cut_off_day, recurrence.due_day = rule.cut_off_day, rule.due_day
    recurrence.due_later, recurrence.due_hour = rule.due_later, schedule.due_hour
    recurrence.opens_before, recurrence.locks_after = schedule.opens_before, schedule.locks_after
    recurrence.levels = [{"who": who, "days": days} for who, days in wanted.levels]
    recurrence.starts_with, recurrence.ends_on = wanted.first.key, wanted.ends_on
    recurrence.stopped_at = None
    db.session.add(recurrence)
    db.session.flush()
    _forget_planned(task, wanted.first)
    if task.rounds[-1].published_at is None:
        _fill_draft(task.rounds[-1], wanted.first, schedule)
        levels.begin(task.rounds[-1], recurrence)
    plan_ahead(recurrence, clock.now())
    audit.record(actor, "task.recurs", task, cycle=schedule.cycle, first=wanted.first.key)
    return recurrence


def stop(actor: Actor, recurrence: Recurrence) -> None:
    """Let the task come no more; rounds that are open stay, those planned are dropped."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if recurrence.stopped_at is None:
        recurrence.stopped_at = clock.now()
        db.session.execute(delete(PlannedRound).where(PlannedRound.task_id == recurrence.task_id))
        db.session.flush()
        audit.record(actor, "task.recurs_no_more", recurrence.task)


def plan_ahead(recurrence: Recurrence, now: datetime) -> None:
    """Plan the rounds of the coming year that are not there yet, and at least the next one."""
    if recurrence.stopped_at is not None:
        return
    there = _periods_opened(recurrence.task) | {one.period for one in planned(recurrence.task)}
    for place, (period, dates) in enumerate(_coming(recurrence)):
        far = dates.due_at > now + AHEAD and place > 0
        if far or place >= MOST_AHEAD or _ended(recurrence, dates):
            break
        if period.key not in there:
            db.session.add(
                PlannedRound(task_id=recurrence.task_id, period=period.key, name=period.name,
                             **_columns(dates))
            )  # fmt: skip
    db.session.flush()


def planned(task: Task) -> Sequence[PlannedRound]:
    """Return the rounds that aren't open yet, skipped ones too, in the order of their deadlines."""
    query = (
        select(PlannedRound)
        .where(PlannedRound.task_id == task.id)
        .order_by(PlannedRound.due_at, PlannedRound.id)
    )
    return db.session.scalars(query).all()


def change_planned(actor: Actor, one: PlannedRound, *, name: str, dates: Dates) -> None:
    """Give a planned round a name and dates of its own; raises InvalidError for a wrong order."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    check_order(dates.data_from, dates.data_to, dates.opens_at, dates.due_at, dates.locks_at)
    wanted = {"name": name, **_columns(dates)}
    if all(getattr(one, key) == value for key, value in wanted.items()):
        return
    for key, value in wanted.items():
        setattr(one, key, value)
    one.has_own_dates = True
    db.session.flush()
    audit.record(actor, "planned_round.changed", one, task=one.task_id, period=one.period)


def leave_out(actor: Actor, one: PlannedRound) -> None:
    """Leave a planned round out; `take_in` takes it back. Twice changes nothing more."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if one.skipped_at is None:
        one.skipped_at = clock.now()
        db.session.flush()
        audit.record(actor, "planned_round.skipped", one, task=one.task_id, period=one.period)


def take_in(actor: Actor, one: PlannedRound) -> None:
    """Plan a round again that was to be left out."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    if one.skipped_at is not None:
        one.skipped_at = None
        db.session.flush()
        audit.record(actor, "planned_round.kept", one, task=one.task_id, period=one.period)


def check_order(
    data_from: date | None,
    data_to: date | None,
    opens_at: datetime | None,
    due_at: datetime | None,
    locks_at: datetime | None,
) -> None:
    """Raise InvalidError for dates of a round that contradict each other."""
    wrong: dict[str, list[str]] = {}
    if data_from and data_to and data_to < data_from:
        wrong["data_to"] = [_("Ngày chốt số liệu không được trước ngày đầu.")]
    if opens_at and due_at and opens_at >= due_at:
        wrong["opens_at"] = [_("Kỳ phải mở trước hạn nộp.")]
    if locks_at and (due_at is None or locks_at < due_at):
        wrong["locks_at"] = [_("Ngày khoá sổ không được trước hạn nộp.")]
    if wrong:
        raise InvalidError(fields=wrong)


def _check(wanted: Wanted) -> None:
    dates = cycles.dates(wanted.schedule, wanted.first)
    if dates.due_at <= clock.now():
        text = _("Kỳ này đã quá hạn nộp theo cách đặt ngày bên dưới. Hãy bắt đầu từ kỳ sau.")
        raise InvalidError(fields={"first": [text]})
    if clock.local(dates.due_at).date() <= dates.data_to:
        text = _("Hạn nộp phải sau ngày chốt số liệu ít nhất một ngày.")
        raise InvalidError(fields={"due_day": [text]})
    if wanted.ends_on is not None and clock.local(dates.due_at).date() > wanted.ends_on:
        raise InvalidError(fields={"ends_on": [_("Ngày kết thúc phải sau hạn của kỳ đầu tiên.")]})


def _fill_draft(round_: Round, period: Period, schedule: Schedule) -> None:
    dates = cycles.dates(schedule, period)
    round_.name, round_.period = period.name, period.key
    for key, value in _columns(dates).items():
        setattr(round_, key, value)
    # Whoever publishes the first round opens it.
    round_.opens_at = None
    db.session.flush()


def _forget_planned(task: Task, first: Period) -> None:
    """Drop what an older rule has planned, but for rounds of this cycle with dates of their own."""
    for one in planned(task):
        period = cycles.period_of(one.period)
        kept = one.has_own_dates or one.skipped_at is not None
        if not kept or period.cycle != first.cycle or period < first:
            db.session.delete(one)
    db.session.flush()


def _coming(recurrence: Recurrence) -> Iterator[tuple[Period, Dates]]:
    """Yield the periods after the last one that was opened, endlessly."""
    schedule, period = schedule_of(recurrence), cycles.period_of(recurrence.starts_with)
    opened = [cycles.period_of(key) for key in _periods_opened(recurrence.task)]
    last = max((one for one in opened if one.cycle == period.cycle), default=None)
    if last is not None and last >= period:
        period = last.next
    while True:
        yield period, cycles.dates(schedule, period)
        period = period.next


def _ended(recurrence: Recurrence, dates: Dates) -> bool:
    ends_on = recurrence.ends_on
    return ends_on is not None and clock.local(dates.due_at).date() > ends_on


def _columns(dates: Dates) -> dict[str, Any]:
    return {
        "data_from": dates.data_from,
        "data_to": dates.data_to,
        "opens_at": dates.opens_at,
        "due_at": dates.due_at,
        "locks_at": dates.locks_at,
    }


def _periods_opened(task: Task) -> set[str]:
    keys: Iterable[str | None] = db.session.scalars(
        select(Round.period).where(Round.task_id == task.id, Round.period.is_not(None))
    )
    return {key for key in keys if key is not None}
