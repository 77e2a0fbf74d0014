"""A unit that was followed up: called, reminded by hand, with a mail and a piece of work that failed."""

from dataclasses import dataclass

from core import clock
from core.extensions import db
from core.permissions import Actor
from domain import calls, outbox, reminders
from models import Assignment, Job, JobState, OutgoingMail, Reminder


@dataclass(frozen=True)
class FollowUp:
    """What is left of it."""

    reminder: Reminder
    mail: OutgoingMail
    job: Job


def follow_up(office: Actor, owed: Assignment, said: str) -> FollowUp:
    """Call and remind a unit; every text that somebody types or a server answers ends with `said`."""
    token = f"{owed.id:032x}"
    calls.note(office, owed, spoke_with="Bà Lan" + said, said="Hứa nộp" + said)
    reminders.remind(office, [owed], "Cần gấp" + said, token)
    found = db.session.query(Reminder).filter_by(assignment_id=owed.id).order_by(Reminder.id)
    mail = outbox.add(f"unit:{owed.unit_id}", "Văn thư" + said, "a@x.example", clock.now(), "")
    mail.subject, mail.text = "Nhắc" + said, "Nội dung" + said
    outbox.note_refused(mail, "550 không có" + said)
    job = db.session.query(Job).filter_by(key=f"{reminders.SEND}:{token}").one()
    job.state, job.error, job.finished_at = JobState.PARKED, "Hỏng" + said, clock.now()
    db.session.flush()
    return FollowUp(found[0], mail, job)
