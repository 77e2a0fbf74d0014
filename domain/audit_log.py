"""Reading the audit log: its pages, what each entry says in words, and whether it is whole."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, or_, select

from core import clock
from core.extensions import db
from core.words import N_
from domain import audit
from domain.paging import Page, page_of
from domain.search import has_words
from models import AuditEntry, AuditHead, Form, LibraryItem, Person, Task, Unit, UnitGroup

PAGE_SIZE = 50
SHOWN_BROKEN = 20
ACTIONS: dict[str, str] = {
    "sign_in.done": N_("Đăng nhập"),
    "sign_in.refused": N_("Đăng nhập sai"),
    "sign_in.ended": N_("Đăng xuất"),
    "password.changed": N_("Đổi mật khẩu"),
    "password.reset": N_("Cấp mật khẩu dùng một lần"),
    "person.created": N_("Thêm người dùng"),
    "person.changed": N_("Sửa người dùng"),
    "person.disabled": N_("Khoá tài khoản"),
    "person.enabled": N_("Mở khoá tài khoản"),
    "unit.created": N_("Thêm đơn vị"),
    "unit.changed": N_("Sửa đơn vị"),
    "unit.moved": N_("Đổi thứ tự đơn vị"),
    "unit.closed": N_("Đóng đơn vị"),
    "unit.reopened": N_("Mở lại đơn vị"),
    "unit.list_read": N_("Nhập danh sách đơn vị từ tệp Excel"),
    "unit_change.recorded": N_("Ghi thay đổi tổ chức"),
    "unit_change.undone": N_("Huỷ thay đổi tổ chức đã ghi"),
    "group.created": N_("Thêm nhóm đơn vị"),
    "group.changed": N_("Sửa nhóm đơn vị"),
    "group.deleted": N_("Xoá nhóm đơn vị"),
    "alias.learnt": N_("Ghi nhớ tên gọi của đơn vị"),
    "alias.forgotten": N_("Bỏ tên gọi của đơn vị"),
    "plan.read": N_("Đọc văn bản giao việc"),
    "plan.converted": N_("Chuyển phông chữ cũ sang Unicode"),
    "plan.discarded": N_("Bỏ văn bản đang đọc"),
    "plan.task_made": N_("Lập nhiệm vụ từ văn bản"),
    "office.changed": N_("Đổi cài đặt của cơ quan"),
    "office.days_set": N_("Ghi ngày nghỉ, ngày làm bù"),
    "office.day_removed": N_("Bỏ ngày nghỉ, ngày làm bù"),
    "task.recurs": N_("Đặt nhiệm vụ lặp lại"),
    "task.recurs_no_more": N_("Dừng lặp lại nhiệm vụ"),
    "planned_round.changed": N_("Đổi ngày của kỳ dự kiến"),
    "planned_round.skipped": N_("Bỏ qua một kỳ"),
    "planned_round.kept": N_("Thôi bỏ qua một kỳ"),
    "round.opened": N_("Mở kỳ báo cáo"),
    "round.changed": N_("Sửa kỳ báo cáo"),
    "round.levels_set": N_("Đặt hạn theo cấp"),
    "round.withdrawn": N_("Thu hồi kỳ báo cáo"),
    "round.asked_again": N_("Bỏ thu hồi kỳ báo cáo"),
    "round.locked": N_("Khoá sổ kỳ báo cáo"),
    "calendar.link_made": N_("Tạo liên kết lịch"),
    "calendar.link_removed": N_("Bỏ liên kết lịch"),
    "task.created": N_("Tạo nhiệm vụ"),
    "task.changed": N_("Sửa nhiệm vụ"),
    "task.copied": N_("Tạo nhiệm vụ từ nhiệm vụ cũ"),
    "task.deleted": N_("Xoá nhiệm vụ"),
    "task.restored": N_("Khôi phục nhiệm vụ"),
    "task.published": N_("Giao nhiệm vụ cho các đơn vị"),
    "task_file.added": N_("Thêm tệp của nhiệm vụ"),
    "task_file.removed": N_("Gỡ tệp của nhiệm vụ"),
    "task_file.restored": N_("Khôi phục tệp của nhiệm vụ"),
    "form.created": N_("Tạo biểu mẫu"),
    "form.copied": N_("Nhân đôi biểu mẫu"),
    "form.read_from_file": N_("Lập biểu mẫu từ tệp Excel"),
    "form.reordered": N_("Sắp xếp lại biểu mẫu"),
    "form.reverted": N_("Đưa biểu mẫu về phiên bản đã công bố"),
    "form.renamed": N_("Đổi tên biểu mẫu"),
    "form.deleted": N_("Xoá biểu mẫu"),
    "form.restored": N_("Khôi phục biểu mẫu"),
    "form.units_chosen": N_("Chọn đơn vị nhận biểu mẫu"),
    "form.published": N_("Ban hành phiên bản biểu mẫu"),
    "section.added": N_("Thêm mục"),
    "section.changed": N_("Sửa mục"),
    "section.moved": N_("Đổi chỗ mục"),
    "section.deleted": N_("Xoá mục"),
    "section.restored": N_("Khôi phục mục"),
    "question.added": N_("Thêm câu hỏi"),
    "question.pasted": N_("Thêm nhiều câu hỏi"),
    "question.changed": N_("Sửa câu hỏi"),
    "question.moved": N_("Đổi chỗ câu hỏi"),
    "question.deleted": N_("Xoá câu hỏi"),
    "question.restored": N_("Khôi phục câu hỏi"),
    "library.saved": N_("Lưu vào thư viện"),
    "library.renamed": N_("Đổi tên trong thư viện"),
    "library.deleted": N_("Xoá khỏi thư viện"),
    "library.restored": N_("Khôi phục trong thư viện"),
    "library.used": N_("Thêm từ thư viện vào biểu mẫu"),
    "report.reminded": N_("Đôn đốc đơn vị"),
    "unit.called": N_("Ghi cuộc gọi"),
    "reminders.planned": N_("Đặt lịch nhắc"),
    "reminders.worded": N_("Sửa lời nhắc"),
    "mail.retried": N_("Gửi lại thư"),
    "mail.cancelled": N_("Huỷ thư"),
    "job.run_again": N_("Chạy lại việc nền"),
    "installation.restored": N_("Khôi phục từ bản sao lưu"),
    "extension.asked": N_("Xin gia hạn"),
    "extension.granted": N_("Gia hạn"),
    "extension.refused": N_("Từ chối gia hạn"),
    "report.exempted": N_("Miễn báo cáo"),
    "report.required": N_("Bỏ miễn báo cáo"),
    "report.entering_began": N_("Bắt đầu nhập thay đơn vị"),
    "report.entering_ended": N_("Thôi nhập thay đơn vị"),
    "report.read_from_file": N_("Nộp câu trả lời từ tệp Excel"),
    "report.sent_for_sign_off": N_("Trình lãnh đạo duyệt báo cáo"),
    "report.sent_back": N_("Lãnh đạo trả báo cáo để sửa"),
    "report.submitted": N_("Nộp báo cáo"),
    "report.withdrawn": N_("Rút báo cáo"),
    "report.accepted": N_("Tiếp nhận báo cáo"),
    "report.returned": N_("Trả lại báo cáo"),
    "evidence.added": N_("Thêm minh chứng"),
    "evidence.renamed": N_("Đổi tên minh chứng"),
    "evidence.removed": N_("Gỡ minh chứng"),
    "evidence.restored": N_("Khôi phục minh chứng"),
    "punctuality.downloaded": N_("Tải bảng chấp hành thời hạn"),
    "summary.downloaded": N_("Tải bảng tổng hợp"),
    "summary.file_asked": N_("Yêu cầu chuẩn bị tệp tổng hợp"),
    "summary.file_discarded": N_("Xoá tệp tổng hợp đã chuẩn bị"),
    "summary_view.created": N_("Lưu chế độ xem tổng hợp"),
    "summary_view.changed": N_("Sửa chế độ xem tổng hợp"),
    "summary_view.deleted": N_("Xoá chế độ xem tổng hợp"),
    "summary_view.restored": N_("Khôi phục chế độ xem tổng hợp"),
    "summary_template.added": N_("Thêm mẫu tổng hợp của cơ quan"),
    "summary_template.deleted": N_("Xoá mẫu tổng hợp của cơ quan"),
    "summary_template.restored": N_("Khôi phục mẫu tổng hợp của cơ quan"),
}
"""What is done, in words; an action that isn't here is shown as it is stored."""

