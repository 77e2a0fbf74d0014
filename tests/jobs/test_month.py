"""A month of reminders: sixty units, three reports, a mail server that is away for a day."""

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from core import clock
from core.clock import ZONE
from core.extensions import db
from core.permissions import Actor, Role
from domain import exemptions, extensions
from jobs import mail as mail_jobs
from jobs import reminders as reminder_jobs
from models import Assignment, MailState, OutgoingMail, Reminder, Unit
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish
from tests.support.mail import Sink, make_sink
from tests.support.reports import submit

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

FIRST = datetime(2026, 3, 2, 7, 45, tzinfo=ZONE)
UNITS, DAYS, TASKS = 60, 30, 3
AWAY = 13


@dataclass
class Month:
    """What happened: when each report was sent or exempted, and what came in at the sink."""

    sink: Sink
    owed: list[Assignment] = field(default_factory=list)
    settled: dict[int, datetime] = field(default_factory=dict)


@pytest.fixture
def month(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Month:
    sink = make_sink()
    settings = replace(
        app.extensions["settings"], mail_host="127.0.0.1", mail_port=sink.port, mail_security="none",
        mail_sender="tonghop@so.example", address="https://bao-cao.example",
    )  # fmt: skip
    monkeypatch.setitem(app.extensions, "settings", settings)
    return Month(sink)


def live_through(month: Month) -> None:
    """Publish a report each week, let units send theirs on their own days, and remind by the clock."""
    with clock.stopped_at(FIRST - timedelta(days=1)):
        office = actor_for(make_person(Role.SECRETARIAT))
        units = [make_unit(f"Đơn vị {place}") for place in range(UNITS)]
        for place, unit in enumerate(units):
            make_person(Role.REPORTER, unit, email=f"nhap{place}@x.example" if place % 7 else "")
            make_person(Role.LEADER, unit, email=f"ld{place}@x.example" if place % 6 == 1 else "")
    for day in range(DAYS):
        with ExitStack() as there:
            if day != AWAY:
                there.enter_context(month.sink.running())
            for hour in (0, 3):
                with clock.stopped_at(FIRST + timedelta(days=day, hours=hour)):
                    if hour == 3:
                        events_of(day, month, units, office)
                    db.session.commit()
                    reminder_jobs.make()
                    db.session.commit()
                    mail_jobs.send()
                    db.session.commit()


def events_of(day: int, month: Month, units: list[Unit], office: Actor) -> None:
    """Publish, submit, exempt and extend what this day brings."""
    if day % 6 == 0 and day < TASKS * 6:
        due = (FIRST + timedelta(days=day + 9)).replace(hour=17, minute=0)
        task = make_task(f"Báo cáo ngày {day}", due_at=due)
        month.owed += publish(make_form(task, "integer"), *units)
    for one in month.owed:
        if one.id in month.settled:
            continue
        if (one.id * 7) % 23 == day % 23:
            submit(one, {})
            month.settled[one.id] = clock.now()
        elif (one.id * 5) % 97 == day:
            exemptions.exempt(office, [one], "Mới lập")
            month.settled[one.id] = clock.now()
        elif (one.id * 3) % 89 == day:
            extensions.grant(office, [one], clock.now() + timedelta(days=20), "Lũ")


def reports_in(text: str) -> list[int]:
    return [int(line.rpartition("/")[2]) for line in text.splitlines() if "/reports/" in line]


def test_nobody_is_forgotten_and_nobody_is_chased_twice(month: Month) -> None:
    live_through(month)
    check_mails(month)
    check_the_day_without_a_server(month)


def check_mails(month: Month) -> None:
    mails = month.sink.mails
    days = Counter((one.to, clock.local(one.at).date()) for one in mails)
    told = Counter((one.to, id_, one.at) for one in mails for id_ in reports_in(one.text))
    assert len(mails) > UNITS * 3
    assert max(days.values()) == 1
    assert max(told.values()) == 1
    late = [
        (to, id_) for to, id_, at in told if id_ in month.settled and at > month.settled[id_]
    ]
    assert late == []
    assert {one.message["Message-ID"] for one in mails} == {
        one.message_id for one in db.session.query(OutgoingMail).filter_by(state=MailState.SENT)
    }
    # Each reminder went out once, unless its report was settled before it could.
    sent = {(one.message["Message-ID"], id_) for one in mails for id_ in reports_in(one.text)}
    for reminder in db.session.query(Reminder).filter(Reminder.mail_id.is_not(None)):
        settled = month.settled.get(reminder.assignment_id)
        assert reminder.mail is not None
        is_told = (reminder.mail.message_id, reminder.assignment_id) in sent
        moved = reminder.due_at != (reminder.assignment.due_at or reminder.assignment.round.due_at)
        assert is_told or settled is not None or moved, reminder.key


def check_the_day_without_a_server(month: Month) -> None:
    """What could not go out on that day went out on the next."""
    away = (FIRST + timedelta(days=AWAY)).date()
    dates = Counter(clock.local(one.at).date() for one in month.sink.mails)
    assert dates[away] == 0
    caught = db.session.query(OutgoingMail).filter(OutgoingMail.key.endswith(str(away))).all()
    assert len(caught) > 10
    assert {one.state for one in caught} <= {MailState.SENT, MailState.CANCELLED}
    assert dates[away + timedelta(days=1)] >= sum(one.state == MailState.SENT for one in caught)
    assert db.session.query(OutgoingMail).filter_by(state=MailState.FAILED).count() == 0
