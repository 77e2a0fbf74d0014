"""The words of reminders: editable, with places in braces that are filled in and nothing more."""

import re
from collections.abc import Mapping

from sqlalchemy import select

from core.errors import ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import N_, _
from domain import audit
from models import ReminderText

#: What can stand in braces, and what it is filled with.
PLACES = {
    "nguoi_nhan": N_("Tên người nhận thư"),
    "don_vi": N_("Tên đơn vị"),
    "co_quan": N_("Tên cơ quan"),
    "nhiem_vu": N_("Tên nhiệm vụ"),
    "bieu_mau": N_("Tên biểu mẫu"),
    "han_nop": N_("Hạn nộp, có giờ và thứ"),
    "con_lai": N_("Thời gian còn lại đến hạn, hoặc đã quá hạn bao lâu"),
    "so_bao_cao": N_("Số báo cáo trong thư"),
}
#: Each piece with its name on screen and its default; one mail is made of all that apply.
PIECES: dict[str, str] = {
    "subject": N_("Tiêu đề thư"),
    "greeting": N_("Mở đầu thư"),
    "opening": N_("Khi mở nhận báo cáo"),
    "before": N_("Sắp đến hạn"),
    "after": N_("Đã quá hạn"),
    "closing": N_("Cuối thư"),
}
DEFAULTS: dict[str, str] = {
    "subject": "[Tổng Hợp] {don_vi}: {so_bao_cao} báo cáo cần nộp",
    "greeting": "Kính gửi {nguoi_nhan},\n\n{co_quan} nhắc {don_vi} về các báo cáo sau:",
    "opening": "{nhiem_vu} – {bieu_mau}: đã mở nhận báo cáo, hạn nộp {han_nop} ({con_lai}).",
    "before": "{nhiem_vu} – {bieu_mau}: hạn nộp {han_nop} ({con_lai}).",
    "after": "{nhiem_vu} – {bieu_mau}: hạn nộp {han_nop}, {con_lai}. "
    "Đề nghị đơn vị nộp ngay để kịp tổng hợp.",
    "closing": "Nếu đơn vị vừa nộp xong, xin bỏ qua thư này. Thư do hệ thống gửi, không cần trả lời.",
}
LONGEST = 2000
_PLACE = re.compile(r"{([^{}]*)}")


def texts() -> dict[str, str]:
    """Return the words of every piece as they are now."""
    own = dict(db.session.execute(select(ReminderText.name, ReminderText.text)).all())
    return {name: own.get(name, default) for name, default in DEFAULTS.items()}


def change(actor: Actor, wanted: Mapping[str, str]) -> None:
    """Set the words; raises InvalidError that says what is wrong, piece by piece."""
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    wrong = {name: found for name in DEFAULTS if (found := problems(wanted[name]))}
    if wrong:
        raise InvalidError(fields=wrong)
    rows = {one.name: one for one in db.session.scalars(select(ReminderText))}
    for name, before in texts().items():
        if wanted[name] == before:
            continue
        row = rows.get(name) or ReminderText(name=name)
        row.text = wanted[name]
        db.session.add(row)
        db.session.flush()
        audit.record(actor, "reminders.worded", row, name=name)


def problems(text: str) -> list[str]:
    """Return what is wrong with the words of a piece."""
    if not text.strip():
        return [_("Chưa nhập mục này.")]
    unknown = [one for one in _PLACE.findall(text) if one not in PLACES]
    found = [_("Không có chỗ điền {%(name)s}.", name=one) for one in dict.fromkeys(unknown)]
    left = _PLACE.sub("", text)
    if "{" in left or "}" in left:
        found.append(_("Dấu { và } phải đi thành cặp, ví dụ {don_vi}."))
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put `values` into their places, once: what is put in is never looked at again."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
