"""How a task comes again."""

from typing import Any

from flask import Blueprint, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to, render
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import cycles, levels, recurring
from domain.cycles import Cycle, Rule, Schedule
from domain.recurring import Wanted
from forms.rounds import CycleForm, RecurrenceForm
from models import Recurrence, Task

bp = Blueprint("recurring", __name__, url_prefix="/tasks/<int:task_id>/recurrence")

EDIT = Permission.TASKS_EDIT
SHOWN = 4


@bp.get("")
@requires(EDIT)
def show_rule(task_id: int) -> Any:
    """Show the rule, or the dates that a preset starts with."""
    task = _load.task_or_404(task_id, EDIT)
    choice = CycleForm(request.args)
    choice.offer(cycles.CYCLE_NAMES, {key: one.name for key, one in cycles.PRESETS.items()})
    rule = recurring.of_task(task)
    if "cycle" in request.args and choice.validate():
        form = _of_preset(task, Cycle(choice.cycle.data), choice.preset.data)
    elif rule is not None:
        choice.cycle.data, form = rule.cycle, _of_rule(rule)
    else:
        form = _of_preset(task, Cycle.QUARTER, cycles.DECREE_09.key)
        choice.cycle.data = Cycle.QUARTER
    return _page(task, form, choice)


@bp.post("")
@requires(EDIT)
def save_rule(task_id: int) -> Any:
    """Let the task come again by this rule."""
    task = _load.task_or_404(task_id, EDIT)
    form = _offering(RecurrenceForm(), task)
    if form.validate():
        try:
            recurring.change(actor(), task, _wanted(form))
            db.session.commit()
            notify(_("Đã đặt lịch lặp lại. Các kỳ sau tự mở đúng ngày."))
            return redirect_to(url_for("rounds.list_rounds", task_id=task_id))
        except InvalidError as error:
            db.session.rollback()
            form.refuse(error.message, error.fields)
    choice = CycleForm(cycle=form.cycle.data)
    choice.offer(cycles.CYCLE_NAMES, {key: one.name for key, one in cycles.PRESETS.items()})
    return _page(task, form, choice), 422


@bp.post("/stop")
@requires(EDIT)
def stop(task_id: int) -> Any:
    """Let the task come no more."""
    task = _load.task_or_404(task_id, EDIT)
    rule = recurring.of_task(task)
    if rule is not None:
        recurring.stop(actor(), rule)
        db.session.commit()
    notify(_("Đã dừng lặp lại. Các kỳ đã mở vẫn giữ nguyên."))
    return redirect_to(url_for("rounds.list_rounds", task_id=task_id))


def _page(task: Task, form: RecurrenceForm, choice: CycleForm) -> Any:
    form = _offering(form, task)
    return render(
        "rounds/recurrence.html",
        "rounds/_rule.html",
        task=task,
        form=form,
        choice=choice,
        recurrence=recurring.of_task(task),
        shown=_examples(form),
    )


def _offering(form: RecurrenceForm, task: Task) -> RecurrenceForm:
    if form.cycle.data not in set(Cycle):
        form.cycle.data = Cycle.QUARTER
    cycle = Cycle(form.cycle.data)
    periods = [(one.key, one.name) for one in recurring.first_periods(task, cycle)]
    form.offer(periods, levels.choices(), weekly=cycle == Cycle.WEEK)
    return form


def _of_preset(task: Task, cycle: Cycle, preset: str) -> RecurrenceForm:
    rule = cycles.PRESETS.get(preset, cycles.DECREE_09).rules[cycle]
    periods = recurring.first_periods(task, cycle)
    first = recurring.first_ahead(Schedule(cycle, rule), periods)
    return RecurrenceForm(
        formdata=None,
        cycle=cycle,
        first=first.key if first else None,
        cut_off_day=rule.cut_off_day,
        due_day=rule.due_day,
        due_later=rule.due_later,
    )


def _of_rule(rule: Recurrence) -> RecurrenceForm:
    return RecurrenceForm(formdata=None, obj=rule, first=rule.starts_with)


def _wanted(form: RecurrenceForm) -> Wanted:
    return Wanted(
        _schedule(form),
        cycles.period_of(form.first.data),
        form.ends_on.data,
        form.chosen_levels,
    )


def _schedule(form: RecurrenceForm) -> Schedule:
    return Schedule(
        Cycle(form.cycle.data),
        Rule(form.cut_off_day.data, form.due_day.data, form.due_later.data),
        form.hour,
        form.opens_before.data or 1,
        form.locks_after.data,
    )


def _examples(form: RecurrenceForm) -> list[tuple[str, cycles.Dates]]:
    """Return the next rounds as the fields stand, to be looked at before saving; none of half a rule."""
    if None in (form.cut_off_day.data, form.due_day.data, form.due_later.data):
        return []
    keys = [one.value for one in form.first.choices]
    period = cycles.period_of(form.first.data if form.first.data in keys else keys[0])
    found = []
    for _place in range(SHOWN):
        found.append((period.name, cycles.dates(_schedule(form), period)))
        period = period.next
    return found
