"""Whether a report can be changed now, and if not, which of the reasons it is: one place decides."""

from enum import StrEnum

from sqlalchemy import select, update

from core import clock
from core.extensions import db
from core.vietnamese import format_deadline
from core.words import _
from domain import deadlines, drafts
from domain.drafts import Draft
from models import Assignment, Response, ResponseState


class Closed(StrEnum):
    """Why a report can't be changed."""

    WITHDRAWN = "withdrawn"
    EXEMPT = "exempt"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    NOT_OPEN = "not_open"
    LOCKED = "locked"


BY_STATE = {
    ResponseState.AWAITING_SIGN_OFF: Closed.AWAITING_SIGN_OFF,
    ResponseState.ACCEPTED: Closed.ACCEPTED,
    ResponseState.SUBMITTED: Closed.SUBMITTED,
    ResponseState.EXEMPT: Closed.EXEMPT,
}
BY_THE_HOUR = frozenset({Closed.NOT_OPEN, Closed.LOCKED})


def why_closed(report: Response | Draft, *, signing_off: bool = False) -> Closed | None:
    """Return why the report can't be changed now; None while it can.

    What the office enters for a unit is held up by no hour, and who signs a report off by no
    waiting for that.
    """
    draft = drafts.of(report)
    if draft.withdrawn_at is not None:
        return Closed.WITHDRAWN
    if draft.exempted_at is not None:
        return Closed.EXEMPT
    by_state = BY_STATE.get(ResponseState(draft.state))
    if by_state and not (signing_off and by_state == Closed.AWAITING_SIGN_OFF):
        return by_state
    if draft.entered_at is not None:
        return None
    if draft.opens_at is not None and clock.now() < draft.opens_at:
        return Closed.NOT_OPEN
    return Closed.LOCKED if _is_locked(draft) else None


def latch(report: Response | Draft) -> bool:
    """Keep it that the lock has passed, so that a clock set back opens nothing; tell whether it is news.

    Only the office opens such a report again, by a later lock or a later deadline.
    """
    draft = drafts.of(report)
    if draft.locked_at is not None or not _is_locked(draft):
        return False
    owed = select(Response.assignment_id).where(Response.id == draft.id).scalar_subquery()
    db.session.execute(
        update(Assignment)
        .where(Assignment.id == owed)
        .values(locked_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )
    return True


def sentence(report: Response | Draft, why: Closed | None) -> str:
    """Return the reason in a sentence for the unit; empty for none."""
    match why:
        case None:
            return ""
        case Closed.WITHDRAWN:
            told = _("Văn phòng đã thu hồi kỳ báo cáo này, đơn vị không phải nộp.")
            return f"{told} {drafts.of(report).withdrawn_reason}".strip()
        case Closed.EXEMPT:
            return _("Đơn vị được miễn báo cáo này.")
        case Closed.AWAITING_SIGN_OFF:
            return _("Báo cáo đang chờ lãnh đạo duyệt.")
        case Closed.ACCEPTED:
            return _("Báo cáo đã được tiếp nhận.")
        case Closed.SUBMITTED:
            return _("Báo cáo đã nộp. Muốn sửa, hãy rút lại trước.")
        case Closed.NOT_OPEN:
            opens = format_deadline(drafts.of(report).opens_at)
            return _("Kỳ báo cáo chưa mở. Đơn vị nhập được từ %(when)s.", when=opens)
        case Closed.LOCKED:
            return _(
                "Đã khoá sổ lúc %(when)s. Hãy liên hệ Văn phòng nếu cần sửa, hoặc xin gia hạn.",
                when=format_deadline(drafts.of(report).locks_at),
            )


def _is_locked(draft: Draft) -> bool:
    latched = draft.locked_at is not None and draft.locks_at is not None
    return latched or deadlines.has_passed(draft.locks_at)
