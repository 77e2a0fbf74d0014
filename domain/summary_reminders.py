"""Who must be called about a report: missing, late, returned, or due later than the others."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from sqlalchemy import select

from core.extensions import db
from core.permissions import Role
from core.side_process import Told
from core.words import N_, _
from documents.workbook_parts import Progress, Reminder
from domain import deadlines
from domain.summary_records import Control, Record
from models import Membership, Person, ResponseState, Unit

STATES = {
    ResponseState.NOT_STARTED: N_("Chưa bắt đầu"),
    ResponseState.DRAFT: N_("Đang nhập"),
    ResponseState.AWAITING_SIGN_OFF: N_("Chờ lãnh đạo duyệt"),
    ResponseState.SUBMITTED: N_("Đã nộp"),
    ResponseState.ACCEPTED: N_("Đã tiếp nhận"),
    ResponseState.RETURNED: N_("Trả lại"),
    ResponseState.EXEMPT: N_("Được miễn"),
}
UNITS_AT_ONCE = 500
TOLD_EVERY = 20


def state_words(record: Record) -> str:
    """Return where a report is, and whether it is late or overdue."""
    state = _(STATES[record.state])
    if record.late:
        return f"{state}, {_('nộp muộn')}"
    return f"{state}, {_('quá hạn')}" if record.overdue else state


@dataclass(slots=True)
class Reading:
    """What is gathered while reports go by: the control figures, and whom to call."""

    told: Told | None = None
    control: Control = field(default_factory=Control)
    _read: int = 0
    _groups: dict[str, list[int]] = field(default_factory=dict)
    _owing: list[tuple[int, Reminder]] = field(default_factory=list)

    def take(self, form_title: str, record: Record) -> None:
        """Count a report in, and keep the unit if somebody must call it."""
        self.control.count(record)
        self._read += 1
        if self.told is not None and self._read % TOLD_EVERY == 0:
            self.told(self._read)
        owed = record.assignment
        if record.state == ResponseState.EXEMPT:
            return
        self._groups.setdefault(owed.group_name, [0, 0])[record.submitted_at is None] += 1
        if record.submitted_at is None or record.late or owed.due_at is not None:
            remark = _("Được gia hạn") if owed.due_at is not None else ""
            if record.state == ResponseState.RETURNED:
                remark = "; ".join(part for part in (remark, record.return_reason) if part)
            kept = Reminder(
                code=owed.unit_code,
                name=owed.unit_name,
                group=owed.group_name,
                form=form_title,
                state=state_words(record),
                due_at=deadlines.due_at(owed),
                submitted_at=record.submitted_at,
                remark=remark,
                phone="",
                people="",
            )
            self._owing.append((owed.unit_id, kept))

    def progress(self) -> Progress:
        """Return how many reports are where, and how many of each group have come."""
        control = self.control
        counts = (
            (_("Nộp đúng hạn"), control.submitted - control.late),
            (_("Nộp muộn"), control.late),
            (_("Quá hạn chưa nộp"), control.overdue),
            (_("Chưa đến hạn"), control.missing - control.overdue),
            (_("Được miễn"), control.exempt),
        )
        groups = [
            (name or _("Không thuộc nhóm"), sent, missing)
            for name, (sent, missing) in self._groups.items()
        ]
        return Progress(counts, groups)

    def reminders(self) -> Iterator[Reminder]:
        """Yield whom to call, in the official order."""
        left = iter(self._owing)
        while some := list(islice(left, UNITS_AT_ONCE)):
            ids = {unit for unit, _kept in some}
            phones: dict[int, str] = dict(
                db.session.execute(select(Unit.id, Unit.phone).where(Unit.id.in_(ids))).all()
            )
            people = _people_of(ids)
            for unit, kept in some:
                yield replace(kept, phone=phones[unit], people=people.get(unit, ""))


def _people_of(units: set[int]) -> dict[int, str]:
    found: dict[int, dict[int, str]] = {}
    rows = db.session.execute(
        select(Membership.unit_id, Person.id, Person.full_name, Person.phone)
        .join(Membership.person)
        .where(
            Membership.unit_id.in_(units),
            Membership.role.in_((Role.REPORTER, Role.LEADER)),
            Person.disabled_at.is_(None),
        )
        .order_by(Membership.id)
    )
    for unit, person, name, phone in rows:
        found.setdefault(unit, {})[person] = f"{name} ({phone})" if phone else name
    return {unit: "; ".join(people.values()) for unit, people in found.items()}