THINGS: dict[str, tuple[str, Any, Any]] = {
    "person": (N_("Người dùng"), Person.id, Person.full_name),
    "unit": (N_("Đơn vị"), Unit.id, Unit.name),
    "unit_group": (N_("Nhóm"), UnitGroup.id, UnitGroup.name),
    "task": (N_("Nhiệm vụ"), Task.id, Task.title),
    "form": (N_("Biểu mẫu"), Form.id, Form.title),
    "library_item": (N_("Thư viện"), LibraryItem.id, LibraryItem.name),
}
"""Things that have a name: what they are called, and the columns of their id and name."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries to show; an empty value asks for nothing. Both days are included."""

    action: str = ""
    person: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, with what it is about: `thing` in words, its name, and the unit's name."""

    entry: AuditEntry
    thing: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of the whole chain has found; `is_cut` when the last entries are gone."""

    count: int
    broken: list[AuditEntry]
    is_cut: bool

    @property
    def is_whole(self) -> bool:
        """Whether every entry is as it was written, and none is missing."""
        return not self.broken and not self.is_cut


def list_entries(chosen: LogFilter, number: int) -> tuple[Page, list[Line]]:
    """Return a page of entries, the newest first, and the lines that say what they mean."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    if chosen.action:
        query = query.where(AuditEntry.action == chosen.action)
    if chosen.person.strip():
        people = select(Person.id).where(has_words(Person.search_key, chosen.person))
        query = query.where(
            or_(AuditEntry.actor_id.in_(people), AuditEntry.actor_name == chosen.person)
        )
    if chosen.first_day is not None:
        query = query.where(AuditEntry.at >= _start_of(chosen.first_day))
    if chosen.last_day is not None:
        query = query.where(AuditEntry.at < _start_of(chosen.last_day + timedelta(days=1)))
    page = page_of(query, number, PAGE_SIZE)
    return page, _lines([entry for (entry,) in page.rows])


