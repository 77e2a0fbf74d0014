"""Sends e-mail through the office's own mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from core import clock

SECURITIES = ("starttls", "tls", "none")
PATIENCE = 20.0
PERMANENT = 500
GOING_DOWN = 421


class MailServerError(Exception):
    """The server is away or takes nothing now: the mail is as good as ever, and waits."""


class DelayedMailError(Exception):
    """The server takes other mail now, but this one only later."""


class RefusedMailError(Exception):
    """The server will never take this mail for this address."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out, and in whose name; without a host none goes out at all."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str
    sender_name: str

    @property
    def is_set(self) -> bool:
        """Whether there is any server."""
        return bool(self.host)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one address; `id` stays the same when it is sent again."""

    id: str
    name: str
    address: str
    subject: str
    text: str
    at: datetime


@contextmanager
def connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Open the server for a few mails; raises MailServerError if it can't be reached."""
    try:
        line = _open(server)
    except (OSError, smtplib.SMTPException) as error:
        raise MailServerError(_said(error)) from error
    try:
        yield line
    finally:
        line.close()


def send(line: smtplib.SMTP, server: MailServer, letter: Letter) -> None:
    """Hand one mail over; raises what says whether to try it later, all of them, or never again."""
    message = _message(server, letter)
    try:
        line.send_message(message, server.sender, [letter.address])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = error.recipients[letter.address]
        raise _error(code, f"{code} {said.decode('utf-8', 'replace')}") from error
    except smtplib.SMTPResponseException as error:
        raise _error(int(error.smtp_code), _said(error)) from error
    except smtplib.SMTPNotSupportedError as error:
        raise RefusedMailError(_said(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailServerError(_said(error)) from error


def _open(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    if server.security == "starttls":
        line.starttls(context=context)
    if server.user:
        line.login(server.user, server.password)
    return line


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    try:
        message["To"] = Address(_one_line(letter.name), addr_spec=letter.address)
        message["From"] = Address(_one_line(server.sender_name), addr_spec=server.sender)
    except (IndexError, ValueError, MessageError) as error:
        raise RefusedMailError(f"{letter.address}: {error}") from error
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(clock.local(letter.at))
    message["Message-ID"] = letter.id
    # Holiday answers and the like must not come back for a mail that a program wrote.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    return message


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _error(code: int, said: str) -> Exception:
    if code == GOING_DOWN:
        return MailServerError(said)
    return RefusedMailError(said) if code >= PERMANENT else DelayedMailError(said)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {words}"
    return f"{type(error).__name__}: {error}".removesuffix(": ")
