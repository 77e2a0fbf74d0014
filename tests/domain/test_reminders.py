"""Reminders: who gets them, once for each reason, and what still goes out when things change."""

from datetime import datetime, timedelta

import pytest

from core import clock
from core.clock import ZONE
from core.config import Settings
from core.errors import ConflictError, ForbiddenError
from core.extensions import db
from core.permissions import Actor, Role
from domain import calls, digests, exemptions, outbox, reminder_overview, reminders, tasks
from models import (
    Assignment,
    MailState,
    OutgoingMail,
    Person,
    Reminder,
    ReminderKind,
    ResponseState,
    Unit,
)
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
DUE = datetime(2026, 3, 20, 17, 0, tzinfo=ZONE)
THREE_DAYS_BEFORE = datetime(2026, 3, 17, 8, 0, tzinfo=ZONE)
SETTINGS = Settings(mail_sender="a@so.example", address="https://x.example", office_name="Sở Một")


def owed(units: int = 1, **values: str) -> list[Assignment]:
    """Publish one report to units with a reporter and a leader each."""
    found = []
    for place in range(units):
        unit = make_unit(f"Đơn vị {place}", **values)
        make_person(Role.REPORTER, unit, full_name=f"Người nhập {place}", email=f"n{place}@x.example")
        make_person(Role.LEADER, unit, full_name=f"Lãnh đạo {place}")
        found.append(unit)
    with clock.stopped_at(OPENED):
        return publish(make_form(make_task("Báo cáo quý", due_at=DUE), "integer"), *found)


def office() -> Actor:
    return actor_for(make_person(Role.SECRETARIAT))


def of(one: Assignment) -> list[Reminder]:
    found = db.session.query(Reminder).filter_by(assignment_id=one.id)
    return list(found.order_by(Reminder.id))


def make(at: datetime) -> int:
    with clock.stopped_at(at):
        return reminders.make_due(at)


def prepared(at: datetime) -> list[OutgoingMail]:
    with clock.stopped_at(at):
        digests.prepare(at, SETTINGS)
        return list(db.session.query(OutgoingMail).order_by(OutgoingMail.id))


def written(mail: OutgoingMail, at: datetime) -> str:
    with clock.stopped_at(at):
        return mail.text if digests.write(mail, SETTINGS) else ""


def test_a_reason_reminds_everybody_of_the_unit_once() -> None:
    (one,) = owed()
    assert make(THREE_DAYS_BEFORE) == 2
    assert make(THREE_DAYS_BEFORE + timedelta(hours=3)) == 0
    assert {(made.kind, made.days) for made in of(one)} == {(ReminderKind.BEFORE, 3)}


def test_whoever_sent_is_exempt_or_waits_for_sign_off_is_left_in_peace() -> None:
    sent, exempt, waiting, due = owed(4)
    submit(sent, {})
    exemptions.exempt(office(), [exempt], "Mới lập")
    response_of(waiting).state = ResponseState.AWAITING_SIGN_OFF
    make(THREE_DAYS_BEFORE)
    assert (of(sent), of(exempt)) == ([], [])
    assert [one.person.full_name for one in of(waiting) if one.person] == ["Lãnh đạo 2"]
    assert len(of(due)) == 2


def test_a_changed_deadline_takes_back_what_was_not_sent_and_begins_again() -> None:
    (one,) = owed()
    reader = reporter()
    make(THREE_DAYS_BEFORE)
    (mail,) = prepared(THREE_DAYS_BEFORE)
    later = DUE + timedelta(days=10)
    with clock.stopped_at(THREE_DAYS_BEFORE):
        tasks.change(office(), one.round.task, due_at=later)
    assert reminders.count_unread(reader) == 0
    assert written(mail, THREE_DAYS_BEFORE) == ""
    assert make(THREE_DAYS_BEFORE + timedelta(minutes=15)) == 0
    assert make(THREE_DAYS_BEFORE + timedelta(days=10)) == 2
    assert reminders.count_unread(reader) == 1


def test_what_was_sent_meanwhile_is_left_out_of_a_mail_and_an_empty_one_is_not_sent() -> None:
    first, second = owed(), owed_again()
    make(THREE_DAYS_BEFORE)
    (mail,) = prepared(THREE_DAYS_BEFORE)
    submit(second, {})
    text = written(mail, THREE_DAYS_BEFORE)
    assert f"https://x.example/reports/{first[0].id}" in text
    assert f"/reports/{second.id}" not in text
    submit(first[0], {})
    assert written(mail, THREE_DAYS_BEFORE) == ""


