"""The audit log."""

from datetime import date

from flask import Blueprint, render_template, request

from blueprints._access import requires
from core import vietnamese
from core.errors import InvalidError
from core.permissions import Permission
from domain import audit_log

bp = Blueprint("audit", __name__)


@bp.get("/audit")
@requires(Permission.AUDIT_READ)
def list_entries() -> str:
    """Show the log, the newest entry first; and on request, whether it is whole."""
    chosen = audit_log.LogFilter(
        action=request.args.get("action", ""),
        person=request.args.get("person", "")[:100],
        first_day=_day("from"),
        last_day=_day("to"),
    )
    page, lines = audit_log.list_entries(chosen, request.args.get("page", 1, type=int))
    return render_template(
        "audit/entries.html",
        page=page,
        lines=lines,
        chosen=chosen,
        actions=audit_log.ACTIONS,
        check=audit_log.check() if "check" in request.args else None,
    )


def _day(name: str) -> date | None:
    text = request.args.get(name, "")
    try:
        return vietnamese.parse_date(text) if text else None
    except ValueError as error:
        raise InvalidError(str(error)) from None
