"""Sends the mail that waits."""

import smtplib
from contextlib import ExitStack

from flask import current_app

from core import clock, mail
from core.config import Settings
from core.extensions import db
from core.words import N_
from domain import background, digests, outbox, reminders
from domain.schedule import Every
from models import OutgoingMail


@background.carries_out(reminders.SEND, N_("Gửi thư"), when=Every(5))
def send() -> None:
    """Send all mail that is due over one connection; a server that is away ends it for now."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.mail_server.is_set:
        return
    if reminders.is_hour_to_send(clock.now()):
        digests.prepare(clock.now(), settings)
    db.session.commit()
    with ExitStack() as open_line:
        line: smtplib.SMTP | None = None
        while letter := _next_letter(settings):
            waiting, written = letter
            try:
                if line is None:
                    line = open_line.enter_context(mail.connection(settings.mail_server))
                mail.send(line, settings.mail_server, written)
            except mail.RefusedMailError as error:
                outbox.note_refused(waiting, str(error))
            except mail.DelayedMailError as error:
                outbox.note_delayed(waiting, str(error))
            except mail.MailServerError as error:
                outbox.note_delayed(waiting, str(error))
                db.session.commit()
                return
            else:
                outbox.note_sent(waiting)
            db.session.commit()


def _next_letter(settings: Settings) -> tuple[OutgoingMail, mail.Letter] | None:
    """Take the next mail that has anything to say; what it says is kept before it goes out."""
    while waiting := outbox.claim():
        if digests.write(waiting, settings):
            db.session.commit()
            letter = mail.Letter(
                waiting.message_id, waiting.name, waiting.address, waiting.subject, waiting.text,
                clock.now(),
            )  # fmt: skip
            db.session.commit()
            return waiting, letter
        outbox.note_settled(waiting)
        db.session.commit()
    db.session.commit()
    return None
