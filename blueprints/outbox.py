"""The mail that was sent, that failed and that waits."""

from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import background, outbox, reminders

bp = Blueprint("outbox", __name__)

READERS = (Permission.TASKS_EDIT, Permission.JOBS_MANAGE)


@bp.get("/outbox")
@requires(*READERS)
def list_mails() -> str:
    """Show the mails, the newest first, narrowed to a state."""
    state = request.args.get("state", "")
    return render_template(
        "outbox/mails.html",
        page=outbox.mails(state, request.args.get("page", 1, type=int)),
        state=state,
        counts=outbox.counts(),
        may_edit=actor().may(Permission.TASKS_EDIT),
        server=current_app.extensions["settings"].mail_server,
    )


@bp.post("/outbox/<int:mail_id>/retry")
@requires(*READERS)
def retry(mail_id: int) -> Any:
    """Send a mail at once that waits or was given up."""
    mail = _load.mail_to_change_or_404(mail_id)
    outbox.retry(actor(), mail)
    background.ask(reminders.SEND, f"{reminders.SEND}:{mail.id}:{mail.try_at.timestamp()}")
    db.session.commit()
    notify(_("Thư sẽ được gửi lại ngay."))
    return redirect_to(url_for(".list_mails"))


@bp.post("/outbox/<int:mail_id>/cancel")
@requires(*READERS)
def cancel(mail_id: int) -> Any:
    """Never send a mail."""
    outbox.cancel(actor(), _load.mail_to_change_or_404(mail_id))
    db.session.commit()
    notify(_("Đã huỷ thư. Lời nhắc vẫn hiện trên màn hình của người nhận."))
    return redirect_to(url_for(".list_mails"))
