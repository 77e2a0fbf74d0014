"""Makes the reminders that are due, and puts them into the mails of the day."""

from flask import current_app

from core import clock
from core.extensions import db
from core.words import N_
from domain import background, digests, reminders
from domain.schedule import Every


@background.carries_out("reminders.make", N_("Nhắc các đơn vị còn nợ báo cáo"), when=Every(15))
def make() -> None:
    """Make what is due, while people are at work; without a mail server it shows on screen alone."""
    now, settings = clock.now(), current_app.extensions["settings"]
    if not reminders.is_hour_to_send(now):
        return
    reminders.make_due(now)
    db.session.commit()
    if settings.mail_server.is_set and digests.prepare(now, settings):
        background.ask(reminders.SEND, f"{reminders.SEND}:{now.timestamp():.0f}")
