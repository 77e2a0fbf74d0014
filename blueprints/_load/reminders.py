"""Reminders, the mail that carries them, and the work behind them."""

from sqlalchemy import select

from blueprints._access import actor
from blueprints._load.getting import get
from blueprints._load.reports import report_or_404
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from models import Job, OutgoingMail, Reminder


def reminder_or_404(reminder_id: int, permission: Permission) -> Reminder:
    """Return a reminder of a report that the person may do this to."""
    found = db.session.get(Reminder, reminder_id)
    if found is None:
        raise NotFoundError
    report_or_404(found.assignment_id, permission)
    return found


def mail_to_change_or_404(mail_id: int) -> OutgoingMail:
    """Return a mail for those who follow up and those who look after the server, held."""
    if not any(actor().has(one) for one in (Permission.TASKS_EDIT, Permission.JOBS_MANAGE)):
        raise NotFoundError
    query = select(OutgoingMail).where(OutgoingMail.id == mail_id).with_for_update()
    if (found := db.session.scalars(query).first()) is None:
        raise NotFoundError
    return found


def job_or_404(job_id: int, permission: Permission) -> Job:
    """Return a piece of background work."""
    return get(Job, job_id, permission)
