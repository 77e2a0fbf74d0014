"""Mail on its way out: kept until the server has taken it, tried again, given up, cancelled."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import func, or_, select

from core import clock
from core.errors import ConflictError, ForbiddenError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit
from domain.paging import Page, page_of
from models import MailState, OutgoingMail

HELD = timedelta(minutes=3)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
#: A mail that no server took for so long is given up: it is too old to be of use.
GIVEN_UP = timedelta(days=3)
LONGEST_ERROR = 500
PAGE_SIZE = 50


def add(addressee: str, name: str, address: str, now: datetime, sender: str) -> OutgoingMail:
    """Add the mail of today for one reader; the database takes no second one."""
    domain = sender.rpartition("@")[2] or "localhost"
    mail = OutgoingMail(
        key=f"digest:{addressee}:{clock.local(now):%Y-%m-%d}",
        addressee=addressee,
        name=name,
        address=address,
        created_at=now,
        try_at=now,
        message_id=f"<{uuid4().hex}@{domain}>",
    )
    db.session.add(mail)
    db.session.flush()
    return mail


def claim() -> OutgoingMail | None:
    """Take the mail that has waited longest to be sent; the caller commits before it sends it.

    One whose worker died is taken again, under the same Message-ID: if the server had taken it
    already, the reader's mailbox can tell.
    """
    now = clock.now()
    due = (
        OutgoingMail.state == MailState.WAITING,
        OutgoingMail.try_at <= now,
        or_(OutgoingMail.held_until.is_(None), OutgoingMail.held_until < now),
    )
    mail = db.session.scalars(
        select(OutgoingMail)
        .where(*due)
        .order_by(OutgoingMail.try_at, OutgoingMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if mail is None:
        return None
    mail.held_until = now + HELD
    mail.attempts += 1
    db.session.flush()
    return mail


def note_sent(mail: OutgoingMail) -> None:
    """Note that the server has taken the mail."""
    _end(mail, MailState.SENT)


def note_settled(mail: OutgoingMail) -> None:
    """Note that nothing was left to remind of."""
    _end(mail, MailState.CANCELLED, _("Không gửi nữa: các báo cáo đã nộp xong hoặc không còn phải nộp."))


def note_refused(mail: OutgoingMail, error: str) -> None:
    """Note that the server will never take the mail."""
    _end(mail, MailState.FAILED, error)


def note_delayed(mail: OutgoingMail, error: str) -> None:
    """Note that the server was away: the mail is tried again after a longer pause each time."""
    now = clock.now()
    if now - mail.created_at > GIVEN_UP:
        _end(mail, MailState.FAILED, error)
        return
    mail.held_until, mail.error = None, error[:LONGEST_ERROR]
    mail.try_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(mail.attempts - 1, 10))
    db.session.flush()


def retry(actor: Actor, mail: OutgoingMail) -> None:
    """Let a mail be sent at once that waits or was given up; the caller holds its row."""
    _check(actor)
    if mail.state not in (MailState.WAITING, MailState.FAILED):
        raise ConflictError(_("Thư này đã gửi hoặc đã huỷ."))
    if mail.state == MailState.FAILED:
        mail.created_at = clock.now()
    mail.state, mail.attempts, mail.ended_at = MailState.WAITING, 0, None
    mail.try_at = clock.now()
    db.session.flush()
    audit.record(actor, "mail.retried", mail)


def cancel(actor: Actor, mail: OutgoingMail) -> None:
    """Never send a mail that waits or was given up; the caller holds its row."""
    _check(actor)
    on_its_way = mail.held_until is not None and mail.held_until >= clock.now()
    if mail.state not in (MailState.WAITING, MailState.FAILED) or on_its_way:
        raise ConflictError(_("Thư này đã gửi, đang gửi hoặc đã huỷ."))
    _end(mail, MailState.CANCELLED)
    audit.record(actor, "mail.cancelled", mail)


def mails(state: str, number: int) -> Page:
    """Return a page of the mails in a state, or of all, the newest first."""
    query = select(OutgoingMail).order_by(OutgoingMail.id.desc())
    if state in list(MailState):
        query = query.where(OutgoingMail.state == state)
    return page_of(query, number, PAGE_SIZE)


def counts() -> dict[str, int]:
    """Return how many mails are in each state."""
    query = select(OutgoingMail.state, func.count()).group_by(OutgoingMail.state)
    found = dict(db.session.execute(query).all())
    return {str(state): found.get(state, 0) for state in MailState}


def _end(mail: OutgoingMail, state: MailState, error: str = "") -> None:
    mail.state, mail.ended_at, mail.held_until = state, clock.now(), None
    mail.error = error[:LONGEST_ERROR]
    db.session.flush()


def _check(actor: Actor) -> None:
    if not actor.may(Permission.TASKS_EDIT) and not actor.may(Permission.JOBS_MANAGE):
        raise ForbiddenError