def test_a_person_gets_one_mail_a_day_and_the_rest_tomorrow() -> None:
    (one,) = owed()
    make(THREE_DAYS_BEFORE)
    (mail,) = prepared(THREE_DAYS_BEFORE)
    with clock.stopped_at(THREE_DAYS_BEFORE + timedelta(hours=1)):
        outbox.note_sent(mail)
        assert reminders.remind(office(), [one], "Cần gấp", "a" * 32) == 2
    assert len(prepared(THREE_DAYS_BEFORE + timedelta(hours=2))) == 1
    _first, tomorrow = prepared(THREE_DAYS_BEFORE + timedelta(hours=23))
    assert "Lời nhắn của văn phòng: Cần gấp" in written(tomorrow, THREE_DAYS_BEFORE)


def test_a_mail_that_waits_takes_in_what_comes_later() -> None:
    owed()
    make(THREE_DAYS_BEFORE)
    prepared(THREE_DAYS_BEFORE)
    owed_again()
    make(THREE_DAYS_BEFORE + timedelta(minutes=15))
    (mail,) = prepared(THREE_DAYS_BEFORE + timedelta(days=1))
    assert written(mail, THREE_DAYS_BEFORE).count("/reports/") == 2


def test_reminding_by_hand_is_for_the_office_alone_and_counts_one_click_once() -> None:
    (one,) = owed()
    with pytest.raises(ForbiddenError):
        reminders.remind(reporter(), [one], "", "a" * 32)
    assert reminders.remind(office(), [one], "", "a" * 32) == 2
    assert reminders.remind(office(), [one], "", "a" * 32) == 0
    assert reminders.remind(office(), [one], "", "b" * 32) == 2
    submit(one, {})
    with pytest.raises(ConflictError):
        reminders.remind(office(), [one], "", "c" * 32)


def test_the_office_sees_whom_it_reaches_before_it_reminds() -> None:
    first, second = owed(2)
    submit(second, {})
    with clock.stopped_at(THREE_DAYS_BEFORE):
        rows = reminder_overview.chosen([first, second])
        reach = reminder_overview.reach(rows)
    assert [row.is_owed for row in rows] == [True, False]
    assert (reach.people, reach.mails, reach.tomorrow) == (2, 1, 0)


def test_a_unit_without_any_address_is_to_be_called_and_the_call_is_noted() -> None:
    mute, by_unit = make_unit("Không thư", phone="0206 1"), make_unit("Thư", email="u@x.example")
    for unit in (mute, by_unit):
        make_person(Role.REPORTER, unit, phone="0912")
    form = make_form(make_task("Báo cáo", due_at=DUE), "integer")
    with clock.stopped_at(OPENED):
        first, second = publish(form, mute, by_unit)
    make(THREE_DAYS_BEFORE)
    assert [mail.address for mail in prepared(THREE_DAYS_BEFORE)] == ["u@x.example"]
    assert [one.assignment for one in calls.unreached(first.round)] == [first]
    calls.note(office(), first, spoke_with="Bà Lan", said="Mai nộp")
    (row,) = calls.unreached(first.round)
    assert row.last_call is not None
    assert (row.last_call.said, row.people[0].phone) == ("Mai nộp", "0912")
    (mail,) = db.session.query(OutgoingMail)
    outbox.note_refused(mail, "550 không có người này")
    assert [one.error for one in calls.unreached(first.round)] == ["", "550 không có người này"]
    assert second.unit_id == by_unit.id


def test_reading_is_noted_and_needs_no_mail_any_more() -> None:
    owed()
    make(THREE_DAYS_BEFORE)
    reader = reporter()
    assert reminders.count_unread(reader) == 1
    reminders.mark_read(reader)
    assert reminders.count_unread(reader) == 0
    assert prepared(THREE_DAYS_BEFORE) == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_mail_is_tried_longer_and_longer_and_given_up_after_days() -> None:
    owed()
    make(THREE_DAYS_BEFORE)
    (mail,) = prepared(THREE_DAYS_BEFORE)
    waits = []
    for _attempt in range(4):
        with clock.stopped_at(mail.try_at):
            assert outbox.claim() is mail
            assert outbox.claim() is None
            outbox.note_delayed(mail, "ConnectionRefusedError")
            waits.append((mail.try_at - clock.now()) // timedelta(minutes=1))
    assert waits == [1, 2, 4, 8]
    with clock.stopped_at(mail.created_at + outbox.GIVEN_UP + timedelta(minutes=1)):
        outbox.note_delayed(mail, "ConnectionRefusedError")
        assert mail.state == MailState.FAILED
        outbox.retry(office(), mail)
        assert outbox.claim() is mail
    with pytest.raises(ConflictError), clock.stopped_at(mail.try_at):
        outbox.cancel(office(), mail)


def owed_again() -> Assignment:
    """Publish another report to the first unit."""
    form = make_form(make_task("Báo cáo khác", due_at=DUE + timedelta(hours=1)), "integer")
    with clock.stopped_at(OPENED):
        return publish(form, db.session.query(Unit).filter_by(name="Đơn vị 0").one())[0]


def reporter() -> Actor:
    return actor_for(db.session.query(Person).filter_by(full_name="Người nhập 0").one())
