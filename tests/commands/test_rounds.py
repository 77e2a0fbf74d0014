"""The command that opens rounds, run by two processes at once."""

import os
import subprocess
import sys

from flask import Flask

from core import clock
from core.config import ROOT
from core.extensions import db
from core.permissions import Role
from domain import cycles, recurring
from domain.cycles import Cycle, Schedule
from domain.recurring import Wanted
from models import Assignment, PlannedRound, Round, Task
from tests.conftest import SECRET
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish


def test_two_processes_open_each_round_once(app: Flask) -> None:
    """The command runs twice at once; each task that is due gets its one round."""
    office = actor_for(make_person(Role.SECRETARIAT))
    now, due = clock.now(), set()
    for place in range(6):
        form = make_form(make_task(f"Việc {place}", due_at=None), "integer")
        around = cycles.period_around(Cycle.WEEK, clock.today().date())
        schedule = Schedule(Cycle.WEEK, cycles.CALENDAR.rules[Cycle.WEEK], opens_before=40)
        recurring.change(office, form.task, Wanted(schedule, around.next))
        publish(form, make_unit())
        planned = [one for one in recurring.planned(form.task) if one.opens_at <= now]
        due |= {(form.task_id, one.period) for one in planned}
    db.session.commit()
    assert len(due) >= 12
    assert [one.wait(timeout=300) for one in [start(app) for _ in range(2)]] == [0, 0]
    db.session.expire_all()
    assert due <= {(one.task_id, one.period) for one in Round.query}
    assert not due & {(one.task_id, one.period) for one in PlannedRound.query}
    for task in Task.query:
        assert len({one.position for one in task.rounds}) == len(task.rounds)
        assert {Assignment.query.filter_by(round_id=one.id).count() for one in task.rounds} == {1}


def start(app: Flask) -> "subprocess.Popen[bytes]":
    settings = app.extensions["settings"]
    environment = {
        **os.environ,
        "INSTANCE_PATH": str(settings.instance_path),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": SECRET,
    }
    return subprocess.Popen([sys.executable, "app.py", "rounds", "open"], cwd=ROOT, env=environment)