def check() -> Check:
    """Read the whole log and tell whether it is as it was written."""
    broken = list(islice(audit.broken_entries(), SHOWN_BROKEN))
    count = db.session.execute(select(func.count(AuditEntry.id))).scalar_one()
    last = db.session.execute(
        select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    ).scalar_one_or_none()
    head = db.session.execute(select(AuditHead.last_hash)).scalar_one_or_none()
    return Check(count, broken, is_cut=(head or audit.START) != (last or audit.START))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.ZONE)


def _lines(entries: Iterable[AuditEntry]) -> list[Line]:
    entries = list(entries)
    subjects = [_subject(entry) for entry in entries]
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, id_ in subjects:
        if kind in THINGS and id_ is not None:
            wanted[kind].add(id_)
    wanted["unit"] |= {entry.unit_id for entry in entries if entry.unit_id is not None}
    names = {kind: _names(kind, ids) for kind, ids in wanted.items()}
    return [
        Line(
            entry,
            thing=THINGS[kind][0] if kind in THINGS else "",
            name=names.get(kind, {}).get(id_ or 0, ""),
            unit="" if kind == "unit" else names["unit"].get(entry.unit_id or 0, ""),
        )
        for entry, (kind, id_) in zip(entries, subjects, strict=True)
    ]


def _subject(entry: AuditEntry) -> tuple[str, int | None]:
    """Return what the entry is about; a refused sign-in is about the person, where known."""
    if entry.action == "sign_in.refused":
        return "person", entry.detail.get("person")
    if entry.object_type not in THINGS:
        for kind in ("form", "task"):
            if kind in entry.detail:
                return kind, entry.detail[kind]
    return entry.object_type, entry.object_id


def _names(kind: str, ids: set[int]) -> dict[int, str]:
    _word, id_, name = THINGS[kind]
    if not ids:
        return {}
    return dict(db.session.execute(select(id_, name).where(id_.in_(ids))).all())
